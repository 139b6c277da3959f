// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

namespace preflight {

/// Gives an object of a C library back to the function that frees it.
template <auto Free>
struct FreedBy {
    template <class T>
    void operator()(T* object) const noexcept {
        static_cast<void>(Free(object)); // a status that comes too late to act on
    }
};

/// The only owner of an object of a C library: `CHandle<sqlite3, sqlite3_close_v2>`.
template <class T, auto Free>
using CHandle = std::unique_ptr<T, FreedBy<Free>>;

/// Where a C function stores the object it makes: `sqlite3_open_v2(name, into(database), ...)`.
template <class T, class Deleter>
class Into {
public:
    explicit Into(std::unique_ptr<T, Deleter>& owner) : owner_(owner) {}
    Into(const Into&) = delete;
    Into& operator=(const Into&) = delete;
    Into(Into&&) = delete;
    Into& operator=(Into&&) = delete;
    ~Into() { owner_.reset(made_); }

    operator T**() noexcept { return &made_; } // NOLINT(google-explicit-constructor)

private:
    std::unique_ptr<T, Deleter>& owner_;
    T* made_ = nullptr;
};

template <class T, class Deleter>
[[nodiscard]] Into<T, Deleter> into(std::unique_ptr<T, Deleter>& owner) {
    return Into<T, Deleter>(owner);
}

} // namespace preflight
