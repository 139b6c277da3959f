// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "examine_file.hpp"

#include "preflight/base/result.hpp"
#include "preflight/base/workers.hpp"
#include "preflight/finding/finding.hpp"
#include "preflight/source/file.hpp"

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <optional>
#include <string>
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

/// Examines files 0 to `count` - 1, each once. Every worker makes a reader, and with it a buffer,
/// of its own. `beside` is one more task, which begins before all files.
template <class MakeReader, std::invocable Beside>
[[nodiscard]] Outcomes examine_all(std::size_t count,
                                   Workers& workers,
                                   const MakeReader& make_reader,
                                   const Beside& beside) {
    Outcomes outcomes{.files = std::vector<Outcome>(count)};
    std::vector<std::optional<decltype(make_reader())>> readers(workers.count());
    workers.run(count + 1, [&](std::size_t worker, std::size_t task) {
        if (task == 0) {
            beside();
            return;
        }
        auto& reader = readers[worker];
        if (!reader) {
            reader.emplace(make_reader());
        }
        outcomes.files[task - 1] = examine_one(*reader, task - 1);
    });
    for (const auto& reader : readers) {
        outcomes.inflated_bytes += reader ? reader->inflated_bytes() : 0;
    }
    return outcomes;
}

} // namespace preflight::scan
