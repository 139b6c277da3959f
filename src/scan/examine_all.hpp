// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "examine_file.hpp"
#include "schedule.hpp"

#include "preflight/base/result.hpp"
#include "preflight/base/workers.hpp"
#include "preflight/finding/finding.hpp"
#include "preflight/scan/progress.hpp"
#include "preflight/source/file.hpp"

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace preflight::scan {

/// Nobody has looked at the file.
struct Unexamined {
    std::string why = "it was not reached";
};

/// What became of one file: not looked at, refused, or examined.
using Outcome = std::variant<Unexamined, Finding, FileFacts>;

struct FileOutcome {
    std::size_t index = 0;
    Outcome what;
};

/// Hands out files by index, one at a time.
template <class Reader>
concept FileReader = requires(Reader& reader, std::size_t index) {
    { reader.read(index) } -> std::same_as<Result<source::File, Finding>>;
    { reader.inflated_bytes() } -> std::convertible_to<std::uint64_t>;
};

/// What is left of a file that was examined.
struct Digested {
    std::size_t index = 0;
    std::uint64_t size = 0;
    crypto::Sha256Digest sha256{};
};

/// What became of the files of an artifact. Of most that were examined there is nothing to say
/// beside their digests, so that a hundred thousand of them take 5 MB.
struct Outcomes {
    std::vector<FileOutcome> files; ///< Of which there is more to say, in order of index.
    std::vector<Digested> examined; ///< In no order; also those among `files`.
    std::uint64_t inflated_bytes = 0;
};

template <FileReader Reader>
[[nodiscard]] Outcome examine_one(Reader& reader, std::size_t index, const Nesting& nesting) {
    try {
        const auto file = reader.read(index);
        if (!file) {
            return file.error();
        }
        return examine_file(*file, nesting);
    } catch (const std::exception& error) {
        // A file that vanished, no memory: the others are looked at all the same.
        return Unexamined{error.what()};
    }
}

/// What one worker has to tell.
class Share {
public:
    void add(std::size_t index, Outcome what) {
        const auto* const facts = std::get_if<FileFacts>(&what);
        if (facts != nullptr) {
            examined_.push_back({.index = index, .size = facts->size, .sha256 = facts->sha256});
        }
        if (facts == nullptr || facts->say_something()) {
            files_.push_back({.index = index, .what = std::move(what)});
        }
    }

    void move_to(Outcomes& outcomes) {
        std::ranges::move(files_, std::back_inserter(outcomes.files));
        std::ranges::move(examined_, std::back_inserter(outcomes.examined));
    }

private:
    std::vector<FileOutcome> files_;
    std::vector<Digested> examined_;
};

/// Files that no worker came to, which a mistake in here alone could explain, are said to be
/// unexamined.
void add_unreached(const std::vector<std::uint8_t>& reached, Outcomes& outcomes);

/// Who works on files, and whom they tell.
struct Team {
    Workers& workers;
    Progress& progress;
};

/// Examines files of these sizes, each once. Every worker makes a reader, and with it a buffer, of
/// its own; large files share one reader, which goes with the last of them. `beside` is one more
/// task, which begins before all files.
template <class MakeReader, std::invocable Beside>
[[nodiscard]] Outcomes examine_all(std::span<const std::uint64_t> sizes,
                                   const Team& team,
                                   const Nesting& nesting,
                                   const MakeReader& make_reader,
                                   const Beside& beside) {
    // The first two tasks are not about one file each.
    enum Task : std::size_t { task_beside, task_one_by_one, first_file };
    auto& workers = team.workers;
    const auto schedule = make_schedule(sizes, workers.count());
    std::vector<Share> shares(workers.count());
    std::vector<std::optional<decltype(make_reader())>> readers(workers.count());
    std::vector<std::uint8_t> reached(sizes.size()); // not bool: each is written by its own worker
    std::uint64_t inflated_one_by_one = 0;
    const auto examine = [&](std::size_t worker, auto& reader, std::size_t index) {
        shares[worker].add(index, examine_one(reader, index, nesting));
        reached[index] = 1;
        team.progress.advance(sizes[index]);
    };
    workers.run(first_file + schedule.at_once.size(), [&](std::size_t worker, std::size_t task) {
        if (task == task_beside) {
            beside();
            return;
        }
        if (task == task_one_by_one) {
            auto reader = make_reader();
            for (const auto index : schedule.one_by_one) {
                examine(worker, reader, index);
            }
            inflated_one_by_one = reader.inflated_bytes();
            return;
        }
        auto& reader = readers[worker];
        if (!reader) {
            reader.emplace(make_reader());
        }
        examine(worker, *reader, schedule.at_once[task - first_file]);
    });

    Outcomes outcomes{.inflated_bytes = inflated_one_by_one};
    for (auto& share : shares) {
        share.move_to(outcomes);
    }
    for (const auto& reader : readers) {
        outcomes.inflated_bytes += reader ? reader->inflated_bytes() : 0;
    }
    add_unreached(reached, outcomes);
    std::ranges::sort(outcomes.files, {}, &FileOutcome::index);
    return outcomes;
}

} // namespace preflight::scan
