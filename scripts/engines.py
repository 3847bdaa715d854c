# SPDX-License-Identifier: MIT
"""How the fuzz targets are built for an engine and run under it, or without one: what the scripts
about fuzzing share."""

import glob
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ENGINES = ("libfuzzer", "afl")

# Longer inputs are seldom better and always slower.
MAX_LENGTH = 1024
# Some inputs take long: minimising a finding, half a minute.
SLOWEST_SECONDS = 60

# What an input of a target is. Scenarios have a mutator of their own.
TARGETS = {
    "native_vs_model": "scenario",
    "effects_vs_model": "scenario",
    "walk_vs_pages": "bytes",
    "profile_vs_profile": "scenario",
    "text_roundtrip": "scenario",
    "binary_total": "bytes",
    "text_parser": "text",
    "c_reproducer": "scenario",
}
PUZZLE = "puzzle"

# What builds the targets without an engine, and what a run of those comes to.
REPLAYERS = ("release", "coverage")
RUN, FOUND, BROKEN, NOTHING_RUN = 0, 1, 3, 4


class Run:
    """What one run of an engine came to."""

    def __init__(self, executions, seconds, crashes, log, status):
        self.executions = executions
        self.seconds = seconds
        self.crashes = crashes  # files with inputs, of this run
        self.log = log
        self.status = status  # one of RUN, FOUND, BROKEN and NOTHING_RUN


def binary(engine, target):
    return os.path.join(ROOT, "build", engine, "fuzz", target)


def build(engine, *targets):
    """Builds targets for `engine`, and what every engine needs besides."""
    run = lambda *command: subprocess.run(command, check=True)
    run(os.path.join(ROOT, "scripts", "packages"), "build", "fuzz")
    run(os.path.join(ROOT, "scripts", "build"), "release", "seeds", "afl_mutator", "plant")
    run(os.path.join(ROOT, "scripts", "build"), engine, *targets)


def targets():
    """Returns the names of the targets that this tree has."""
    return [name for name in TARGETS
            if os.path.exists(os.path.join(ROOT, "fuzz", name + ".cc"))]


def inputs_of(target):
    """Returns the inputs that runs of either engine have kept in build/fuzz."""
    folder = os.path.join(ROOT, "build", "fuzz", target)
    files = glob.glob(os.path.join(folder, "*", "corpus", "*"))
    files += glob.glob(os.path.join(folder, "afl", "afl", "*", "queue", "id*"))
    return sorted(file for file in files if os.path.isfile(file))


def build_replayers(preset, *names):
    subprocess.run([os.path.join(ROOT, "scripts", "build"), preset, "seeds", *names], check=True)


def replay(preset, target):
    """Runs a replayer on seeds and kept inputs. Returns one of RUN, FOUND, BROKEN and NOTHING_RUN,
    and the last line of what it says."""
    program = os.path.join(ROOT, "build", preset, "fuzz", target)
    form = "text" if TARGETS[target] == "text" else "bytes"
    with tempfile.TemporaryDirectory(prefix="msyncspec-seeds.") as seeds:
        subprocess.run([os.path.join(ROOT, "build", preset, "fuzz", "seeds"), form, seeds],
                       check=True)
        with tempfile.TemporaryDirectory(prefix="msyncspec-kept.") as kept:
            for number, file in enumerate(inputs_of(target)):
                os.symlink(file, os.path.join(kept, f"{number:08d}"))
            ended = subprocess.run([program, seeds, kept], stdout=subprocess.PIPE, check=False,
                                   stderr=subprocess.STDOUT)
    said = ended.stdout.decode(errors="replace").strip() or "said nothing"
    if ended.returncode == -signal.SIGABRT:
        return FOUND, said
    status = ended.returncode if ended.returncode in (RUN, NOTHING_RUN) else BROKEN
    return status, said.splitlines()[-1]


