// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "inventory/built_distribution.hpp"
#include "scan_fixture.hpp"

#include <string>
#include <string_view>
#include <vector>

/// Artifacts whose distributions have a RECORD.
namespace preflight::scan {

using inventory::Item;

inline std::vector<ZipEntry> zipped(const std::vector<Item>& items) {
    std::vector<ZipEntry> entries;
    for (const auto& item : items) {
        entries.push_back(deflated(item.path, item.bytes));
    }
    return entries;
}

/// `demo` of some version, one of whose two modules differs from that of any other.
inline std::vector<Item> install_demo(const std::string& site, const std::string& version) {
    return inventory::install(site,
                              "demo",
                              version,
                              {{"demo/__init__.py", "from .work import run\n"},
                               {"demo/work.py", "def run():\n    return '" + version + "'\n"}});
}

/// The files of a distribution without its metadata.
inline std::vector<Item> strip(std::vector<Item> items) {
    std::erase_if(
        items, [](const Item& item) { return item.path.find(".dist-info/") != std::string::npos; });
    return items;
}

/// The metadata of a distribution without its files.
inline std::vector<Item> only_metadata(std::vector<Item> items) {
    std::erase_if(
        items, [](const Item& item) { return item.path.find(".dist-info/") == std::string::npos; });
    return items;
}

/// The package of that origin, or of that path; nothing if there is none.
inline const report::Package* find_package(const report::Report& report, std::string_view word) {
    const auto found = std::ranges::find_if(report.packages, [&](const report::Package& package) {
        return package.origin == word || package.path == word;
    });
    return found == report.packages.end() ? nullptr : &*found;
}

} // namespace preflight::scan
