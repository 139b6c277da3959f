// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/base/descriptor.hpp"

#include <filesystem>
#include <string>

namespace preflight::advisory {

/// A new file that takes the place of an old one in one step, or never.
///
/// While it lives, `<path>.lock` is locked, so that two runs write one after the other, and the new
/// bytes stand in `<path>.unfinished`. That file goes when the object does; one that a killed run
/// left goes when the next begins. The lock file stays, since to remove it would let two runs each
/// lock a file of their own. Everything throws Failure.
///
/// Source: reliability.md, section 6.
class Replacement {
public:
    /// Waits for the lock and makes an empty file. `path` is absolute, and its folder is no link.
    explicit Replacement(const std::filesystem::path& path);
    Replacement(const Replacement&) = delete;
    Replacement& operator=(const Replacement&) = delete;
    Replacement(Replacement&&) = delete;
    Replacement& operator=(Replacement&&) = delete;
    ~Replacement();

    /// The file to be filled, by whatever means.
    [[nodiscard]] const std::filesystem::path& unfinished() const { return unfinished_; }

    /// Puts the bytes on the disk. To be called when nobody else has the file open any more.
    void sync();
    /// Renames the file into place and puts that on the disk, too.
    void put_in_place();

private:
    [[noreturn]] void fail(int error) const;
    int open_file(const std::filesystem::path& path, int flags) const;

    std::filesystem::path path_;
    std::filesystem::path unfinished_;
    Descriptor lock_;
    Descriptor file_;
    bool is_in_place_ = false;
};

} // namespace preflight::advisory
