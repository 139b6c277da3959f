// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <string_view>

/// The hostile corpus: archives that must be refused, each with the rule that says so, and their
/// neighbours at the limit, which must not be.
///
/// Entry points: one add_<area>() for each area below. To add an archive: add it in the function of
/// its rule, with the verdict that hostile-archives.md gives, never the one that the program gives.
namespace preflight::hostile {

/// What the archive may cost besides reading the file. Source: hostile-archives.md, section 11.
enum class Kind { plain, bomb };

struct Traits {
    Kind kind = Kind::plain;
    std::string_view suffix = ".zip";
    std::uint64_t file_bytes = 0; ///< If larger than the bytes: a hole follows them.
};

/// Verdicts that are no rule.
inline constexpr std::string_view kAccept = "accept";
inline constexpr std::string_view kEmpty = "empty"; ///< Not refused, but nothing was examined.

/// Writes archives into a folder, and a line for each into its manifest.tsv: name, verdict, whether
/// bytes may be inflated before it, kind, what the archive is about.
class Corpus {
public:
    explicit Corpus(std::filesystem::path folder);

    /// `verdict` is kAccept, kEmpty or the id of a rule without "unpack."; `about` begins with what
    /// it is taken from, "row 12" or "R4", both separated by a comma where both apply. Throws
    /// std::runtime_error when the archive cannot be written.
    void add(std::string_view verdict,
             const std::string& about,
             std::string_view bytes,
             const Traits& traits = {});

private:
    std::filesystem::path folder_;
    std::ofstream manifest_;
    std::map<std::string, std::size_t, std::less<>> numbers_; ///< Archives by verdict so far.
};

void add_end_records(Corpus& corpus);  ///< R1 to R3.
void add_directories(Corpus& corpus);  ///< R4 and R5.
void add_agreement(Corpus& corpus);    ///< R6.
void add_descriptors(Corpus& corpus);  ///< R7.
void add_features(Corpus& corpus);     ///< R8.
void add_extra_fields(Corpus& corpus); ///< R9.
void add_names(Corpus& corpus);        ///< R10.
void add_name_clashes(Corpus& corpus); ///< R10, what concerns several entries.
void add_types(Corpus& corpus);        ///< R11, but for links.
void add_links(Corpus& corpus);        ///< R11, links.
void add_contents(Corpus& corpus);     ///< R12 and R13.
void add_bombs(Corpus& corpus);        ///< What unpacks to more than any disk holds.
void add_crowds(Corpus& corpus);       ///< What is dear to look at: a great many of something.
void add_giants(Corpus& corpus);       ///< Likewise, where the files themselves are large.

} // namespace preflight::hostile
