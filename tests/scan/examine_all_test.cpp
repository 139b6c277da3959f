// SPDX-License-Identifier: Apache-2.0
#include "examine_all.hpp"

#include "preflight/base/failure.hpp"
#include "preflight/scan/threads.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <span>
#include <string>
#include <thread>
#include <vector>

namespace preflight::scan {
namespace {

/// Hands out files `python/lib/python3.<index>/x` and, of odd index, `x`, which says nothing; every
/// fifth cannot be read, every seventh is refused.
class NumberedFiles {
public:
    [[nodiscard]] Result<source::File, Finding> read(std::size_t index) {
        if (index % 5 == 4) {
            throw Failure("cannot read file " + std::to_string(index));
        }
        if (index % 7 == 6) {
            return make_finding({.id = "unpack.crc-bad"});
        }
        path_ = index % 2 == 1 ? "x" : "python/lib/python3." + std::to_string(index) + "/x";
        return source::File{.path = path_};
    }

    [[nodiscard]] static std::uint64_t inflated_bytes() { return 1; }

private:
    std::string path_;
};

class ExamineAll : public testing::TestWithParam<unsigned> {
protected:
    NoProgress progress_;
};

TEST_P(ExamineAll, KeepsWhatThereIsToSayInTheOrderOfTheFiles) {
    constexpr std::size_t kFiles = 100;

    Threads workers(GetParam());
    int beside = 0;
    const std::vector<std::uint64_t> sizes(kFiles, 1);
    const auto outcomes = examine_all(
        sizes,
        {.workers = workers, .progress = progress_},
        {},
        [] { return NumberedFiles(); },
        [&] { ++beside; });

    std::size_t examined = 0;
    auto next = outcomes.files.begin();
    for (std::size_t index = 0; index < kFiles; ++index) {
        SCOPED_TRACE(index);
        const bool is_plain = index % 5 != 4 && index % 7 != 6;
        examined += is_plain ? 1 : 0;
        if (is_plain && index % 2 == 1) { // nothing to be said of it
            continue;
        }
        ASSERT_NE(next, outcomes.files.end());
        ASSERT_EQ(next->index, index);
        if (index % 5 == 4) {
            EXPECT_EQ(std::get<Unexamined>(next->what).why,
                      "cannot read file " + std::to_string(index));
        } else if (index % 7 == 6) {
            EXPECT_EQ(std::get<Finding>(next->what).rule_id, "unpack.crc-bad");
        } else {
            EXPECT_EQ(std::get<FileFacts>(next->what).platform.minor, static_cast<int>(index));
        }
        ++next;
    }
    EXPECT_EQ(next, outcomes.files.end());
    EXPECT_EQ(outcomes.examined.size(), examined);
    EXPECT_EQ(beside, 1);
    EXPECT_GE(outcomes.inflated_bytes, 1);
    EXPECT_LE(outcomes.inflated_bytes, GetParam() + 1); // one more reader is for large files
}

TEST(AddUnreached, SaysOfAFileThatNobodyCameToIt) {
    Outcomes outcomes;

    add_unreached({1, 0, 1}, outcomes);

    ASSERT_EQ(outcomes.files.size(), 1U);
    EXPECT_EQ(outcomes.files[0].index, 1U);
    EXPECT_EQ(std::get<Unexamined>(outcomes.files[0].what).why, "it was not reached");
}

INSTANTIATE_TEST_SUITE_P(Threads, ExamineAll, testing::Values(1U, 2U, 8U));

/// Notices when two large files are held at once.
class LargeFiles {
public:
    explicit LargeFiles(std::span<const std::uint64_t> sizes, std::atomic<int>& held)
        : sizes_(sizes), held_(held) {}

    [[nodiscard]] Result<source::File, Finding> read(std::size_t index) {
        if (sizes_[index] <= find_large_size(1)) {
            return source::File{.path = "small"};
        }
        const int held = ++held_;
        std::this_thread::yield();
        --held_;
        if (held > 1) {
            throw Failure("two large files are held");
        }
        return source::File{.path = "python/lib/python3.9/large"};
    }

    [[nodiscard]] static std::uint64_t inflated_bytes() { return 0; }

private:
    std::span<const std::uint64_t> sizes_;
    std::atomic<int>& held_;
};

TEST_P(ExamineAll, HoldsOneLargeFileAtATime) {
    std::vector<std::uint64_t> sizes;
    for (std::size_t file = 0; file < 200; ++file) {
        sizes.push_back(file % 2 == 0 ? find_large_size(1) + file : file);
    }
    std::atomic<int> held = 0;
    Threads workers(GetParam());

    const auto outcomes = examine_all(
        sizes,
        {.workers = workers, .progress = progress_},
        {},
        [&] { return LargeFiles(sizes, held); },
        [] {});

    EXPECT_EQ(outcomes.examined.size(), sizes.size());
}

TEST(ExamineAllWithoutReaders, FailsInsteadOfStoppingTheProgram) {
    const auto fail = []() -> NumberedFiles {
        throw Failure("cannot start libdeflate: no memory");
    };

    const std::vector<std::uint64_t> sizes(10, 1);
    for (const auto threads : {1U, 4U}) {
        Threads workers(threads);
        NoProgress progress;
        const Team team{.workers = workers, .progress = progress};
        EXPECT_THROW(static_cast<void>(examine_all(sizes, team, {}, fail, [] {})), Failure);
    }
}

TEST(Outcome, BeginsAsUnexamined) {
    EXPECT_TRUE(std::holds_alternative<Unexamined>(Outcome()));
}

} // namespace
} // namespace preflight::scan
