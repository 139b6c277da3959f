// SPDX-License-Identifier: Apache-2.0
#include "census.hpp"
#include "path.hpp"

#include "preflight/python/record_file.hpp"

#include <algorithm>
#include <utility>

namespace preflight::inventory {

namespace {

/// Finds the files that the rows of one RECORD mean.
class RowResolver {
public:
    RowResolver(std::string_view site, const FileList& files) : site_(site), files_(files) {}

    /// Where a row leads to in the artifact, whether a file is there or not; empty if it leads out
    /// of it.
    ///
    /// `pip install --target` moves what it has installed elsewhere and leaves the rows of scripts
    /// as they were: of `../../bin/x` the file is `bin/x` beside the packages. Source: pip 26.3,
    /// _internal/commands/install.py, _handle_target_dir(); peers-measured.md, S4.
    [[nodiscard]] std::string_view resolve(std::string_view row) {
        if (row.find("..") == std::string_view::npos && row.front() != '/' &&
            row.find('\\') == std::string_view::npos && !row.starts_with("./")) {
            path_.assign(site_);
            path_ += site_.empty() ? "" : "/";
            path_ += row;
            return path_;
        }
        return resolve_odd(row);
    }

private:
    std::string_view resolve_odd(std::string_view row) {
        std::string slashed(row);
        std::ranges::replace(slashed, '\\', '/'); // as installers on Windows write them
        if (slashed.starts_with('/')) {
            return {};
        }
        const bool stays = normalize(join(site_, slashed), path_);
        if (stays && files_.find(path_)) {
            return path_;
        }
        std::string_view rest = slashed;
        while (rest.starts_with("../")) {
            rest.remove_prefix(3);
        }
        if (rest.size() == slashed.size()) {
            return stays ? std::string_view(path_) : std::string_view();
        }
        return normalize(join(site_, rest), path_) && files_.find(path_) ? std::string_view(path_)
                                                                         : std::string_view();
    }

    /// Takes out `.` and `..`; false where the path leads out of the artifact.
    static bool normalize(std::string_view path, std::string& normal) {
        normal.clear();
        while (!path.empty()) {
            const auto part = first_component(path);
            path.remove_prefix(std::min(part.size() + 1, path.size()));
            if (part == "..") {
                if (normal.empty()) {
                    return false;
                }
                normal.resize(parent_of(normal).size());
            } else if (!part.empty() && part != ".") {
                normal += normal.empty() ? "" : "/";
                normal += part;
            }
        }
        return true;
    }

    std::string_view site_;
    const FileList& files_;
    std::string path_;
};

/// Reads one RECORD and holds it against the files.
class RecordCheck {
public:
    RecordCheck(std::size_t distribution, Census& census)
        : index_(distribution), census_(census), metadata_(census.distribution(distribution).path),
          outcome_(census.evidence[distribution].record),
          resolver_(census.distribution(distribution).folder, census.files) {}

    void read(std::string_view text) {
        outcome_.was_read = true;
        python::RecordReader reader(text);
        std::size_t other_digests = 0;
        while (const auto row = reader.next()) {
            if (census_.record_rows_left == 0) {
                outcome_.was_cut = true;
                break;
            }
            --census_.record_rows_left;
            other_digests += row->has_other_digest ? 1U : 0U;
            check(*row);
        }
        outcome_.problems = reader.problems();
        outcome_.problem_count = reader.problem_count();
        if (other_digests > 0) {
            outcome_.problems.push_back(std::to_string(other_digests) +
                                        " digests are not of SHA-256, and were not checked");
            ++outcome_.problem_count;
        }
    }

private:
    void check(const python::RecordRow& row) {
        const auto path = resolver_.resolve(row.path);
        if (path.empty()) {
            return; // outside of the package: a script of an environment that was left behind
        }
        const bool is_code = !lies_below(path, metadata_) && is_importable(path);
        const auto file = find(path);
        outcome_.code_rows += is_code ? 1U : 0U;
        if (!file) {
            note_missing(path);
            return;
        }
        outcome_.code_present += is_code ? 1U : 0U;
        auto& claim = census_.claims[*file];
        if (is_code && !row.sha256 && !path.ends_with(".pyc") &&
            !std::exchange(claim.is_undigested, true)) {
            outcome_.undigested.push_back(*file);
        }
        const bool is_verified = compare(row, *file);
        if (claim.owner == kNobody || (is_verified && !claim.is_verified)) {
            claim.owner = index_;
        }
        claim.is_verified = claim.is_verified || is_verified;
    }

    /// What tools leave out to make a package smaller is told apart from code that runs; compiled
    /// files come and go.
    void note_missing(std::string_view path) {
        if (path.ends_with(".pyc")) {
            return;
        }
        if (!is_importable(path) || has_component(path, is_test_folder)) {
            if (outcome_.missing_count++ == 0) {
                outcome_.first_missing = path;
            }
        } else if (outcome_.missing_code_count++ < kMaxNamed) {
            outcome_.missing_code.emplace_back(path);
        }
    }

    /// A source that was compiled and left out is as good as there: Zappa does that.
    std::optional<std::size_t> find(std::string_view path) {
        if (const auto file = census_.files.find(path)) {
            return file;
        }
        return path.ends_with(".py") ? find_compiled(path) : std::nullopt;
    }

    std::optional<std::size_t> find_compiled(std::string_view path) {
        const auto compiled = census_.files.find(std::string(path) + 'c');
        if (compiled) {
            is_compiled_ = true;
        }
        return compiled;
    }

    /// Whether the row has a digest and the file has the same.
    bool compare(const python::RecordRow& row, std::size_t file) {
        if (std::exchange(is_compiled_, false) || (!row.sha256 && !row.size)) {
            return false;
        }
        const auto item = census_.files[file];
        const bool is_same =
            (!row.sha256 || *row.sha256 == item.sha256) && (!row.size || *row.size == item.size);
        outcome_.rows_checked += 1;
        outcome_.rows_verified += is_same ? 1 : 0;
        if (!is_same) {
            outcome_.mismatches.push_back({.file = file, .size = row.size});
        }
        return is_same && row.sha256.has_value();
    }

    std::size_t index_;
    Census& census_;
    std::string metadata_;
    RecordOutcome& outcome_;
    RowResolver resolver_;
    bool is_compiled_ = false;
};

} // namespace

void read_records(Census& census) {
    for (std::size_t index = 0; index < census.evidence.size(); ++index) {
        const auto* const pieces = census.evidence[index].pieces;
        // What is carried along is vouched for by its host: authors change their copies.
        if (pieces != nullptr && pieces->record != nullptr &&
            !census.distribution(index).is_carried_along()) {
            RecordCheck(index, census).read(pieces->record->text);
        }
    }
}

} // namespace preflight::inventory
