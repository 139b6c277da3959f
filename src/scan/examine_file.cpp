// SPDX-License-Identifier: Apache-2.0
#include "examine_file.hpp"

namespace preflight::scan {

FileFacts examine_file(const source::File& file, const Nesting& nesting) {
    return {
        .platform = deployment::examine(file),
        .inventory = inventory::examine(file),
        .nested = examine_nesting(file, nesting),
        .size = file.bytes.size(),
        .sha256 = crypto::sha256(file.bytes),
    };
}

} // namespace preflight::scan
