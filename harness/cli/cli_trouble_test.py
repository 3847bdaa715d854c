# SPDX-License-Identifier: MIT
"""cli_trouble_test.py MSYNCSPEC: what the command does where something is missing, forbidden or
ended from outside. A reduced run states its reasons and still agrees; nothing is left behind."""

import errno
import json
import os
import signal
import subprocess
import sys
import time
import unittest

import confined
from confined import as_ordinary_user, behind_mounts, run, with_filter

QUICK = ["check", "--scope=2", "--time=1s", "--seed=1"]
LONG = ["check", "--scope=2", "--time=100s"]
GOOD = "call addr=p0 len=0 flags=0\n"

NEEDS_ROOT = unittest.skipUnless(os.geteuid() == 0, "only root can become somebody else")
NEEDS_MOUNTS = unittest.skipUnless(confined.can_mount(), "no mount namespaces for this user")
NEEDS_NUMBERS = unittest.skipUnless(confined.NUMBERS, "system call numbers not known here")


class TroubleTest(unittest.TestCase):
    def expect(self, result, code, *words):
        printed = (result.stdout or "") + (result.stderr or "")
        self.assertEqual(result.returncode, code, printed)
        for word in words:
            self.assertIn(word, printed)

    def reasons_of_agreement(self, **options):
        """Runs a check that has to agree and returns why something was left out."""
        result = run(*QUICK, "--format=json", **options)
        self.expect(result, 0)
        report = json.loads(result.stdout)
        self.assertEqual(report["findings"], [])
        for stage in report["stages"]:
            self.assertTrue(stage["complete"])
            self.assertGreater(stage["calls"], 0, stage)
            self.assertEqual(stage["agreed"], stage["calls"])
        return "\n".join(reason for stage in report["stages"] for reason in stage["unsupported"])


class OrdinaryUser(TroubleTest):
    def test_agrees_with_the_limits_of_this_machine(self):
        self.reasons_of_agreement(before=as_ordinary_user())

    def test_agrees_who_may_lock_nothing(self):
        reasons = self.reasons_of_agreement(before=as_ordinary_user(MEMLOCK=0))
        self.assertIn("pages that are private locked: mmap answers EPERM", reasons)
        self.assertIn("pages that are shared locked: mmap answers EPERM", reasons)

    def test_agrees_who_may_lock_little(self):
        for limit in [4095, 4096, 40000, 65536]:
            with self.subTest(limit):
                self.reasons_of_agreement(before=as_ordinary_user(MEMLOCK=limit))

    # Root in a namespace of its own has every capability, and none that the kernel asks for.
    def test_agrees_as_root_of_a_user_namespace(self):
        before = as_ordinary_user(MEMLOCK=65536)
        if subprocess.run(["unshare", "-Ur", "true"], check=False, preexec_fn=before,
                          capture_output=True).returncode != 0:
            self.skipTest("no user namespaces for an ordinary user")
        result = run(*QUICK, "--format=json", before=before, wrapped=["unshare", "-Ur"])
        self.expect(result, 0)
        self.assertEqual(json.loads(result.stdout)["findings"], [])

    def test_agrees_with_a_small_stack_limit(self):
        self.reasons_of_agreement(before=as_ordinary_user(STACK=256 << 10))

    @NEEDS_ROOT
    def test_is_told_that_no_process_can_be_started(self):
        alone = as_ordinary_user(NPROC=0)
        for arguments in [QUICK, ["run", "-"], ["explain", "-"]]:
            with self.subTest(arguments):
                self.expect(run(*arguments, before=alone, text=GOOD), 3,
                            "fork: Resource temporarily unavailable")


class Missing(TroubleTest):
    @NEEDS_MOUNTS
    def test_room_on_a_filesystem_is_no_more_than_a_reason(self):
        full = behind_mounts("mount -t tmpfs -o size=64k tmpfs /dev/shm")
        self.assertIn("tmpfs: room for the file: No space left on device",
                      self.reasons_of_agreement(wrapped=full))

    def test_limit_on_file_sizes_is_no_more_than_a_reason(self):
        self.assertIn("ftruncate: File too large",
                      self.reasons_of_agreement(before=as_ordinary_user(FSIZE=100 << 10)))

    @NEEDS_MOUNTS
    def test_proc_is_no_more_than_a_reason(self):
        reasons = self.reasons_of_agreement(wrapped=behind_mounts("mount -t tmpfs none /proc"))
        self.assertIn("no /proc/self/maps", reasons)
        self.assertIn("/proc/self/fd", reasons)

    def test_the_temporary_folder_may_be_anywhere_else(self):
        self.reasons_of_agreement(env=confined.environment(TMPDIR="/nonexistent"))

    @NEEDS_MOUNTS
    def test_no_folder_takes_files(self):
        script = "; ".join(f"mount -t tmpfs -o ro none {folder}"
                           for folder in ["/var/tmp", "/dev/shm", "/run"])
        # The command itself lies in /tmp.
        script += "; mount --bind /tmp /tmp; mount -o remount,ro,bind /tmp"
        env = confined.environment(TMPDIR="/var/tmp")
        self.assertIn("no writable folder", self.reasons_of_agreement(
            wrapped=behind_mounts(script), env=env))

    def test_descriptors_are_missed_and_named(self):
        self.expect(run(*QUICK, before=as_ordinary_user(NOFILE=8)), 3, "the harness failed",
                    "Too many open files")

    @NEEDS_NUMBERS
    def test_memfd_create_is_no_more_than_a_reason(self):
        reasons = self.reasons_of_agreement(
            before=with_filter("memfd_create", confined.answer(errno.ENOSYS)))
        self.assertIn("memfd: memfd_create: Function not implemented", reasons)

    def test_nobody_receives_the_report(self):
        def close_standard_output():
            os.close(1)
        for arguments in [QUICK, [*QUICK, "--format=json"], ["profiles"], ["--help"]]:
            with self.subTest(arguments):
                self.expect(run(*arguments, before=close_standard_output, stdout=None), 3,
                            "standard output cannot be written")
                with open("/dev/full", "w", encoding="utf-8") as full:
                    self.expect(run(*arguments, stdout=full), 3,
                                "standard output cannot be written")


