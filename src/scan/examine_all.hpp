// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "examine_file.hpp"
#include "schedule.hpp"

#include "preflight/base/result.hpp"
#include "preflight/base/workers.hpp"
#include "preflight/finding/finding.hpp"
#include "preflight/source/file.hpp"

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <optional>
#include <span>
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

/// Examines files of these sizes, each once. Every worker makes a reader, and with it a buffer, of
/// its own; large files share one reader, which goes with the last of them. `beside` is one more
/// task, which begins before all files.
template <class MakeReader, std::invocable Beside>
[[nodiscard]] Outcomes examine_all(std::span<const std::uint64_t> sizes,
                                   Workers& workers,
                                   const MakeReader& make_reader,
                                   const Beside& beside) {
    // The first two tasks are not about one file each.
    enum Task : std::size_t { task_beside, task_one_by_one, first_file };
    const auto schedule = make_schedule(sizes, workers.count());
    Outcomes outcomes{.files = std::vector<Outcome>(sizes.size())};
    std::uint64_t inflated_one_by_one = 0;
    std::vector<std::optional<decltype(make_reader())>> readers(workers.count());
    workers.run(first_file + schedule.at_once.size(), [&](std::size_t worker, std::size_t task) {
        if (task == task_beside) {
            beside();
            return;
        }
        if (task == task_one_by_one) {
            auto reader = make_reader();
            for (const auto index : schedule.one_by_one) {
                outcomes.files[index] = examine_one(reader, index);
            }
            inflated_one_by_one = reader.inflated_bytes();
            return;
        }
        auto& reader = readers[worker];
        if (!reader) {
            reader.emplace(make_reader());
        }
        const auto index = schedule.at_once[task - first_file];
        outcomes.files[index] = examine_one(*reader, index);
    });
    outcomes.inflated_bytes = inflated_one_by_one;
    for (const auto& reader : readers) {
        outcomes.inflated_bytes += reader ? reader->inflated_bytes() : 0;
    }
    return outcomes;
}

} // namespace preflight::scan
