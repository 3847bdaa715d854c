# SPDX-License-Identifier: MIT
"""cli_test.py MSYNCSPEC: what the command promises to whoever calls it."""

import glob
import json
import os
import pty
import re
import subprocess
import sys
import unittest

import confined
from confined import run

CORPUS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "corpus")
VERBS = ["check", "run", "predict", "explain", "profiles", "print", "reproduce"]
TAKE_FILES = ["run", "predict", "explain", "print"]
QUICK = ["check", "--scope=2", "--time=1s", "--seed=1"]

GOOD = "map p0 1p private rw anon locked\ncall addr=p0 len=1p flags=MS_INVALIDATE\n"
WRONG_EXPECTATION = GOOD + "expect linux-6.18 0 by=range.covered\n"


def corpus_files():
    # Those of tags/ are about hardware that a scenario cannot name; deviations are no expectations.
    return sorted(path for path in glob.glob(os.path.join(CORPUS, "*", "*.msync"))
                  if os.path.basename(os.path.dirname(path)) not in ("known_deviations", "tags"))


class CommandTest(unittest.TestCase):
    """Has files to write, and looks at results."""

    def file(self, name, content):
        path = os.path.join(confined.temporary, name)
        with open(path, "wb") as file:
            file.write(content if isinstance(content, bytes) else content.encode())
        self.addCleanup(os.unlink, path)
        return path

    def expect(self, result, code, *words):
        """Expects an exit code, and words in what was printed."""
        printed = (result.stdout or "") + (result.stderr or "")
        self.assertEqual(result.returncode, code, printed)
        for word in words:
            self.assertIn(word, printed)
        self.assertNotIn("terminate called", printed)

    def expect_usage(self, result, *words):
        """Expects a refusal that leaves standard output empty."""
        self.expect(result, 2, *words)
        self.assertEqual(result.stdout, "")
        self.assertTrue(result.stderr.startswith("msyncspec: "), result.stderr)


class Usage(CommandTest):
    def test_every_verb_explains_itself(self):
        for verb in VERBS:
            with self.subTest(verb):
                result = run(verb, "--help")
                self.expect(result, 0, f"msyncspec {verb}")
                self.assertEqual(result.stderr, "")

    def test_without_a_verb_help_goes_to_standard_error(self):
        result = run()
        self.expect(result, 2, *VERBS)
        self.assertEqual(result.stdout, "")

    def test_help_names_every_verb_and_exit_code(self):
        self.expect(run("--help"), 0, *VERBS, "0 agree", "4 nothing could be run")

    def test_what_is_unknown_is_refused_with_the_nearest_names(self):
        for arguments, words in [
                (["chek"], ["no such verb: chek", "check"]),
                (["check", "--sope=2"], ["no such flag: --sope", "scope"]),
                (["check", "-x"], ["no such flag: -x"]),
                (["run", "--scope=2", "f"], ["no such flag: --scope", "profile"]),
                (["profiles", "--scope=2"], ["no such flag: --scope; did you mean format?"]),
                (["check", "--profile=linux-6.17"], ["linux-6.18"]),
                (["check", "--stages=corpsu"], ['"corpsu"', "corpus"]),
                (["check", "--format=jsn"], ["expected text or json"]),
                (["check", "--scope=9"], ["expected 1 to 8"]),
                (["check", "--scope=x"], ["--scope=x"]),
                (["check", "--time=soon"], ["expected a duration"]),
                (["check", "--seed=x"], ["expected a number"]),
                (["check", "--count=-1"], ["--count=-1"]),
                (["check", "--seed"], ["--seed needs a value"]),
                (["check", "file"], ["check takes no files"]),
                (["profiles", "file"], ["profiles takes no files"])]:
            with self.subTest(arguments):
                self.expect_usage(run(*arguments), *words)

    def test_profiles_marks_the_one_that_auto_chooses(self):
        result = run("profiles")
        self.expect(result, 0, "linux-1.3.21", "linux-6.18")
        self.assertEqual(result.stdout.count("[auto]"), 1)


class ScenarioFiles(CommandTest):
    def test_malformed_text_is_named_by_its_place_and_nothing_is_run(self):
        good = self.file("good", GOOD)
        bad = self.file("bad", "map p0 1p private rw anon\ncall addr=p0 len=banana flags=0\n")
        for verb in TAKE_FILES:
            with self.subTest(verb):
                self.expect_usage(run(verb, good, bad), f"{bad}:2:18: expected ", "banana")

    def test_what_is_no_scenario_is_refused(self):
        for name, content, words in [
                ("empty", "", ":1:1: expected at least one call"),
                ("garbage", bytes(range(256)) * 8, ":1:1: expected"),
                ("large", "#" * (3 << 20), "longer than 2 MiB"),
                ("long", "#" * (3 << 19), "expected at most 1048576 bytes")]:
            path = self.file(name, content)
            for verb in TAKE_FILES:
                with self.subTest(name, verb=verb):
                    self.expect_usage(run(verb, path), path, words)

    def test_what_is_no_file_is_refused(self):
        for verb in TAKE_FILES:
            with self.subTest(verb):
                self.expect_usage(run(verb), "expected the name of a scenario file")
                self.expect_usage(run(verb, "/nonexistent"), "/nonexistent: No such file")
                self.expect_usage(run(verb, confined.temporary), "Is a directory")

    def test_a_hyphen_is_standard_input(self):
        result = run("run", "-", text=GOOD)
        self.expect(result, 0, "standard input: agree", "predicted EBUSY by mapping.locked")
        self.expect_usage(run("run", "-", text="map\n"), "standard input:1:")

    def test_print_is_canonical(self):
        for path in corpus_files():
            with self.subTest(path):
                once = run("print", path)
                self.expect(once, 0)
                self.assertEqual(run("print", "-", text=once.stdout).stdout, once.stdout)

    def test_predict_agrees_with_the_whole_corpus(self):
        self.expect(run("predict", "--profile=linux-6.18", *corpus_files()), 0, "expect linux-6.18")

    def test_predict_says_where_an_author_expects_otherwise(self):
        path = self.file("wrong", WRONG_EXPECTATION)
        self.expect(run("predict", "--profile=linux-6.18", path), 1,
                    f"{path}: the file says   expect linux-6.18 0 by=range.covered",
                    f"{path}: the model says expect linux-6.18 EBUSY by=mapping.locked")

    def test_run_says_where_an_author_expects_otherwise(self):
        self.expect(run("run", "--profile=linux-6.18", "-", text=WRONG_EXPECTATION), 1,
                    "  expected   expect linux-6.18 0 by=range.covered\n",
                    "  predicted  expect linux-6.18 EBUSY by=mapping.locked   by linux-6.18\n")

    def test_run_names_the_verdict_of_each_file_in_json(self):
        result = run("run", "--format=json", self.file("good", GOOD))
        self.expect(result, 0)
        scenarios = json.loads(result.stdout)["scenarios"]
        self.assertEqual([each["verdict"] for each in scenarios], ["agree"])

    def test_explain_draws_the_layout_and_follows_the_rules(self):
        self.expect(run("explain", "-", text=GOOD), 0, "page     p0         p1\n",
                    "call     ==========\n", "walk     locked\n", "man-pages-3.53, ERRORS EBUSY",
                    "predicted  EBUSY by mapping.locked", "observed   EBUSY", "verdict    agree")


