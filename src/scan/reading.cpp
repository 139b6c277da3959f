// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

#include "preflight/base/text.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace preflight::scan {

namespace {

void add_facts(FileFacts facts, Reading& reading) {
    if (facts.platform.says_something()) {
        reading.artifact.hints.push_back(std::move(facts.platform));
    }
    std::ranges::move(facts.inventory, std::back_inserter(reading.facts));
    if (facts.nested) {
        reading.nested.push_back(*std::move(facts.nested));
    }
}

void add_unread(std::string path, Outcome outcome, Artifact& artifact) {
    auto* const refusal = std::get_if<Finding>(&outcome);
    artifact.incomplete.push_back({.kind = IncompleteKind::entry,
                                   .what = printable(path),
                                   .why = refusal != nullptr
                                              ? refusal->message
                                              : printable(std::get<Unexamined>(outcome).why),
                                   .path = path});
    if (refusal != nullptr) {
        refusal->location.path = std::move(path);
        artifact.findings.push_back(std::move(*refusal));
    }
}

} // namespace

void add_outcomes(Outcomes outcomes,
                  const std::function<std::string(std::size_t index)>& path_of,
                  Reading& reading) {
    auto& artifact = reading.artifact;
    for (auto& file : outcomes.files) {
        if (auto* const facts = std::get_if<FileFacts>(&file.what)) {
            add_facts(std::move(*facts), reading);
        } else {
            add_unread(path_of(file.index), std::move(file.what), artifact);
        }
    }
    for (const auto& file : outcomes.examined) {
        artifact.files.add(path_of(file.index), file.size, file.sha256);
    }
    artifact.entries_examined += outcomes.examined.size();
    artifact.inflated_bytes += outcomes.inflated_bytes;
}

void conclude(Reading& reading) {
    auto& artifact = reading.artifact;
    artifact.files.sort();
    artifact.inventory = inventory::conclude(reading.facts, artifact.files, artifact.role);
    std::ranges::move(std::exchange(artifact.inventory.incomplete, {}),
                      std::back_inserter(artifact.incomplete));
    if (auto note = conclude_nesting(reading.nested, artifact.inventory.added_folders)) {
        artifact.findings.push_back(*std::move(note));
    }
}

} // namespace preflight::scan
