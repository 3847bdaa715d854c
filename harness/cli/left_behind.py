# SPDX-License-Identifier: MIT
"""left_behind.py: what a run of msyncspec leaves behind. For the tests.

Other runs go on in parallel on the same machine, so each thing that is found has to be told from
theirs. A run that is watched has a group of its own, its mark, and all privileges of root beside
it. The kernel keeps the mark in processes, in files and segments that they make, and, as the owner
that fusectl shows, in connections to file servers. Mounts bear no mark: the tests live in a mount
namespace of their own, where nobody else mounts. Nor do loop devices: one belongs to nobody if it
was attached meanwhile to a file without a name, as ours are, and no living process holds that file
any more. diskseq tells one attachment from the next on the same device.

The kernel takes some of this away in its own time, so one looks again for a while."""

import ctypes
import fcntl
import os
import struct
import subprocess
import tempfile
import time

import confined

PATIENCE = 10  # seconds
STEP = 0.1
FOLDERS = ["/tmp", "/var/tmp", "/dev/shm"]
LOOP_GET_STATUS64 = 0x4C05
LOOP_STATUS_BYTES = 232  # struct loop_info64 begins with the device and inode of the file

_connections = None  # where fusectl is mounted, if it can be


def set_up():
    """Takes this process to a mount namespace of its own, with fusectl where the kernel has it."""
    global _connections
    clone_newns = 0x20000
    if ctypes.CDLL(None, use_errno=True).unshare(clone_newns) != 0:
        raise OSError(ctypes.get_errno(), "unshare")
    subprocess.run(["mount", "--make-rprivate", "/"], check=True)
    _connections = tempfile.mkdtemp(prefix="msyncspec-test.")
    # A kernel that has no fusectl has no connections either.
    subprocess.run(["mount", "-t", "fusectl", "none", _connections], check=False,
                   stderr=subprocess.DEVNULL)


def tear_down():
    if _connections is None:
        return
    if os.path.ismount(_connections):
        subprocess.run(["umount", _connections], check=True)
    os.rmdir(_connections)


def _text(path):
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read()
    except OSError:
        return ""


def _group_of(path):
    try:
        return os.lstat(path).st_gid
    except OSError:
        return None


def names_below(folder):
    try:
        return [os.path.join(folder, name) for name in os.listdir(folder)]
    except OSError:
        return []


def processes_of(mark):
    """Returns the processes that run in the group `mark`."""
    found = []
    for folder in names_below("/proc"):
        if not os.path.basename(folder).isdigit():
            continue
        for line in _text(folder + "/status").splitlines():
            if line.startswith("Gid:") and str(mark) in line.split():
                found.append(int(os.path.basename(folder)))
    return [pid for pid in found if confined.is_running(pid)]


def connections_of(mark):
    return [path for path in names_below(_connections) if _group_of(path) == mark]


def _attachments():
    """Returns the loop devices over files without a name, each with the number of its attachment."""
    return {(os.path.basename(device), _text(device + "/diskseq").strip())
            for device in names_below("/sys/block")
            if "(deleted)" in _text(device + "/loop/backing_file")}


def _backing_of(device):
    """Returns the device and inode of the file that a loop device shows, or None if it is gone."""
    status = bytearray(LOOP_STATUS_BYTES)
    try:
        descriptor = os.open("/dev/" + device, os.O_RDONLY)
    except OSError:
        return None
    try:
        fcntl.ioctl(descriptor, LOOP_GET_STATUS64, status)
    except OSError:
        return None
    finally:
        os.close(descriptor)
    return struct.unpack_from("QQ", status)


def _is_held(file):
    for descriptor in (path for folder in names_below("/proc") for path in names_below(folder + "/fd")):
        try:
            facts = os.stat(descriptor)
        except OSError:
            continue
        if (facts.st_dev, facts.st_ino) == file:
            return True
    return False


def _abandoned(attachments):
    backings = {device: _backing_of(device) for device, _ in attachments}
    return [device for device, file in backings.items() if file is not None and not _is_held(file)]


def _segments_of(mark):
    rows = [line.split() for line in _text("/proc/sysvipc/shm").splitlines()]
    if not rows:
        return []
    column = rows[0].index("cgid")
    return [row[1] for row in rows[1:] if row[column] == str(mark)]


class LeftBehind:
    """What is there after a run in the group `mark` and was not there before, when this is made."""

    def __init__(self, mark):
        self.mark = mark
        self.mounts = set(_text("/proc/self/mountinfo").splitlines())
        self.attachments = _attachments()
        self.huge_pages = _text("/proc/sys/vm/nr_hugepages")

    def now(self):
        """Names each thing, or nothing at all."""
        things = {
            "process": processes_of(self.mark),
            "mount": set(_text("/proc/self/mountinfo").splitlines()) - self.mounts,
            "connection": connections_of(self.mark),
            "loop device": _abandoned(_attachments() - self.attachments),
            "file": [path for folder in [*FOLDERS, confined.temporary] for path in names_below(folder)
                     if _group_of(path) == self.mark],
            "segment": _segments_of(self.mark),
            "vm.nr_hugepages": {_text("/proc/sys/vm/nr_hugepages")} - {self.huge_pages}}
        return [f"{kind}: {each}" for kind, found in things.items() for each in found]

    def in_the_end(self):
        """Returns what has not gone after a while."""
        deadline = time.monotonic() + PATIENCE
        while (things := self.now()) and time.monotonic() < deadline:
            time.sleep(STEP)
        return things
