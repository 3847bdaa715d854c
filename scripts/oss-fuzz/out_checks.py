# SPDX-License-Identifier: MIT
"""What is asked of a fuzz target in $OUT before OSS-Fuzz takes it: each check returns what is wrong,
in one sentence, or None."""

import configparser
import os
import re
import shutil
import subprocess
import tempfile
import zipfile

RUNS = 4
FEWEST_EDGES = 100
# Calls to the runtime of a sanitizer, as their runner counts them: at least so many of its own, and
# at most so many of the other.
CALLS = {"address": {"asan": (1000, None), "ubsan": (0, 200)},
         "undefined": {"asan": (0, 0), "ubsan": (168, None)}}
# What every image has. libFuzzer of Debian is built with libstdc++, that of OSS-Fuzz has no need of it.
LIBRARIES = {"linux-vdso", "ld-linux-x86-64", "libc", "libm", "libpthread", "libdl", "librt",
             "libresolv", "libgcc_s", "libstdc++"}
LIMITS = ["-rss_limit_mb=2560", "-timeout=25"]
SLOWEST_SECONDS = 300
SETTINGS = {"UBSAN_OPTIONS": "silence_unsigned_overflow=1:print_stacktrace=1",
            "ASAN_OPTIONS": "symbolize=0:handle_abort=1"}


class Result:
    def __init__(self, status, text):
        self.status = status
        self.text = text

    def last_lines(self, count=15):
        return "\n".join(self.text.splitlines()[-count:])


def run(out, name, *arguments):
    """Runs a target of `out` as their runner does: there, and without privileges."""
    command = [os.path.join(out, name), *arguments]
    if os.geteuid() == 0 and shutil.which("setpriv"):
        command = ["setpriv", "--bounding-set=-all", "--inh-caps=-all", "--no-new-privs", *command]
    try:
        ended = subprocess.run(command, cwd=out, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                               stdin=subprocess.DEVNULL, timeout=SLOWEST_SECONDS, check=False,
                               env=dict(os.environ, **SETTINGS))
    except subprocess.TimeoutExpired:
        return Result(None, f"not at its end after {SLOWEST_SECONDS} s")
    return Result(ended.returncode, ended.stdout.decode(errors="replace"))


def is_a_program(out, name, _):
    path = os.path.join(out, name)
    if not os.path.isfile(path):
        return "is not there"
    if not os.access(path, os.X_OK) or not re.fullmatch(r"[A-Za-z0-9_-]+", name):
        return "is not executable, or has a name that is no target's"
    with open(path, "rb") as file:
        head = file.read(20)
    if head[:5] != b"\x7fELF\x02" or head[18:20] != b"\x3e\x00":
        return "is no program for x86_64"
    return None


def starts_and_is_instrumented(out, name, _):
    ran = run(out, name, "-seed=1337", f"-runs={RUNS}")
    if "no interesting inputs were found" in ran.text:
        return "has no coverage instrumentation"
    if ran.status != 0 or f"Done {RUNS} runs" not in ran.text:
        return f"crashes or exits at its start:\n{ran.last_lines()}"
    edges = re.search(r"Loaded \d+ modules\s+\((\d+) ", ran.text)
    if edges is None or int(edges[1]) < FEWEST_EDGES:
        return f"has fewer than {FEWEST_EDGES} edges"
    return None


def has_its_sanitizer(out, name, sanitizer):
    code = subprocess.run(["objdump", "-d", "--no-show-raw-insn", os.path.join(out, name)],
                          capture_output=True, text=True, check=True).stdout
    for runtime, (fewest, most) in CALLS[sanitizer].items():
        calls = len(re.findall(rf"\scallq?\s+[0-9a-f]+ <__{runtime}", code))
        if calls < fewest or (most is not None and calls > most):
            return f"calls __{runtime} {calls} times"
    return None


def needs_no_library(out, name, _):
    listed = subprocess.run(["ldd", os.path.join(out, name)], capture_output=True, text=True,
                            check=True).stdout
    needed = {os.path.basename(line.split()[0]).split(".so")[0] for line in listed.splitlines()}
    if needed <= LIBRARIES:
        return None
    return "needs " + ", ".join(sorted(needed - LIBRARIES))


def takes_its_seeds(out, name, _):
    path = os.path.join(out, name + "_seed_corpus.zip")
    try:
        with zipfile.ZipFile(path) as seeds, tempfile.TemporaryDirectory() as folder:
            os.chmod(folder, 0o755)
            seeds.extractall(folder)
            files = sorted(os.path.join(folder, each) for each in os.listdir(folder))
            if not files:
                return "has an archive without seeds"
            merged = run(out, name, "-runs=0", *LIMITS, folder)
            each = run(out, name, *LIMITS, *files)
    except (OSError, zipfile.BadZipFile) as error:
        return f"has no seeds: {error}"
    if merged.status != 0:
        return f"does not take its seeds as a corpus:\n{merged.last_lines()}"
    if each.status != 0 or each.text.count("Executed ") != len(files):
        return f"does not take each of its seeds:\n{each.last_lines()}"
    return None


def takes_an_empty_input(out, name, _):
    with tempfile.NamedTemporaryFile() as empty:
        ran = run(out, name, empty.name)
    if ran.status != 0 or "Executed " not in ran.text:
        return f"does not take an empty input:\n{ran.last_lines()}"
    return None


def has_options_that_are_known(out, name, _):
    options = configparser.ConfigParser()
    if not options.read(os.path.join(out, name + ".options")):
        return "has no options"
    known = set(re.findall(r"^ (\w+)\s", run(out, name, "-help=1").text, re.M))
    for section in options.sections():
        if section != "libfuzzer":
            return f"has options of {section}"
    for key, value in options.items("libfuzzer"):
        if key != "dict" and (key not in known or not value.isdigit()):
            return f"has an option {key} = {value}, which libFuzzer does not have"
    dictionary = options.get("libfuzzer", "dict", fallback=None)
    ran = run(out, name, "-runs=0", f"-dict={dictionary or ''}")
    if dictionary and not re.search(r"Dictionary: [1-9]", ran.text):
        return f"has a dictionary that cannot be read:\n{ran.last_lines()}"
    return None


CHECKS = (is_a_program, needs_no_library, starts_and_is_instrumented, has_its_sanitizer,
          takes_an_empty_input, takes_its_seeds, has_options_that_are_known)


def first_offence(out, name, sanitizer):
    """Returns the check that a target does not pass and why, or None."""
    for check in CHECKS:
        wrong = check(out, name, sanitizer)
        if wrong is not None:
            return check.__name__.replace("_", " "), wrong
    return None