@NEEDS_NUMBERS
class DeniedMsync(TroubleTest):
    def expect_nothing_run(self, before, words):
        self.expect(run(*QUICK, before=before), 4, "nothing could be run", words)
        self.expect(run("run", "-", before=before, text=GOOD), 4, words)
        self.expect(run("explain", "-", before=before, text=GOOD), 4, "verdict    unsupported",
                    words)
        self.expect(run("drift", "length-zero-succeeds-anywhere", before=before), 4, words)
        self.expect(run("clauses", "auto", before=before), 4, "not run, ", words)
        self.expect(run("clauses", "love-2007", before=before), 4, "nothing was run: ", words)
        self.expect(run("clauses", "love-2007", "--profile=linux-2.6.17", before=before), 0,
                    "nothing was run: this is Linux")
        result = run(*QUICK, "--format=json", before=before)
        self.expect(result, 4)
        report = json.loads(result.stdout)
        self.assertEqual(report["verdict"], "unsupported")
        self.assertIn(words, report["reason"])

    def test_a_filter_that_answers_is_said(self):
        self.expect_nothing_run(with_filter("msync", confined.answer(errno.EPERM)),
                                "for a mapped private page it answers EPERM")

    def test_a_filter_that_kills_is_said(self):
        self.expect_nothing_run(with_filter("msync", confined.KILL_PROCESS), "killed by signal 31")


class Ended(TroubleTest):
    def start(self, arguments):
        """Starts a check and returns it once it has printed its seed."""
        process = confined.start(*arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        for _ in range(2):
            process.stdout.readline()
        return process

    def await_worker(self, process):
        """Returns the children of `process`, of which a long stage has one."""
        deadline = time.monotonic() + confined.TIMEOUT
        while time.monotonic() < deadline:
            if children := confined.children_of(process.pid):
                return children
        return self.fail("no worker was started")

    def expect_gone(self, pids):
        deadline = time.monotonic() + 2
        while any(map(confined.is_running, pids)) and time.monotonic() < deadline:
            time.sleep(0.02)
        self.assertEqual([pid for pid in pids if confined.is_running(pid)], [])

    def expect_nothing_left(self, pids):
        self.assertEqual(os.listdir(confined.temporary), [])
        with open("/proc/sysvipc/shm", encoding="utf-8") as table:
            creators = [int(line.split()[4]) for line in list(table)[1:]]
        self.assertEqual([pid for pid in creators if pid in pids], [])

    def test_by_an_interrupt_it_says_so_far_and_dies_of_it(self):
        for arguments in [LONG, ["check", "--stages=exhaustive", "--scope=8"]]:
            with self.subTest(arguments):
                process = self.start(arguments)
                time.sleep(1)
                workers = self.await_worker(process)
                process.send_signal(signal.SIGINT)
                printed, errors = process.communicate(timeout=confined.TIMEOUT)
                self.assertEqual(process.returncode, -signal.SIGINT)
                self.assertIn("agree (incomplete: interrupted): ", printed)
                self.assertEqual(errors, "")
                self.expect_gone(workers)

    def test_by_an_interrupt_at_any_time_it_finds_nothing(self):
        for delay in range(0, 200, 10):
            with self.subTest(delay):
                process = self.start([*LONG, "--stages=corpus,exhaustive,random"])
                time.sleep(delay / 1000)
                process.send_signal(signal.SIGINT)
                printed, _ = process.communicate(timeout=confined.TIMEOUT)
                self.assertEqual(process.returncode, -signal.SIGINT)
                self.assertNotIn("FINDING", printed)

    def test_by_force_it_leaves_nothing_behind(self):
        for delay in [0, 20, 50, 100, 700]:
            with self.subTest(delay):
                process = self.start(LONG)
                time.sleep(delay / 1000)
                workers = self.await_worker(process)
                process.kill()
                process.communicate(timeout=confined.TIMEOUT)
                self.expect_gone(workers)
                self.expect_nothing_left(workers)


def setUpModule():
    confined.set_up(BINARY)


def tearDownModule():
    confined.tear_down()


if __name__ == "__main__":
    BINARY = sys.argv.pop(1)
    unittest.main()
