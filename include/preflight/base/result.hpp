// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <variant>

namespace preflight {

/// What is wrong with an input, and where.
struct InputError {
    std::string message;    ///< One clause in lower case that names the offending value.
    std::size_t offset = 0; ///< In bytes from the start of what was parsed.
};

/// A value, or why the input does not give one.
///
/// The names are those of std::expected, which GCC 12 and Clang 14 lack in C++20. To ask for the
/// side that is not there is a mistake in the program and throws std::bad_variant_access.
template <class T, class E = InputError>
class [[nodiscard]] Result {
public:
    // Implicit on purpose: a parser returns its value or its error without naming this class.
    Result(T value) // NOLINT(google-explicit-constructor)
        : held_(std::in_place_index<0>, std::move(value)) {}
    Result(E error) // NOLINT(google-explicit-constructor)
        : held_(std::in_place_index<1>, std::move(error)) {}

    [[nodiscard]] bool has_value() const noexcept { return held_.index() == 0; }
    explicit operator bool() const noexcept { return has_value(); }

    [[nodiscard]] const T& value() const& { return std::get<0>(held_); }
    [[nodiscard]] T& value() & { return std::get<0>(held_); }
    [[nodiscard]] T&& value() && { return std::get<0>(std::move(held_)); }
    [[nodiscard]] const T& operator*() const& { return value(); }
    [[nodiscard]] T& operator*() & { return value(); }
    [[nodiscard]] const T* operator->() const { return &value(); }
    [[nodiscard]] T* operator->() { return &value(); }

    [[nodiscard]] const E& error() const { return std::get<1>(held_); }

private:
    std::variant<T, E> held_;
};

} // namespace preflight
