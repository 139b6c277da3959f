// SPDX-License-Identifier: Apache-2.0
#include "preflight/python/path_file.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace preflight::python {
namespace {

using Lines = std::vector<std::string>;

PathFile parse(std::string_view text) {
    return parse_path_file(as_bytes(text));
}

/// `3: import os`, and `(known)` behind it where it is.
Lines code_of(std::string_view text) {
    Lines lines;
    for (const auto& code : parse(text).code) {
        lines.push_back(std::to_string(code.line) + ": " + code.text +
                        (code.is_known ? " (known)" : ""));
    }
    return lines;
}

constexpr std::string_view kPrecedence =
    "import os; var = 'SETUPTOOLS_USE_DISTUTILS'; enabled = os.environ.get(var, 'local') == "
    "'local'; enabled and __import__('_distutils_hack').add_shim();";

TEST(ParsePathFile, GivesTheLinesThatArePaths) {
    EXPECT_EQ(parse("./demo-1.0-py3.9.egg\nlib \r\n/opt/x\n").paths,
              (Lines{"./demo-1.0-py3.9.egg", "lib", "/opt/x"}));
    EXPECT_EQ(parse("\xEF\xBB\xBFlib").paths, Lines{"lib"});
    EXPECT_EQ(parse(" indented").paths, Lines{" indented"});
    EXPECT_EQ(parse("lib\xC2\xA0").paths, Lines{"lib"});
}

TEST(ParsePathFile, TellsCodeFromPathsAndComments) {
    constexpr std::string_view kText =
        "# comment\n\n   \nimport os\r\nimport\tsys  \rimportlib.egg\nimport \nimport";

    EXPECT_EQ(parse(kText).paths, (Lines{"importlib.egg", "import"}));
    EXPECT_EQ(code_of(kText), (Lines{"4: import os", "5: import\tsys", "7: import"}));
    EXPECT_EQ(code_of(""), Lines{});
    EXPECT_EQ(code_of(" import os\n#import os\n"), Lines{});
}

TEST(ParsePathFile, FindsCodeThatOnlySomePythonsSee) {
    EXPECT_EQ(code_of("# comment\fimport a\nlib\x1Cimport b\n\n\xE2\x80\xA8import c"),
              (Lines{"1: import a", "2: import b", "4: import c"}));
    EXPECT_EQ(parse("lib\x1Cimport b").paths, (Lines{"lib\x1Cimport b", "lib"}));

    const std::string hidden = std::string(kPrecedence) + "\fprint()";
    EXPECT_EQ(code_of(hidden), Lines{"1: " + hidden});
}

TEST(ParsePathFile, JudgesTheWholeLineAndKeeps200BytesOfIt) {
    const std::string line = "import " + std::string(193, 'a');
    EXPECT_EQ(code_of(line.substr(1)), Lines{});
    EXPECT_EQ(parse(line.substr(0, 199)).code.at(0).text.size(), 199);
    EXPECT_EQ(parse(line).code.at(0).text, line);
    EXPECT_EQ(parse(line + "b").code.at(0).text, line);
    EXPECT_EQ(parse(line.substr(0, 199) + "\xC3\xA9").code.at(0).text, line.substr(0, 199));

    const std::string known = std::string(kPrecedence) + std::string(100, ' ');
    EXPECT_EQ(code_of(known), Lines{"1: " + std::string(kPrecedence) + " (known)"});
    EXPECT_EQ(code_of(known + "x"), Lines{"1: " + (known + "x").substr(0, 200)});
}

TEST(ParsePathFile, KeepsOneThousandLinesOfEachKind) {
    const std::string known(kPrecedence);
    for (const std::size_t count : {999U, 1000U, 1001U}) {
        std::string text;
        for (std::size_t line = 0; line < count; ++line) {
            text += "lib\nimport x\n" + known + "\n";
        }
        const auto file = parse(text);

        const std::size_t kept = std::min(count, kMaxPathFileLines);
        EXPECT_EQ(file.paths.size(), kept);
        EXPECT_EQ(file.code.size(), 2 * kept);
        EXPECT_EQ(file.is_cut, count > kMaxPathFileLines);
    }
}

struct KnownLine {
    const char* name;
    std::string text;
};

class KnownPathCode : public testing::TestWithParam<KnownLine> {};

TEST_P(KnownPathCode, IsThatOfSetuptools) {
    const auto& text = GetParam().text;

    EXPECT_TRUE(is_known_path_code(text));
    EXPECT_TRUE(is_known_path_code(text + " \r\n"));
}

/// One byte more, fewer or other makes other code of it.
TEST_P(KnownPathCode, IsKnownByteForByte) {
    const auto& text = GetParam().text;

    EXPECT_FALSE(is_known_path_code(" " + text));
    EXPECT_FALSE(is_known_path_code(text + "; print()"));
    EXPECT_FALSE(is_known_path_code(text + ";;"));
    for (std::size_t at = 0; at < text.find_last_not_of("; ") + 1; ++at) {
        auto changed = text;
        changed[at] = '?';
        EXPECT_FALSE(is_known_path_code(changed)) << at;
        EXPECT_FALSE(is_known_path_code(text.substr(0, at))) << at;
    }
}

// What the templates in the wheels of setuptools 0.9.8 to 80.9.0 give for the packages `google` and
// `google.cloud`, and the files `distutils-precedence.pth` of these wheels.
INSTANTIATE_TEST_SUITE_P(
    ,
    KnownPathCode,
    testing::Values(
        KnownLine{"Setuptools09Single",
                  "import sys,types,os; p = os.path.join(sys._getframe(1).f_locals['sitedir'], "
                  "*('google',)); ie = os.path.exists(os.path.join(p,'__init__.py')); m = not ie "
                  "and sys.modules.setdefault('google',types.ModuleType('google')); mp = (m or []) "
                  "and m.__dict__.setdefault('__path__',[]); (p not in mp) and mp.append(p)"},
        KnownLine{
            "Setuptools09Nested",
            "import sys,types,os; p = os.path.join(sys._getframe(1).f_locals['sitedir'], "
            "*('google', 'cloud')); ie = os.path.exists(os.path.join(p,'__init__.py')); m = not ie "
            "and sys.modules.setdefault('google.cloud',types.ModuleType('google.cloud')); mp = (m "
            "or []) and m.__dict__.setdefault('__path__',[]); (p not in mp) and mp.append(p); m "
            "and setattr(sys.modules['google'], 'cloud', m)"},
        KnownLine{"Setuptools5Single",
                  "import sys, types, os;p = os.path.join(sys._getframe(1).f_locals['sitedir'], "
                  "*('google',));ie = os.path.exists(os.path.join(p,'__init__.py'));m = not ie and "
                  "sys.modules.setdefault('google', types.ModuleType('google'));mp = (m or []) and "
                  "m.__dict__.setdefault('__path__',[]);(p not in mp) and mp.append(p)"},
        KnownLine{
            "Setuptools5Nested",
            "import sys, types, os;p = os.path.join(sys._getframe(1).f_locals['sitedir'], "
            "*('google', 'cloud'));ie = os.path.exists(os.path.join(p,'__init__.py'));m = not ie "
            "and sys.modules.setdefault('google.cloud', types.ModuleType('google.cloud'));mp = (m "
            "or []) and m.__dict__.setdefault('__path__',[]);(p not in mp) and mp.append(p);m and "
            "setattr(sys.modules['google'], 'cloud', m)"},
        KnownLine{"Setuptools28Single",
                  "import sys, types, os;pep420 = sys.version_info > (3, 3);p = "
                  "os.path.join(sys._getframe(1).f_locals['sitedir'], *('google',));ie = "
                  "os.path.exists(os.path.join(p,'__init__.py'));m = not ie and not pep420 and "
                  "sys.modules.setdefault('google', types.ModuleType('google'));mp = (m or []) and "
                  "m.__dict__.setdefault('__path__',[]);(p not in mp) and mp.append(p)"},
        KnownLine{"Setuptools28Nested",
                  "import sys, types, os;pep420 = sys.version_info > (3, 3);p = "
                  "os.path.join(sys._getframe(1).f_locals['sitedir'], *('google', 'cloud'));ie = "
                  "os.path.exists(os.path.join(p,'__init__.py'));m = not ie and not pep420 and "
                  "sys.modules.setdefault('google.cloud', types.ModuleType('google.cloud'));mp = "
                  "(m or []) and m.__dict__.setdefault('__path__',[]);(p not in mp) and "
                  "mp.append(p);m and setattr(sys.modules['google'], 'cloud', m)"},
        KnownLine{
            "Setuptools31Single",
            "import sys, types, os;has_mfs = sys.version_info > (3, 5);p = "
            "os.path.join(sys._getframe(1).f_locals['sitedir'], *('google',));importlib = has_mfs "
            "and __import__('importlib.util');has_mfs and __import__('importlib.machinery');m = "
            "has_mfs and sys.modules.setdefault('google', "
            "importlib.util.module_from_spec(importlib.machinery.PathFinder.find_spec('google', "
            "[os.path.dirname(p)])));m = m or not has_mfs and sys.modules.setdefault('google', "
            "types.ModuleType('google'));mp = (m or []) and "
            "m.__dict__.setdefault('__path__',[]);(p not in mp) and mp.append(p)"},
        KnownLine{"Setuptools31Nested",
                  "import sys, types, os;has_mfs = sys.version_info > (3, 5);p = "
                  "os.path.join(sys._getframe(1).f_locals['sitedir'], *('google', "
                  "'cloud'));importlib = has_mfs and __import__('importlib.util');has_mfs and "
                  "__import__('importlib.machinery');m = has_mfs and "
                  "sys.modules.setdefault('google.cloud', "
                  "importlib.util.module_from_spec(importlib.machinery.PathFinder.find_spec('"
                  "google.cloud', [os.path.dirname(p)])));m = m or not has_mfs and "
                  "sys.modules.setdefault('google.cloud', types.ModuleType('google.cloud'));mp = "
                  "(m or []) and m.__dict__.setdefault('__path__',[]);(p not in mp) and "
                  "mp.append(p);m and setattr(sys.modules['google'], 'cloud', m)"},
        KnownLine{
            "Setuptools34Single",
            "import sys, types, os;has_mfs = sys.version_info > (3, 5);p = "
            "os.path.join(sys._getframe(1).f_locals['sitedir'], *('google',));importlib = has_mfs "
            "and __import__('importlib.util');has_mfs and __import__('importlib.machinery');m = "
            "has_mfs and sys.modules.setdefault('google', "
            "importlib.util.module_from_spec(importlib.machinery.PathFinder.find_spec('google', "
            "[os.path.dirname(p)])));m = m or sys.modules.setdefault('google', "
            "types.ModuleType('google'));mp = (m or []) and "
            "m.__dict__.setdefault('__path__',[]);(p not in mp) and mp.append(p)"},
        KnownLine{"Setuptools34Nested",
                  "import sys, types, os;has_mfs = sys.version_info > (3, 5);p = "
                  "os.path.join(sys._getframe(1).f_locals['sitedir'], *('google', "
                  "'cloud'));importlib = has_mfs and __import__('importlib.util');has_mfs and "
                  "__import__('importlib.machinery');m = has_mfs and "
                  "sys.modules.setdefault('google.cloud', "
                  "importlib.util.module_from_spec(importlib.machinery.PathFinder.find_spec('"
                  "google.cloud', [os.path.dirname(p)])));m = m or "
                  "sys.modules.setdefault('google.cloud', types.ModuleType('google.cloud'));mp = "
                  "(m or []) and m.__dict__.setdefault('__path__',[]);(p not in mp) and "
                  "mp.append(p);m and setattr(sys.modules['google'], 'cloud', m)"},
        KnownLine{"Precedence49",
                  "import os; enabled = os.environ.get('SETUPTOOLS_USE_DISTUTILS') == 'local'; "
                  "enabled and __import__('_distutils_hack').add_shim(); "},
        KnownLine{"Precedence50",
                  "import os; var = 'SETUPTOOLS_USE_DISTUTILS'; enabled = os.environ.get(var, "
                  "'local') == 'local'; enabled and __import__('_distutils_hack').add_shim(); "},
        KnownLine{"Precedence503",
                  "import os; var = 'SETUPTOOLS_USE_DISTUTILS'; enabled = os.environ.get(var, "
                  "'stdlib') == 'local'; enabled and __import__('_distutils_hack').add_shim(); "},
        KnownLine{"Setuptools70Single",
                  "import sys, types, os;p = os.path.join(sys._getframe(1).f_locals['sitedir'], "
                  "*('google',));importlib = "
                  "__import__('importlib.util');__import__('importlib.machinery');m = "
                  "sys.modules.setdefault('google', "
                  "importlib.util.module_from_spec(importlib.machinery.PathFinder.find_spec('"
                  "google', [os.path.dirname(p)])));m = m or sys.modules.setdefault('google', "
                  "types.ModuleType('google'));mp = (m or []) and "
                  "m.__dict__.setdefault('__path__',[]);(p not in mp) and mp.append(p)"},
        KnownLine{"Setuptools70Nested",
                  "import sys, types, os;p = os.path.join(sys._getframe(1).f_locals['sitedir'], "
                  "*('google', 'cloud'));importlib = "
                  "__import__('importlib.util');__import__('importlib.machinery');m = "
                  "sys.modules.setdefault('google.cloud', "
                  "importlib.util.module_from_spec(importlib.machinery.PathFinder.find_spec('"
                  "google.cloud', [os.path.dirname(p)])));m = m or "
                  "sys.modules.setdefault('google.cloud', types.ModuleType('google.cloud'));mp = "
                  "(m or []) and m.__dict__.setdefault('__path__',[]);(p not in mp) and "
                  "mp.append(p);m and setattr(sys.modules['google'], 'cloud', m)"}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(IsKnownPathCode, TakesAnyPackageButNothingElseInItsPlace) {
    const auto line = [](const std::string& package, const std::string& parts) {
        return "import sys, types, os;p = os.path.join(sys._getframe(1).f_locals['sitedir'], *" +
               parts + ");ie = os.path.exists(os.path.join(p,'__init__.py'));" +
               "m = not ie and sys.modules.setdefault('" + package + "', types.ModuleType('" +
               package + "'));mp = (m or []) and m.__dict__.setdefault('__path__',[]);" +
               "(p not in mp) and mp.append(p)";
    };

    EXPECT_TRUE(is_known_path_code(line("a_1", "('a_1',)")));
    EXPECT_TRUE(is_known_path_code(line("a.b.c", "('a', 'b', 'c')") +
                                   ";m and setattr(sys.modules['a.b'], 'c', m)"));
    EXPECT_FALSE(is_known_path_code(line("a", "('b',)")));
    EXPECT_FALSE(is_known_path_code(line("a.b", "('a', 'b')")));
    EXPECT_FALSE(is_known_path_code(line("1a", "('1a',)")));
    EXPECT_FALSE(is_known_path_code(line("a-b", "('a-b',)")));
    EXPECT_FALSE(is_known_path_code(line("", "('',)")));
    EXPECT_FALSE(is_known_path_code(line("a.", "('a', '')")));

    const std::string longest(300, 'a');
    EXPECT_TRUE(is_known_path_code(line(longest, "('" + longest + "',)")));
    const std::string too_long(5000, 'a');
    EXPECT_FALSE(is_known_path_code(line(too_long, "('" + too_long + "',)")));
}

TEST(IsKnownPathCode, KnowsNothingOfOtherTools) {
    EXPECT_FALSE(is_known_path_code(""));
    EXPECT_FALSE(is_known_path_code("import os"));
    EXPECT_FALSE(is_known_path_code("import coverage; coverage.process_startup()"));
    EXPECT_FALSE(is_known_path_code("import __editable___demo_1_0_finder; "
                                    "__editable___demo_1_0_finder.install()"));
}

} // namespace
} // namespace preflight::python
