// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/base/bytes.hpp"
#include "preflight/base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The form in which an index holds values: one after another, without names. A number is an
/// unsigned LEB128 of at most 64 bits in its shortest form; a text is its length and its bytes; a
/// list is its length and its items. So each value has exactly one form.
namespace preflight::advisory {

class PackedWriter {
public:
    void number(std::uint64_t value);
    void text(std::string_view value);
    void texts(std::span<const std::string> values);

    [[nodiscard]] std::string take() { return std::move(bytes_); }

private:
    std::string bytes_;
};

/// Reads what a PackedWriter wrote, and any other bytes. The first fault is kept; from then on
/// every number is 0, every text and list is empty, so that a caller asks for it once, at the end.
class PackedReader {
public:
    explicit PackedReader(ByteView bytes) : bytes_(bytes) {}

    [[nodiscard]] std::uint64_t number();
    /// A number of at most `most`.
    [[nodiscard]] std::uint64_t number_up_to(std::uint64_t most, std::string_view what);
    /// Borrowed from the bytes.
    [[nodiscard]] std::string_view text();
    [[nodiscard]] std::vector<std::string> texts();
    void skip_texts();
    /// How many items follow. Each takes `item_bytes` or more, so a list that is longer than the
    /// rest of the bytes allows is refused before anything is allocated for it.
    [[nodiscard]] std::size_t length(std::size_t item_bytes);

    /// Records a fault at the value that was read last.
    void refuse(std::string message);
    /// Refuses bytes after the last value.
    void expect_end();

    [[nodiscard]] bool is_sound() const { return !fault_; }
    /// Only of a reader that is not sound.
    [[nodiscard]] const InputError& fault() const { return fault_.value(); }

private:
    [[nodiscard]] std::size_t left() const { return bytes_.size() - next_; }

    ByteView bytes_;
    std::size_t next_ = 0; ///< Where the next value begins.
    std::size_t last_ = 0; ///< Where the value read last begins.
    std::optional<InputError> fault_;
};

} // namespace preflight::advisory
