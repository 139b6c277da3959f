// SPDX-License-Identifier: Apache-2.0
#include "about.hpp"
#include "census.hpp"
#include "path.hpp"
#include "rules.hpp"

#include "preflight/base/text.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace preflight::inventory {

namespace {

bool has_suffix(std::string_view path, std::span<const std::string_view> suffixes) {
    return std::ranges::any_of(suffixes, [&](auto suffix) { return path.ends_with(suffix); });
}

/// What is executed, as opposed to read.
bool is_code(std::string_view path) {
    constexpr std::array<std::string_view, 9> kSuffixes = {
        ".py", ".pyc", ".pyw", ".pth", ".pyd", ".dll", ".dylib", ".exe", ".sh"};
    const auto name = last_component(path);
    const bool is_library = name.ends_with(".so") || name.find(".so.") != std::string_view::npos;
    return is_library || has_suffix(name, kSuffixes) || last_component(parent_of(path)) == "bin";
}

/// Facts about single files that tell what an honest tool has done to them.
class Excuses {
public:
    explicit Excuses(const Census& census) : census_(census) {
        for (const auto& fact : census.facts) {
            if (const auto* const script = std::get_if<ConsoleScript>(&fact.what)) {
                scripts_.emplace(fact.path, script);
            } else if (std::holds_alternative<StrippedLibrary>(fact.what)) {
                stripped_.insert(fact.path);
            }
        }
    }

    /// Why a file may differ from its RECORD; empty where nothing explains it.
    [[nodiscard]] std::string_view find(const Mismatch& mismatch, const Pieces& pieces) const {
        const auto path = census_.files.path(mismatch.file);
        const bool is_smaller = mismatch.size && census_.files[mismatch.file].size < *mismatch.size;
        if (is_smaller && stripped_.contains(path)) {
            return "smaller and without symbols, as 'strip' makes a library";
        }
        if (is_compiled_copy(path, census_.files)) {
            return "compiled anew";
        }
        const auto script = scripts_.find(path);
        if (script != scripts_.end() && is_entry_point(*script->second, pieces)) {
            return "written for another interpreter";
        }
        return {};
    }

private:
    static bool is_entry_point(const ConsoleScript& script, const Pieces& pieces) {
        return pieces.entry_points != nullptr &&
               std::ranges::any_of(pieces.entry_points->entries, [&](const auto& entry) {
                   return entry.module == script.module && entry.attribute == script.attribute;
               });
    }

    const Census& census_;
    std::map<std::string_view, const ConsoleScript*> scripts_;
    std::set<std::string_view> stripped_;
};

/// Findings of one kind about files of one distribution. The first kMaxNamed name a file each, one
/// more counts the rest.
class Series {
public:
    Series(const Rule& rule, const Distribution& distribution, std::vector<Finding>& findings)
        : rule_(rule), distribution_(distribution), findings_(findings) {}

    void add(Severity severity, std::string_view path, const std::string& what_of_it) {
        if (++count_ <= kMaxNamed) {
            push(severity, path, in_quotes(path) + what_of_it);
            return;
        }
        if (count_ == kMaxNamed + 1) {
            first_of_rest_ = path;
        }
        worst_of_rest_ = std::max(worst_of_rest_, severity);
    }

    void finish() {
        if (count_ > kMaxNamed) {
            push(worst_of_rest_,
                 distribution_.path,
                 std::to_string(count_ - kMaxNamed) + " more of the same in " +
                     to_label(distribution_.package) + ", the first is " +
                     in_quotes(first_of_rest_));
        }
    }

private:
    void push(Severity severity, std::string_view path, std::string message) {
        findings_.push_back(
            make_about(rule_, distribution_, std::string(path), std::move(message)));
        findings_.back().severity = severity;
    }

    const Rule& rule_;
    const Distribution& distribution_;
    std::vector<Finding>& findings_;
    std::size_t count_ = 0;
    std::string first_of_rest_;
    Severity worst_of_rest_ = Severity::info;
};

class RecordJudge {
public:
    RecordJudge(Census& census, const Excuses& excuses, std::size_t index)
        : census_(census), excuses_(excuses), distribution_(census.inventory.distributions[index]),
          evidence_(census.evidence[index]) {}

    void judge() {
        judge_reading();
        judge_undigested();
        judge_mismatches();
        judge_missing();
    }

private:
    [[nodiscard]] std::string label() const { return to_label(distribution_.package); }

    [[nodiscard]] Series series(const Rule& rule) const {
        return {rule, distribution_, census_.inventory.findings};
    }

