// SPDX-License-Identifier: Apache-2.0
#include "preflight/python/file_name.hpp"

#include "version_parts.hpp"

#include "preflight/base/text.hpp"
#include "preflight/python/name.hpp"
#include "preflight/python/version.hpp"

#include <algorithm>
#include <array>

namespace preflight::python {

namespace {

constexpr std::string_view kWheelEnd = ".whl";
constexpr std::array<std::string_view, 2> kSdistEnds = {".tar.gz", ".zip"};

InputError refuse(std::string_view file_name, std::string_view reason, std::size_t offset) {
    return {in_quotes(file_name) +
                " is not the name of a distribution file: " + std::string(reason),
            offset};
}

bool is_word(char byte) {
    return is_digit(byte) || is_letter(byte) || byte == '_';
}

std::string lowered(std::string_view text) {
    std::string result(text);
    std::ranges::transform(result, result.begin(), ascii_lower);
    return result;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> pieces;
    for (std::size_t start = 0; start <= text.size();) {
        const std::size_t end = std::min(text.find(separator, start), text.size());
        pieces.push_back(text.substr(start, end - start));
        start = end + 1;
    }
    return pieces;
}

/// Escaped as the wheel specification asks: letters, digits, `.` and single `_`. packaging lets
/// letters beyond ASCII pass here, of which no project name may consist.
bool is_escaped_name(std::string_view name) {
    return !name.empty() && name.find("__") == std::string_view::npos &&
           std::ranges::all_of(name, [](char byte) { return is_word(byte) || byte == '.'; });
}

bool is_build_tag(std::string_view build) {
    const auto digits = std::ranges::find_if_not(build, is_digit) - build.begin();
    return digits > 0 && static_cast<std::size_t>(digits) <= kMaxDigits &&
           build.find('\n') == std::string_view::npos;
}

bool is_identifier(std::string_view text) {
    return !text.empty() && !is_digit(text.front()) && std::ranges::all_of(text, is_word);
}

/// The triples of a compressed tag set: `py2.py3-none-any` stands for two. Empty if it is malformed
/// or stands for more than kMaxWheelTags. Source: PyPA specifications, "Platform compatibility
/// tags", "Compressed tag sets".
std::vector<std::string>
expand_tags(std::string_view interpreters, std::string_view abis, std::string_view platforms) {
    const auto interpreter_list = split(interpreters, '.');
    const auto abi_list = split(abis, '.');
    const auto platform_list = split(platforms, '.');
    const auto is_empty = [](std::string_view text) { return text.empty(); };
    if (!std::ranges::all_of(interpreter_list, is_identifier) ||
        std::ranges::any_of(abi_list, is_empty) || std::ranges::any_of(platform_list, is_empty) ||
        interpreter_list.size() * abi_list.size() * platform_list.size() > kMaxWheelTags) {
        return {};
    }
    std::vector<std::string> tags;
    for (const auto interpreter : interpreter_list) {
        for (const auto abi : abi_list) {
            for (const auto platform : platform_list) {
                tags.push_back(lowered(interpreter) + '-' + lowered(abi) + '-' + lowered(platform));
            }
        }
    }
    std::ranges::sort(tags);
    tags.erase(std::unique(tags.begin(), tags.end()), tags.end());
    return tags;
}

} // namespace

Result<WheelFileName> parse_wheel_file_name(std::string_view file_name) {
    if (!file_name.ends_with(kWheelEnd)) {
        return refuse(file_name, "it does not end in '.whl'", file_name.size());
    }
    const auto parts = split(file_name.substr(0, file_name.size() - kWheelEnd.size()), '-');
    if (parts.size() != 5 && parts.size() != 6) {
        return refuse(file_name, "it has not five or six parts", 0);
    }
    const auto offset_of = [&](std::string_view part) {
        return static_cast<std::size_t>(part.data() - file_name.data());
    };
    if (!is_escaped_name(parts[0])) {
        return refuse(file_name, "its project name is malformed", 0);
    }
    const auto version = parse_version(parts[1]);
    if (!version) {
        return refuse(file_name,
                      "its version is not one of PEP 440",
                      offset_of(parts[1]) + version.error().offset);
    }
    const bool has_build = parts.size() == 6;
    if (has_build && !is_build_tag(parts[2])) {
        return refuse(file_name, "its build tag does not begin with a digit", offset_of(parts[2]));
    }
    const std::size_t first_tag = parts.size() - 3;
    WheelFileName wheel;
    wheel.name = normalize_name(parts[0]);
    wheel.version = version->text();
    wheel.build = has_build ? parts[2] : "";
    wheel.tags = expand_tags(parts[first_tag], parts[first_tag + 1], parts[first_tag + 2]);
    if (wheel.tags.empty()) {
        return refuse(file_name, "its tags are malformed or too many", offset_of(parts[first_tag]));
    }
    return wheel;
}

Result<SdistFileName> parse_sdist_file_name(std::string_view file_name) {
    const auto* const end = std::ranges::find_if(
        kSdistEnds, [&](std::string_view suffix) { return file_name.ends_with(suffix); });
    if (end == kSdistEnds.end()) {
        return refuse(file_name, "it ends neither in '.tar.gz' nor in '.zip'", file_name.size());
    }
    const auto stem = file_name.substr(0, file_name.size() - end->size());
    const std::size_t dash = stem.rfind('-');
    if (dash == std::string_view::npos || dash == 0) {
        return refuse(file_name, "it has no project name before a '-'", 0);
    }
    const auto version = parse_version(stem.substr(dash + 1));
    if (!version) {
        return refuse(
            file_name, "its version is not one of PEP 440", dash + 1 + version.error().offset);
    }
    return SdistFileName{normalize_name(stem.substr(0, dash)), version->text()};
}

} // namespace preflight::python
