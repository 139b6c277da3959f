// SPDX-License-Identifier: Apache-2.0
//
// Whatever the bytes of an egg-info: no more than one distribution comes of it, findings name a
// path of the artifact, and all that is said is printable. The input is a PKG-INFO, a top_level.txt
// and an installed-files.txt with a line `---` between them.
#include "taken_files.hpp"

#include <array>
#include <cstdint>

namespace {

namespace inventory = preflight::inventory;

constexpr std::string_view kFolder = "Demo-1.0-py3.9.egg-info";

/// Cuts off what stands before the next separator.
std::string_view take_part(std::string_view& rest) {
    constexpr std::string_view kSeparator = "\n---\n";
    const auto end = rest.find(kSeparator);
    const auto part = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + kSeparator.size());
    return part;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view rest(reinterpret_cast<const char*>(data), size);
    const auto metadata = std::string(kFolder) + "/PKG-INFO";
    const auto top_level = std::string(kFolder) + "/top_level.txt";
    const auto installed = std::string(kFolder) + "/installed-files.txt";
    std::vector<InputFile> inputs = {{metadata, take_part(rest)},
                                     {top_level, take_part(rest)},
                                     {installed, take_part(rest)},
                                     {"demo/__init__.py", "__version__ = '1.0'\n"},
                                     {"other.py", "pass\n"}};
    for (const auto role :
         {preflight::deployment::Role::function, preflight::deployment::Role::layer}) {
        const auto taken = take_files(inputs, role);
        require_sound(taken);
        const auto& distributions = taken.inventory.distributions;
        require(std::ranges::count(distributions, kFolder, &inventory::Distribution::path) <= 1);
        require(distributions.size() <= 1);
        require(distributions.size() + taken.inventory.incomplete.size() == 1);
        for (const auto& finding : taken.inventory.findings) {
            require(finding.location.path.starts_with(kFolder));
        }
    }
    return 0;
}