class Check(CommandTest):
    def test_agrees_and_prints_nothing_but_its_report_into_a_pipe(self):
        result = run(*QUICK)
        self.expect(result, 0, "seed 1\n", "corpus", "exhaustive", "random", "\nagree: ")
        self.assertEqual(result.stderr, "")
        self.assertNotRegex(result.stdout, "[\x1b\r]")

    def test_json_is_alone_on_standard_output(self):
        result = run(*QUICK, "--format=json")
        self.expect(result, 0)
        self.assertEqual(result.stderr, "")
        report = json.loads(result.stdout)
        self.assertEqual(report["schema"], "msyncspec-check-1")
        self.assertEqual(report["verdict"], "agree")
        self.assertEqual(report["seed"], 1)
        self.assertEqual(report["findings"], [])
        self.assertEqual([stage["name"] for stage in report["stages"]],
                         ["corpus", "exhaustive", "random"])
        for stage in report["stages"]:
            self.assertGreater(stage["calls"], 0)
            self.assertEqual(stage["agreed"], stage["calls"])

    def counts(self, *arguments):
        result = run("check", "--stages=random", "--format=json", *arguments)
        self.expect(result, 0)
        stage = json.loads(result.stdout)["stages"][0]
        return {name: stage[name] for name in ["layouts", "steps", "calls", "walked", "views"]}

    def test_the_same_seed_gives_the_same_counts(self):
        one = self.counts("--seed=5", "--count=200")
        self.assertEqual(one, self.counts("--seed=5", "--count=200"))
        self.assertNotEqual(one, self.counts("--seed=6", "--count=200"))

    def test_parts_of_a_run_add_up_to_the_whole(self):
        whole = self.counts("--seed=5", "--count=200")
        first = self.counts("--seed=5", "--count=150")
        rest = self.counts("--seed=5", "--at=150", "--count=50")
        self.assertEqual(first["calls"] + rest["calls"], whole["calls"])
        self.assertEqual(first["layouts"] + rest["layouts"], whole["layouts"])

    def test_commands_of_findings_find_them_again(self):
        arguments = [*QUICK, "--profile=linux-1.3.21"]
        self.expect(run(*arguments), 1, "FINDING", "repeat with", "confirmed  3 of 3 re-runs")
        result = run(*arguments, "--format=json")
        self.expect(result, 1)
        findings = json.loads(result.stdout)["findings"]
        self.assertEqual({each["stage"] for each in findings}, {"corpus", "exhaustive", "random"})
        for finding in findings:
            with self.subTest(finding["command"]):
                self.assertTrue(finding["stable"])
                again = subprocess.run(["sh", "-c", finding["command"]], encoding="utf-8",
                                       env=confined.environment(), timeout=confined.TIMEOUT,
                                       capture_output=True, check=False)
                self.expect(again, 1, finding["observed"])

    def on_a_terminal(self, **env):
        """Returns what a check writes to a terminal."""
        terminal, command_side = pty.openpty()
        process = subprocess.Popen([confined.command, *QUICK], env=confined.environment(**env),
                                   stdin=subprocess.DEVNULL, stdout=command_side,
                                   stderr=command_side)
        os.close(command_side)
        written = b""
        try:
            while data := os.read(terminal, 1 << 16):
                written += data
        except OSError:
            pass  # that is how a terminal ends
        os.close(terminal)
        self.assertEqual(process.wait(confined.TIMEOUT), 0, written)
        return written.decode()

    def test_progress_and_colours_appear_on_a_terminal(self):
        written = self.on_a_terminal()
        self.assertRegex(written, re.compile("\r\x1b\\[Krandom +[0-9]+%"))
        self.assertIn("\x1b[32magree\x1b[0m", written)

    def test_no_color_takes_the_colours_away(self):
        written = self.on_a_terminal(NO_COLOR="1")
        self.assertNotRegex(written, "\x1b\\[[0-9;]*m")
        self.assertIn("\nagree: ", written)


def setUpModule():
    confined.set_up(BINARY)


def tearDownModule():
    confined.tear_down()


if __name__ == "__main__":
    BINARY = sys.argv.pop(1)
    unittest.main()
