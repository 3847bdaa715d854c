# SPDX-License-Identifier: MIT
"""manual_page_test.py MSYNCSPEC: the manual pages and the Markdown are well formed."""

import functools
import os
import re
import shutil
import subprocess
import sys
import unittest

MSYNCSPEC = sys.argv.pop(1)
PROFILES = ["linux-6.18", "linux-2.6.17", "linux-1.3.21", "linux-6.18-64k", "symbian-open-c",
            "hp-ux-11i-v3", "posix-2017", "love-2007", "man-pages-3.53", "man-pages-ru",
            "man-pages-6.03"]


def run(*command, text=None):
    env = dict(os.environ, LC_ALL="C.UTF-8", MANWIDTH="80")
    return subprocess.run(command, input=text, check=False, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, encoding="utf-8", env=env)


@functools.lru_cache(maxsize=None)
def printed(form, profile):
    done = run(MSYNCSPEC, "vectors", "--profile=" + profile, "--format=" + form)
    assert done.returncode == 0, done.stdout
    return done.stdout


class ManualPage(unittest.TestCase):
    def lint(self, page):
        return run("mandoc", "-T", "lint", text=page)

    def test_has_nothing_that_mandoc_minds(self):
        for profile in PROFILES:
            with self.subTest(profile):
                self.assertEqual(self.lint(printed("man", profile)).stdout, "")

    def test_is_minded_where_it_is_wrong(self):
        page = printed("man", "linux-6.18")
        for wrong in (page.replace(".TP\n.B EBUSY", ".BOGUS"),
                      re.sub(r"(?m)^(\.TH \S+ 2) \S+", r'\1 ""', page)):
            self.assertRegex(self.lint(wrong).stdout, "WARNING|ERROR")

    def test_is_read_by_man(self):
        if shutil.which("man") is None:
            self.skipTest("no man")
        path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "corpus",
                            "vectors", "linux-6.18.2")
        shown = run("man", "-l", path)
        self.assertEqual(shown.returncode, 0, shown.stdout)
        for words in ("EBUSY", "mapping.locked", "call addr=p0 len=1p flags=MS_INVALIDATE"):
            self.assertIn(words, shown.stdout)

    def test_has_one_entry_for_each_condition(self):
        page = printed("man", "linux-6.18")
        errors = page[page.index(".SH ERRORS"):page.index(".SH EXAMPLES")]
        names = re.findall(r"\.TP\n\.B (\S+)\n", errors)
        self.assertEqual(names, ["EBUSY"] + ["EINVAL"] * 4 + ["EIO"] + ["ENOMEM"] * 5)


    def test_names_no_source_twice(self):
        for profile in PROFILES:
            lines = printed("man", profile).replace("\n", " ")
            for sources in re.findall(r"Source: (.*?)\. \.", lines):
                named = sources.split("; ")
                self.assertEqual(len(set(named)), len(named), sources)


class Markdown(unittest.TestCase):
    def test_has_rows_as_wide_as_their_tables(self):
        for profile in ("linux-6.18", "linux-6.18-64k", "posix-2017"):
            widths = {len(re.findall(r"(?<!\\)\|", line))
                      for line in printed("markdown", profile).splitlines()
                      if line.startswith("|")}
            self.assertEqual(widths, {6}, profile)

    def test_has_an_example_for_each_rule(self):
        page = printed("markdown", "linux-6.18")
        for rule in ("flags.unknown", "mapping.private", "mapping.locked", "range.covered"):
            self.assertEqual(page.count(f"### `{rule}`\n"), 1)


class Verb(unittest.TestCase):
    def test_refuses_what_it_cannot_print(self):
        for arguments, words in [
                (["--format=text"], "--format=text: expected json, c, ktap-c, markdown or man"),
                (["--format=xml"], "--format=xml: expected json, c, ktap-c, markdown or man"),
                (["--profile=linux-6.17"], "linux-6.18"),
                (["--profile=linux-6.18-alpha", "--format=c"], "an ABI, which a C program"),
                (["file"], "vectors takes no files")]:
            done = run(MSYNCSPEC, "vectors", *arguments)
            self.assertEqual(done.returncode, 2, done.stdout)
            self.assertIn(words, done.stdout)

    def test_prints_json_unless_told_otherwise(self):
        self.assertTrue(run(MSYNCSPEC, "vectors", "--profile=love-2007").stdout.startswith("{"))


if __name__ == "__main__":
    if shutil.which("mandoc") is None:
        print("skipped: no mandoc")
        sys.exit(77)
    unittest.main()
