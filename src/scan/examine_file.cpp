// SPDX-License-Identifier: Apache-2.0
#include "examine_file.hpp"

namespace preflight::scan {

FileFacts examine_file(const source::File& file) {
    return {
        .platform = deployment::examine(file),
        .metadata = inventory::examine(file),
    };
}

} // namespace preflight::scan
