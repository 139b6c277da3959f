// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/base/bytes.hpp"
#include "preflight/base/c_handle.hpp"
#include "preflight/base/failure.hpp"

#include <archive.h>

#include <clocale>
#include <initializer_list>
#include <type_traits>

namespace preflight::unpack {

using ArchiveHandle = CHandle<::archive, archive_read_free>;

/// A reader that knows these formats and filters and no other: with more enabled libarchive takes
/// some files for something else, and starts programs for others, which it tells by ARCHIVE_WARN.
/// Throws Failure when libarchive cannot start.
[[nodiscard]] inline ArchiveHandle
make_reader(std::initializer_list<int (*)(::archive*)> formats_and_filters) {
    ArchiveHandle reader(archive_read_new());
    for (const auto enable : formats_and_filters) {
        if (reader == nullptr || enable(reader.get()) != ARCHIVE_OK) {
            throw Failure("cannot start libarchive");
        }
    }
    return reader;
}

/// Makes this thread read names as UTF-8 for as long as it lives. Named outright, so that the
/// user's locale cannot change a verdict: in the "C" locale libarchive gives no name at all for
/// what is not ASCII.
class Utf8Locale {
public:
    Utf8Locale() : locale_(newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)) {
        if (locale_ == nullptr) {
            throw Failure("cannot read names as UTF-8: the locale C.UTF-8 is missing");
        }
        previous_ = uselocale(locale_.get());
    }
    Utf8Locale(const Utf8Locale&) = delete;
    Utf8Locale& operator=(const Utf8Locale&) = delete;
    Utf8Locale(Utf8Locale&&) = delete;
    Utf8Locale& operator=(Utf8Locale&&) = delete;
    ~Utf8Locale() { uselocale(previous_); }

private:
    CHandle<std::remove_pointer_t<locale_t>, freelocale> locale_;
    locale_t previous_ = nullptr;
};

} // namespace preflight::unpack