    void judge_reading() {
        const auto& record = evidence_.record;
        if (evidence_.pieces->record != nullptr && evidence_.pieces->record->is_too_long) {
            add_unread("it is longer than " + std::to_string(kMaxRecordBytes) +
                       " bytes, so no file was held against it");
        } else if (record.was_cut) {
            add_unread("the RECORDs of the package have more than " +
                       std::to_string(kMaxRecordRows) +
                       " rows, so not all files were held "
                       "against it");
        }
        if (record.problem_count > 0) {
            const auto more = record.problem_count - 1;
            census_.inventory.findings.push_back(
                make_about(kRecordMalformed,
                           distribution_,
                           distribution_.path + "/RECORD",
                           "RECORD of " + label() + ": " + record.problems.front() +
                               (more > 0 ? "; " + std::to_string(more) + " more" : "")));
        }
    }

    void add_unread(std::string why) {
        census_.inventory.incomplete.push_back(
            make_unread(distribution_.path + "/RECORD", std::move(why)));
    }

    void judge_undigested() {
        auto undigested = series(kRecordMalformed);
        for (const auto file : evidence_.record.undigested) {
            if (!census_.claims[file].is_verified) {
                undigested.add(Severity::low,
                               census_.files.path(file),
                               " is listed without a digest in RECORD of " + label() +
                                   ", so nothing vouches for it");
            }
        }
        undigested.finish();
    }

    void judge_mismatches() {
        auto unexplained = series(kRecordModified);
        auto explained = series(kRecordModified);
        for (const auto& mismatch : evidence_.record.mismatches) {
            // What another distribution has put there is as that one says.
            if (census_.claims[mismatch.file].is_verified) {
                continue;
            }
            const auto path = census_.files.path(mismatch.file);
            const auto what_of_it = " is not what RECORD of " + label() + " says";
            const auto excuse = excuses_.find(mismatch, *evidence_.pieces);
            if (excuse.empty()) {
                unexplained.add(severity_of_change(path), path, what_of_it);
            } else {
                explained.add(Severity::info, path, what_of_it + ": it is " + std::string(excuse));
            }
        }
        unexplained.finish();
        explained.finish();
    }

    /// METADATA decide which advisories are asked for.
    [[nodiscard]] Severity severity_of_change(std::string_view path) const {
        if (is_code(path)) {
            return Severity::high;
        }
        return path == distribution_.path + "/METADATA" ? Severity::medium : Severity::low;
    }

    void judge_missing() {
        const auto& record = evidence_.record;
        auto code = series(kRecordMissing);
        for (const auto& path : record.missing_code) {
            code.add(Severity::low, path, " is missing, which RECORD of " + label() + " lists");
        }
        code.finish();
        const auto unnamed = record.missing_code_count - record.missing_code.size();
        if (unnamed > 0) {
            add_count(Severity::low,
                      std::to_string(unnamed) +
                          " more files of code are missing, which RECORD of " + label() + " lists");
        }
        if (record.missing_count > 0) {
            add_count(Severity::info,
                      std::to_string(record.missing_count) + " files of " + label() +
                          " were left out, none of them code that runs, the first is " +
                          in_quotes(record.first_missing));
        }
    }

    void add_count(Severity severity, std::string message) {
        census_.inventory.findings.push_back(
            make_about(kRecordMissing, distribution_, std::move(message)));
        census_.inventory.findings.back().severity = severity;
    }

    Census& census_;
    const Excuses& excuses_;
    const Distribution& distribution_;
    const Evidence& evidence_;
};

void judge_unlisted(Census& census) {
    std::ranges::stable_sort(census.unlisted, {}, &Unlisted::distribution);
    std::optional<Series> series;
    std::size_t last = kNobody;
    for (const auto& unlisted : census.unlisted) {
        const auto& distribution = census.inventory.distributions[unlisted.distribution];
        if (last != unlisted.distribution) {
            if (series) {
                series->finish();
            }
            series.emplace(kRecordUnlisted, distribution, census.inventory.findings);
            last = unlisted.distribution;
        }
        series->add(Severity::medium,
                    census.files.path(unlisted.file),
                    " is in the package of " + to_label(distribution.package) +
                        ", and no RECORD lists it");
    }
    if (series) {
        series->finish();
    }
}

} // namespace

void judge_records(Census& census) {
    const Excuses excuses(census);
    for (std::size_t index = 0; index < census.evidence.size(); ++index) {
        const auto& distribution = census.inventory.distributions[index];
        if (census.evidence[index].pieces != nullptr && !distribution.is_carried_along() &&
            distribution.state == State::installed) {
            RecordJudge(census, excuses, index).judge();
        }
    }
    judge_unlisted(census);
}

} // namespace preflight::inventory