def make_seeds(form, folder):
    """Writes the corpus as inputs; `form` is a value of TARGETS."""
    os.makedirs(folder, exist_ok=True)
    subprocess.run([os.path.join(ROOT, "build", "release", "fuzz", "seeds"),
                    "text" if form == "text" else "bytes", folder], check=True)


def run_libfuzzer(target, folder, seeds, seconds, jobs=1, seed=None, environment=None, runs=None):
    """Runs until a finding, the end of `seconds` or of `runs`; the grown corpus stays in `folder`."""
    corpus, artifacts = os.path.join(folder, "corpus"), os.path.join(folder, "crashes")
    for each in (corpus, artifacts):
        os.makedirs(each, exist_ok=True)
    command = [binary("libfuzzer", target), f"-max_total_time={seconds}", f"-max_len={MAX_LENGTH}",
               f"-timeout={SLOWEST_SECONDS}", "-rss_limit_mb=0", "-print_final_stats=1",
               f"-artifact_prefix={artifacts}/"]
    # Weighing inputs by how rare their features are costs a tenth of an input and more; another
    # process that grows the same corpus is there in fork mode alone.
    command.append("-entropic=0")
    command.append(f"-fork={jobs}" if jobs > 1 else "-reload=0")
    if seed is not None:
        command.append(f"-seed={seed}")
    if runs is not None:
        command.append(f"-runs={runs}")
    if TARGETS.get(target) == "text":
        command.append("-dict=" + os.path.join(ROOT, "fuzz", "text.dict"))
    log = os.path.join(folder, "log")
    begin = time.time()
    with open(log, "wb") as out:
        ended = subprocess.run(command + [corpus, seeds], stdout=out, stderr=out, check=False,
                               env=dict(os.environ, **(environment or {})))
    crashes = new_files(os.path.join(artifacts, "*-*"), begin)
    status = ended.returncode if ended.returncode in (RUN, NOTHING_RUN) else BROKEN
    # What libFuzzer ends with at a crash, a timeout or where memory is used up.
    if crashes or ended.returncode in (70, 71, 77):
        status = FOUND
    return Run(*libfuzzer_numbers(log), crashes, log, status)


def new_files(pattern, begin):
    """Returns those that are not older than `begin`, which an earlier run may have left as well."""
    return sorted(path for path in glob.glob(pattern) if os.path.getmtime(path) >= begin - 1)


def libfuzzer_numbers(log):
    """Returns executions and seconds from what libFuzzer prints at its end, in either mode."""
    with open(log, "rb") as file:
        text = file.read().decode(errors="replace")
    # At a finding it prints no end: then its last line of progress counts.
    executions = [int(n) for n in re.findall(r"number_of_executed_units: (\d+)", text)] or [
        int(n) for n in re.findall(r"^#(\d+)[:\t]", text, re.M)]
    seconds = [int(n) for n in re.findall(r"runs in (\d+) second", text)] or [
        int(n) for n in re.findall(r" time: (\d+)s", text)]
    return (executions[-1] if executions else 0), (seconds[-1] if seconds else 0)


