// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace preflight::cli {

/// A file that is written without a name and gets it when it is complete, so that no interrupt
/// leaves half of one. What is no regular file - a pipe, a terminal, /dev/full - is written to as
/// it is.
class OutputFile {
public:
    /// Writes `content` and puts it on the disk. Throws Failure.
    OutputFile(std::string path, std::string_view content);
    OutputFile(OutputFile&&) noexcept;
    OutputFile& operator=(OutputFile&&) noexcept;
    OutputFile(const OutputFile&) = delete;
    OutputFile& operator=(const OutputFile&) = delete;
    ~OutputFile();

    [[nodiscard]] const std::string& path() const;

    /// Gives the file its name, in place of one that has it. Throws Failure.
    void publish();

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace preflight::cli
