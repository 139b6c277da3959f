// SPDX-License-Identifier: Apache-2.0
#include "preflight/python/entry_points.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace preflight::python {
namespace {

using Lines = std::vector<std::string>;

/// `group: name = module:attribute`.
Lines parse(std::string_view text) {
    Lines lines;
    for (const auto& entry : parse_entry_points(as_bytes(text))) {
        lines.push_back(entry.group + ": " + entry.name + " = " + entry.module + ":" +
                        entry.attribute);
    }
    return lines;
}

TEST(ParseEntryPoints, GivesGroupNameModuleAndAttribute) {
    EXPECT_EQ(parse("[console_scripts]\nflask = flask.cli:main\nFlask=flask.cli:App.run\r\n\n"
                    "[ babel.extractors ]\njinja2 = jinja2.ext : babel_extract [i18n, x]\n"
                    "whole = jinja2\n"),
              (Lines{"console_scripts: flask = flask.cli:main",
                     "console_scripts: Flask = flask.cli:App.run",
                     "babel.extractors: jinja2 = jinja2.ext:babel_extract",
                     "babel.extractors: whole = jinja2:"}));
    EXPECT_EQ(parse("\xEF\xBB\xBF[g]\na b = m\xC3\xA9:c"), Lines{"g: a b = m\xC3\xA9:c"});
}

TEST(ParseEntryPoints, TakesIndentedLinesAsLinesOfTheirOwn) {
    EXPECT_EQ(parse("[g]\n  a = b:c\n    d = e:f\n"), (Lines{"g: a = b:c", "g: d = e:f"}));
}

TEST(ParseEntryPoints, SkipsLinesThatAreNone) {
    EXPECT_EQ(parse("early = a:b\n[g]\n# c = a:b\n; d = a:b\ne\nf = \n= a:b\ng = a-b:c\n"
                    "h = a:\ni = :a\nj = a:b:c\nk = a:b [x\nl = a..b\nm = a:1\nn\xFF = a:b\n"),
              Lines{});
    EXPECT_EQ(parse(""), Lines{});
}

TEST(ParseEntryPoints, PutsNothingIntoTheGroupBefore) {
    EXPECT_EQ(parse("[g]\n[broken\na = b:c\n[h]\nd = e:f\n[]\ng = h:i\n"), Lines{"h: d = e:f"});
    EXPECT_EQ(parse("[g]\n[" + std::string(kMaxEntryPointLine, 'x') + "]\na = b:c\n"), Lines{});
}

TEST(ParseEntryPoints, TakesLinesOf1024Bytes) {
    for (const std::size_t length : {1023U, 1024U, 1025U}) {
        const std::string line = "a = b:" + std::string(length - 6, 'c');
        EXPECT_EQ(parse("[g]\n" + line + "\n").size(), length <= kMaxEntryPointLine ? 1 : 0);
    }
}

TEST(ParseEntryPoints, GivesTenThousand) {
    for (const std::size_t count : {9'999U, 10'000U, 10'001U}) {
        std::string text = "[g]\n";
        for (std::size_t line = 0; line < count; ++line) {
            text += "a=b:c\n";
        }
        EXPECT_EQ(parse(text).size(), std::min(count, kMaxEntryPoints));
    }
}

/// `module:attribute`, or "-" for no script.
std::string find_call(std::string_view script) {
    const auto entry = parse_console_script(as_bytes(script));
    return entry ? entry->module + ":" + entry->attribute : "-";
}

constexpr std::string_view kPip = R"(#!/usr/local/bin/python3.12
# -*- coding: utf-8 -*-
import re
import sys
from flask.cli import main
if __name__ == '__main__':
    sys.argv[0] = re.sub(r'(-script\.pyw|\.exe)?$', '', sys.argv[0])
    sys.exit(main())
)";

/// The script of pip with one piece of it replaced.
std::string replace(std::string_view piece, std::string_view by) {
    std::string script(kPip);
    script.replace(script.find(piece), piece.size(), by);
    return script;
}

struct Script {
    const char* name;
    std::string text;
};

class ConsoleScript : public testing::TestWithParam<Script> {};

TEST_P(ConsoleScript, IsKnownByEachOfItsLines) {
    EXPECT_EQ(find_call(GetParam().text), "flask.cli:main");
}

INSTANTIATE_TEST_SUITE_P(
    ,
    ConsoleScript,
    testing::Values(
        Script{"Pip", std::string(kPip)},
        Script{"PipOfWindows", replace("/usr/local/bin/python3.12", R"("C:\a b\pythonw.exe")")},
        Script{"Pip9", replace("(-script\\.pyw|", "(-script\\.pyw?|")},
        Script{"Pip9WithBlankLines",
               "#!/usr/bin/python -sE\n\n# -*- coding: utf-8 -*-\nimport re\nimport sys\n\n"
               "from flask.cli import main\n\nif __name__ == '__main__':\n    sys.argv[0] = "
               "re.sub(r'(-script\\.pyw?|\\.exe)?$', '', sys.argv[0])\n    sys.exit(main())\n"},
        Script{"Pip26",
               "#!/usr/bin/env python3\nimport sys\nfrom flask.cli import main\n"
               "if __name__ == '__main__':\n    sys.argv[0] = sys.argv[0].removesuffix('.exe')\n"
               "    sys.exit(main())\n"},
        Script{"Distlib04",
               "#!python\n# -*- coding: utf-8 -*-\nimport re\nimport sys\n"
               "if __name__ == '__main__':\n    from flask.cli import main\n    sys.argv[0] = "
               "re.sub(r'(-script\\.pyw|\\.exe)?$', '', sys.argv[0])\n    sys.exit(main())\n"},
        Script{"Installer",
               "#!/usr/bin/python3\n# -*- coding: utf-8 -*-\nimport re\nimport sys\n"
               "from flask.cli import main\nif __name__ == \"__main__\":\n    sys.argv[0] = "
               "re.sub(r\"(-script\\.pyw|\\.exe)?$\", \"\", sys.argv[0])\n    sys.exit(main())\n"},
        Script{"Uv",
               "#!/usr/bin/python3\n# -*- coding: utf-8 -*-\nimport sys\n"
               "from flask.cli import main\nif __name__ == \"__main__\":\n"
               "    if sys.argv[0].endswith(\"-script.pyw\"):\n"
               "        sys.argv[0] = sys.argv[0][:-11]\n"
               "    elif sys.argv[0].endswith(\".exe\"):\n"
               "        sys.argv[0] = sys.argv[0][:-4]\n    sys.exit(main())\n"},
        Script{"Poetry1",
               "#!/usr/bin/python3\nfrom flask.cli import main\n\nif __name__ == '__main__':\n"
               "    main()\n"},
        Script{"Poetry2",
               "#!/usr/bin/python3\nimport sys\nfrom flask.cli import main\n\n"
               "if __name__ == '__main__':\n    sys.exit(main())\n"},
        Script{"ExecOfPip",
               replace("/usr/local/bin/python3.12",
                       "/bin/sh\n'''exec' \"/a b/bin/python\" \"$0\" \"$@\"\n' '''")},
        Script{"ExecWithOptions",
               replace("/usr/local/bin/python3.12",
                       "/bin/sh\n'''exec' /very/long/python -E -s \"$0\" \"$@\"\n' '''")},
        Script{"ExecOfUv",
               replace("/usr/local/bin/python3.12",
                       "/bin/sh\n'''exec' '/a b/bin/python3' \"$0\" \"$@\"\n' '''")},
        Script{"ExecOfUvRelocatable",
               replace("/usr/local/bin/python3.12",
                       "/bin/sh\n'''exec' \"$(dirname -- \"$(realpath -- \"$0\")\")\"/'python' "
                       "\"$0\" \"$@\"\n' '''")},
        Script{"Comments", replace("import re\n", "# \xC3\xA9 coding\n   \t# x\nimport re\n\n")}),
    [](const auto& test) { return std::string(test.param.name); });

class OtherScript : public testing::TestWithParam<Script> {};

TEST_P(OtherScript, IsNone) {
    EXPECT_EQ(find_call(GetParam().text), "-");
}

INSTANTIATE_TEST_SUITE_P(
    ,
    OtherScript,
    testing::Values(
        Script{"Empty", ""},
        Script{"NoInterpreter", replace("#!/usr/local/bin/python3.12\n", "")},
        Script{"Shell", replace("/usr/local/bin/python3.12", "/bin/sh")},
        Script{"OtherInterpreter", replace("python3.12", "evil")},
        Script{"CodeInOptions", replace("python3.12", "python3 -cimport os")},
        Script{"CodeInOptionsOfEnv", replace("/usr/local/bin/python3.12", "/usr/bin/env -S sh")},
        Script{"QuoteNotClosed", replace("/usr/local/bin/python3.12", "\"/a b/python")},
        Script{"ExecOfCommand",
               replace("/usr/local/bin/python3.12",
                       "/bin/sh\n'''exec' \"/x$(id)/python\" \"$0\" \"$@\"\n' '''")},
        Script{"ExecOfTwoCommands",
               replace("/usr/local/bin/python3.12",
                       "/bin/sh\n'''exec' /x;/python \"$0\" \"$@\"\n' '''")},
        Script{"ExecEndsString",
               replace("/usr/local/bin/python3.12",
                       "/bin/sh\n'''exec' \"''';print();'''/python\" \"$0\" \"$@\"\n' '''")},
        Script{
            "ExecHasNoThirdLine",
            replace("/usr/local/bin/python3.12", "/bin/sh\n'''exec' /x/python \"$0\" \"$@\"\n'''")},
        Script{"OtherEncoding", replace("utf-8", "utf-7")},
        Script{"OtherEncodingInInterpreter", replace("/usr/local", "/coding:utf-7")},
        Script{"OtherImport", replace("import re", "import os")},
        Script{"TwoImportsInOne", replace("import re", "import re, os")},
        Script{"SecondStatement", replace("import re", "import re; import os")},
        Script{"SecondFrom", replace("import re", "from a import b")},
        Script{"FromTwice",
               replace("'__main__':\n", "'__main__':\n    from flask.cli import main\n")},
        Script{"FromStar", replace("import main", "import *")},
        Script{"FromAs", replace("import main", "import main as x")},
        Script{"FromRelative", replace("flask.cli", ".cli")},
        Script{"NoFrom", replace("from flask.cli import main\n", "")},
        Script{"NoCondition", replace("if __name__ == '__main__':\n", "")},
        Script{"OtherCondition", replace("'__main__'", "'__main_'")},
        Script{"OtherName", replace("'', sys", "'x', sys")},
        Script{"OtherCall", replace("(main()", "(run()")},
        Script{"Argument", replace("main())", "main(1))")},
        Script{"TwoCalls", replace("main())", "main(), x())")},
        Script{"NoCall", replace("    sys.exit(main())\n", "")},
        Script{"MoreBehind", std::string(kPip) + "print()\n"},
        Script{"MoreBehindCr", std::string(kPip) + "# x\rprint()\n"},
        Script{"CallTwice", std::string(kPip) + "    sys.exit(main())\n"},
        Script{"OtherIndentation", replace("    sys.exit", "  sys.exit")},
        Script{"FormFeed", replace("import re\n", "\fimport re\n")},
        Script{"NotUtf8", replace("coding: utf-8 -*-", "\xFF")},
        Script{"PartOfUv",
               "#!/usr/bin/python3\nimport sys\nfrom flask.cli import main\n"
               "if __name__ == \"__main__\":\n    if sys.argv[0].endswith(\"-script.pyw\"):\n"
               "    sys.exit(main())\n"},
        Script{"EasyInstall",
               "#!/usr/bin/python3\n# EASY-INSTALL-ENTRY-SCRIPT: 'f==1','console_scripts','f'\n"
               "__requires__ = 'f==1'\nimport re\nimport sys\n"
               "from pkg_resources import load_entry_point\n\nif __name__ == '__main__':\n"
               "    sys.exit(\n        load_entry_point('f==1', 'console_scripts', 'f')()\n    "
               ")\n"}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(ParseConsoleScript, GivesADottedAttribute) {
    const auto entry = parse_console_script(as_bytes(replace("(main()", "(main.run.now()")));

    ASSERT_TRUE(entry);
    EXPECT_EQ(entry->group, "console_scripts");
    EXPECT_EQ(entry->name, "");
    EXPECT_EQ(entry->module, "flask.cli");
    EXPECT_EQ(entry->attribute, "main.run.now");
}

TEST(ParseConsoleScript, MissesNoneOfItsLines) {
    for (std::size_t at = 0; at + 1 < kPip.size(); ++at) {
        EXPECT_EQ(find_call(kPip.substr(0, at)), "-") << at;
    }
}

TEST(ParseConsoleScript, TakesFilesOf4096Bytes) {
    for (const std::size_t length : {4095U, 4096U, 4097U}) {
        const auto script = std::string(kPip) + std::string(length - kPip.size(), '#');
        EXPECT_EQ(find_call(script), length <= kMaxConsoleScript ? "flask.cli:main" : "-");
    }
}

} // namespace
} // namespace preflight::python
