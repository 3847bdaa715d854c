# SPDX-License-Identifier: MIT
"""cli_reproduce_test.py MSYNCSPEC: the programs of `reproduce` build, and tell right from wrong."""

import concurrent.futures
import glob
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

MSYNCSPEC = sys.argv.pop(1)
CORPUS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "corpus")
STRICT = ["-static", "-Wall", "-Wextra", "-Werror"]
PROCESSORS = 2
EVERY = 20  # how many scenarios stand for one that is built with other compilers

# Why a layout may not be built where this test runs.
KNOWN_REASONS = [
    "this program does not make",
    "this kernel chooses itself where it maps a ring",
    "huge pages",
    "no folder",
    "Operation not permitted",
    "Permission denied",
    "Function not implemented",
    "private mounts: Invalid argument",  # in a root that is no mount point, as after chroot
    "no entry for callers of 32 bits",
    "pages of 4096 bytes are needed",
]


def scenarios():
    found = []
    for folder in ("rules", "traps", "history"):
        found += sorted(glob.glob(os.path.join(CORPUS, folder, "*.msync")))
    return found


def reproduce(*arguments, text=None):
    return subprocess.run([MSYNCSPEC, "reproduce", *arguments], input=text, check=False,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8")


def columns(line):
    return len(line.expandtabs(8))


class ReproduceTest(unittest.TestCase):
    """Prints programs, builds and runs them."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        os.chmod(self.folder, 0o755)

    def run_program(self, source, name="repro", compiler="gcc", user=None):
        path = os.path.join(self.folder, name)
        with open(path + ".c", "w", encoding="utf-8") as file:
            file.write(source)
        built = subprocess.run([compiler, *STRICT, "-o", path, path + ".c"], check=False,
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8")
        self.assertEqual(built.returncode, 0, f"{name}: {built.stdout}")
        done = subprocess.run([path], check=False, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              timeout=60, encoding="utf-8", user=user)
        os.unlink(path)
        return done

    def reproduced(self, path, compiler="gcc"):
        printed = reproduce(path)
        self.assertEqual(printed.returncode, 0, f"{path}: {printed.stderr}")
        wide = [line for line in printed.stdout.split("\n") if columns(line) >= 80]
        self.assertEqual(wide, [], path)
        return self.run_program(printed.stdout, os.path.basename(path) + compiler, compiler)

    def check_all(self, paths, compiler):
        """Returns how many of the scenarios can be run; all these have to agree."""
        with concurrent.futures.ThreadPoolExecutor(PROCESSORS) as pool:
            done = list(pool.map(lambda path: self.reproduced(path, compiler), paths))
        for path, each in zip(paths, done):
            name = os.path.basename(path)
            self.assertIn(each.returncode, (0, 4), f"{name}: {each.stdout}{each.stderr}")
            if each.returncode == 4:
                self.assertTrue(any(known in each.stderr for known in KNOWN_REASONS),
                                f"{name}: {each.stderr}")
        return sum(each.returncode == 0 for each in done)

    def test_this_kernel_agrees_with_every_program_of_the_corpus(self):
        paths = scenarios()
        self.assertGreater(self.check_all(paths, "gcc"), len(paths) / 2)

    def test_other_compilers_build_them_as_well(self):
        for compiler in ("clang", "musl-gcc"):
            if shutil.which(compiler) is None:
                continue
            with self.subTest(compiler):
                self.assertGreater(self.check_all(scenarios()[::EVERY], compiler), 0)

    def test_each_program_has_all_that_it_uses_and_no_more(self):
        for text in (
                "map p0 1p private rw anon\nuserfault p0 1p\n",
                "map p0 1p private rw anon\nseal p0 1p\n",
                "file f0 memfd 1p\nfile f1 dup f0\nfile f2 open f0 readonly\n",
                "file f0 shm 1p\ntruncate f0 1p\n",
                "file f0 aio 1p\n",
                "file f0 fuse 1p\n",
                "meanwhile 1 unlock-all\n"):
            with self.subTest(text):
                text += "call addr=p0 len=1p flags=MS_SYNC\n"
                done = self.run_program(reproduce("-", text=text).stdout)
                self.assertIn(done.returncode, (0, 4), done.stdout + done.stderr)

    def test_an_ordinary_user_is_told_what_is_missing(self):
        if os.geteuid() != 0:
            self.skipTest("needs root, to become an ordinary user")
        source = reproduce(os.path.join(CORPUS, "rules", "file.fsync_error.msync")).stdout
        done = self.run_program(source, user=65534)
        self.assertEqual(done.returncode, 4, done.stdout)
        self.assertRegex(done.stderr, "Permission denied|Operation not permitted|No such file")

    def test_a_server_answers_as_it_is_told(self):
        source = reproduce(os.path.join(CORPUS, "rules", "file.fsync_error.msync")).stdout
        done = self.run_program(source.replace(".fsync = { EIO", ".fsync = { EAGAIN"))
        if done.returncode == 4:
            self.skipTest(done.stderr)
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertIn("expected EIO by file.fsync_error, got EAGAIN: DIFFERS", done.stdout)

    def test_a_program_by_another_profile_finds_the_difference(self):
        path = os.path.join(CORPUS, "rules", "hole.forgotten.msync")
        done = self.run_program(reproduce("--profile=linux-2.6.17", path).stdout)
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assertIn("expected 0 by hole.forgotten, got ENOMEM: DIFFERS", done.stdout)

    def test_nothing_compared_is_no_agreement(self):
        text = "call addr=0x500000 len=1p flags=MS_SYNC\n"
        done = self.run_program(reproduce("-", text=text).stdout)
        self.assertEqual(done.returncode, 4)
        self.assertIn("not compared: it depends on what else the process has mapped", done.stdout)
        self.assertIn("no answer can be compared", done.stderr)

    def test_a_step_that_answers_otherwise_is_no_difference_of_msync(self):
        source = reproduce("-", text="unmap p0 1p\ncall addr=p0 len=0 flags=0\n").stdout
        done = self.run_program(source.replace("layout(got, 0)", "layout(got, EINVAL)"))
        self.assertEqual(done.returncode, 4)
        self.assertIn("unmap p0 1p: expected EINVAL, got 0", done.stderr)

    def test_a_program_that_is_killed_has_found_something(self):
        source = reproduce("-", text="unmap p0 1p\ncall addr=p0 len=0 flags=0\n").stdout
        done = self.run_program(source.replace("\tlayout(got, 0);",
                                               "\tlayout(got, 0);\n\t*(volatile char *)p = 1;"))
        self.assertEqual(done.returncode, 1)
        self.assertIn("killed by signal 11: DIFFERS", done.stdout)

    def test_wrong_input_is_2_and_what_cannot_be_shown_is_4(self):
        call = "call addr=p0 len=0 flags=0\n"
        self.assertEqual(reproduce().returncode, 2)
        self.assertEqual(reproduce("-", "-", text=call).returncode, 2)
        self.assertEqual(reproduce("/nowhere").returncode, 2)
        self.assertEqual(reproduce("-", text="map\n" + call).returncode, 2)
        self.assertEqual(reproduce("--profile=nobody", "-", text=call).returncode, 2)
        self.assertEqual(reproduce("--profile=linux-6.18-alpha", "-", text=call).returncode, 4)
        unmodelled = reproduce("-", text="file f0 io_uring 1p\nmap p0 1p shared rw f0@0\n"
                                         "write p0 1p\n" + call)
        self.assertEqual(unmodelled.returncode, 4)
        self.assertIn("a store would disturb the kernel's own ring", unmodelled.stderr)


if __name__ == "__main__":
    unittest.main()
