# SPDX-License-Identifier: MIT
"""cli_effects_trouble_test.py MSYNCSPEC: what a check does where it cannot see what becomes of
files. It agrees, and says what it has not seen and why. And that what is left behind is noticed:
without that, cli_killed_test.py would say nothing."""

import errno
import json
import os
import signal
import subprocess
import sys
import time
import unittest

import confined
import left_behind
from confined import answer, as_ordinary_user, behind_mounts, run, with_filter

CHECK = ["check", "--stages=corpus"]
MARK = 1_000_000 + 1000 * os.getpid()

NEEDS_ROOT = unittest.skipUnless(os.geteuid() == 0, "only root has what is taken away here")
NEEDS_MOUNTS = unittest.skipUnless(confined.can_mount(), "no mount namespaces for this user")
NEEDS_NUMBERS = unittest.skipUnless(confined.NUMBERS, "system call numbers not known here")


def without_device(name):
    """Returns what runs a command where /dev lacks a node."""
    return behind_mounts("mount -t tmpfs none /mnt; cp -a /dev/. /mnt; "
                         f"rm -f /mnt/{name}; mount --move /mnt /dev")


class Unseen(unittest.TestCase):
    def check(self, **options):
        """Runs a check that agrees; returns its text, and its report."""
        texts = []
        for words in [[], ["--format=json"]]:
            result = run(*CHECK, *words, **options)
            self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
            texts.append(result.stdout)
        report = json.loads(texts[1])
        self.assertEqual(report["findings"], [])
        self.assertGreater(report["stages"][0]["agreed"], 0)
        return texts[0], report

    def expect_unseen(self, backing, *words, **options):
        """The check names `words`, and has compared nothing of `backing`."""
        text, report = self.check(**options)
        for word in words:
            self.assertIn(word, text)
        if backing is not None:
            self.assertNotIn(backing, report["stages"][0]["effects"])
            self.assertIn("not compared (unsupported here):\n", text)
        self.assertIn("\nnot seen of files:\n", text)
        self.assertTrue(report["blind"])

    @NEEDS_MOUNTS
    def test_requests_where_there_is_no_fuse_device(self):
        self.expect_unseen("fuse", "what reaches a file server: /dev/fuse: No such file",
                           ": fuse: /dev/fuse: No such file", wrapped=without_device("fuse"))

    @NEEDS_MOUNTS
    def test_disks_where_there_are_no_loop_devices(self):
        self.expect_unseen("ext4", "what is beneath the page cache: /dev/loop-control: No such",
                           wrapped=without_device("loop-control"))

    @NEEDS_ROOT
    def test_nearly_everything_for_an_ordinary_user(self):
        self.expect_unseen("fuse", "what reaches a file server: ",
                           "what is beneath the page cache: ", before=as_ordinary_user())

    @NEEDS_MOUNTS
    @NEEDS_NUMBERS
    def test_dirty_pages_where_the_kernel_tells_in_no_way(self):
        hidden = behind_mounts("mount --bind /dev/null /proc/kpageflags")
        self.expect_unseen(None, "dirty pages: /proc/kpageflags tells nothing; cachestat",
                           wrapped=hidden,
                           before=with_filter("cachestat", answer(errno.ENOSYS)))

    @NEEDS_MOUNTS
    def test_nothing_more_where_page_flags_alone_are_hidden(self):
        whole = self.check()[1]["blind"]
        _, report = self.check(wrapped=behind_mounts("mount --bind /dev/null /proc/kpageflags"))
        blind = [each for each in report["blind"] if not each.startswith("dirty pages")]
        self.assertEqual(blind, [each for each in whole if not each.startswith("dirty pages")])

    @NEEDS_MOUNTS
    def test_files_in_a_full_folder(self):
        script = ("mount -t tmpfs -o size=64k none /mnt; "
                  "dd if=/dev/zero of=/mnt/full 2>/dev/null || true")
        text, _ = self.check(wrapped=behind_mounts(script),
                             env=confined.environment(TMPDIR="/mnt"))
        self.assertIn("No space left on device", text)

    def test_nothing_is_said_of_it_where_nobody_asks(self):
        text = run(*CHECK, "--effects=none").stdout
        self.assertNotIn("not seen of files", text)
        self.assertNotIn("effects compared", text)


@NEEDS_ROOT
@NEEDS_MOUNTS
class Noticed(unittest.TestCase):
    def setUp(self):
        self.watched = left_behind.LeftBehind(MARK)
        self.assertEqual(self.watched.now(), [])
        self.addCleanup(lambda: self.assertEqual(self.watched.in_the_end(), []))

    def expect_noticed(self, *kinds):
        noticed = self.watched.now()
        self.assertEqual({each.partition(":")[0] for each in noticed}, set(kinds), noticed)

    def shell(self, script):
        return subprocess.run(["sh", "-ec", script], group=MARK, check=True, encoding="utf-8",
                              stdout=subprocess.PIPE).stdout.strip()

    def test_is_a_mount(self):
        self.shell("mount -t tmpfs none /mnt")
        self.addCleanup(self.shell, "umount /mnt")
        self.expect_noticed("mount")

    def test_is_a_file(self):
        path = os.path.join("/var/tmp", f"msyncspec-test.{MARK}")
        self.shell(f"touch {path}")
        self.addCleanup(os.unlink, path)
        self.expect_noticed("file")

    def test_is_a_loop_device(self):
        image = os.path.join(confined.temporary, "image")
        try:
            device = self.shell(f"truncate -s 1M {image}; losetup --find --show {image}")
        except subprocess.CalledProcessError:
            self.skipTest("no loop devices")
        finally:
            os.unlink(image)
        self.addCleanup(self.shell, f"losetup --detach {device}")
        self.expect_noticed("loop device")

    def test_is_a_file_server(self):
        held = ("file f0 fuse 4p\nmap p0 1p shared rw f0@0\nwrite p0 1p\n" +
                16 * "meanwhile 1 truncate f0 1p\ncall addr=p0 len=1p flags=MS_SYNC\n")
        path = os.path.join(confined.temporary, "held.msync")
        with open(path, "w", encoding="utf-8") as file:
            file.write(held)
        self.addCleanup(os.unlink, path)
        process = confined.start("run", path, group=MARK, stdout=subprocess.DEVNULL,
                                 stderr=subprocess.DEVNULL)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        deadline = time.monotonic() + confined.TIMEOUT
        while process.poll() is None and not left_behind.connections_of(MARK):
            self.assertLess(time.monotonic(), deadline)
        process.send_signal(signal.SIGSTOP)
        if process.poll() is not None:
            self.skipTest("no file servers")
        self.expect_noticed("process", "connection")


def setUpModule():
    confined.set_up(BINARY)
    if os.geteuid() == 0 and confined.can_mount():
        left_behind.set_up()


def tearDownModule():
    left_behind.tear_down()
    confined.tear_down()


if __name__ == "__main__":
    BINARY = sys.argv.pop(1)
    unittest.main()
