// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/finding/rule.hpp"

#include <array>

namespace preflight::inventory {

inline constexpr Rule kDrift{
    .id = "inventory.drift",
    .severity = Severity::low,
    .summary = "What a requirements file pins is not what is installed.",
    .remedy = "Build the package anew from the requirements file, or bring that up to date."};

inline constexpr Rule kGhostMetadata{
    .id = "inventory.ghost-metadata",
    .severity = Severity::info,
    .summary = "Metadata of a distribution are there, and none of its files.",
    .remedy = "Leave the metadata out as well; what runs is another copy, that of the runtime for "
              "instance."};

inline constexpr Rule kMetadataDisagrees{
    .id = "inventory.metadata-disagrees",
    .severity = Severity::medium,
    .summary = "The metadata of a distribution contradict each other or its files.",
    .remedy = "Remove the folder of the package and install it anew into an empty one."};

inline constexpr Rule kMetadataMalformed{
    .id = "inventory.metadata-malformed",
    .severity = Severity::low,
    .summary = "The metadata of a distribution break the specification.",
    .remedy =
        "Report it to the distribution's authors; install it anew if the files were changed."};

inline constexpr Rule kNotFromIndex{
    .id = "inventory.not-from-index",
    .severity = Severity::info,
    .summary = "A distribution was not installed from a package index, so its version is not one "
               "that the index knows.",
    .remedy = "Check by its commit or folder what it is; advisories go by versions of the index."};

inline constexpr Rule kPartialSdk{
    .id = "inventory.partial-sdk",
    .severity = Severity::medium,
    .summary = "Parts of the AWS SDK are packed without botocore, so that they run with the "
               "runtime's, which changes by itself.",
    .remedy = "Pack boto3 and botocore with all that they need, or none of them."};

inline constexpr Rule kPathFile{
    .id = "inventory.path-file",
    .severity = Severity::info,
    .summary = "A .pth file changes how Python starts.",
    .remedy = "Remove it unless you know why it is there: its code runs at every cold start."};

inline constexpr Rule kRecordMalformed{
    .id = "inventory.record-malformed",
    .severity = Severity::low,
    .summary = "A RECORD breaks the specification, so that some files are not vouched for.",
    .remedy = "Report it to the distribution's authors."};

inline constexpr Rule kRecordMissing{.id = "inventory.record-missing",
                                     .severity = Severity::low,
                                     .summary = "A file that RECORD lists is missing.",
                                     .remedy =
                                         "Install the distribution anew if nobody left it out on "
                                         "purpose."};

inline constexpr Rule kRecordModified{
    .id = "inventory.record-modified",
    .severity = Severity::high,
    .summary = "A file differs from what RECORD says of it.",
    .remedy = "Find out who changed it; install the distribution anew."};

inline constexpr Rule kRecordUnlisted{
    .id = "inventory.record-unlisted",
    .severity = Severity::medium,
    .summary = "Code that no RECORD lists lies in the package of a distribution.",
    .remedy = "Find out who added it; install the distribution anew."};

inline constexpr Rule kTestMaterial{
    .id = "inventory.test-material",
    .severity = Severity::info,
    .summary = "Metadata lie among the material of tests, and name nothing that is installed.",
    .remedy = "Nothing; leave tests out to make the package smaller."};

inline constexpr Rule kUnattributedCode{
    .id = "inventory.unattributed-code",
    .severity = Severity::info,
    .summary = "Code can be imported that belongs to no distribution.",
    .remedy =
        "Nothing for code of your own. Keep the dist-info folders of everything else, or give "
        "its wheels with --wheels."};

inline constexpr std::array kRules = {kDrift,
                                      kGhostMetadata,
                                      kMetadataDisagrees,
                                      kMetadataMalformed,
                                      kNotFromIndex,
                                      kPartialSdk,
                                      kPathFile,
                                      kRecordMalformed,
                                      kRecordMissing,
                                      kRecordModified,
                                      kRecordUnlisted,
                                      kTestMaterial,
                                      kUnattributedCode};

} // namespace preflight::inventory
