# SPDX-License-Identifier: MIT
"""cli_killed_test.py MSYNCSPEC: whoever of a run is killed at whatever moment, the rest ends soon,
does not agree by mistake, and leaves nothing behind: left_behind.py says how that is seen."""

import collections
import concurrent.futures
import itertools
import json
import os
import random
import signal
import subprocess
import sys
import time
import unittest

import confined
import left_behind

CHECK = ["check", "--stages=corpus", "--format=json"]
KILLS = 20
SIGNALS = 8  # of those that a user sends
AT_ONCE = 5  # most of a run is waiting
PATIENCE = 15  # seconds for a run that lasts one or two: less than a scenario's deadline
HELD_SECONDS = 0.5
LIFETIME = 0.01  # seconds, of most children

# A truncation waits for the answer of the call that holds it back, and the server is patient.
HELD = ("file f0 fuse 4p\nmap p0 2p shared rw f0@0\nwrite p0 1p\n" +
        16 * "meanwhile 1 truncate f0 1p\ncall addr=p0 len=1p flags=MS_SYNC\n")
NEXT = "file f0 memfd 1p\nmap p0 1p shared rw f0@0\ncall addr=p0 len=1p flags=MS_SYNC\n"

MARKS = itertools.count(1_000_000 + 1000 * os.getpid())
SEED = int(os.environ.get("MSYNCSPEC_SEED", random.SystemRandom().randrange(1 << 32)))

Ended = collections.namedtuple("Ended", "code report errors hit left")


def serves_files(pid):
    for name in left_behind.names_below(f"/proc/{pid}/fd"):
        try:
            if os.readlink(name) == "/dev/fuse":
                return True
        except OSError:
            pass
    return False


def children_by_role(parent):
    roles = {"server": [], "worker": []}
    for child in confined.children_of(parent):
        roles["server" if serves_files(child) else "worker"].append(child)
    return roles


def kill_child(parent, child):
    """Kills a child that is still one: its number may be another's by now."""
    try:
        handle = os.pidfd_open(child)
    except OSError:
        return False
    try:
        state, its_parent = confined.state_of(child) or ("X", 0)
        if state not in "ZX" and its_parent == parent:
            signal.pidfd_send_signal(handle, signal.SIGKILL)
            return True
    except OSError:
        pass
    finally:
        os.close(handle)
    return False


def kill_role(process, role, pause, beside_server):
    """Kills a child that has the role after a pause; returns whether one was there long enough."""
    while process.poll() is None:
        children = children_by_role(process.pid)
        if beside_server and not children["server"]:
            continue
        for child in children[role][:1]:
            time.sleep(pause)
            if kill_child(process.pid, child):
                return True
    return False


def run_and_end(arguments, delay, end):
    """Runs the command and calls `end` after a while, with its process and a pause."""
    mark = next(MARKS)
    watched = left_behind.LeftBehind(mark)
    process = confined.start(*arguments, group=mark, stdout=subprocess.PIPE,
                             stderr=subprocess.PIPE)
    try:
        time.sleep(delay)
        hit = end(process, delay % LIFETIME)
        printed, errors = process.communicate(timeout=PATIENCE)
    finally:
        process.kill()
        process.wait()
    report = json.loads(printed) if printed else None
    return Ended(process.returncode, report, errors, hit, watched.in_the_end())


@unittest.skipUnless(os.geteuid() == 0 and confined.can_mount(),
                     "only root has servers and filesystems, and a mark to know them by")
