// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "examine_file.hpp"

#include "preflight/base/result.hpp"
#include "preflight/finding/finding.hpp"
#include "preflight/source/file.hpp"

#include <atomic>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <string>
#include <thread>
#include <variant>
#include <vector>

namespace preflight::scan {

/// Nobody has looked at the file; every outcome begins like this.
struct Unexamined {
    std::string why = "it was not reached";
};

/// What became of one file: not looked at, refused, or examined.
using Outcome = std::variant<Unexamined, Finding, FileFacts>;

/// Hands out files by index, one at a time.
template <class Reader>
concept FileReader = requires(Reader& reader, std::size_t index) {
    { reader.read(index) } -> std::same_as<Result<source::File, Finding>>;
    { reader.inflated_bytes() } -> std::convertible_to<std::uint64_t>;
};

struct Outcomes {
    std::vector<Outcome> files; ///< In the order of the indices, whatever thread looked at which.
    std::uint64_t inflated_bytes = 0;
};

template <FileReader Reader>
[[nodiscard]] Outcome examine_one(Reader& reader, std::size_t index) {
    try {
        const auto file = reader.read(index);
        if (!file) {
            return file.error();
        }
        return examine_file(*file);
    } catch (const std::exception& error) {
        // A file that vanished, no memory: the others are looked at all the same.
        return Unexamined{error.what()};
    }
}

/// Examines files 0 to `count` - 1, each once. Every thread makes a reader, and with it a buffer,
/// of its own.
template <class MakeReader>
[[nodiscard]] Outcomes
examine_all(std::size_t count, unsigned threads, const MakeReader& make_reader) {
    Outcomes outcomes{.files = std::vector<Outcome>(count)};
    std::atomic<std::size_t> next = 0;
    std::atomic<std::uint64_t> inflated = 0;
    const auto work = [&] {
        auto reader = make_reader();
        for (auto index = next++; index < count; index = next++) {
            outcomes.files[index] = examine_one(reader, index);
        }
        inflated += reader.inflated_bytes();
    };
    // A thread that gets no reader leaves its share to the others; the last of them throws.
    const auto help = [&]() noexcept {
        try {
            work();
        } catch (const std::exception&) {
            return;
        }
    };
    {
        std::vector<std::jthread> others; // joined at the end of this block
        for (unsigned other = 1; other < threads && other < count; ++other) {
            others.emplace_back(help);
        }
        work();
    }
    outcomes.inflated_bytes = inflated;
    return outcomes;
}

} // namespace preflight::scan
