// SPDX-License-Identifier: Apache-2.0
#include "lines.hpp"

#include "preflight/python/identifiers.hpp"
#include "preflight/python/path_file.hpp"

#include <algorithm>
#include <array>

namespace preflight::python {

namespace {

constexpr std::string_view kBlanks = " \t\r\n";

/// No name of a package is so long that its line gets longer than this.
constexpr std::size_t kMaxKnownLine = 4096;

/// The line of a `*-nspkg.pth`: `@` stands for the name of the package in quotes, `#` for its parts
/// as a tuple.
struct NamespaceLine {
    std::string_view text;
    std::string_view separator; ///< Before the statement that is added for a package in a package.
};

constexpr std::array kNamespaceLines = {
    // setuptools 70.0 to 80.9
    NamespaceLine{"import sys, types, os;"
                  "p = os.path.join(sys._getframe(1).f_locals['sitedir'], *#);"
                  "importlib = __import__('importlib.util');"
                  "__import__('importlib.machinery');"
                  "m = sys.modules.setdefault(@, importlib.util.module_from_spec("
                  "importlib.machinery.PathFinder.find_spec(@, [os.path.dirname(p)])));"
                  "m = m or sys.modules.setdefault(@, types.ModuleType(@));"
                  "mp = (m or []) and m.__dict__.setdefault('__path__',[]);"
                  "(p not in mp) and mp.append(p)",
                  ";"},
    // setuptools 34.4 to 69.0
    NamespaceLine{"import sys, types, os;"
                  "has_mfs = sys.version_info > (3, 5);"
                  "p = os.path.join(sys._getframe(1).f_locals['sitedir'], *#);"
                  "importlib = has_mfs and __import__('importlib.util');"
                  "has_mfs and __import__('importlib.machinery');"
                  "m = has_mfs and sys.modules.setdefault(@, importlib.util.module_from_spec("
                  "importlib.machinery.PathFinder.find_spec(@, [os.path.dirname(p)])));"
                  "m = m or sys.modules.setdefault(@, types.ModuleType(@));"
                  "mp = (m or []) and m.__dict__.setdefault('__path__',[]);"
                  "(p not in mp) and mp.append(p)",
                  ";"},
    // setuptools 31.0 to 34.0
    NamespaceLine{"import sys, types, os;"
                  "has_mfs = sys.version_info > (3, 5);"
                  "p = os.path.join(sys._getframe(1).f_locals['sitedir'], *#);"
                  "importlib = has_mfs and __import__('importlib.util');"
                  "has_mfs and __import__('importlib.machinery');"
                  "m = has_mfs and sys.modules.setdefault(@, importlib.util.module_from_spec("
                  "importlib.machinery.PathFinder.find_spec(@, [os.path.dirname(p)])));"
                  "m = m or not has_mfs and sys.modules.setdefault(@, types.ModuleType(@));"
                  "mp = (m or []) and m.__dict__.setdefault('__path__',[]);"
                  "(p not in mp) and mp.append(p)",
                  ";"},
    // setuptools 28.8 to 30.4
    NamespaceLine{"import sys, types, os;"
                  "pep420 = sys.version_info > (3, 3);"
                  "p = os.path.join(sys._getframe(1).f_locals['sitedir'], *#);"
                  "ie = os.path.exists(os.path.join(p,'__init__.py'));"
                  "m = not ie and not pep420 and "
                  "sys.modules.setdefault(@, types.ModuleType(@));"
                  "mp = (m or []) and m.__dict__.setdefault('__path__',[]);"
                  "(p not in mp) and mp.append(p)",
                  ";"},
    // setuptools 5.8 to 28.0
    NamespaceLine{"import sys, types, os;"
                  "p = os.path.join(sys._getframe(1).f_locals['sitedir'], *#);"
                  "ie = os.path.exists(os.path.join(p,'__init__.py'));"
                  "m = not ie and sys.modules.setdefault(@, types.ModuleType(@));"
                  "mp = (m or []) and m.__dict__.setdefault('__path__',[]);"
                  "(p not in mp) and mp.append(p)",
                  ";"},
    // setuptools 0.9 to 3.6
    NamespaceLine{"import sys,types,os; "
                  "p = os.path.join(sys._getframe(1).f_locals['sitedir'], *#); "
                  "ie = os.path.exists(os.path.join(p,'__init__.py')); "
                  "m = not ie and sys.modules.setdefault(@,types.ModuleType(@)); "
                  "mp = (m or []) and m.__dict__.setdefault('__path__',[]); "
                  "(p not in mp) and mp.append(p)",
                  "; "},
};

/// The line of `distutils-precedence.pth`, its last semicolon left out.
constexpr std::array<std::string_view, 3> kPrecedenceLines = {
    // setuptools 50.0 and 60.0 to 80.9
    "import os; var = 'SETUPTOOLS_USE_DISTUTILS'; enabled = os.environ.get(var, 'local') == "
    "'local'; enabled and __import__('_distutils_hack').add_shim()",
    // setuptools 50.3 to 58.0
    "import os; var = 'SETUPTOOLS_USE_DISTUTILS'; enabled = os.environ.get(var, 'stdlib') == "
    "'local'; enabled and __import__('_distutils_hack').add_shim()",
    // setuptools 49.3
    "import os; enabled = os.environ.get('SETUPTOOLS_USE_DISTUTILS') == 'local'; enabled and "
    "__import__('_distutils_hack').add_shim()",
};

std::string_view without_trailing_blanks(std::string_view text) {
    return text.substr(0, text.find_last_not_of(kBlanks) + 1);
}

std::string quote(std::string_view name) {
    return "'" + std::string(name) + "'";
}

/// `('google', 'cloud')`, and `('google',)` for one part.
std::string write_tuple(std::string_view dotted_name) {
    std::string tuple = "(";
    for (const char byte : quote(dotted_name)) {
        tuple += byte == '.' ? "', '" : std::string(1, byte);
    }
    return tuple + (dotted_name.find('.') == std::string_view::npos ? ",)" : ")");
}

/// What setuptools adds for a package in a package.
std::string write_child(const NamespaceLine& form, std::string_view package) {
    const std::size_t dot = package.rfind('.');
    if (dot == std::string_view::npos) {
        return {};
    }
    return std::string(form.separator) + "m and setattr(sys.modules[" +
           quote(package.substr(0, dot)) + "], " + quote(package.substr(dot + 1)) + ", m)";
}

/// Whether `text` is the line that setuptools writes for `package`.
bool is_line_of(const NamespaceLine& form, std::string_view package, std::string_view text) {
    auto pattern = form.text;
    while (!pattern.empty()) {
        const auto literal = pattern.substr(0, pattern.find_first_of("@#"));
        if (!take_front(text, literal)) {
            return false; // nearly every other line ends here, before anything is written
        }
        pattern.remove_prefix(literal.size());
        if (pattern.empty()) {
            break;
        }
        if (!take_front(text, pattern.front() == '@' ? quote(package) : write_tuple(package))) {
            return false;
        }
        pattern.remove_prefix(1);
    }
    return text == write_child(form, package);
}

/// The name that stands where all forms of the line have that of the package.
std::string_view find_package(std::string_view text) {
    constexpr std::string_view kBefore = "sys.modules.setdefault('";
    const std::size_t at = text.find(kBefore);
    if (at == std::string_view::npos) {
        return {};
    }
    const auto rest = text.substr(at + kBefore.size());
    return rest.substr(0, rest.find('\''));
}

} // namespace

bool is_known_path_code(std::string_view text) {
    text = without_trailing_blanks(text);
    if (text.size() > kMaxKnownLine) {
        return false;
    }
    const auto package = find_package(text);
    if (is_dotted_name(package)) {
        return std::ranges::any_of(kNamespaceLines, [&](const NamespaceLine& form) {
            return is_line_of(form, package, text);
        });
    }
    if (text.ends_with(';')) {
        text = without_trailing_blanks(text.substr(0, text.size() - 1));
    }
    return std::ranges::find(kPrecedenceLines, text) != kPrecedenceLines.end();
}

} // namespace preflight::python
