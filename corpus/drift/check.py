#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""check.py [--cc=CC]: shows each entry of this folder again, and checks the form of its files.

Compiles every program.c with CC (gcc if not given), runs it in a temporary directory, and compares
what it prints with program.out. Checks that entry.txt cites a clause and its words from
model/sources/man-pages-6.03.txt, and that program.c keeps to the style of a manual page's examples.

Prints a line for each entry: ok, skipped with the program's reason, or FAILED with what is wrong.
TMPDIR chooses where to run; programs that look for dirty pages need a disk file system there, and
some need root. Exits with 0, with 1 if any entry failed, with 4 if nothing could be run."""

import collections
import difflib
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.join(HERE, "..", "..", "model", "sources", "man-pages-6.03.txt")

FILES = ["entry.txt", "scenario.msync", "program.c", "program.out"]
KEYS = ["title", "clause", "sentence", "kind", "needs"]
KINDS = {"contradicted", "imprecise", "silent"}
SECTIONS = ["why it matters", "suggested wording"]
MAX_COLUMNS = 100
MAX_PROGRAM_COLUMNS = 80
TAB_COLUMNS = 8

FLAGS = ["-Wall", "-Wextra", "-Werror"]
TIMEOUT = 30  # seconds
SKIPPED = 4

# The kernel may write pages back at any time, and so clean some that a program expects to be dirty.
ATTEMPTS = 3

# Lines of a source that say something of a clause, and are not its text.
REMARK = re.compile(r"(uncited|untestable|undecided): ")

Result = collections.namedtuple("Result", "word, details")


def folded(text):
    """Returns `text` with each run of white space as one blank."""
    return " ".join(text.split())


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def clauses_of(source):
    """Returns the text of each labelled clause of a source."""
    clauses = {}
    for part in re.split(r"\n\s*\n", source):
        label, _, text = part.strip().partition("\n")
        if label.startswith("[") and label.endswith("]"):
            lines = [line for line in text.split("\n") if not REMARK.match(line)]
            clauses[label[1:-1]] = folded(" ".join(lines))
    return clauses


def wrong_in_head(lines, clauses):
    """Yields what is wrong with the head of an entry."""
    pairs = [line.partition(": ")[::2] for line in lines]
    if [key for key, _ in pairs] != KEYS:
        yield f"entry.txt: the head has not the keys {', '.join(KEYS)}, in this order"
        return
    head = dict(pairs)
    for key in KEYS:
        if not head[key].strip():
            yield f"entry.txt: {key} is empty"
    if head["kind"] not in KINDS:
        yield f"entry.txt: no such kind: {head['kind']}"
    if head["clause"] not in clauses:
        yield f"entry.txt: no such clause: {head['clause']}"
    elif folded(head["sentence"]) not in clauses[head["clause"]]:
        yield f"entry.txt: not in the clause {head['clause']}: {head['sentence']}"


def wrong_in_entry(text, clauses):
    """Yields what is wrong with entry.txt."""
    head, _, rest = text.partition("\n\n")
    yield from wrong_in_head(head.split("\n"), clauses)
    found = re.findall(r"^\[(.*)\]\n(?=\S)", rest, re.MULTILINE)
    if found != SECTIONS:
        yield f"entry.txt: the sections are not {', '.join(SECTIONS)}, each with a text"
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > MAX_COLUMNS and not line.startswith("sentence: "):
            yield f"entry.txt:{number}: longer than {MAX_COLUMNS} columns"


def wrong_in_scenario(text):
    """Yields what is wrong with the form of scenario.msync; its meaning is for others to test."""
    lines = text.split("\n")
    if lines[0] != "# SPDX-License-Identifier: MIT":
        yield "scenario.msync:1: expected the SPDX line"
    if not lines[1].startswith("# "):
        yield "scenario.msync:2: expected a comment that says why"
    for verb in ["call ", "expect linux-6.18 "]:
        if not any(line.startswith(verb) for line in lines):
            yield f"scenario.msync: has no line {verb.strip()}"
    for number, line in enumerate(lines, 1):
        if len(line) > MAX_COLUMNS:
            yield f"scenario.msync:{number}: longer than {MAX_COLUMNS} columns"


def wrong_in_program(text):
    """Yields what is wrong with the style of program.c."""
    lines = text.split("\n")
    if lines[0] != "/* SPDX-License-Identifier: MIT */":
        yield "program.c:1: expected the SPDX line"
    for number, line in enumerate(lines, 1):
        code = re.sub(r'"(\\.|[^"\\])*"', '""', line)
        if number > 1 and ("//" in code or "/*" in code):
            yield f"program.c:{number}: a comment"
        if line.startswith(" "):
            yield f"program.c:{number}: indented with blanks"
        if line != line.rstrip():
            yield f"program.c:{number}: blanks at the end"
        if len(line.expandtabs(TAB_COLUMNS)) > MAX_PROGRAM_COLUMNS:
            yield f"program.c:{number}: longer than {MAX_PROGRAM_COLUMNS} columns"


def wrong_in_form(texts, clauses):
    """Returns what is wrong with the form of an entry, given the texts of its files."""
    missing = [f"{name}: is missing" for name in FILES if not texts.get(name)]
    if missing:
        return missing
    return [*wrong_in_entry(texts["entry.txt"], clauses),
            *wrong_in_scenario(texts["scenario.msync"]), *wrong_in_program(texts["program.c"])]


def difference(expected, got):
    """Returns the lines of a diff, none if there is no difference."""
    return list(difflib.unified_diff(expected.splitlines(), got.splitlines(), "program.out",
                                     "printed", lineterm=""))


def observe(binary, expected):
    """Runs a program once, in an empty directory, and judges what it printed and left."""
    with tempfile.TemporaryDirectory() as directory:
        try:
            done = subprocess.run([binary], cwd=directory, timeout=TIMEOUT, capture_output=True,
                                  stdin=subprocess.DEVNULL, encoding="utf-8", check=False)
        except subprocess.TimeoutExpired:
            return Result("FAILED", [f"program: not done after {TIMEOUT} seconds"])
        left = sorted(os.listdir(directory))
    if left:
        return Result("FAILED", [f"program: left behind: {', '.join(left)}"])
    if done.returncode == SKIPPED:
        return Result("skipped", [folded(done.stderr).removeprefix("program: ")])
    wrong = difference(expected, done.stdout)
    if done.returncode != 0:
        wrong = [f"program: exit status {done.returncode} {folded(done.stderr)}".strip(), *wrong]
    return Result("FAILED" if wrong else "ok", wrong)


def judge(texts, clauses, compiler, directory):
    """Checks the form of an entry, then compiles and runs its program in `directory`."""
    wrong = wrong_in_form(texts, clauses)
    if wrong:
        return Result("FAILED", wrong)
    source = os.path.join(directory, "program.c")
    binary = os.path.join(directory, "program")
    with open(source, "w", encoding="utf-8") as file:
        file.write(texts["program.c"])
    done = subprocess.run([compiler, *FLAGS, "-o", binary, source], capture_output=True,
                          encoding="utf-8", check=False)
    if done.returncode != 0:
        return Result("FAILED", done.stderr.splitlines())
    for attempt in range(1, ATTEMPTS + 1):
        result = observe(binary, texts["program.out"])
        if result.word == "ok" and attempt > 1:
            return Result("ok", [f"at attempt {attempt}; before it: {first.details}"])
        if result.word != "FAILED":
            return result
        if attempt == 1:
            first = result
    return first


# An entry without fault, and faults that have to be noticed: the check is checked before it is
# believed. Each fault puts other words into one file of the entry.
SOUND_CLAUSES = {"ERRORS ENOMEM": "The indicated memory was not mapped."}
SOUND = {
    "entry.txt": "title: A title.\nclause: ERRORS ENOMEM\nsentence: The indicated memory\n"
                 "kind: silent\nneeds: nothing\n\n[why it matters]\nIt does.\n\n"
                 "[suggested wording]\n.TP\n.B ENOMEM\n",
    "scenario.msync": "# SPDX-License-Identifier: MIT\n# It is so.\ncall addr=p0 len=0 flags=0\n"
                      "expect linux-6.18 0 by=range.empty\n",
    "program.c": "/* SPDX-License-Identifier: MIT */\n\n#include <stdio.h>\n\nint\nmain(void)\n{\n"
                 "\tputs(\"shown\");\n\treturn 0;\n}\n",
    "program.out": "shown\n",
}
PLANTED = [
    ("entry.txt", "title: A title.\n", ""),
    ("entry.txt", "ERRORS ENOMEM", "ERRORS EFAULT"),
    ("entry.txt", "indicated memory", "indicated memories"),
    ("entry.txt", "silent", "quiet"),
    ("entry.txt", "nothing", ""),
    ("entry.txt", "It does.\n\n", "\n\n"),
    ("entry.txt", "[suggested wording]", "[wording]"),
    ("entry.txt", "It does.", "It does. " * 20),
    ("scenario.msync", "# SPDX", "# spdx"),
    ("scenario.msync", "# It is so.\n", ""),
    ("scenario.msync", "linux-6.18", "linux-5.18"),
    ("program.c", "/* SPDX", "/* spdx"),
    ("program.c", "\tputs", "        puts"),
    ("program.c", "\treturn 0;", "\treturn 0; /* done */"),
    ("program.c", "\treturn 0;", "\treturn 0; // done"),
    ("program.c", "\treturn 0;", "\treturn 0; "),
    ("program.c", "\treturn 0;", "\treturn " + "0 + " * 20 + "0;"),
    ("program.c", "\treturn 0;", "\treturn 1;"),
    ("program.c", "\treturn 0;", "\treturn zero;"),
    ("program.c", "shown", "hidden"),
    ("program.c", "\tputs(\"shown\");", "\tputs(\"shown\");\n\tfclose(fopen(\"left\", \"w\"));"),
    ("program.out", "shown\n", "hidden\n"),
    ("program.out", "shown\n", "shown\nshown\n"),
]


def judge_apart(texts, clauses, compiler):
    with tempfile.TemporaryDirectory() as directory:
        return judge(texts, clauses, compiler, directory)


def unnoticed(compiler):
    """Returns the planted faults that go unnoticed."""
    if judge_apart(SOUND, SOUND_CLAUSES, compiler).word != "ok":
        return ["the entry without fault is not ok"]
    missed = []
    for name, words, others in PLANTED:
        texts = dict(SOUND)
        texts[name] = texts[name].replace(words, others)
        if judge_apart(texts, SOUND_CLAUSES, compiler).word != "FAILED":
            missed.append(f"{name}: {others!r} for {words!r}")
    return missed


def texts_of(folder):
    """Returns the texts of the files of an entry that are there."""
    paths = {name: os.path.join(folder, name) for name in FILES}
    return {name: read(path) for name, path in paths.items() if os.path.isfile(path)}


def compiler_of(arguments):
    """Returns the compiler that the arguments name, or None if they are not understood."""
    compiler = "gcc"
    for each in arguments:
        if not each.startswith("--cc=") or each == "--cc=":
            return None
        compiler = each[len("--cc="):]
    return compiler


def main():
    if sys.argv[1:] in (["-h"], ["--help"]):
        print(__doc__)
        return 0
    compiler = compiler_of(sys.argv[1:])
    if compiler is None:
        print("check.py: expected [--cc=CC]", file=sys.stderr)
        return 2
    try:
        subprocess.run([compiler, "--version"], capture_output=True, check=False)
    except OSError as error:
        print(f"check.py: {compiler}: {error.strerror}", file=sys.stderr)
        return SKIPPED

    missed = unnoticed(compiler)
    for each in missed:
        print(f"planted, but not noticed: {each}")
    clauses = clauses_of(read(SOURCE))
    counts = collections.Counter()
    for name in sorted(os.listdir(HERE)):
        folder = os.path.join(HERE, name)
        if not os.path.isdir(folder) or name.startswith(("_", ".")):
            continue
        result = judge_apart(texts_of(folder), clauses, compiler)
        counts[result.word] += 1
        if result.word == "skipped":
            print(f"skipped {name}: {' '.join(result.details)}", flush=True)
        else:
            print("\n    ".join([f"{result.word:7} {name}", *result.details]), flush=True)
    print(f"{len(PLANTED) - len(missed)} of {len(PLANTED)} planted faults noticed; entries: "
          f"{counts['ok']} ok, {counts['skipped']} skipped, {counts['FAILED']} failed")
    if missed or counts["FAILED"]:
        return 1
    return 0 if counts["ok"] else SKIPPED


if __name__ == "__main__":
    sys.exit(main())
