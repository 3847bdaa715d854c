#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""layers.py: checks from the #include lines that each folder knows only those below it, and that
model/ is pure: no operating system header, no input or output, nothing of Abseil but strings.

Checks too that the three files that carry the central claim stay short enough to be read at once.
Prints each offence and exits with 1 if there is any."""

import os
import re
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

# What each folder may include of ours, besides itself.
SCENARIO = {"model"}
EXECUTOR = SCENARIO | {"harness/scenario"}
EFFECTS = EXECUTOR | {"harness/executor"}
DIFFER = EFFECTS | {"harness/effects", "harness/generate", "harness/prose"}
REPORT = DIFFER | {"harness/differ"}
CLI = REPORT | {"harness/report", "harness/vectors", "corpus"}
ALLOWED = {
    "model": set(),
    "corpus": {"model", "harness/scenario"},
    "harness/scenario": SCENARIO,
    "harness/generate": EXECUTOR,
    "harness/prose": set(),
    "harness/vectors": EXECUTOR | {"harness/generate", "harness/prose"},
    "harness/executor": EXECUTOR,
    "harness/effects": EFFECTS,
    "harness/differ": DIFFER,
    "harness/report": REPORT,
    "harness/cli": CLI,
    "fuzz": CLI,
}

# What model/ may include of others: what only computes.
PURE = {"algorithm", "array", "bit", "compare", "cstddef", "cstdint", "functional", "limits",
        "optional", "span", "string", "tuple", "type_traits", "utility", "variant", "vector"}

INCLUDE = re.compile(r'^\s*#\s*include\s*(["<])([^">]+)[">]')


def folder_of(path):
    """Returns the folder of ALLOWED that `path` belongs to, or None."""
    fitting = [folder for folder in ALLOWED if path.startswith(folder + "/")]
    return max(fitting, key=len) if fitting else None


def offence(path, quote, header):
    """Says what is wrong with an include, or returns None."""
    folder = folder_of(path)
    if quote == '"':
        target = folder_of(header)
        if target is None:
            if not header.startswith("absl/"):
                return "not a header of ours: write <…>"
            if folder == "model" and not header.startswith("absl/strings/"):
                return "model/ takes nothing of Abseil but strings"
            return None
        if target != folder and target not in ALLOWED[folder]:
            return f"{folder} may not know {target}"
        return None
    is_test = path.endswith("_test.cc")
    if folder == "model" and header not in PURE and not is_test:
        return f"model/ is pure: <{header}> is not among what only computes"
    return None


def offences(root):
    """Yields "file:line: what is wrong" for every offending include below `root`."""
    for folder in sorted({name.split("/")[0] for name in ALLOWED}):
        for directory, _, names in os.walk(os.path.join(root, folder)):
            for name in sorted(names):
                if not name.endswith((".h", ".cc")):
                    continue
                path = os.path.relpath(os.path.join(directory, name), root)
                if folder_of(path) is None:
                    yield f"{path}:1: in no folder that the layers name"
                    continue
                with open(os.path.join(root, path), encoding="utf-8") as lines:
                    for number, line in enumerate(lines, 1):
                        found = INCLUDE.match(line)
                        wrong = offence(path, *found.groups()) if found else None
                        if wrong:
                            yield f"{path}:{number}: {wrong}"


# Includes that have to be caught: the check is checked before it is believed.
PLANTED = [
    ("model/bad.cc", '#include "harness/scenario/scenario.h"'),
    ("model/bad.cc", "#include <unistd.h>"),
    ("model/bad.h", "#include <cstdio>"),
    ("model/bad.cc", '#include "absl/status/status.h"'),
    ("harness/scenario/bad.cc", '#include "harness/executor/worker.h"'),
    ("harness/generate/bad.cc", '#include "harness/executor/worker.h"'),
    ("harness/executor/bad.cc", '#include "harness/differ/judge.h"'),
    ("harness/differ/bad.cc", '#include "harness/report/text.h"'),
    ("harness/report/bad.cc", '#include "harness/cli/command.h"'),
    ("harness/cli/bad.cc", '#include "fuzz/target.h"'),
    ("harness/stray/bad.cc", "#include <vector>"),
]


def unnoticed():
    """Returns the planted includes that go unnoticed."""
    missed = []
    for path, line in PLANTED:
        with tempfile.TemporaryDirectory() as root:
            os.makedirs(os.path.dirname(os.path.join(root, path)))
            with open(os.path.join(root, path), "w", encoding="utf-8") as file:
                file.write(line + "\n")
            if not list(offences(root)):
                missed.append(f"{path}: {line}")
    return missed


# The files that a newcomer reads to check the central claim, and how long they may be together.
CENTRAL = ["model/argument_rules.cc", "model/linux_walk.cc", "model/profiles/linux.cc"]
MAX_CENTRAL_LINES = 400


def central_lines():
    """Returns how many lines the central files have together."""
    lines = 0
    for path in CENTRAL:
        with open(os.path.join(ROOT, path), encoding="utf-8") as file:
            lines += sum(1 for _ in file)
    return lines


def main():
    missed = unnoticed()
    for each in missed:
        print(f"planted, but not noticed: {each}")
    found = list(offences(ROOT))
    for each in found:
        print(each)
    lines = central_lines()
    print(f"{len(PLANTED) - len(missed)} of {len(PLANTED)} planted includes noticed, "
          f"{len(found)} offences in the tree, {lines} lines carry the central claim")
    return 1 if missed or found or lines >= MAX_CENTRAL_LINES else 0


if __name__ == "__main__":
    sys.exit(main())
