// SPDX-License-Identifier: Apache-2.0
#include "preflight/deployment/platform_hint.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace preflight::deployment {
namespace {

/// The first 20 bytes of an ELF header. Source: ELF-64 Object File Format, section 3.
struct ElfHeader {
    char file_class = 2;     ///< 64-bit
    char data_encoding = 1;  ///< little-endian
    unsigned machine = 62;   ///< EM_X86_64
    std::size_t length = 20; ///< What is left of it.
};

std::string make_elf(const ElfHeader& header) {
    std::string bytes = "\x7F"
                        "ELF";
    bytes += header.file_class;
    bytes += header.data_encoding;
    bytes.resize(18, '\0');
    bytes += static_cast<char>(header.machine & 0xFFU);
    bytes += static_cast<char>(header.machine >> 8U);
    return bytes.substr(0, header.length);
}

PlatformHint examine_path(std::string_view path) {
    return examine({.path = path});
}

PlatformHint examine_bytes(std::string_view bytes) {
    return examine({.path = "lib.so", .bytes = as_bytes(bytes)});
}

struct MinorRow {
    std::string_view path;
    std::optional<int> minor;
};

void PrintTo(const MinorRow& row, std::ostream* out) {
    *out << row.path;
}

class ExaminePath : public testing::TestWithParam<MinorRow> {};

TEST_P(ExaminePath, TellsTheMinorVersion) {
    EXPECT_EQ(examine_path(GetParam().path).minor, GetParam().minor);
}

INSTANTIATE_TEST_SUITE_P(
    OfExtensionModules,
    ExaminePath,
    testing::Values(MinorRow{"m.cpython-312-x86_64-linux-gnu.so", 12},
                    MinorRow{"a/b/m.cpython-39-aarch64-linux-gnu.so", 9},
                    MinorRow{"m.cpython-315-x86_64-linux-gnu.so", 15},
                    MinorRow{"m.cpython-312-x86_64-linux-gnu.cpython-311-x86_64-linux-gnu.so", 11},
                    MinorRow{"m.abi3.so", std::nullopt},
                    MinorRow{"m.so", std::nullopt},
                    MinorRow{"m.cpython-312-x86_64-linux-gnu.pyi", std::nullopt},
                    MinorRow{"m.cpython-312.pyc", std::nullopt},
                    MinorRow{"m.cpython-313t-x86_64-linux-gnu.so", std::nullopt},
                    MinorRow{"m.cpython-27-x86_64-linux-gnu.so", std::nullopt},
                    MinorRow{"m.cpython-3-x86_64-linux-gnu.so", std::nullopt},
                    MinorRow{"m.cpython-3x-linux-gnu.so", std::nullopt},
                    MinorRow{"m.cpython-3999999999999999-x86_64-linux-gnu.so", std::nullopt},
                    MinorRow{"m.cp312-win_amd64.pyd", std::nullopt}));

INSTANTIATE_TEST_SUITE_P(
    OfFolders,
    ExaminePath,
    testing::Values(
        MinorRow{"python/lib/python3.12/site-packages/a.py", 12},
        MinorRow{"python/lib/python3.9/site-packages/a/b.py", 9},
        MinorRow{"python/lib/python3.12/site-packages/m.cpython-311-x86_64-linux-gnu.so", 11},
        MinorRow{"python/a.py", std::nullopt},
        MinorRow{"python/lib/python3.12", std::nullopt},
        MinorRow{"python/lib/python3./site-packages/a.py", std::nullopt},
        MinorRow{"python/lib/python3.12.1/a.py", std::nullopt},
        MinorRow{"lib/python3.12/site-packages/a.py", std::nullopt},
        MinorRow{"x/python/lib/python3.12/site-packages/a.py", std::nullopt}));

TEST(ExamineElf, TellsTheMachine) {
    EXPECT_EQ(examine_bytes(make_elf({.machine = 62})).architecture, Architecture::x86_64);
    EXPECT_EQ(examine_bytes(make_elf({.machine = 183})).architecture, Architecture::arm64);
}

TEST(ExamineElf, SaysNothingOfOtherMachines) {
    for (const unsigned machine : {0U, 3U, 40U, 61U, 63U, 182U, 184U, 243U, 0x3E00U, 0x3E3EU}) {
        EXPECT_FALSE(examine_bytes(make_elf({.machine = machine})).says_something()) << machine;
    }
}

TEST(ExamineElf, SaysNothingOf32BitAndBigEndianFiles) {
    EXPECT_FALSE(examine_bytes(make_elf({.file_class = 1})).says_something());
    EXPECT_FALSE(examine_bytes(make_elf({.data_encoding = 2})).says_something());
}

TEST(ExamineElf, NeedsTheWholeMachineField) {
    for (std::size_t length = 0; length < 20; ++length) {
        EXPECT_FALSE(examine_bytes(make_elf({.length = length})).says_something()) << length;
    }
    EXPECT_TRUE(examine_bytes(make_elf({.length = 20})).says_something());
}

TEST(ExamineElf, LooksAtBytesWhateverTheFileIsCalled) {
    const auto elf = make_elf({.machine = 183});

    const auto hint = examine({.path = "bin/tool", .bytes = as_bytes(elf)});

    EXPECT_EQ(hint.architecture, Architecture::arm64);
    EXPECT_EQ(hint.path, "bin/tool");
}

TEST(Examine, NamesTheFileOnlyIfItSaysSomething) {
    EXPECT_EQ(examine_path("m.cpython-312-x86_64-linux-gnu.so").path,
              "m.cpython-312-x86_64-linux-gnu.so");
    EXPECT_EQ(examine_path("m.abi3.so").path, "");
    EXPECT_FALSE(examine_path("m.abi3.so").says_something());
}

/// Decides over hints, in order.
Deployment decide(const std::vector<PlatformHint>& hints, const GivenPlatform& given = {}) {
    std::vector<const PlatformHint*> borrowed;
    for (const auto& hint : hints) {
        borrowed.push_back(&hint);
    }
    Deployment deployment;
    decide_platform(given, borrowed, deployment);
    return deployment;
}

TEST(DecidePlatform, TakesTheNewestRuntimeAndX86IfNothingTells) {
    const auto deployment = decide({});

    EXPECT_EQ(deployment.runtime.minor, kNewestMinor);
    EXPECT_EQ(deployment.runtime_source, PlatformSource::by_default);
    EXPECT_EQ(deployment.runtime_evidence, "");
    EXPECT_EQ(deployment.architecture, Architecture::x86_64);
    EXPECT_EQ(deployment.architecture_source, PlatformSource::by_default);
    EXPECT_EQ(deployment.architecture_evidence, "");
}

TEST(DecidePlatform, TakesWhatMostHintsSay) {
    const auto deployment = decide({{.path = "a", .minor = 12},
                                    {.path = "b", .minor = 11},
                                    {.path = "c", .minor = 11},
                                    {.path = "d", .architecture = Architecture::x86_64},
                                    {.path = "e", .architecture = Architecture::arm64},
                                    {.path = "f", .architecture = Architecture::arm64}});

    EXPECT_EQ(deployment.runtime.minor, 11);
    EXPECT_EQ(deployment.runtime_source, PlatformSource::guessed);
    EXPECT_EQ(deployment.architecture, Architecture::arm64);
    EXPECT_EQ(deployment.architecture_source, PlatformSource::guessed);
}

TEST(DecidePlatform, NamesTheFirstFileThatSaysSo) {
    const auto deployment = decide({{.path = "a", .minor = 12},
                                    {.path = "b", .minor = 11, .architecture = Architecture::arm64},
                                    {.path = "c", .minor = 11}});

    EXPECT_EQ(deployment.runtime_evidence, "b");
    EXPECT_EQ(deployment.architecture_evidence, "b");
}

TEST(DecidePlatform, PrefersTheNewerRuntimeInATie) {
    EXPECT_EQ(decide({{.path = "a", .minor = 9}, {.path = "b", .minor = 12}}).runtime.minor, 12);
    EXPECT_EQ(decide({{.path = "a", .minor = 12}, {.path = "b", .minor = 9}}).runtime.minor, 12);
}

TEST(DecidePlatform, PrefersX86InATie) {
    const PlatformHint x86{.path = "a", .architecture = Architecture::x86_64};
    const PlatformHint arm{.path = "b", .architecture = Architecture::arm64};

    EXPECT_EQ(decide({x86, arm}).architecture, Architecture::x86_64);
    EXPECT_EQ(decide({arm, x86}).architecture, Architecture::x86_64);
}

TEST(DecidePlatform, BelievesTheCommandLineAgainstAllHints) {
    const auto deployment =
        decide({{.path = "a", .minor = 11, .architecture = Architecture::arm64}},
               {.runtime = Runtime{9}, .architecture = Architecture::x86_64});

    EXPECT_EQ(deployment.runtime.minor, 9);
    EXPECT_EQ(deployment.runtime_source, PlatformSource::given);
    EXPECT_EQ(deployment.runtime_evidence, "");
    EXPECT_EQ(deployment.architecture, Architecture::x86_64);
    EXPECT_EQ(deployment.architecture_source, PlatformSource::given);
}

TEST(DecidePlatform, GuessesOnlyWhatIsNotGiven) {
    const auto deployment = decide(
        {{.path = "a", .minor = 11, .architecture = Architecture::arm64}}, {.runtime = Runtime{9}});

    EXPECT_EQ(deployment.runtime_source, PlatformSource::given);
    EXPECT_EQ(deployment.architecture, Architecture::arm64);
    EXPECT_EQ(deployment.architecture_source, PlatformSource::guessed);
}

TEST(DecidePlatform, IsNotSwayedByModulesOfTheStableAbi) {
    const auto elf = make_elf({.machine = 62});
    const auto hint = examine({.path = "m.abi3.so", .bytes = as_bytes(elf)});

    const auto deployment = decide({hint});

    EXPECT_EQ(deployment.runtime_source, PlatformSource::by_default);
    EXPECT_EQ(deployment.architecture_source, PlatformSource::guessed);
}

} // namespace
} // namespace preflight::deployment
