#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""puzzles_test.py FUZZ_FOLDER: for each fault that can be planted, a scenario that meets it among
much else becomes a finding whose folder is complete and whose scenario has no step too many. Its C
program sees the fault that the supervisor plants under it, and sees none without."""

import os
import re
import signal
import subprocess
import sys
import tempfile
import unittest

FUZZ = sys.argv.pop(1) if len(sys.argv) > 1 else ""
TIMEOUT = 120  # seconds

# What meets each fault, under a name that `plant --list` shows; more than is needed, by hand.
SCENARIOS = {
    "seven-mappings": """
        file f0 memfd 64p
        map p0 1p private rw anon
        map p1 1p private r anon
        map p2 1p private rw anon
        map p3 2p private r anon
        map p5 1p private rw anon
        map p6 1p shared r f0@0
        map p7 1p private rw anon
        lock p9 1p
        call addr=p0 len=9p flags=0
        call addr=p0 len=8p flags=MS_ASYNC
        call addr=p1 len=2p flags=0
        """,
    "four-gibibytes-and-a-page": """
        map p0 4p private rw anon
        protect p1 1p r
        lock p2 1p
        call addr=p0 len=4p flags=MS_SYNC
        call addr=p1 len=0x100001000 flags=MS_ASYNC
        """,
    "last-of-many-is-locked": """
        file f0 tmpfs 64p
        map p0 8p private rw anon
        protect p1 1p r
        protect p3 1p r
        protect p5 1p none
        map p8 1p shared rw f0@0
        lock p8 1p
        call addr=p0 len=9p flags=0
        call addr=p0 len=9p flags=MS_INVALIDATE
        """,
    "read-only-descriptor": """
        file f0 memfd 64p
        file f1 memfd 64p readonly
        map p0 2p shared rw f0@0
        map p2 2p shared r f1@1p
        map p5 1p private rw anon
        call addr=p0 len=2p flags=MS_SYNC
        call addr=p0 len=6p flags=MS_SYNC
        """,
    "hole-in-the-middle": """
        map p0 9p private rw anon
        lock p20 1p
        unmap p4 1p
        protect p0 9p r
        call addr=p0 len=8p flags=0
        call addr=p1 len=7p flags=MS_SYNC
        """,
    "locks-at-both-ends": """
        map p0 6p private rw anon
        map p7 1p private rw anon
        lock p0 1p
        protect p2 1p r
        lock p5 1p
        call addr=p0 len=5p flags=MS_INVALIDATE
        call addr=p0 len=6p flags=MS_SYNC|MS_INVALIDATE
        """,
    "write-only-between-none": """
        file f0 memfd 64p
        map p0 5p shared none f0@0
        protect p2 2p w
        unmap p9 2p
        call addr=p0 len=3p flags=0
        call addr=p1 len=4p flags=MS_ASYNC
        """,
    "hole-under-the-last-byte": """
        file f0 memfd 64p
        map p2 4p shared rw f0@0
        map p20 1p private rw anon locked
        call addr=p2 len=5p flags=0
        call addr=p3 len=3p+1 flags=MS_SYNC
        """,
    "growing-above-shared": """
        file f0 memfd 64p
        map p1 3p shared rw f0@0
        map p4 2p private rw anon growsdown
        write p4 1p
        call addr=p2 len=2p flags=0
        call addr=p2 len=3p flags=MS_SYNC
        """,
    "eight-by-turns": """
        file f0 memfd 64p
        map p0 1p shared rw f0@0
        map p1 1p private rw anon
        map p2 1p shared rw f0@5p
        map p3 1p private rw anon
        map p4 2p shared rw f0@9p
        map p6 1p private rw anon
        map p7 1p shared rw f0@20p
        map p8 1p private rw anon
        call addr=p0 len=8p flags=MS_SYNC
        call addr=p0 len=9p flags=MS_SYNC
        """,
    "thirty-two-pages-in-one": """
        map p0 40p private rw anon
        unmap p0 4p
        unmap p36 4p
        lock p50 1p
        call addr=p4 len=31p flags=0
        call addr=p4 len=32p flags=MS_SYNC
        """,
    "async-across-three-holes": """
        file f0 memfd 64p
        map p0 8p private rw anon
        unmap p1 1p
        unmap p3 2p
        unmap p6 1p
        map p9 1p shared rw f0@0
        call addr=p0 len=8p flags=MS_ASYNC
        call addr=p0 len=8p flags=MS_ASYNC|MS_INVALIDATE
        """,
}


def text_of(name):
    return "".join(line.strip() + "\n" for line in SCENARIOS[name].strip().splitlines())


def run(*command, **environment):
    return subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT, check=False,
                          env=dict(os.environ, **environment))


def replay(name, text, artifacts):
    """Replays a scenario against the kernel with the fault `name`; returns how that ended and the
    folders of what was found."""
    with tempfile.TemporaryDirectory() as folder:
        scenario = os.path.join(folder, "scenario.msync")
        inputs = os.path.join(folder, "inputs")
        os.mkdir(inputs)
        with open(scenario, "w", encoding="ascii") as file:
            file.write(text)
        made = run(os.path.join(FUZZ, "seeds"), "bytes", inputs, scenario)
        assert made.returncode == 0, made.stderr
        ended = run(os.path.join(FUZZ, "puzzle"), inputs, MSYNCSPEC_PUZZLE=name,
                    MSYNCSPEC_ARTIFACTS=artifacts)
    folders = sorted(os.listdir(artifacts)) if os.path.isdir(artifacts) else []
    return ended, [os.path.join(artifacts, each) for each in folders]


def read(folder, name):
    with open(os.path.join(folder, name), encoding="utf-8") as file:
        return file.read()


class Puzzles(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def find(self, name):
        """Returns the folder of the finding that the scenario of `name` becomes."""
        ended, folders = replay(name, text_of(name), os.path.join(self.folder.name, name))
        self.assertEqual(ended.returncode, -signal.SIGABRT, ended.stdout + ended.stderr)
        self.assertEqual(len(folders), 1, ended.stderr)
        return folders[0]

    def test_there_is_a_scenario_for_each_fault(self):
        listed = run(os.path.join(FUZZ, "plant"), "--list").stdout
        self.assertEqual(sorted(SCENARIOS), sorted(re.findall(r"^(\S+) ", listed, re.M)))
        self.assertGreaterEqual(len(SCENARIOS), 10)

    def test_each_folder_is_complete_and_its_scenario_irreducible(self):
        for name in SCENARIOS:
            with self.subTest(name):
                folder = self.find(name)
                self.assertEqual(sorted(os.listdir(folder)),
                                 ["env.json", "explanation.txt", "repro.c", "scenario.msync"])
                self.assertIn("3 of 3 re-runs", read(folder, "explanation.txt"))
                lines = read(folder, "scenario.msync").splitlines(keepends=True)
                for i, line in enumerate(lines):
                    if line.startswith(("#", "file ")) or lines[i:] == [line]:
                        continue
                    self.check_needed(name, folder, lines[:i] + lines[i + 1:])

    def check_needed(self, name, folder, lines):
        """Without one of its steps the scenario shows nothing, or something else."""
        with tempfile.TemporaryDirectory() as artifacts:
            _, folders = replay(name, "".join(lines), artifacts)
            self.assertNotIn(os.path.basename(folder), map(os.path.basename, folders),
                             "".join(lines))

    def test_each_program_sees_the_fault_where_it_is_planted_and_nowhere_else(self):
        for name in SCENARIOS:
            with self.subTest(name):
                folder = self.find(name)
                program = os.path.join(folder, "repro")
                built = run("gcc", "-static", "-Wall", "-Wextra", "-Werror", "-o", program,
                            os.path.join(folder, "repro.c"))
                self.assertEqual(built.returncode, 0, built.stderr)
                bare = run(program)
                self.assertEqual(bare.returncode, 0, bare.stdout + bare.stderr)
                planted = run(os.path.join(FUZZ, "plant"), name, program)
                if planted.returncode == 4 and "nothing can be planted here" in planted.stderr:
                    self.skipTest(planted.stderr.strip())
                self.assertEqual(planted.returncode, 1, planted.stdout + planted.stderr)

    def test_the_supervisor_ends_as_its_program_does(self):
        plant = os.path.join(FUZZ, "plant")
        for program, code in (("true", 0), ("false", 1), ("/no/such/program", 127)):
            self.assertEqual(run(plant, "seven-mappings", program).returncode, code, program)
        killed = run(plant, "seven-mappings", "sh", "-c", "kill -9 $$")
        self.assertEqual(killed.returncode, 128 + 9)

    def test_bad_words_are_errors(self):
        for words in ([], ["no-such-fault", "true"], ["seven-mappings"]):
            self.assertEqual(run(os.path.join(FUZZ, "plant"), *words).returncode, 2, words)
        unknown = run(os.path.join(FUZZ, "puzzle"), FUZZ, MSYNCSPEC_PUZZLE="no-such-fault")
        self.assertEqual(unknown.returncode, 4, unknown.stderr)


if __name__ == "__main__":
    unittest.main()