def run_afl(target, folder, seeds, seconds, jobs=1, seed=None, environment=None):
    """Does the same with a main instance of AFL++ and jobs - 1 secondary ones."""
    corpus, log = os.path.join(folder, "afl"), os.path.join(folder, "log")
    os.makedirs(folder, exist_ok=True)
    # What minimize-corpus has left holds the seeds.
    minimized = os.path.join(folder, "corpus")
    if os.path.isdir(minimized):
        seeds = minimized
    settings = {"AFL_NO_UI": "1", "AFL_SKIP_CPUFREQ": "1", "AFL_NO_AFFINITY": "1",
                "AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES": "1", "AFL_AUTORESUME": "1",
                "AFL_FORKSRV_INIT_TMOUT": "60000", "AFL_BENCH_UNTIL_CRASH": "1"}
    # To AFL++ a target that says that it can do nothing is one that has come to its end.
    alone = subprocess.run([binary("afl", target), sorted(glob.glob(os.path.join(seeds, "*")))[0]],
                           capture_output=True, check=False,
                           env=dict(os.environ, **(environment or {})))
    if alone.returncode == NOTHING_RUN:
        with open(log, "wb") as out:
            out.write(alone.stderr)
        return Run(0, 0, [], log, NOTHING_RUN)
    for stale in glob.glob(os.path.join(corpus, "*", "fuzzer_stats")):
        os.remove(stale)
    begin = time.time()
    if TARGETS.get(target, "scenario") == "scenario":
        settings["AFL_CUSTOM_MUTATOR_LIBRARY"] = os.path.join(
            ROOT, "build", "release", "fuzz", "libafl_mutator.so")
        settings["AFL_CUSTOM_MUTATOR_ONLY"] = "1"
        settings["AFL_DISABLE_TRIM"] = "1"
    running = []
    with open(log, "wb") as out:
        for job in range(jobs):
            command = ["afl-fuzz", "-i", seeds, "-o", corpus, "-V", str(seconds), "-m", "none",
                       "-t", str(SLOWEST_SECONDS * 1000), "-G", str(MAX_LENGTH),
                       "-M" if job == 0 else "-S", f"fuzzer{job}"]
            if seed is not None:
                command += ["-s", str(seed)]
            if TARGETS.get(target) == "text":
                command += ["-x", os.path.join(ROOT, "fuzz", "text.dict")]
            running.append(subprocess.Popen(
                command + ["--", binary("afl", target)], stdout=out, stderr=out,
                env=dict(os.environ, **settings, **(environment or {}))))
        # The one that has a crash ends; the others would go on.
        while any(process.poll() is None for process in running):
            time.sleep(0.2)
            if any(process.poll() is not None for process in running):
                for process in running:
                    process.terminate()
    crashes = kept_crashes(new_files(os.path.join(corpus, "*", "crashes", "id*"), begin),
                           os.path.join(folder, "crashes"))
    numbers = afl_numbers(corpus)
    status = FOUND if crashes else RUN if numbers[0] > 0 else BROKEN
    return Run(*numbers, crashes, log, status)


def kept_crashes(crashes, folder):
    """Copies inputs out of AFL++'s state, which minimising a corpus begins anew; returns the copies,
    named by their contents as libFuzzer names them."""
    kept = []
    for crash in crashes:
        os.makedirs(folder, exist_ok=True)
        with open(crash, "rb") as file:
            name = "crash-" + hashlib.sha1(file.read()).hexdigest()
        kept.append(shutil.copy(crash, os.path.join(folder, name)))
    return sorted(set(kept))


def afl_numbers(corpus):
    executions = seconds = 0
    for path in glob.glob(os.path.join(corpus, "*", "fuzzer_stats")):
        with open(path, encoding="ascii") as file:
            stats = dict(re.findall(r"^(\w+)\s*:\s*(\S+)", file.read(), re.M))
        executions += int(stats["execs_done"])
        seconds = max(seconds, int(stats["run_time"]))
    return executions, seconds


def run_engine(engine, *arguments, **options):
    if engine == "afl":
        return run_afl(*arguments, **options)
    return run_libfuzzer(*arguments, **options)


def run_script(main):
    """Runs `main` and exits as it says; 3 where something that it needs has failed."""
    try:
        sys.exit(main())
    except (subprocess.SubprocessError, OSError, ValueError) as error:
        print(f"{os.path.basename(sys.argv[0])}: {error}", file=sys.stderr)
        sys.exit(3)


def last_lines(log, count=25):
    with open(log, "rb") as file:
        return "\n".join(file.read().decode(errors="replace").splitlines()[-count:])


def one_byte_seed():
    """Returns a folder with one input of one byte, which goes with the object."""
    folder = tempfile.TemporaryDirectory(prefix="msyncspec-seed.")
    with open(os.path.join(folder.name, "one"), "wb") as file:
        file.write(b"\0")
    return folder
