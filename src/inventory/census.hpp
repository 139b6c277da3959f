// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "metadata_folder.hpp"
#include "version_claims.hpp"

#include "preflight/inventory/conclude.hpp"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace preflight::inventory {

inline constexpr std::size_t kNobody = std::numeric_limits<std::size_t>::max();

/// What RECORDs say of one file.
struct Claim {
    std::size_t owner = kNobody; ///< Index of the distribution that lists it; of several, of one
                                 ///< whose digest is that of the file.
    bool is_undigested = false;  ///< Whether some RECORD lists it without one, being code.
    bool is_verified = false;    ///< Whether some RECORD has the digest that the file has.
};

/// The pieces of one metadata folder.
struct Pieces {
    MetadataFolder folder;
    const CoreMetadata* core = nullptr;
    const Installer* installer = nullptr;
    const DirectUrl* direct_url = nullptr;
    const RecordText* record = nullptr;
    const TopLevelNames* top_level = nullptr;
    const InstalledFiles* installed_files = nullptr;
    const EntryPoints* entry_points = nullptr;
    std::vector<const Fact*> sboms;
};

/// A row of RECORD whose digest or size is not that of the file.
struct Mismatch {
    std::size_t file = 0; ///< Index in the list of files.
    std::optional<std::uint64_t> size;
};

/// So many files of a distribution are named for one kind of fault; the others are counted.
inline constexpr std::size_t kMaxNamed = 20;

/// What became of the rows of one RECORD.
struct RecordOutcome {
    bool was_read = false;
    std::vector<std::string> problems;
    std::size_t problem_count = 0;
    std::size_t code_rows = 0;     ///< Outside of the metadata folder.
    std::size_t code_present = 0;  ///< Of these.
    std::size_t rows_checked = 0;  ///< With a digest, of files that are there.
    std::size_t rows_verified = 0; ///< Of these.
    std::vector<Mismatch> mismatches;
    bool was_cut = false;                  ///< Whether rows were left unread.
    std::vector<std::size_t> undigested;   ///< Code that is listed without a digest.
    std::vector<std::string> missing_code; ///< Paths in the artifact; at most kMaxNamed.
    std::size_t missing_code_count = 0;
    std::string first_missing; ///< Of what is no code that runs.
    std::size_t missing_count = 0;
};

/// What is known of a distribution while stock is taken, beside itself.
struct Evidence {
    const Pieces* pieces = nullptr; ///< Nothing for what has no metadata.
    RecordOutcome record;
};

/// Code in the package of a distribution that no RECORD lists.
struct Unlisted {
    std::size_t file = 0;
    std::size_t distribution = 0;
};

/// Who provides a module at a site.
struct ModuleOwner {
    std::size_t distribution = 0;
    bool has_record = false;
};

/// Everything known of one artifact while stock of it is taken. Each step of conclude() adds to it.
struct Census {
    Census(std::span<const Fact> all_facts, const FileList& all_files, deployment::Role its_role)
        : facts(all_facts), files(all_files), role(its_role), versions(all_facts),
          claims(all_files.size()) {}

    std::span<const Fact> facts;
    const FileList& files;
    deployment::Role role;
    VersionClaims versions;
    std::vector<Claim> claims; ///< One for each file.
    std::map<std::string_view, Pieces> folders;
    std::vector<std::string> sites; ///< Folders that hold metadata, off the import path, too.
    std::vector<Evidence> evidence; ///< One for each distribution of the inventory.
    std::map<std::pair<std::string, std::string>, ModuleOwner> owners; ///< By site and module.
    std::vector<Unlisted> unlisted;
    std::size_t record_rows_left = kMaxRecordRows;
    std::size_t carried = 0; ///< How many were added that others carry along.
    Inventory inventory;

    std::size_t add(Distribution distribution, const Pieces* pieces = nullptr) {
        inventory.distributions.push_back(std::move(distribution));
        evidence.push_back({.pieces = pieces});
        return evidence.size() - 1;
    }

    [[nodiscard]] Distribution& distribution(std::size_t index) {
        return inventory.distributions[index];
    }
};

// The steps of conclude(), in their order.

/// Distributions that have metadata.
void add_installed(Census& census);
/// Holds the files against every RECORD.
void read_records(Census& census);
/// Which of several copies the files belong to, and whose files are absent.
void decide_states(Census& census);
/// Which modules each distribution provides.
void attribute_modules(Census& census);
/// Copies that packages carry along for themselves, and what their SBOMs say is in them.
void add_carried(Census& census);
/// Code that belongs to nobody, as far as it says its version.
void add_unattributed(Census& census);
/// What RECORDs do not agree with.
void judge_records(Census& census);
/// `.pth` files, editable installs, requirements files.
void add_path_files(Census& census);

/// Puts the distributions in order of path; what refers to them follows.
void sort_by_path(Inventory& inventory);

// What several steps ask.

/// The site that `path` lies in: the innermost folder with metadata, else its root.
[[nodiscard]] std::optional<std::string_view> find_site(std::string_view path,
                                                        const Census& census);

/// Whether Python can import a file by its name, wherever it lies: `.py`, `.so`, and `.pyc` outside
/// of `__pycache__`.
[[nodiscard]] bool is_importable(std::string_view path);

/// Finds modules for one file after another. Neighbours in a folder share what is found out about
/// that, so ask in order of path.
class ModuleFinder {
public:
    explicit ModuleFinder(const FileList& files) : files_(files) {}

    /// The module that a file below `site` belongs to: the first part of its path, and below
    /// namespace packages as many parts as lead to a regular one, at most 16. Empty where Python
    /// cannot import it.
    [[nodiscard]] std::string find(std::string_view site, std::string_view path);
    /// Whether every part of the path of a file below `site` can stand in an `import` statement.
    [[nodiscard]] bool has_importable_path(std::string_view site, std::string_view path);

private:
    void enter(std::string_view site, std::string_view folder);

    const FileList& files_;
    std::string site_;
    std::string folder_;
    bool has_entered_ = false;
    std::string module_;    ///< Of the folder.
    bool is_module_ = true; ///< Whether the way to the folder leads through packages alone.
    bool is_regular_ =
        false; ///< Whether it leads through a regular one, so that files add nothing.
    bool is_importable_ = true; ///< Whether all parts of the folder can stand in an `import`.
};

/// The distribution that a file or folder belongs to by RECORD, or by the module it lies in.
[[nodiscard]] std::size_t find_owner(std::string_view path, const Census& census);

} // namespace preflight::inventory
