// SPDX-License-Identifier: Apache-2.0
#include "preflight/cli/run.hpp"

#include <malloc.h>

#include <string_view>
#include <vector>

namespace {

/// What one row of an index took is wanted again for the next. To give it back to the system in
/// between costs more page faults than the rest of a small scan.
void keep_freed_memory() {
    constexpr int kMiB = 1 << 20;
    mallopt(M_TRIM_THRESHOLD, 64 * kMiB);
    mallopt(M_TOP_PAD, kMiB);
}

} // namespace

int main(int argc, char** argv) {
    keep_freed_memory();
    const std::vector<std::string_view> arguments(argv + 1, argv + argc);
    auto environment = preflight::cli::this_process();
    return static_cast<int>(preflight::cli::run(arguments, environment));
}
