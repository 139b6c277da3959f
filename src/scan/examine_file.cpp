// SPDX-License-Identifier: Apache-2.0
#include "examine_file.hpp"

namespace preflight::scan {

FileFacts examine_file(const source::File& file, const Nesting& nesting) {
    return {
        .platform = deployment::examine(file),
        .metadata = inventory::examine(file),
        .nesting = examine_nesting(file, nesting),
    };
}

} // namespace preflight::scan
