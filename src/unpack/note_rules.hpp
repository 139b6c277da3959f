// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/finding/rule.hpp"

#include <string_view>

/// What is odd about an archive, but read alike by everybody.
namespace preflight::unpack {

[[nodiscard]] constexpr Rule
note(std::string_view id, Severity severity, std::string_view summary, std::string_view remedy) {
    return {.id = id, .severity = severity, .summary = summary, .remedy = remedy};
}

inline constexpr auto kArchiveComment = note("unpack.archive-comment",
                                             Severity::info,
                                             "The archive has a comment.",
                                             "Nothing need be done; Lambda ignores it.");
inline constexpr auto kCaseCollision = note(
    "unpack.case-collision",
    Severity::low,
    "Two names differ in the case of letters only: two files on Lambda, one on many other disks.",
    "Rename one of them.");
inline constexpr auto kCdOrder =
    note("unpack.cd-order",
         Severity::info,
         "The central directory lists the entries in another order than they lie in the file.",
         "Nothing need be done; such an archive cannot be signed, though.");
inline constexpr auto kDdFlagLocalOnly =
    note("unpack.dd-flag-local-only",
         Severity::info,
         "Only local headers say that data descriptors follow.",
         "Nothing need be done.");
inline constexpr auto kLinkAbsolute =
    note("unpack.link-absolute",
         Severity::info,
         "A symbolic link points to an absolute path below /var/task or /opt.",
         "Make sure that the target is there in every deployment that uses this artifact.");
inline constexpr auto kMacosMetadata = note("unpack.macos-metadata",
                                            Severity::info,
                                            "Files hold what macOS knows of other files (__MACOSX, "
                                            "names that begin with '._'), which is of "
                                            "no use on Lambda.",
                                            "Pack with 'zip -r -X', which leaves them out.");
inline constexpr auto kModeMissing =
    note("unpack.mode-missing",
         Severity::info,
         "Files record no Unix mode, so that whether Lambda may read or run them is up to whoever "
         "unpacks.",
         "Pack on Linux or macOS, or with a program that records modes: Python's "
         "shutil.make_archive, zip, the AWS SAM CLI.");
inline constexpr auto kModeSetuid =
    note("unpack.mode-setuid",
         Severity::low,
         "A file has the set-user-id, set-group-id or sticky bit, which has no use on Lambda.",
         "Clear the bit before packing: chmod u-s,g-s,-t.");
inline constexpr auto kModeUnreadable =
    note("unpack.mode-unreadable",
         Severity::low,
         "A file is not readable by everybody, so that Lambda may fail to read it.",
         "Set modes before packing: 644 for files, 755 for directories and programs.");
inline constexpr auto kNameDotPrefix = note("unpack.name-dot-prefix",
                                            Severity::info,
                                            "Names begin with './'.",
                                            "Nothing need be done; the prefix is dropped.");
inline constexpr auto kNameNonasciiHost =
    note("unpack.name-nonascii-host",
         Severity::low,
         "A name outside ASCII is said to come from MS-DOS: Info-ZIP shows it differently.",
         "Use ASCII names for code.");
inline constexpr auto kNameNonasciiUnflagged =
    note("unpack.name-nonascii-unflagged",
         Severity::low,
         "A name outside ASCII is not marked as UTF-8: Python's zipfile shows it differently.",
         "Use ASCII names for code, or a packer that marks names as UTF-8.");
inline constexpr auto kShebang =
    note("unpack.shebang-prefix",
         Severity::info,
         "One line of '#!' stands in front of the archive.",
         "Nothing need be done for a program; a Lambda function must not have it.");

inline constexpr auto kTarWarning =
    note("unpack.tar-warning",
         Severity::medium,
         "libarchive reads an entry of a tar only with a warning: other readers may see another.",
         "Build the tar anew with GNU tar, bsdtar or Python's tarfile.");
inline constexpr auto kNestedNotOpened =
    note("unpack.nested-not-opened",
         Severity::info,
         "Archives inside the artifact were not looked into.",
         "Look into them with '--nested 1', or leave them out of the package.");

} // namespace preflight::unpack
