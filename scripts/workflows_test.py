#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""workflows_test.py: the workflows in .github are such as their service takes, and each command in
them names a script that exists, with flags that its --help knows. Exits with 4 without PyYAML."""

import os
import re
import shlex
import subprocess
import sys
import unittest

try:
    import yaml
except ImportError:
    print("skipped: python3-yaml is not installed")
    sys.exit(4)

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FOLDER = os.path.join(ROOT, ".github", "workflows")
NAMES = ("ci.yml", "coverage.yml", "fuzz.yml")
# What a commit or a release of an action is named by: a branch would change under us.
PINNED = re.compile(r"[\w.-]+/[\w./-]+@(v\d+\.\d+\.\d+|[0-9a-f]{40})")


def workflow(name):
    with open(os.path.join(FOLDER, name), encoding="utf-8") as file:
        return yaml.safe_load(file)


def jobs():
    for name in NAMES:
        for job, body in workflow(name)["jobs"].items():
            yield f"{name}: {job}", body


def steps():
    for name, job in jobs():
        for step in job["steps"]:
            yield name, step


def commands():
    """Yields each command of each `run:`, as words."""
    for name, step in steps():
        for line in step.get("run", "").replace("\\\n", " ").splitlines():
            words = shlex.split(line, comments=True)
            if words:
                yield name, words


def help_of(path):
    return subprocess.run([path, "--help"], capture_output=True, text=True, check=True,
                          cwd=ROOT).stdout


class Workflows(unittest.TestCase):
    def test_are_those_that_are_checked(self):
        self.assertEqual(sorted(os.listdir(FOLDER)), sorted(NAMES))

    def test_may_only_read(self):
        for name in NAMES:
            self.assertEqual(workflow(name)["permissions"], {"contents": "read"}, name)

    def test_end_in_time(self):
        for name, job in jobs():
            self.assertLessEqual(job["timeout-minutes"], 360, name)

    def test_pin_their_actions(self):
        used = [(name, step["uses"]) for name, step in steps() if "uses" in step]
        self.assertTrue(used)
        for name, action in used:
            self.assertRegex(action, PINNED, name)

    def test_keep_what_was_found_when_a_job_fails(self):
        kept = [step for _, step in steps() if "upload-artifact" in step.get("uses", "")]
        self.assertGreaterEqual(len(kept), len(NAMES))
        for step in kept:
            self.assertEqual(step["if"], "always()", step["name"])

    def test_name_scripts_that_exist_with_flags_that_they_know(self):
        named = [(name, words) for name, words in commands() if words[0].startswith("scripts/")]
        self.assertGreaterEqual(len(named), 5)
        for name, words in named:
            path = os.path.join(ROOT, words[0])
            self.assertTrue(os.access(path, os.X_OK), f"{name}: {words[0]}")
            known = help_of(path)
            for word in words[1:]:
                if word.startswith("--"):
                    self.assertIn(word.split("=")[0], known, f"{name}: {' '.join(words)}")

    def test_name_flags_of_msyncspec_that_it_has(self):
        with open(os.path.join(ROOT, "README.md"), encoding="utf-8") as file:
            known = file.read()
        for name, words in commands():
            if words[0].endswith("/msyncspec"):
                for word in words[2:]:
                    self.assertIn(word.split("=")[0], known, f"{name}: {' '.join(words)}")

    def test_fuzz_every_target_that_needs_no_other_input(self):
        sys.path.insert(0, os.path.join(ROOT, "scripts"))
        import engines  # pylint: disable=import-outside-toplevel
        matrix = workflow("fuzz.yml")["jobs"]["fuzz"]["strategy"]["matrix"]
        self.assertEqual(set(matrix["target"]), set(engines.TARGETS))
        self.assertEqual(set(matrix["engine"]), set(engines.ENGINES))


if __name__ == "__main__":
    unittest.main()
