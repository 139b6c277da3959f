// SPDX-License-Identifier: Apache-2.0
#include "rules.hpp"

#include "note_rules.hpp"

#include "preflight/base/text.hpp"
#include "preflight/unpack/archive.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace preflight::unpack {

namespace {

/// Who is known to write such archives. Source: hostile-archives.md, sections 4 and 7.
struct Producer {
    std::string_view rule_id;
    std::string_view hint;
};

constexpr std::array kProducers = {
    Producer{kNameBackslash.id,
             "PowerShell's Compress-Archive and .NET on Windows write such names"},
    Producer{
        kEocdNotAtEnd.id,
        "bsdtar pads a zip that it writes into a pipe with zeros, and a copy in text mode or a "
        "second file appended has the same effect"},
    Producer{kGap.id,
             "self-extracting archives, and zips with a '#!' line in front, begin like this"},
    Producer{kCdNotAdjacent.id, "zips put behind another file with 'cat' look like this"},
    Producer{kSpecialFile.id, "'zip -' fed from standard input writes a pipe instead of a file"},
    Producer{
        kModeMissing.id,
        "Windows' Explorer, PowerShell's Compress-Archive, jar and git archive write such zips"},
    Producer{kMacosMetadata.id, "Finder's Compress and Apple's ditto add them"},
    Producer{kNameNotNfc.id, "macOS stores names in this form, and Finder packs them so"},
    Producer{kNameNotUtf8.id, "Windows' Explorer writes names in the code page of the machine"},
    Producer{kNameControl.id,
             "Finder's folder icons are files called 'Icon' and a carriage return"},
    Producer{kNameAbsolute.id, "7-Zip with -spf and programs that add files by full path do this"},
    Producer{kNameComponent.id, "files added by a path that begins with '../' look like this"},
    Producer{kMethodUnsupported.id,
             "Windows' Explorer takes Deflate64 for large files, 7-Zip what -mm= tells it"},
    Producer{kFlagsUnsupported.id, "zip -e and 7-Zip with a password encrypt"},
    Producer{kMultiDisk.id, "zip -s splits archives"},
    Producer{kNoEocd.id, "a download that was cut off and a pointer of Git LFS look like this"},
    Producer{kDuplicate.id,
             "Python's zipfile in append mode adds a second entry instead of replacing the first"},
};

constexpr std::array kRules = {
    kArchiveComment,
    kCaseCollision,
    kCdNotAdjacent,
    kCdOrder,
    kCdOverrun,
    kCdSignature,
    kCommentNotUtf8,
    kCrcBad,
    kCrcMismatch,
    kCsizeMismatch,
    kDataDescriptor,
    kDdFlagCdOnly,
    kDdFlagLocalOnly,
    kDdLfhValues,
    kDeflateCorrupt,
    kDeflateLength,
    kDirAttrMismatch,
    kDirWithData,
    kDosDirAttr,
    kDuplicate,
    kEocdCountMismatch,
    kEocdCounts,
    kEocdInComment,
    kEocdNotAtEnd,
    kExtraDuplicate,
    kExtraForbidden,
    kExtraMalformed,
    kExtraOverflow,
    kExtraTooMany,
    kFileAsDirectory,
    kFlagsMismatch,
    kFlagsUnsupported,
    kGap,
    kHardLink,
    kLfhOverrun,
    kLfhSignature,
    kLinkAbsolute,
    kMacosMetadata,
    kMethodMismatch,
    kMethodUnsupported,
    kModeMissing,
    kModeSetuid,
    kModeUnreadable,
    kMultiDisk,
    kNameAbsolute,
    kNameBackslash,
    kNameBidi,
    kNameComponent,
    kNameControl,
    kNameDotPrefix,
    kNameEmpty,
    kNameMismatch,
    kNameNonasciiHost,
    kNameNonasciiUnflagged,
    kNameNotNfc,
    kNameNotUtf8,
    kNameTooLong,
    kNameVersionSuffix,
    kNestedNotOpened,
    kNoEocd,
    kNotTar,
    kOverlap,
    kParserDifferential,
    kRatioImpossible,
    kShebang,
    kSpecialFile,
    kStoredDdAmbiguous,
    kStoredSize,
    kSymlinkEscape,
    kSymlinkTarget,
    kTarMalformed,
    kTarWarning,
    kTooLarge,
    kTooManyEntries,
    kTooSmall,
    kUnicodePathDiffers,
    kUsizeMismatch,
    kVersionNeeded,
    kZip64EocdDisagree,
    kZip64EocdMisplaced,
    kZip64Ext,
    kZip64ExtraLength,
    kZip64ExtraMissing,
    kZip64ExtraUnneeded,
    kZip64Locator,
    kZip64Missing,
};

std::string describe(const Rule& rule, std::uint64_t offset, std::string_view name) {
    std::string text(rule.summary.substr(0, rule.summary.size() - 1));
    text += name.empty() ? " (" : " (entry " + in_quotes(name) + ", ";
    text += "byte " + std::to_string(offset) + ")";
    const auto* const producer = std::ranges::find(kProducers, rule.id, &Producer::rule_id);
    if (producer != kProducers.end()) {
        text += "; ";
        text += producer->hint;
    }
    return text;
}

} // namespace

std::span<const Rule> rules() {
    return kRules;
}

Finding refuse(const Rule& rule, std::uint64_t offset, std::string_view name) {
    auto finding = make_finding(
        rule, {.path = is_utf8(name) ? std::string(name) : printable(name), .offset = offset});
    finding.message = describe(rule, offset, name);
    return finding;
}

bool is_no_archive(const Finding& refusal) {
    return refusal.rule_id == kNoEocd.id || refusal.rule_id == kTooSmall.id ||
           refusal.rule_id == kNotTar.id;
}

} // namespace preflight::unpack
