# SPDX-License-Identifier: MIT
"""cli_minimize_test.py MSYNCSPEC: what minimize promises. A profile of another era stands for a
kernel that is wrong."""

import json
import os
import pty
import subprocess
import sys
import unittest

import confined
from confined import run

# Of a time when no lock was looked for.
OLD = "--profile=linux-2.5.23"
LOCKED = """\
file f0 memfd 8p
map p4 3p shared rw f0@2p
map p20 4p private r anon
call addr=p4 len=1p flags=0
lock p21 2p
call addr=p20 len=4p flags=MS_SYNC|MS_INVALIDATE
call addr=p4 len=1p flags=MS_SYNC
"""
LEAST = """\
map p0 1p private rw anon
lock p0 1p
call addr=p0 len=1p flags=MS_INVALIDATE
"""
COMMENT = """\
# rule      range.covered
# expected  0   by linux-2.5.23
# observed  EBUSY   by Linux %s
""" % os.uname().release
AGREES = "map p0 1p private rw anon\ncall addr=p0 len=1p flags=0\n"


class MinimizeTest(unittest.TestCase):
    def expect(self, result, code, output, error=""):
        self.assertEqual(result.returncode, code, result.stdout + result.stderr)
        self.assertEqual(result.stdout, output)
        self.assertIn(error, result.stderr)


class Minimize(MinimizeTest):
    def test_prints_what_the_disagreement_needs(self):
        result = run("minimize", OLD, "-", text=LOCKED)
        self.expect(result, 1, COMMENT + LEAST)
        self.assertEqual(result.stderr, "")

    def test_prints_what_it_leaves_as_it_is(self):
        self.expect(run("minimize", OLD, "-", text=LEAST), 1, COMMENT + LEAST)
        self.expect(run("minimize", OLD, "-", text=COMMENT + LEAST), 1, COMMENT + LEAST)

    def test_has_nothing_to_do_where_the_kernel_agrees(self):
        self.expect(run("minimize", "-", text=AGREES), 0,
                    "standard input agrees: there is nothing to minimise\n")

    def test_keeps_an_expectation_that_the_model_contradicts(self):
        wrong = "expect linux-6.18 EIO by=range.covered synced=none\n"
        result = run("minimize", "--profile=linux-6.18", "-", text=AGREES + AGREES + wrong)
        self.expect(result, 1,
                    "# rule      range.covered\n"
                    "# expected  " + wrong.strip() + "   by its author\n"
                    "# observed  expect linux-6.18 0 by=range.covered synced=none   by linux-6.18\n"
                    + AGREES + wrong)

    def test_says_what_cannot_be_run_here(self):
        call = "call addr=p0 len=0 flags=0\n"
        self.expect(run("minimize", "--profile=linux-6.18-alpha", "-", text=call), 4, "",
                    "standard input: cannot be run here: ")
        refusing = confined.with_filter("msync", confined.answer(1))
        self.expect(run("minimize", "-", text=call, before=refusing), 4, "", "msync")

    def test_refuses_what_it_cannot_read(self):
        for arguments, error in [
                (["-"], "standard input:1:1"),
                (["nowhere.msync"], "nowhere.msync: No such file"),
                ([], "expected the name of a scenario file"),
                (["-", "-"], "one file at a time"),
                (["--against=linux-6.17", "-"], "--against=linux-6.17"),
                (["--against=linux-6.18", "--output=x", "-"], "--output with --against")]:
            with self.subTest(arguments):
                text = "nonsense\n" if arguments == ["-"] else LEAST
                self.expect(run("minimize", *arguments, text=text), 2, "", error)

    def test_tells_a_terminal_alone_how_far_it_is(self):
        ours, theirs = pty.openpty()
        result = run("minimize", OLD, "-", text=LOCKED, stderr=theirs)
        os.close(theirs)
        shown = os.read(ours, 1 << 16).decode()
        os.close(ours)
        self.assertEqual(result.stdout, COMMENT + LEAST)
        self.assertIn("steps and calls left", shown)
        self.assertTrue(shown.endswith("\r\x1b[K"), shown[-100:])


