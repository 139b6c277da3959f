// SPDX-License-Identifier: Apache-2.0
//
// Whatever files an artifact holds, its inventory is sound: distributions in order of path with
// hosts that are among them, findings of this module that are printable, vouched files that exist;
// and taken again it is the same. The input is a row of files, each a path and its bytes, every one
// of them ended by a NUL.
#include "taken_files.hpp"

#include <cstdint>
#include <set>

namespace {

namespace inventory = preflight::inventory;

constexpr std::size_t kMaxFiles = 64;

std::string_view take_part(std::string_view& rest) {
    const auto end = std::min(rest.find('\0'), rest.size());
    const auto part = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return part;
}

/// Whether an archive may hold a file of that path. Source: src/unpack, R2.
bool is_path(std::string_view path) {
    if (path.empty() || path.size() > 4000) {
        return false;
    }
    while (!path.empty()) {
        const auto slash = std::min(path.find('/'), path.size());
        const auto component = path.substr(0, slash);
        if (component.empty() || component == "." || component == ".." ||
            slash + 1 == path.size()) {
            return false;
        }
        path.remove_prefix(std::min(slash + 1, path.size()));
    }
    return true;
}

/// As an archive may hold them: no path twice, none that is also a folder.
std::vector<InputFile> split(std::string_view rest) {
    std::vector<InputFile> inputs;
    std::set<std::string_view> files;
    std::set<std::string_view> folders;
    while (!rest.empty() && inputs.size() < kMaxFiles) {
        const auto path = take_part(rest);
        const auto bytes = take_part(rest);
        std::set<std::string_view> above;
        for (auto slash = path.find('/'); slash != std::string_view::npos;
             slash = path.find('/', slash + 1)) {
            above.insert(path.substr(0, slash));
        }
        const bool is_free =
            !files.contains(path) && !folders.contains(path) &&
            std::ranges::none_of(above, [&](auto folder) { return files.contains(folder); });
        if (is_path(path) && is_free) {
            files.insert(path);
            folders.insert(above.begin(), above.end());
            inputs.push_back({path, bytes});
        }
    }
    return inputs;
}

TakenFiles take(const std::vector<InputFile>& inputs, preflight::deployment::Role role) {
    auto taken = take_files(inputs, role);
    require_sound(taken);
    inventory::Fingerprints fingerprints;
    fingerprints.add(taken.inventory, taken.files);
    fingerprints.sort();
    inventory::identify(fingerprints, taken.files, taken.inventory);
    require_sound(taken);
    return taken;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto inputs = split({reinterpret_cast<const char*>(data), size});
    for (const auto role :
         {preflight::deployment::Role::function, preflight::deployment::Role::layer}) {
        const auto first = take(inputs, role).inventory;
        const auto second = take(inputs, role).inventory;
        require(std::ranges::equal(first.findings,
                                   second.findings,
                                   {},
                                   &preflight::Finding::message,
                                   &preflight::Finding::message));
        require(std::ranges::equal(first.distributions,
                                   second.distributions,
                                   {},
                                   &inventory::Distribution::path,
                                   &inventory::Distribution::path));
    }
    return 0;
}
