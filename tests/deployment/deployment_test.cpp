// SPDX-License-Identifier: Apache-2.0
#include "preflight/deployment/deployment.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace preflight::deployment {
namespace {

constexpr Runtime kRuntime{12};
constexpr std::string_view kSitePackages = "python/lib/python3.12/site-packages";

constexpr std::optional<std::size_t> kFunction = std::nullopt;

/// A copy of `demo` in the function, or in the layer of that number.
Copy make_copy(std::optional<std::size_t> layer, std::string_view folder) {
    Copy copy{.package = {.name = "demo", .version = layer ? std::to_string(*layer) : "9"},
              .place = {.artifact = layer ? "layer-" + std::to_string(*layer) : "function",
                        .layer = layer,
                        .folder = std::string(folder)}};
    copy.path = copy.place.folder + (folder.empty() ? "" : "/") + "demo-1.dist-info";
    return copy;
}

std::vector<Placement> place(const std::vector<Copy>& copies, const Runtime& runtime) {
    return place(copies, {}, runtime);
}

std::optional<std::uint64_t> find_import_rank(std::optional<std::size_t> layer,
                                              std::string_view folder,
                                              const Runtime& runtime) {
    return find_import_rank({.artifact = {}, .layer = layer, .folder = std::string(folder)},
                            runtime);
}

/// The index of the one copy that is imported.
std::optional<std::size_t> effective_of(const std::vector<Copy>& copies) {
    const auto placements = place(copies, kRuntime);
    const auto found = std::ranges::find_if(placements, &Placement::is_effective);
    EXPECT_EQ(std::ranges::count_if(placements, &Placement::is_effective),
              found == placements.end() ? 0 : 1);
    if (found == placements.end()) {
        return std::nullopt;
    }
    return static_cast<std::size_t>(found - placements.begin());
}

TEST(FindImportRank, FollowsTheImportPathOfLambda) {
    const std::vector<std::pair<std::optional<std::size_t>, std::string_view>> kFirstToLast = {
        {kFunction, ""},
        {2, kSitePackages},
        {1, kSitePackages},
        {0, kSitePackages},
        {2, "python"},
        {1, "python"},
        {0, "python"},
    };

    for (std::size_t index = 1; index < kFirstToLast.size(); ++index) {
        const auto [layer, folder] = kFirstToLast[index - 1];
        const auto [next_layer, next_folder] = kFirstToLast[index];
        const auto rank = find_import_rank(layer, folder, kRuntime);
        const auto next_rank = find_import_rank(next_layer, next_folder, kRuntime);
        ASSERT_TRUE(rank && next_rank) << index;
        EXPECT_LT(*rank, *next_rank) << index;
    }
}

TEST(FindImportRank, FindsNoOtherFolderOfAFunction) {
    for (const auto folder : {std::string_view("python"),
                              kSitePackages,
                              std::string_view("lib"),
                              std::string_view("pip/_vendor"),
                              std::string_view("/")}) {
        EXPECT_FALSE(find_import_rank(kFunction, folder, kRuntime)) << folder;
    }
}

TEST(FindImportRank, FindsNoOtherFolderOfALayer) {
    for (const auto* folder : {"",
                               "Python",
                               "python/",
                               "python/lib",
                               "python/lib/python3.12",
                               "python/lib/python3.12/site-packages/a",
                               "python/lib/python3.1/site-packages",
                               "python/lib/python3.11/site-packages",
                               "python/lib/python3.120/site-packages",
                               "lib/python3.12/site-packages",
                               "nodejs"}) {
        EXPECT_FALSE(find_import_rank(0, folder, kRuntime)) << folder;
    }
}

TEST(FindImportRank, GoesByTheRuntime) {
    const std::string_view folder = "python/lib/python3.9/site-packages";

    EXPECT_TRUE(find_import_rank(0, folder, Runtime{9}));
    EXPECT_FALSE(find_import_rank(0, folder, Runtime{10}));
}

TEST(Place, PrefersTheFunctionToAllLayers) {
    EXPECT_EQ(effective_of(
                  {make_copy(0, kSitePackages), make_copy(1, "python"), make_copy(kFunction, "")}),
              2U);
}

TEST(Place, PrefersSitePackagesOfAnEarlierLayerToPythonOfALaterOne) {
    EXPECT_EQ(effective_of({make_copy(0, kSitePackages), make_copy(1, "python")}), 0U);
    EXPECT_EQ(effective_of({make_copy(1, "python"), make_copy(0, kSitePackages)}), 1U);
}

TEST(Place, PrefersTheLaterLayerWithinAPosition) {
    EXPECT_EQ(effective_of({make_copy(0, "python"), make_copy(1, "python")}), 1U);
    EXPECT_EQ(effective_of({make_copy(1, kSitePackages), make_copy(0, kSitePackages)}), 0U);
}

TEST(Place, LetsALaterLayerReplaceTheSamePath) {
    const auto earlier = make_copy(0, "python");
    const auto later = make_copy(1, "python");

    const auto placements = place(std::vector{earlier, later}, kRuntime);

    ASSERT_EQ(earlier.path, later.path);
    EXPECT_EQ(placements[0].shadowed_by, 1U);
    EXPECT_TRUE(placements[1].is_effective());
}

TEST(Place, DoesNotImportFromSitePackagesOfAnotherMinorVersion) {
    const auto placements = place(
        std::vector{make_copy(1, "python/lib/python3.11/site-packages"), make_copy(0, "python")},
        kRuntime);

    EXPECT_FALSE(placements[0].is_on_path);
    EXPECT_FALSE(placements[0].shadowed_by);
    EXPECT_FALSE(placements[0].is_effective());
    EXPECT_TRUE(placements[1].is_effective());
}

TEST(Place, LetsTwoCopiesInOneFolderOfOneArtifactBothCount) {
    auto second = make_copy(0, "python");
    second.path = "python/demo-2.dist-info";

    const auto placements = place(std::vector{make_copy(0, "python"), second}, kRuntime);

    EXPECT_TRUE(placements[0].is_effective());
    EXPECT_TRUE(placements[1].is_effective());
}

TEST(Place, NamesTheFirstOfThemAsTheOneThatShadows) {
    auto second = make_copy(kFunction, "");
    second.path = "demo-2.dist-info";

    const auto placements =
        place(std::vector{make_copy(0, "python"), make_copy(kFunction, ""), second}, kRuntime);

    EXPECT_EQ(placements[0].shadowed_by, 1U);
    EXPECT_TRUE(placements[1].is_effective());
    EXPECT_TRUE(placements[2].is_effective());
}

TEST(Place, NamesTheWinnerAndNotTheNextInLine) {
    const auto placements = place(
        std::vector{make_copy(0, "python"), make_copy(1, "python"), make_copy(0, kSitePackages)},
        kRuntime);

    EXPECT_EQ(placements[0].shadowed_by, 2U);
    EXPECT_EQ(placements[1].shadowed_by, 2U);
}

TEST(Place, ComparesOnlyCopiesOfOneName) {
    auto other = make_copy(kFunction, "");
    other.package.name = "other";

    const auto placements = place(std::vector{make_copy(0, "python"), other}, kRuntime);

    EXPECT_TRUE(placements[0].is_effective());
    EXPECT_TRUE(placements[1].is_effective());
}

TEST(Place, LetsACopyOffThePathShadowNothing) {
    const auto placements =
        place(std::vector{make_copy(kFunction, "pip/_vendor"), make_copy(0, "python")}, kRuntime);

    EXPECT_FALSE(placements[0].is_on_path);
    EXPECT_TRUE(placements[1].is_effective());
}

TEST(Place, TakesNoCopiesAtAll) {
    EXPECT_TRUE(place({}, {}, kRuntime).empty());
}

Copy with_modules(Copy copy, std::vector<std::string> modules) {
    copy.modules = std::move(modules);
    return copy;
}

LooseModule make_loose(std::optional<std::size_t> layer, std::string_view folder) {
    return {.place = make_copy(layer, folder).place, .name = "demo", .path = "demo"};
}

TEST(Place, GoesByModulesWhereTheyAreKnown) {
    auto other = with_modules(make_copy(kFunction, ""), {"demo"});
    other.package.name = "demo-fork";

    const auto placements =
        place(std::vector{with_modules(make_copy(0, "python"), {"demo"}), other}, kRuntime);

    EXPECT_EQ(placements[0].shadowed_by, 1U);
    EXPECT_TRUE(placements[1].is_effective());
}

TEST(Place, ImportsACopyThatIsTheFirstToProvideOneOfItsModules) {
    const auto placements = place(std::vector{with_modules(make_copy(0, "python"), {"a", "b"}),
                                              with_modules(make_copy(kFunction, ""), {"a"})},
                                  kRuntime);

    EXPECT_TRUE(placements[0].is_effective());
    EXPECT_TRUE(placements[1].is_effective());
}

TEST(Place, LetsCodeOfNobodyShadowACopy) {
    const auto copies = std::vector{with_modules(make_copy(0, "python"), {"demo"})};

    const auto placements = place(copies, std::vector{make_loose(kFunction, "")}, kRuntime);

    EXPECT_TRUE(placements[0].is_on_path);
    EXPECT_EQ(placements[0].shadowed_by_module, 0U);
    EXPECT_FALSE(placements[0].is_effective());
}

TEST(Place, LetsCodeOfNobodyBehindACopyAlone) {
    const auto copies = std::vector{with_modules(make_copy(kFunction, ""), {"demo"})};

    EXPECT_TRUE(
        place(copies, std::vector{make_loose(0, "python")}, kRuntime).front().is_effective());
}

TEST(Place, LetsMetadataWithoutCodeShadowNothing) {
    auto ghost = make_copy(kFunction, "");
    ghost.has_code = false;

    const auto placements = place(std::vector{ghost, make_copy(0, "python")}, kRuntime);

    EXPECT_FALSE(placements[0].is_effective());
    EXPECT_FALSE(placements[0].shadowed_by);
    EXPECT_TRUE(placements[1].is_effective());
}

TEST(Place, PutsWhatAPathFileAddsLast) {
    auto added = make_copy(kFunction, "vendor");
    added.place.is_added = true;

    const auto placements = place(std::vector{added, make_copy(0, "python")}, kRuntime);

    EXPECT_EQ(placements[0].shadowed_by, 1U);
    EXPECT_TRUE(place(std::vector{added}, kRuntime).front().is_effective());
}

/// A deployment whose platform was given, so that only copies are spoken of.
Deployment make_deployment() {
    return {.name = "orders",
            .runtime = kRuntime,
            .runtime_source = PlatformSource::given,
            .architecture_source = PlatformSource::given,
            .function = "function"};
}

std::vector<Finding> conclude_copies(const std::vector<Copy>& copies) {
    return conclude(make_deployment(), {.copies = copies, .placements = place(copies, kRuntime)});
}

TEST(Conclude, IsSilentWhereEveryCopyIsImportedAndThePlatformGiven) {
    EXPECT_TRUE(conclude_copies({make_copy(kFunction, "")}).empty());
}

TEST(Conclude, ReportsAShadowedCopyWithWhatComesFirst) {
    const auto findings = conclude_copies({make_copy(0, "python"), make_copy(kFunction, "")});

    ASSERT_EQ(findings.size(), 1U);
    const auto& finding = findings.front();
    EXPECT_EQ(finding.rule_id, "deployment.shadowed");
    EXPECT_EQ(finding.severity, Severity::info);
    EXPECT_EQ(finding.artifact, "layer-0");
    EXPECT_EQ(finding.location.path, "python/demo-1.dist-info");
    EXPECT_EQ(finding.package->name, "demo");
    EXPECT_EQ(finding.message,
              "demo 0 in 'layer-0' is not imported: demo 9 in 'function' comes first");
    EXPECT_EQ(finding.deployments, std::vector<std::string>{"orders"});
}

TEST(Conclude, ReportsMetadataAndCodeOfDifferentArtifacts) {
    auto ghost = make_copy(kFunction, "");
    ghost.has_code = false;

    const auto findings = conclude_copies({ghost, make_copy(0, "python")});

    ASSERT_EQ(findings.size(), 1U);
    EXPECT_EQ(findings.front().rule_id, "deployment.mixed-package");
    EXPECT_EQ(findings.front().severity, Severity::medium);
    EXPECT_EQ(findings.front().artifact, "function");
    EXPECT_EQ(findings.front().message,
              "the metadata of demo 9 come from 'function', and the code that is imported is that "
              "of demo 0 in 'layer-0'");
}

TEST(Conclude, ReportsCodeOfNobodyBeforeTheDistribution) {
    const auto copies = std::vector{with_modules(make_copy(0, "python"), {"demo"})};
    const auto loose = std::vector{make_loose(kFunction, "")};

    const auto findings =
        conclude(make_deployment(),
                 {.copies = copies, .loose = loose, .placements = place(copies, loose, kRuntime)});

    ASSERT_EQ(findings.size(), 2U);
    EXPECT_EQ(findings[0].rule_id, "deployment.shadowed");
    EXPECT_EQ(findings[0].message,
              "demo 0 in 'layer-0' is not imported: 'demo' in 'function' comes first");
    EXPECT_EQ(findings[1].rule_id, "deployment.mixed-package");
}

TEST(Conclude, ReportsFilesThatTwoLayersMix) {
    const auto copies = std::vector{make_copy(0, "python"), make_copy(1, "python")};

    const auto findings =
        conclude(make_deployment(),
                 {.copies = copies,
                  .placements = place(copies, kRuntime),
                  .remainders = {{.lower = 0, .upper = 1, .files = 2, .first = "demo/old.py"}}});

    ASSERT_EQ(findings.size(), 2U);
    EXPECT_EQ(findings[1].rule_id, "deployment.mixed-package");
    EXPECT_EQ(findings[1].artifact, "layer-1");
    EXPECT_EQ(findings[1].message,
              "2 files of demo 0 in 'layer-0' stay beside those of demo 1 in 'layer-1', the first "
              "is 'demo/old.py'");
}

TEST(Conclude, CountsTheDistributionsOfAFolderThatIsNotOnThePath) {
    auto first = make_copy(0, "packages");
    auto second = first;
    second.package.name = "second";

    const auto findings = conclude_copies({first, second});

    ASSERT_EQ(findings.size(), 1U);
    EXPECT_EQ(findings.front().rule_id, "deployment.not-on-path");
    EXPECT_EQ(findings.front().artifact, "layer-0");
    EXPECT_EQ(findings.front().location.path, "packages");
    EXPECT_EQ(findings.front().message,
              "'packages' is not on the import path of python3.12: 2 distributions are not found "
              "there");
    EXPECT_EQ(findings.front().remedy,
              "Put the layer's packages into 'python/' or into "
              "'python/lib/python3.12/site-packages/'.");
}

TEST(Conclude, NamesTheOnlyDistributionOfSuchAFolder) {
    EXPECT_EQ(conclude_copies({make_copy(1, "")}).front().message,
              "the root of the layer is not on the import path of python3.12: demo 1 is not found "
              "there");
}

TEST(Conclude, KeepsEqualFoldersOfTwoArtifactsApart) {
    EXPECT_EQ(conclude_copies({make_copy(0, "packages"), make_copy(1, "packages")}).size(), 2U);
}

struct SeverityRow {
    std::optional<std::size_t> layer;
    std::string_view folder;
    Severity severity;
};

TEST(Conclude, JudgesAFolderThatIsNotOnThePathByWhatItProbablyIs) {
    constexpr std::array kRows = {
        // The layer was packed wrongly, and nothing of it is found.
        SeverityRow{0, "", Severity::medium},
        SeverityRow{0, "packages", Severity::medium},
        SeverityRow{0, "pythonic", Severity::medium},
        SeverityRow{0, "python/lib/python3.11/site-packages", Severity::medium},
        SeverityRow{0, "python/lib/python3.11/site-packages/nested", Severity::medium},
        // It may be put on the path by the program itself.
        SeverityRow{0, "python/nested", Severity::low},
        SeverityRow{0, "python/lib", Severity::low},
        SeverityRow{kFunction, "nested", Severity::low},
        SeverityRow{kFunction, "python", Severity::low},
        SeverityRow{kFunction, "a_vendor", Severity::low},
        SeverityRow{kFunction, "contests", Severity::low},
    };

    for (const auto& row : kRows) {
        const auto findings = conclude_copies({make_copy(row.layer, row.folder)});
        ASSERT_EQ(findings.size(), 1U) << row.folder;
        EXPECT_EQ(findings.front().severity, row.severity) << row.folder;
    }
}

TEST(Conclude, PrintsHostileNamesInPrintableForm) {
    auto loser = make_copy(0, "python");
    loser.package = {.name = "::error", .version = "1\x1B[2J"};
    auto winner = loser;
    winner.place.layer = 1;
    winner.place.artifact = "la\nyer";

    const auto findings = conclude_copies({loser, winner, make_copy(0, "pack\rages")});

    ASSERT_EQ(findings.size(), 2U);
    EXPECT_EQ(findings[0].message,
              R"(\x3a\x3aerror 1\x1b[2J in 'layer-0' is not imported: )"
              R"(\x3a\x3aerror 1\x1b[2J in 'la\x0ayer' comes first)");
    EXPECT_EQ(findings[1].message.find('\r'), std::string::npos);
}

TEST(Conclude, SaysWhatAGuessRestsOn) {
    auto deployment = make_deployment();
    deployment.runtime_source = PlatformSource::guessed;
    deployment.runtime_evidence = "m.cpython-312-x86_64-linux-gnu.so";
    deployment.architecture_source = PlatformSource::by_default;

    const auto findings = conclude(deployment, {});

    ASSERT_EQ(findings.size(), 2U);
    for (const auto& finding : findings) {
        EXPECT_EQ(finding.rule_id, "deployment.runtime-guessed");
        EXPECT_EQ(finding.severity, Severity::info);
        EXPECT_EQ(finding.artifact, "");
        EXPECT_EQ(finding.deployments, std::vector<std::string>{"orders"});
    }
    EXPECT_EQ(findings[0].message,
              "runtime python3.12 is assumed, judging by 'm.cpython-312-x86_64-linux-gnu.so'");
    EXPECT_EQ(findings[0].remedy, "Say which one it is with --runtime.");
    EXPECT_EQ(findings[1].message,
              "architecture x86_64 is assumed, since nothing in the package tells");
    EXPECT_EQ(findings[1].remedy, "Say which one it is with --arch.");
}

TEST(Conclude, NotesARuntimeThatIsNotKnown) {
    for (const int minor : {kOldestMinor - 1, kNewestMinor + 1}) {
        auto deployment = make_deployment();
        deployment.runtime = Runtime{minor};

        const auto findings = conclude(deployment, {});

        ASSERT_EQ(findings.size(), 1U) << minor;
        EXPECT_EQ(findings.front().severity, Severity::info);
        EXPECT_EQ(findings.front().message,
                  "runtime " + deployment.runtime.name() +
                      " is unknown and judged by the rules of python3.14");
    }
}

TEST(Conclude, SaysNothingOfAPlatformFromATemplate) {
    auto deployment = make_deployment();
    deployment.runtime_source = PlatformSource::from_template;
    deployment.architecture_source = PlatformSource::from_template;

    EXPECT_TRUE(conclude(deployment, {}).empty());
}

TEST(Rules, AreSortedAndNamedForTheModule) {
    EXPECT_TRUE(std::ranges::is_sorted(rules(), std::ranges::less(), &Rule::id));
    for (const auto& rule : rules()) {
        EXPECT_TRUE(rule.id.starts_with("deployment.")) << rule.id;
    }
}

} // namespace
} // namespace preflight::deployment
