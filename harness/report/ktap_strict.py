#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""ktap_strict.py [FILE…]: checks that reports are KTAP version 1 as Documentation/dev-tools/ktap.rst
of Linux has it, and stricter where that leaves a choice: plans are there, lines that it does not know
are not, and names are unique by their letters, digits, _ and - alone. Says at which line one is not,
and then exits with 1."""

import re
import sys

PLAN = re.compile(r"1\.\.([1-9][0-9]*)")
RESULT = re.compile(r"(not )?ok ([1-9][0-9]*) ([^#]*[^# ])(?: # (SKIP|XFAIL|TIMEOUT|ERROR)(?: .+)?)?")
ARE_NOT_OK = ("TIMEOUT", "ERROR")


class Malformed(Exception):
    """What is read is not KTAP."""


class Result:
    """One test: its name, what it says, and its subtests."""

    def __init__(self, name, passed, directive, subtests):
        self.name, self.passed, self.directive = name, passed, directive
        self.subtests = subtests

    def fails(self):
        return not self.passed and self.directive not in ("SKIP", "XFAIL")


class Reader:
    """Goes through the lines of one report."""

    def __init__(self, text):
        if not text.endswith("\n"):
            raise Malformed("the last line has no end")
        self.lines = text[:-1].split("\n")
        for number, line in enumerate(self.lines, 1):
            if re.search(r"[\x00-\x1f\x7f]", line):
                raise Malformed(f"line {number}: a control character in {line!r}")
        self.at = 0

    def next_is(self, indent, pattern):
        return self.at < len(self.lines) and re.match(indent + pattern, self.lines[self.at])

    def take(self, indent, pattern, what):
        """Takes a line that is `indent` and then all of `pattern`."""
        line = self.lines[self.at] if self.at < len(self.lines) else "the end"
        found = re.fullmatch(indent + "(?:" + pattern + ")", line)
        if not found:
            raise Malformed(f"line {self.at + 1}: expected {what}, found {line!r}")
        self.at += 1
        return found

    def skip_diagnostics(self, indent):
        while self.next_is(indent, "# "):
            self.at += 1

    def report(self, indent=""):
        """Takes a version, a plan, and as many results as the plan says."""
        self.take(indent, "KTAP version 1", "a version")
        planned = int(self.take(indent, PLAN.pattern, "a plan").group(1))
        results, names = [], set()
        for number in range(1, planned + 1):
            result = self.result(indent, number)
            reduced = re.sub("[^A-Za-z0-9_-]", "", result.name)
            if not reduced or reduced in names:
                raise Malformed(f"line {self.at}: {result.name} is there twice, or no name")
            names.add(reduced)
            results.append(result)
        self.skip_diagnostics(indent)
        return results

    def result(self, indent, number):
        self.skip_diagnostics(indent)
        subtests = self.report(indent + "  ") if self.next_is(indent + "  ", "KTAP") else []
        self.skip_diagnostics(indent)
        found = self.take(indent, RESULT.pattern, "a result")
        if int(found.group(2)) != number:
            raise Malformed(f"line {self.at}: expected the number {number}")
        result = Result(found.group(3), not found.group(1), found.group(4), subtests)
        if result.passed and result.directive in ARE_NOT_OK:
            raise Malformed(f"line {self.at}: {result.directive}, but ok")
        if result.passed and any(subtest.fails() for subtest in subtests):
            raise Malformed(f"line {self.at}: ok, but a subtest fails")
        return result


def read(text):
    """Returns the results of a whole report; Malformed says where it is none."""
    reader = Reader(text)
    results = reader.report()
    if reader.at != len(reader.lines):
        raise Malformed(f"line {reader.at + 1}: expected the end, found {reader.lines[reader.at]!r}")
    return results


def main():
    wrong = False
    for name in sys.argv[1:] or ["/dev/stdin"]:
        try:
            with open(name, encoding="utf-8", newline="\n") as file:
                read(file.read())
        except (Malformed, UnicodeDecodeError) as error:
            print(f"{name}: {error}")
            wrong = True
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