class Against(MinimizeTest):
    def test_minimises_what_two_profiles_predict_differently(self):
        for profile, other, rule, expected, observed in [
                ("linux-2.5.23", "linux-6.18", "range.covered", "0", "EBUSY"),
                ("linux-6.18", "linux-2.5.23", "mapping.locked", "EBUSY", "0")]:
            with self.subTest(profile):
                comment = (f"# rule      {rule}\n# expected  {expected}   by {profile}\n"
                           f"# observed  {observed}   by {other}\n")
                self.expect(run("minimize", f"--profile={profile}", f"--against={other}", "-",
                                text=LOCKED), 1, comment + LEAST)

    def test_needs_no_kernel_that_answers(self):
        refusing = confined.with_filter("msync", confined.answer(1))
        self.assertEqual(run("minimize", OLD, "--against=linux-6.18", "-", text=LOCKED,
                             before=refusing).returncode, 1)

    def test_has_nothing_to_do_where_they_say_the_same(self):
        self.expect(run("minimize", OLD, "--against=linux-6.18", "-", text=AGREES), 0,
                    "standard input: linux-2.5.23 agrees with linux-6.18: "
                    "there is nothing to minimise\n")


class Output(MinimizeTest):
    KEY = "range.covered-0-got-EBUSY"

    def setUp(self):
        self.parent = os.path.join(confined.temporary, self.id(), "findings")

    def read(self, name):
        with open(os.path.join(self.parent, self.KEY, name), encoding="utf-8") as file:
            return file.read()

    def test_writes_the_folder_of_the_finding(self):
        result = run("minimize", OLD, f"--output={self.parent}", "-", text=LOCKED)
        self.expect(result, 1, COMMENT + LEAST, f"{self.KEY}: written\n")
        self.assertEqual(os.listdir(self.parent), [self.KEY])
        self.assertEqual(self.read("scenario.msync"), COMMENT + LEAST)
        self.assertIn("range.covered", self.read("explanation.txt"))
        told = json.loads(self.read("env.json"))
        self.assertEqual((told["schema"], told["key"], told["stable"], told["seed"]),
                         ("msyncspec-finding-1", self.KEY, True, None))
        self.assertEqual(told["kernel"]["release"], os.uname().release)
        self.assertEqual(told["kernel"]["build"], os.uname().version)

    def test_writes_a_command_that_shows_it_again(self):
        run("minimize", OLD, f"--output={self.parent}", "-", text=LOCKED)
        again = subprocess.run(["sh", "-c", json.loads(self.read("env.json"))["command"]],
                               env=confined.environment(), capture_output=True, check=False,
                               encoding="utf-8", timeout=confined.TIMEOUT)
        self.assertEqual(again.returncode, 1, again.stdout + again.stderr)
        self.assertIn("predicted  0   by linux-2.5.23\n  observed   EBUSY\n", again.stdout)

    def test_leaves_a_folder_as_it_is(self):
        os.makedirs(os.path.join(self.parent, self.KEY))
        result = run("minimize", OLD, f"--output={self.parent}", "-", text=LOCKED)
        self.expect(result, 1, COMMENT + LEAST, "was there already, and is as it was")
        self.assertEqual(os.listdir(os.path.join(self.parent, self.KEY)), [])

    def test_says_what_it_cannot_write(self):
        result = run("minimize", OLD, "--output=/proc/nowhere", "-", text=LOCKED)
        self.expect(result, 3, COMMENT + LEAST, "/proc/nowhere: No such file or directory")


def setUpModule():
    confined.set_up(BINARY)


def tearDownModule():
    confined.tear_down()


if __name__ == "__main__":
    BINARY = sys.argv.pop(1)
    unittest.main()
