# SPDX-License-Identifier: MIT
"""runner_test.py MSYNCSPEC COMPILER: the C runner builds with COMPILER and tells right from wrong."""

import functools
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

for folder in ("cli", "report"):
    sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", folder))
import confined
import ktap_strict as ktap

MSYNCSPEC, COMPILER = sys.argv.pop(1), sys.argv.pop(1)
STRICT = ["-static", "-Wall", "-Wextra", "-Werror"]
TABLE = re.compile(r"(const struct vector vectors\[\] = \{\n)(.*)(\n\};\n)", re.DOTALL)
WRONG = '.allowed = BIT(EAGAIN),\n\t\t.expected = "EAGAIN",'


@functools.lru_cache(maxsize=None)
def printed(form, profile="linux-6.18"):
    return subprocess.run([MSYNCSPEC, "vectors", "--profile=" + profile, "--format=" + form],
                          check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout


def rows_of(source):
    return re.findall(r"\t\{\n.*?\n\t\},", TABLE.search(source).group(2), re.DOTALL)


def with_rows(source, rows):
    return TABLE.sub(lambda found: found.group(1) + "\n".join(rows) + found.group(3), source)


def plant(row):
    return re.sub(r"\.allowed = .*,\n\t\t\.expected = .*,", WRONG, row)


class RunnerTest(unittest.TestCase):
    """Builds programs and runs them."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        os.chmod(self.folder, 0o755)

    def build(self, source, *flags):
        path = os.path.join(self.folder, "runner")
        with open(path + ".c", "w", encoding="utf-8") as file:
            file.write(source)
        built = subprocess.run([COMPILER, *STRICT, *flags, "-o", path, path + ".c"], check=False,
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8")
        self.assertEqual(built.returncode, 0, built.stdout)
        return path

    def run_to_its_end(self, program, before=None):
        done = subprocess.run([program], check=False, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, encoding="utf-8", timeout=300,
                              preexec_fn=before)
        return done.returncode, done.stdout, ktap.read(done.stdout)

    def expect(self, source, code, *flags, before=None):
        """Expects an exit code, and returns what was printed and its results."""
        status, text, results = self.run_to_its_end(self.build(source, *flags), before)
        self.assertEqual(status, code, text)
        return text, results


class Size(unittest.TestCase):
    def test_it_is_short_besides_the_table(self):
        for form in ("c", "ktap-c"):
            with self.subTest(form):
                self.assertLess(len(TABLE.sub("", printed(form)).splitlines()), 200)


class Flat(RunnerTest):
    def test_this_kernel_passes(self):
        source = printed("c")
        text, results = self.expect(source, 0)
        self.assertEqual(len(results), len(rows_of(source)))
        self.assertTrue(all(result.passed for result in results))
        self.assertGreater(sum(result.directive is None for result in results), 100)
        self.assertIn(" fail:0 ", text)

    def test_an_ordinary_user_is_enough(self):
        self.expect(printed("c"), 0, "-std=c99", "-O2", before=confined.as_ordinary_user())

    def test_it_does_without_memfd(self):
        if confined.NUMBERS is None:
            self.skipTest("no filter for this machine")
        refuse = confined.with_filter("memfd_create", confined.answer(38))
        _, results = self.expect(printed("c"), 0, before=refuse)
        self.assertGreater(sum(result.directive is None for result in results), 100)

    def test_a_wrong_expectation_is_a_failure(self):
        source = printed("c")
        rows = rows_of(source)
        text, results = self.expect(with_rows(source, [plant(rows[0])] + rows[1:5]), 1)
        self.assertEqual([result.passed for result in results], [False] + [True] * 4)
        self.assertIn("expected EAGAIN, got EINVAL\n", text)

    def test_running_nothing_is_not_success(self):
        source = printed("c")
        skipped = [row for row in rows_of(source) if "SERVER" in row]
        _, results = self.expect(with_rows(source, skipped), 4)
        self.assertEqual({result.directive for result in results}, {"SKIP"})

    def test_memory_that_may_not_be_locked_is_skipped(self):
        before = confined.as_ordinary_user(MEMLOCK=0)
        _, results = self.expect(printed("c"), 0, before=before)
        self.assertTrue(any(result.directive == "SKIP" for result in results))

    def test_a_crash_and_a_hang_are_failures_of_one_vector(self):
        if confined.NUMBERS is None:
            self.skipTest("no filter for this machine")
        source = printed("c")
        rows = rows_of(source)[:2]
        killed = confined.with_filter("msync", confined.KILL_PROCESS)
        text, results = self.expect(with_rows(source, rows), 1, before=killed)
        self.assertEqual([result.passed for result in results], [False, False])
        self.assertIn("got Bad system call\n", text)
        slow = source.replace("TIMEOUT = 10", "TIMEOUT = 1").replace(
            "errno = 0;", "pause();\n\terrno = 0;")
        text, results = self.expect(with_rows(slow, rows[:1]), 1)
        self.assertFalse(results[0].passed)
        self.assertIn("got Alarm clock\n", text)

    def test_other_profiles_build_too(self):
        for profile in ("posix-2017", "man-pages-ru", "linux-2.6.17"):
            with self.subTest(profile):
                self.run_to_its_end(self.build(printed("c", profile)))


class Nested(RunnerTest):
    def test_this_kernel_passes_rule_by_rule(self):
        source = printed("ktap-c")
        _, results = self.expect(source, 0)
        self.assertEqual(sum(len(result.subtests) for result in results), len(rows_of(source)))
        names = [result.name for result in results]
        self.assertIn("mapping.locked", names)
        self.assertTrue(all(result.passed for result in results))
        skipped = {result.name for result in results if result.directive == "SKIP"}
        self.assertTrue(all(sub.directive == "SKIP" for result in results
                            if result.name in skipped for sub in result.subtests))

    def test_a_rule_fails_with_one_of_its_vectors(self):
        source = printed("ktap-c")
        rows = rows_of(source)
        last = [row for row in rows if '"range.empty"' in row][:2]
        _, results = self.expect(with_rows(source, rows[:2] + [last[0], plant(last[1])]), 1)
        self.assertEqual([result.passed for result in results], [True, False])
        self.assertEqual([sub.passed for sub in results[1].subtests], [True, False])

    def test_running_nothing_is_not_success(self):
        source = printed("ktap-c")
        skipped = [row for row in rows_of(source) if "SERVER" in row]
        self.expect(with_rows(source, skipped), 4)


if __name__ == "__main__":
    if shutil.which(COMPILER) is None:
        print(f"skipped: no {COMPILER}")
        sys.exit(77)
    unittest.main()
