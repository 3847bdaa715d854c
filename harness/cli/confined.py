# SPDX-License-Identifier: MIT
"""confined.py: runs msyncspec where something is missing or forbidden. For the tests."""

import ctypes
import os
import platform
import resource
import shutil
import subprocess
import tempfile

TIMEOUT = 60  # seconds; nothing that the tests start takes half as long
ORDINARY_USER = 65534

# Filled by set_up: the command, where every user can run it, and its temporary folder.
command = None
temporary = None


def set_up(binary):
    """Copies `binary` to a place of its own that other users reach as well."""
    global command, temporary
    place = tempfile.mkdtemp(prefix="msyncspec-test.")
    os.chmod(place, 0o755)
    command = os.path.join(place, "msyncspec")
    shutil.copy(binary, command)
    os.chmod(command, 0o755)
    temporary = os.path.join(place, "temporary")
    os.mkdir(temporary)
    os.chmod(temporary, 0o777)


def tear_down():
    shutil.rmtree(os.path.dirname(command))


def environment(**changes):
    """Returns the environment of the command: its own temporary folder, colours not refused."""
    env = dict(os.environ, TMPDIR=temporary)
    env.pop("NO_COLOR", None)
    env["PATH"] = os.path.dirname(command) + ":" + env["PATH"]
    env.update(changes)
    return env


def run(*arguments, before=None, wrapped=(), text=None, env=None, **options):
    """Runs the command to its end. `before` is called in the child, `wrapped` comes before it."""
    options.setdefault("stdout", subprocess.PIPE)
    options.setdefault("stderr", subprocess.PIPE)
    if text is None:
        options.setdefault("stdin", subprocess.DEVNULL)
    return subprocess.run([*wrapped, command, *arguments], preexec_fn=before, input=text,
                          env=env or environment(), timeout=TIMEOUT, encoding="utf-8",
                          errors="surrogateescape", check=False, **options)


def start(*arguments, **options):
    """Starts the command and returns at once."""
    return subprocess.Popen([command, *arguments], env=environment(), stdin=subprocess.DEVNULL,
                            encoding="utf-8", **options)


def as_ordinary_user(**limits):
    """Returns what makes a child an ordinary user with resource limits, such as MEMLOCK=0."""
    def become():
        if os.geteuid() == 0:
            os.setgroups([])
            os.setgid(ORDINARY_USER)
            os.setuid(ORDINARY_USER)
        for name, value in limits.items():
            kind = getattr(resource, "RLIMIT_" + name)
            resource.setrlimit(kind, (value, value))
    return become


def behind_mounts(script):
    """Returns what runs a command in a mount namespace of its own, after a shell script."""
    return ["unshare", "--mount", "sh", "-ec", script + '; exec "$@"', "sh"]


def can_mount():
    tried = subprocess.run(behind_mounts("mount -t tmpfs none /mnt") + ["true"], check=False,
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return tried.returncode == 0


# System calls by machine: include/uapi/asm-generic/unistd.h and arch/x86's syscall_64.tbl.
NUMBERS = {"x86_64": {"msync": 26, "memfd_create": 319, "cachestat": 451},
           "aarch64": {"msync": 227, "memfd_create": 279, "cachestat": 451},
           "riscv64": {"msync": 227, "memfd_create": 279, "cachestat": 451}}.get(platform.machine())
KILL_PROCESS = 0x80000000


def answer(error):
    """Returns the action of a filter that answers with an error number."""
    return 0x00050000 | error


def with_filter(system_call, action):
    """Returns what installs a seccomp filter that has `action` in store for one system call."""
    class Instruction(ctypes.Structure):
        _fields_ = [("code", ctypes.c_uint16), ("jt", ctypes.c_uint8), ("jf", ctypes.c_uint8),
                    ("k", ctypes.c_uint32)]

    class Program(ctypes.Structure):
        _fields_ = [("len", ctypes.c_uint16), ("filter", ctypes.POINTER(Instruction))]

    instructions = (Instruction * 4)(
        Instruction(0x20, 0, 0, 0),                     # load the number of the system call
        Instruction(0x15, 0, 1, NUMBERS[system_call]),  # unless it is this one, skip
        Instruction(0x06, 0, 0, action),                # return the action
        Instruction(0x06, 0, 0, 0x7fff0000))            # allow
    program = Program(len(instructions), instructions)
    libc = ctypes.CDLL(None, use_errno=True)

    def install():
        no_new_privileges, set_seccomp, mode_filter = 38, 22, 2
        if libc.prctl(no_new_privileges, 1, 0, 0, 0) != 0:
            raise OSError(ctypes.get_errno(), "prctl")
        if libc.prctl(set_seccomp, mode_filter, ctypes.byref(program), 0, 0) != 0:
            raise OSError(ctypes.get_errno(), "prctl")
    return install


def state_of(pid):
    """Returns the state letter and the parent of a process, or None if it is gone."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as stat:
            fields = stat.read().rpartition(")")[2].split()
    except OSError:
        return None
    return fields[0], int(fields[1])


def children_of(pid):
    try:
        with open(f"/proc/{pid}/task/{pid}/children", encoding="utf-8") as children:
            return [int(child) for child in children.read().split()]
    except FileNotFoundError:  # a kernel without CONFIG_PROC_CHILDREN, or nobody
        pass
    return [int(name) for name in os.listdir("/proc")
            if name.isdigit() and (state_of(name) or (None, 0))[1] == pid]


def is_running(pid):
    """Whether the process is there and not merely waiting to be reaped."""
    return (state_of(pid) or "Z")[0] not in "ZX"
