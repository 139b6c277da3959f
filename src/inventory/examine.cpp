// SPDX-License-Identifier: Apache-2.0
#include "preflight/inventory/examine.hpp"

#include "path.hpp"

#include "preflight/base/text.hpp"
#include "preflight/document/json.hpp"

#include <algorithm>
#include <array>

namespace preflight::inventory {

namespace {

constexpr std::string_view kDistInfo = ".dist-info";
constexpr std::string_view kEggInfo = ".egg-info";
constexpr std::string_view kEggFolder = "EGG-INFO";

struct Member {
    std::string_view name;
    MetadataPiece piece;
};

constexpr std::array kMembers = {
    Member{"INSTALLER", MetadataPiece::installer},
    Member{"direct_url.json", MetadataPiece::direct_url},
};

MetadataPiece find_piece(std::string_view name, Origin origin) {
    // Never both: a stray PKG-INFO in a dist-info would otherwise speak for the METADATA beside it.
    if (name == (origin == Origin::dist_info ? "METADATA" : "PKG-INFO")) {
        return MetadataPiece::core_metadata;
    }
    const auto* const member = std::ranges::find(kMembers, name, &Member::name);
    return member == kMembers.end() ? MetadataPiece::other : member->piece;
}

/// Which kind of metadata folder a path is, if it is one.
std::optional<Origin> find_origin(std::string_view folder) {
    const auto name = last_component(folder);
    if (name.ends_with(kDistInfo)) {
        return Origin::dist_info;
    }
    if (name.ends_with(kEggInfo)) {
        return Origin::egg_info;
    }
    return name == kEggFolder ? std::optional(Origin::egg) : std::nullopt;
}

/// The first word of INSTALLER. Source: PyPA specifications, "Recording installed projects", The
/// INSTALLER file.
std::string read_installer(ByteView bytes) {
    constexpr std::size_t kMaxLength = 40;
    const auto text = as_text(bytes).substr(0, kMaxLength);
    return printable(text.substr(0, std::min(text.find_first_of(" \t\r\n"), text.size())));
}

/// Which of its three forms a direct_url.json has. Source: PyPA specifications, "Recording the
/// Direct URL Origin".
void read_direct_url(ByteView bytes, MetadataFacts& facts) {
    const auto document = document::parse_json(bytes);
    if (!document) {
        facts.problems.push_back("direct_url.json: " + document.error().message);
        return;
    }
    struct Form {
        std::string_view key;
        std::string_view name;
    };
    static constexpr std::array kForms = {
        Form{"vcs_info", "vcs"}, Form{"archive_info", "archive"}, Form{"dir_info", "directory"}};
    for (const auto& form : kForms) {
        if (document->find(form.key) != nullptr) {
            facts.value = form.name;
            return;
        }
    }
    facts.problems.emplace_back("direct_url.json: neither vcs_info, archive_info nor dir_info");
}

} // namespace

std::optional<MetadataFacts> examine(const source::File& file) {
    const auto folder = parent_of(file.path);
    const auto origin = find_origin(folder);
    MetadataFacts facts;
    if (origin) {
        facts.folder = folder;
        facts.origin = *origin;
        facts.piece = find_piece(last_component(file.path), *origin);
    } else if (file.path.ends_with(kEggInfo)) { // a file that is itself the PKG-INFO
        facts.folder = file.path;
        facts.origin = Origin::egg_info;
        facts.piece = MetadataPiece::core_metadata;
    } else {
        return std::nullopt;
    }

    switch (facts.piece) {
    case MetadataPiece::core_metadata:
        facts.core = python::parse_metadata(file.bytes);
        break;
    case MetadataPiece::installer:
        facts.value = read_installer(file.bytes);
        break;
    case MetadataPiece::direct_url:
        read_direct_url(file.bytes, facts);
        break;
    case MetadataPiece::other:
        break;
    }
    return facts;
}

} // namespace preflight::inventory
