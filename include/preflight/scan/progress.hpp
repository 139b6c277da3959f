// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

namespace preflight::scan {

/// Is told how far a scan has come, for somebody who waits. Nothing depends on it.
class Progress {
public:
    Progress() = default;
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;
    Progress(Progress&&) = delete;
    Progress& operator=(Progress&&) = delete;
    virtual ~Progress() = default;

    /// An artifact is begun that unpacks to so many bytes.
    virtual void begin(std::string_view artifact, std::uint64_t bytes) = 0;
    /// So many of them were examined. Called from any thread.
    virtual void advance(std::uint64_t bytes) = 0;
};

/// Tells nobody.
class NoProgress final : public Progress {
public:
    void begin(std::string_view /*artifact*/, std::uint64_t /*bytes*/) override {}
    void advance(std::uint64_t /*bytes*/) override {}
};

} // namespace preflight::scan