class KilledTest(unittest.TestCase):
    def end_often(self, arguments, times, seconds, end):
        """Ends as many runs, each at a moment of its own; returns the moments and the ends."""
        moments = random.Random(f"{SEED} {self.id()}")
        delays = [moments.uniform(0, seconds) for _ in range(times)]
        with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
            ended = list(pool.map(lambda delay: run_and_end(arguments, delay, end), delays))
        for delay, each in zip(delays, ended):
            with self.subTest(delay=delay):
                self.assertEqual(each.left, [])
        self.assertGreater(sum(each.hit for each in ended), times // 2)
        return zip(delays, ended)

    def expect_it_dies_of_it(self, arguments, seconds, times, number):
        """A run whose parent receives a signal ends so, or has ended before, and finds nothing."""
        def end(process, _):
            process.send_signal(number)
            return True
        for delay, each in self.end_often(arguments, times, seconds, end):
            with self.subTest(delay=delay, number=number):
                self.assertIn(each.code, [0, -number])
                self.assertEqual((each.report or {}).get("findings", []), [])


class Check(KilledTest):
    @classmethod
    def setUpClass(cls):
        began = time.monotonic()
        cls.whole = run_and_end(CHECK, 0, lambda process, pause: False)
        cls.seconds = time.monotonic() - began
        print(f"seed {SEED}; a check takes {cls.seconds:.1f} s", file=sys.stderr)

    def expect_honest(self, ended):
        """A run whose part was killed agrees only if it has seen what an undisturbed one sees."""
        self.assertIn(ended.code, [0, 1, 3, 4])
        if ended.code == 0:
            for stage, whole in zip(ended.report["stages"], self.whole.report["stages"]):
                for count in ["layouts", "calls", "agreed", "views", "complete", "findings"]:
                    self.assertEqual(stage[count], whole[count], count)
        elif ended.code == 1:
            # Re-runs agree, so that nobody takes it for the kernel's, and the stage goes on.
            self.assertEqual({each["stable"] for each in ended.report["findings"]}, {False})
            self.assertTrue(all(stage["complete"] for stage in ended.report["stages"]))
        else:
            self.assertIn("reason", ended.report)

    def test_undisturbed_agrees_and_leaves_nothing(self):
        self.assertEqual((self.whole.code, self.whole.left), (0, []))

    def test_may_lose_its_parent(self):
        self.expect_it_dies_of_it(CHECK, self.seconds, KILLS, signal.SIGKILL)

    def test_may_be_ended_by_its_user(self):
        for number in [signal.SIGINT, signal.SIGTERM]:
            self.expect_it_dies_of_it(CHECK, self.seconds, SIGNALS, number)

    def test_may_lose_a_worker(self):
        def end(process, pause):
            return kill_role(process, "worker", pause, beside_server=False)
        for delay, each in self.end_often(CHECK, KILLS, self.seconds, end):
            with self.subTest(delay=delay):
                self.expect_honest(each)

    def test_may_lose_a_server(self):
        if "fuse" not in self.whole.report["stages"][0]["effects"]:
            self.skipTest("no file servers")
        def end(process, pause):
            return kill_role(process, "server", pause, beside_server=True)
        for delay, each in self.end_often(CHECK, KILLS, self.seconds, end):
            with self.subTest(delay=delay):
                self.expect_honest(each)


class HeldAnswer(KilledTest):
    def setUp(self):
        paths = []
        for name, text in [("held.msync", HELD), ("next.msync", NEXT)]:
            paths.append(os.path.join(confined.temporary, name))
            with open(paths[-1], "w", encoding="utf-8") as file:
                file.write(text)
        self.arguments = ["run", "--format=json", *paths]
        if run_and_end(self.arguments, 0, lambda process, pause: False).code == 4:
            self.skipTest("no file servers")

    def expect_honest(self, ended):
        """What was killed is no agreement, and the scenario after it is run."""
        held, after = ended.report["scenarios"]
        self.assertEqual(after["verdict"], "agree")
        self.assertEqual(ended.code, {"agree": 0, "disagree": 1, "broken": 3}[held["verdict"]])
        if held["verdict"] == "agree":
            self.assertEqual(held["calls"], HELD.count("call"))

    def test_may_lose_the_parent(self):
        self.expect_it_dies_of_it(self.arguments, HELD_SECONDS, KILLS, signal.SIGKILL)

    def test_may_be_ended_by_its_user(self):
        for number in [signal.SIGINT, signal.SIGTERM]:
            self.expect_it_dies_of_it(self.arguments, HELD_SECONDS, SIGNALS, number)

    def test_may_lose_its_worker_or_its_server(self):
        for role in ["worker", "server"]:
            def end(process, pause, role=role):
                return kill_role(process, role, pause, beside_server=True)
            for delay, each in self.end_often(self.arguments, KILLS, HELD_SECONDS, end):
                with self.subTest(delay=delay, role=role):
                    self.expect_honest(each)


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
