// SPDX-License-Identifier: Apache-2.0
#include "sbom.hpp"

#include "package_name.hpp"

#include "preflight/base/text.hpp"
#include "preflight/document/json.hpp"

#include <charconv>
#include <utility>

namespace preflight::inventory {

namespace {

using document::Value;

std::string text_of(const Value& object, std::string_view key) {
    const auto* const value = object.find(key);
    const auto* const text = value != nullptr ? value->as_string() : nullptr;
    return text != nullptr ? *text : std::string();
}

const document::Array& list_of(const Value& object, std::string_view key) {
    static const document::Array kNone;
    const auto* const value = object.find(key);
    const auto* const list = value != nullptr ? value->as_array() : nullptr;
    return list != nullptr ? *list : kNone;
}

/// `%2B` becomes `+`; what is no escape stays. Source: RFC 3986, section 2.1.
std::string decode_percent(std::string_view text) {
    constexpr std::size_t kEscape = 3;
    std::string decoded;
    while (!text.empty()) {
        unsigned char byte = 0;
        const auto* const digits = text.data() + 1;
        if (text.size() >= kEscape && text.front() == '%' &&
            std::from_chars(digits, digits + 2, byte, 16).ptr == digits + 2) {
            decoded += static_cast<char>(byte);
            text.remove_prefix(kEscape);
        } else {
            decoded += text.front();
            text.remove_prefix(1);
        }
    }
    return decoded;
}

class SbomReader {
public:
    /// What one component says of itself.
    void add(std::string name, std::string version, std::string purl) {
        if (sbom_.distributions.size() + sbom_.components.size() == kMaxSbomComponents) {
            sbom_.problem = "more than " + std::to_string(kMaxSbomComponents) + " components";
            sbom_.is_cut = true;
            return;
        }
        if (auto package = find_distribution(purl, version)) {
            sbom_.distributions.push_back(*std::move(package));
        } else if (!name.empty()) {
            sbom_.components.push_back(
                {.name = std::move(name), .version = std::move(version), .purl = std::move(purl)});
        }
    }

    /// Depth is bounded by that of the document.
    void add_cyclonedx(const document::Array& components) {
        for (const auto& component : components) {
            add(text_of(component, "name"),
                text_of(component, "version"),
                text_of(component, "purl"));
            add_cyclonedx(list_of(component, "components"));
        }
    }

    void add_spdx2(const document::Array& packages) {
        for (const auto& package : packages) {
            std::string purl;
            for (const auto& reference : list_of(package, "externalRefs")) {
                if (text_of(reference, "referenceType") == "purl") {
                    purl = text_of(reference, "referenceLocator");
                }
            }
            add(text_of(package, "name"), text_of(package, "versionInfo"), std::move(purl));
        }
    }

    void add_spdx3(const document::Array& graph) {
        for (const auto& element : graph) {
            if (text_of(element, "type") == "software_Package") {
                add(text_of(element, "name"),
                    text_of(element, "software_packageVersion"),
                    text_of(element, "software_packageUrl"));
            }
        }
    }

    [[nodiscard]] Sbom finish() && { return std::move(sbom_); }

private:
    /// The distribution that a package URL names: `pkg:pypi/name@version?qualifiers#path`. Source:
    /// package-url/purl-spec, type pypi.
    static std::optional<PackageName> find_distribution(std::string_view purl,
                                                        const std::string& version) {
        constexpr std::string_view kType = "pkg:pypi/";
        if (!purl.starts_with(kType)) {
            return std::nullopt;
        }
        purl.remove_prefix(kType.size());
        purl = purl.substr(0, purl.find_first_of("?#"));
        const auto at = purl.rfind('@');
        const auto stated =
            at == std::string_view::npos ? version : decode_percent(purl.substr(at + 1));
        return find_package_name(decode_percent(purl.substr(0, at)), stated);
    }

    Sbom sbom_;
};

} // namespace

Sbom parse_sbom(ByteView bytes) {
    if (bytes.size() > kMaxSbomBytes) {
        return {.problem = "longer than " + std::to_string(kMaxSbomBytes) + " bytes",
                .is_cut = true};
    }
    const auto document = document::parse_json(bytes);
    if (!document) {
        return {.problem = "no JSON: " + printable(document.error().message)};
    }
    SbomReader reader;
    if (text_of(*document, "bomFormat") == "CycloneDX") {
        reader.add_cyclonedx(list_of(*document, "components"));
    } else if (text_of(*document, "spdxVersion").starts_with("SPDX-2")) {
        reader.add_spdx2(list_of(*document, "packages"));
    } else if (document->find("@graph") != nullptr) {
        reader.add_spdx3(list_of(*document, "@graph"));
    } else {
        return {.problem = "neither CycloneDX nor SPDX"};
    }
    return std::move(reader).finish();
}

} // namespace preflight::inventory
