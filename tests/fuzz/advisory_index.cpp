// SPDX-License-Identifier: Apache-2.0
//
// Whatever the bytes of an index, it is refused with a Failure or answers. The input is a list of
// changes to a good index, and in that case each answer must be the good one; then it is taken as
// an index itself, and only has to end well.
#include "preflight/advisory/index.hpp"
#include "preflight/base/failure.hpp"

#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>

namespace {

using preflight::advisory::RowsByName;

constexpr std::array kNames = {"alpha", "beta", "gamma", "unknown"};

RowsByName make_rows() {
    RowsByName rows;
    for (const auto* name : {"alpha", "beta", "gamma"}) {
        rows[name] = preflight::advisory::encode_advisories(
            {{.id = "PYSEC-1", .summary = name},
             {.id = "PYSEC-2", .label = preflight::Severity::low}});
    }
    return rows;
}

std::string make_index(const RowsByName& rows) {
    auto folder = (std::filesystem::temp_directory_path() / "preflight-fuzz-XXXXXX").string();
    if (::mkdtemp(folder.data()) == nullptr) {
        std::abort();
    }
    const auto path = std::filesystem::path(folder) / "index.db";
    preflight::advisory::write_index(path, rows, {{.name = "seed"}});
    std::ifstream file(path, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(file), {}};
    std::filesystem::remove_all(folder);
    return bytes;
}

/// The answers of an index: the records of each name as bytes, or nothing where it is refused.
std::array<std::optional<std::string>, kNames.size()> ask(std::string_view image) {
    std::array<std::optional<std::string>, kNames.size()> answers;
    try {
        const auto index = preflight::advisory::Index::open(preflight::as_bytes(image), "fuzz");
        for (std::size_t name = 0; name < kNames.size(); ++name) {
            try {
                answers.at(name) =
                    preflight::advisory::encode_advisories(index.find(kNames.at(name)));
            } catch (const preflight::Failure&) {
                answers.at(name).reset();
            }
        }
    } catch (const preflight::Failure&) {
        return {};
    }
    return answers;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto rows = make_rows();
    static const auto good = make_index(rows);
    static const auto good_answers = ask(good);

    // A change is a position of two bytes and a byte that is added there.
    auto changed = good;
    for (std::size_t change = 0; change + 2 < size && change < 300; change += 3) {
        const auto position = (std::size_t{data[change]} << 8U | data[change + 1]) % changed.size();
        changed[position] = static_cast<char>(changed[position] + data[change + 2]);
    }
    const auto answers = ask(changed);
    for (std::size_t name = 0; name < kNames.size(); ++name) {
        if (answers.at(name) && answers.at(name) != good_answers.at(name)) {
            std::abort();
        }
    }

    static_cast<void>(ask({reinterpret_cast<const char*>(data), size}));
    return 0;
}
