// SPDX-License-Identifier: Apache-2.0
//
// Whatever the bytes, a version that is found is in normal form and not zero, and the same source
// is searched to the same end with a docstring before it. A text that is a version by itself is
// found as the literal of an assignment too.
#include "require.hpp"

#include "preflight/python/version.hpp"
#include "preflight/python/version_literal.hpp"

#include <cstdint>
#include <string>

namespace {

namespace python = preflight::python;

void check_version(const std::optional<std::string>& found) {
    if (found) {
        const auto version = python::parse_version(*found);
        require(version && version->text() == *found);
        require(python::version_key(version->public_text()) != python::version_key("0"));
    }
}

bool is_plain(std::string_view text) {
    return text.find_first_of("\"'\\\r\n") == std::string_view::npos;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto found = python::find_version_literal(preflight::as_bytes(text));
    check_version(found);
    if (size < python::kMaxVersionSource / 2 && !text.starts_with("\xEF\xBB\xBF")) {
        const std::string with_docstring =
            "\"\"\"\n__version__ = '7'\n\\\"\"\" '''\"\"\"\n" + std::string(text);
        require(python::find_version_literal(preflight::as_bytes(with_docstring)) == found);
    }

    const auto whole = python::find_version_text(preflight::as_bytes(text));
    check_version(whole);
    if (whole && is_plain(text) && !text.starts_with("\xEF\xBB\xBF")) {
        const auto assignment = "__version__ = \"" + std::string(text) + "\"";
        require(python::find_version_literal(preflight::as_bytes(assignment)) == whole);
    }
    return 0;
}
