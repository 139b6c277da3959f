# SPDX-License-Identifier: Apache-2.0
"""Runs one check of rules.py over the repository: check.py CHECK ROOT MANIFEST [CLANG_FORMAT]"""

import sys

import rules


def main(check, root, manifest, clang_format="clang-format-14"):
    complaints = list(rules.CHECKS[check](rules.Tree(root, manifest, clang_format)))
    for complaint in complaints:
        print(complaint)
    return 1 if complaints else 0


sys.exit(main(*sys.argv[1:]))
