// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/finding/finding.hpp"

#include <cstdint>
#include <string_view>

/// Every reason to refuse an archive, and every oddity that is noted. R1 to R13:
/// hostile-archives.md, section 5.
namespace preflight::unpack {

inline constexpr std::string_view kRebuild =
    "Find out which program wrote this archive, and build it anew with another.";
inline constexpr std::string_view kRebuildToFile =
    "Build the archive again into a plain file: no pipe, nothing put in front, nothing appended.";
inline constexpr std::string_view kMakeSmaller =
    "Leave out what the function does not need, or raise the limit on purpose.";
inline constexpr std::string_view kCheckFile =
    "Check that this is the archive that was meant and that it was copied whole.";
inline constexpr std::string_view kRename = "Rename the file, and build the archive anew.";

[[nodiscard]] constexpr Rule
refusal(std::string_view id, std::string_view summary, std::string_view remedy = kRebuild) {
    return {.id = id, .severity = Severity::critical, .summary = summary, .remedy = remedy};
}

// R1 One end record.
inline constexpr auto kTooSmall =
    refusal("unpack.too-small", "The file is too small to be a zip.", kCheckFile);
inline constexpr auto kNoEocd = refusal(
    "unpack.no-eocd", "The file has no end record: it is no zip, or it was cut off.", kCheckFile);
inline constexpr auto kEocdNotAtEnd =
    refusal("unpack.eocd-not-at-end", "The end record is not the end of the file.", kRebuildToFile);
inline constexpr auto kEocdInComment =
    refusal("unpack.eocd-in-comment", "The archive's comment holds a second end record.");

// R2 One disk, one directory, adjacent.
inline constexpr auto kMultiDisk =
    refusal("unpack.multi-disk", "The archive claims to be split over several disks.");
inline constexpr auto kEocdCounts =
    refusal("unpack.eocd-counts", "The end record gives two different numbers of entries.");
inline constexpr auto kCdNotAdjacent =
    refusal("unpack.cd-not-adjacent",
            "The central directory does not end where the end record begins.",
            kRebuildToFile);
inline constexpr auto kZip64Missing =
    refusal("unpack.zip64-missing", "The end record refers to a zip64 record that is not there.");

// R3 zip64 leaves no choice.
inline constexpr auto kZip64Locator =
    refusal("unpack.zip64-locator", "The zip64 locator names another disk.");
inline constexpr auto kZip64EocdMisplaced =
    refusal("unpack.zip64-eocd-misplaced", "The zip64 end record does not lie where it must.");
inline constexpr auto kZip64Ext =
    refusal("unpack.zip64-ext", "The zip64 end record has an unusual size.");
inline constexpr auto kZip64EocdDisagree = refusal(
    "unpack.zip64-eocd-disagree", "The end record and the zip64 end record contradict each other.");

// R4 The count is the count; and the local headers that the directory points to.
inline constexpr auto kEocdCountMismatch =
    refusal("unpack.eocd-count-mismatch",
            "The central directory holds another number of entries than the end record says.");
inline constexpr auto kCdSignature =
    refusal("unpack.cd-signature", "The central directory holds something that is no record.");
inline constexpr auto kCdOverrun =
    refusal("unpack.cd-overrun", "A record reaches beyond the central directory.");
inline constexpr auto kLfhSignature = refusal(
    "unpack.lfh-signature", "The central directory points to something that is no local header.");
inline constexpr auto kLfhOverrun =
    refusal("unpack.lfh-overrun",
            "An entry reaches beyond the part of the archive that is meant for entries.");

// R5 Entries tile the file.
inline constexpr auto kOverlap =
    refusal("unpack.overlap", "Two entries share bytes of the archive.");
inline constexpr auto kGap =
    refusal("unpack.gap", "Bytes of the archive belong to no entry.", kRebuildToFile);

// R6 Both headers agree.
inline constexpr auto kNameMismatch = refusal(
    "unpack.name-mismatch", "Local header and central directory name an entry differently.");
inline constexpr auto kMethodMismatch =
    refusal("unpack.method-mismatch",
            "Local header and central directory give different compression methods.");
inline constexpr auto kFlagsMismatch =
    refusal("unpack.flags-mismatch", "Local header and central directory give different flags.");
inline constexpr auto kDdFlagCdOnly =
    refusal("unpack.dd-flag-cd-only",
            "Only the central directory says that a data descriptor follows the entry.");
inline constexpr auto kCrcMismatch =
    refusal("unpack.crc-mismatch", "Local header and central directory give different checksums.");
inline constexpr auto kCsizeMismatch = refusal(
    "unpack.csize-mismatch", "Local header and central directory give different compressed sizes.");
inline constexpr auto kUsizeMismatch =
    refusal("unpack.usize-mismatch", "Local header and central directory give different sizes.");
inline constexpr auto kDdLfhValues = refusal(
    "unpack.dd-lfh-values",
    "A local header in front of a data descriptor holds values that are neither zero nor right.");

// R7 Data descriptor.
inline constexpr auto kDataDescriptor =
    refusal("unpack.data-descriptor", "The data descriptor behind an entry is missing or wrong.");
inline constexpr auto kStoredDdAmbiguous =
    refusal("unpack.stored-dd-ambiguous",
            "An uncompressed entry of unstated size holds what looks like its data descriptor.");

// R8 Plain features.
inline constexpr auto kFlagsUnsupported = refusal(
    "unpack.flags-unsupported",
    "An entry is encrypted, or asks for another feature that Lambda's readers do not share.",
    "Build the archive without encryption and patches.");
inline constexpr auto kMethodUnsupported =
    refusal("unpack.method-unsupported",
            "An entry is compressed by a method other than deflate.",
            "Build the archive with deflate or without compression.");
inline constexpr auto kVersionNeeded =
    refusal("unpack.version-needed", "An entry asks for a reader newer than version 4.5.");
inline constexpr auto kStoredSize =
    refusal("unpack.stored-size", "An uncompressed entry gives two different sizes.");
inline constexpr auto kCommentNotUtf8 =
    refusal("unpack.comment-not-utf8",
            "The comment of an entry is not UTF-8, so that Java reads nothing of the archive.",
            "Build the archive without comments.");

// R9 Extra fields.
inline constexpr auto kExtraMalformed =
    refusal("unpack.extra-malformed", "The extra fields of an entry end with a piece of a field.");
inline constexpr auto kExtraOverflow =
    refusal("unpack.extra-overflow", "An extra field reaches beyond the space for extra fields.");
inline constexpr auto kExtraDuplicate =
    refusal("unpack.extra-duplicate", "An entry has two extra fields of one kind.");
inline constexpr auto kExtraTooMany =
    refusal("unpack.extra-too-many", "An entry has more than 64 extra fields.");
inline constexpr auto kExtraForbidden = refusal(
    "unpack.extra-forbidden", "An extra field changes the type of an entry or encrypts it.");
inline constexpr auto kZip64ExtraMissing =
    refusal("unpack.zip64-extra-missing", "An entry refers to a zip64 field that is not there.");
inline constexpr auto kZip64ExtraLength = refusal(
    "unpack.zip64-extra-length", "The zip64 field of an entry is not as long as it must be.");
inline constexpr auto kZip64ExtraUnneeded =
    refusal("unpack.zip64-extra-unneeded",
            "A zip64 field that an entry does not need contradicts its header.");
inline constexpr auto kUnicodePathDiffers =
    refusal("unpack.unicode-path-differs", "An extra field gives an entry a second name.");

// R10 Names.
inline constexpr auto kNameEmpty = refusal("unpack.name-empty", "An entry has no name.");
inline constexpr auto kNameControl =
    refusal("unpack.name-control",
            "An entry's name holds a control character or an invisible one.",
            kRename);
inline constexpr auto kNameBidi =
    refusal("unpack.name-bidi",
            "An entry's name holds a character that changes the direction of writing.",
            kRename);
inline constexpr auto kNameBackslash =
    refusal("unpack.name-backslash",
            "An entry's name holds a backslash, which is no separator on Lambda: its code cannot "
            "be imported.",
            "Build the archive with a program that separates folders by '/': Python's "
            "shutil.make_archive, zip, 7-Zip.");
inline constexpr auto kNameNotUtf8 =
    refusal("unpack.name-not-utf8", "An entry's name is not UTF-8.", kRename);
inline constexpr auto kNameNotNfc =
    refusal("unpack.name-not-nfc",
            "An entry's name is not in Unicode's composed form (NFC), so readers change it.",
            kRename);
inline constexpr auto kNameAbsolute = refusal("unpack.name-absolute",
                                              "An entry's name is absolute.",
                                              "Name entries relative to the root of the archive.");
inline constexpr auto kNameComponent = refusal(
    "unpack.name-component",
    "A part of an entry's name is empty, '.' or '..', which can lead outside the target folder.",
    "Name entries relative to the root of the archive, without '..'.");
inline constexpr auto kNameTooLong =
    refusal("unpack.name-too-long", "An entry's name is longer or deeper than allowed.", kRename);
inline constexpr auto kNameVersionSuffix =
    refusal("unpack.name-version-suffix",
            "An entry's name ends in ';' and digits, which Info-ZIP cuts off.",
            kRename);
inline constexpr auto kDuplicate = refusal("unpack.duplicate",
                                           "Two entries have the same name.",
                                           "Build the archive into a new file, each file once.");
inline constexpr auto kFileAsDirectory =
    refusal("unpack.file-as-directory", "An entry lies below another one that is no directory.");

// R11 Types.
inline constexpr auto kSpecialFile = refusal(
    "unpack.special-file",
    "An entry is a socket, a pipe, a device, a volume label, or a link that not every reader sees "
    "as one.",
    "Pack regular files and directories only; give zip file names, not its standard input.");
inline constexpr auto kDirAttrMismatch =
    refusal("unpack.dir-attr-mismatch", "A file has the type of a directory.");
inline constexpr auto kDosDirAttr =
    refusal("unpack.dos-dir-attr", "A file has the DOS attribute of a directory.");
inline constexpr auto kDirWithData = refusal("unpack.dir-with-data", "A directory holds data.");
inline constexpr auto kSymlinkTarget = refusal("unpack.symlink-target",
                                               "The target of a symbolic link is empty, too long, "
                                               "or holds a NUL, or those of all links together "
                                               "exceed 8 MiB.");
inline constexpr auto kSymlinkEscape =
    refusal("unpack.symlink-escape",
            "A symbolic link leads outside the package, or in circles.",
            "Pack the file that the link points to instead of the link.");

// R12 Budget.
inline constexpr auto kTooManyEntries = refusal(
    "unpack.too-many-entries", "The artifact holds more entries than allowed.", kMakeSmaller);
inline constexpr auto kTooLarge = refusal(
    "unpack.too-large", "The artifact unpacks to more bytes than Lambda allows.", kMakeSmaller);
inline constexpr auto kRatioImpossible =
    refusal("unpack.ratio-impossible", "An entry claims to unpack to more than its data can hold.");

// R13 Inflate exactly.
inline constexpr auto kDeflateCorrupt = refusal(
    "unpack.deflate-corrupt", "The compressed data of an entry are damaged.", kRebuildToFile);
inline constexpr auto kDeflateLength =
    refusal("unpack.deflate-length",
            "The data of an entry do not unpack to exactly the size that it gives.");
inline constexpr auto kCrcBad = refusal(
    "unpack.crc-bad", "The contents of an entry do not match their checksum.", kRebuildToFile);

// Tars alone.
inline constexpr auto kNotTar = refusal(
    "unpack.not-tar", "The file is no tar: it cannot be read, or it was cut off.", kCheckFile);
inline constexpr auto kTarMalformed =
    refusal("unpack.tar-malformed", "A tar cannot be read to its end.", kCheckFile);
inline constexpr auto kHardLink =
    refusal("unpack.hard-link",
            "An entry is a hard link: what it holds depends on how the tar is unpacked.",
            "Pack the file itself: tar --hard-dereference.");

// The second opinion.
inline constexpr auto kParserDifferential =
    refusal("unpack.parser-differential", "libarchive reads this archive differently from us.");

/// `rule` is broken at byte `offset` of the archive; `name` is that of the entry, as it stands
/// there, or empty.
[[nodiscard]] Finding refuse(const Rule& rule, std::uint64_t offset, std::string_view name = {});

} // namespace preflight::unpack
