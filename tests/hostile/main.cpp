// SPDX-License-Identifier: Apache-2.0
//
// preflight_hostile_corpus DIR [AREA...]: writes the archives of these areas, or of all, into DIR,
// and what is expected of them into DIR/manifest.tsv. Without arguments: lists the areas.
#include "corpus.hpp"

#include <algorithm>
#include <array>
#include <exception>
#include <filesystem>
#include <iostream>
#include <span>
#include <string_view>
#include <vector>

namespace preflight::hostile {
namespace {

struct Area {
    std::string_view name;
    void (*add)(Corpus& corpus);
};

constexpr std::array kAreas = {
    Area{"end_records", add_end_records},
    Area{"directories", add_directories},
    Area{"agreement", add_agreement},
    Area{"descriptors", add_descriptors},
    Area{"features", add_features},
    Area{"extra_fields", add_extra_fields},
    Area{"names", add_names},
    Area{"name_clashes", add_name_clashes},
    Area{"types", add_types},
    Area{"links", add_links},
    Area{"contents", add_contents},
    Area{"bombs", add_bombs},
    Area{"crowds", add_crowds},
    Area{"giants", add_giants},
};

int run(std::span<const std::string_view> arguments) {
    if (arguments.empty()) {
        for (const auto& area : kAreas) {
            std::cout << area.name << '\n';
        }
        return 0;
    }
    const auto wanted = arguments.subspan(1);
    for (const auto name : wanted) {
        if (std::ranges::find(kAreas, name, &Area::name) == kAreas.end()) {
            std::cerr << "there is no area '" << name << "'\n";
            return 2;
        }
    }
    Corpus corpus{std::filesystem::path(arguments.front())};
    for (const auto& area : kAreas) {
        if (wanted.empty() || std::ranges::find(wanted, area.name) != wanted.end()) {
            area.add(corpus);
        }
    }
    return 0;
}

} // namespace
} // namespace preflight::hostile

int main(int argc, char** argv) {
    try {
        const std::span given(argv, static_cast<std::size_t>(argc));
        const std::vector<std::string_view> arguments(given.begin() + 1, given.end());
        return preflight::hostile::run(arguments);
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}
