# SPDX-License-Identifier: MIT
"""ktap_strict_test.py: the reader of KTAP takes what is KTAP and refuses what is not."""

import os
import subprocess
import sys
import tempfile
import unittest

import ktap_strict

GOOD = """KTAP version 1
1..3
# about all of it
  KTAP version 1
  1..2
  ok 1 one
  # why
  not ok 2 two
# about outer
not ok 1 outer
ok 2 skipped # SKIP not here
ok 3 known # XFAIL
# Totals: pass:1 fail:1 xfail:1 xpass:0 skip:1 error:0
"""

# What is done to GOOD, and what is said of it.
WRONG = [
    ("no version", "KTAP version 1\n1..3\n", "1..3\n", "line 1: expected a version"),
    ("another version", "KTAP version 1\n1..3", "KTAP version 2\n1..3", "line 1: expected a version"),
    ("no plan", "1..3\n", "", "line 2: expected a plan"),
    ("a plan of nothing", "1..3", "1..0", "line 2: expected a plan"),
    ("a plan that says too much", "1..3", "1..4", "line 14: expected a result, found 'the end'"),
    ("a plan that says too little", "1..3", "1..2", "line 12: expected the end"),
    ("a number twice", "ok 2 skipped", "ok 1 skipped", "line 11: expected the number 2"),
    ("no name", "ok 3 known", "ok 3", "line 12: expected a result"),
    ("a name twice", "ok 3 known", "ok 3 skip.ped", "line 12: skip.ped is there twice"),
    ("a name with a hash", "ok 3 known", "ok 3 kn#own", "line 12: expected a result"),
    ("an unknown directive", "XFAIL", "MAYBE", "line 12: expected a result"),
    ("an error that is ok", "XFAIL", "ERROR", "line 12: ERROR, but ok"),
    ("a timeout that is ok", "XFAIL", "TIMEOUT", "line 12: TIMEOUT, but ok"),
    ("a parent that is ok", "not ok 1 outer", "ok 1 outer", "line 10: ok, but a subtest fails"),
    ("a subtest by one blank", "  ok 1 one", " ok 1 one", "line 6: expected a result"),
    ("a subtest without a version", "  KTAP version 1\n", "", "line 4: expected a result"),
    ("a subtest without a plan", "  1..2\n", "", "line 5: expected a plan"),
    ("YAML", "  # why\n", "  ---\n  why: no\n  ...\n", "line 7: expected a result"),
    ("a stray line", "# about outer", "about outer", "line 9: expected a result"),
    ("a control character", "not here", "not\there", "line 11: a control character"),
    ("no end of the last line", "error:0\n", "error:0", "the last line has no end"),
]


class Reader(unittest.TestCase):
    def test_takes_what_is_ktap(self):
        results = ktap_strict.read(GOOD)
        self.assertEqual([each.name for each in results], ["outer", "skipped", "known"])
        self.assertEqual([each.directive for each in results], [None, "SKIP", "XFAIL"])
        self.assertEqual([each.passed for each in results[0].subtests], [True, False])

    def test_refuses_what_is_not_and_says_where(self):
        for what, good, bad, said in WRONG:
            with self.subTest(what):
                self.assertEqual(GOOD.count(good), 1)
                with self.assertRaises(ktap_strict.Malformed) as refused:
                    ktap_strict.read(GOOD.replace(good, bad))
                self.assertIn(said, str(refused.exception))

    def test_as_a_command_exits_with_1_for_what_is_not(self):
        for text, code in ((GOOD, 0), (GOOD.replace("1..3", "1..4"), 1), ("", 1)):
            with self.subTest(text), tempfile.NamedTemporaryFile("w") as file:
                file.write(text)
                file.flush()
                done = subprocess.run([sys.executable, ktap_strict.__file__, file.name],
                                      stdout=subprocess.PIPE, encoding="utf-8", check=False)
                self.assertEqual(done.returncode, code)
                self.assertEqual(bool(done.stdout), code == 1)


if __name__ == "__main__":
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    unittest.main()
