#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Plants faults in the specification's source and checks that the corpus notices each of them.

Each fault is one replacement of text in a copy of what predicts: model/ and harness/scenario/. What
it touches is compiled without optimisation and linked in front of the libraries that corpus_judge
was built with; then corpus_judge holds the committed corpus against the result. A fault is caught
if an expectation is not met.

Exits with 0 if all faults are caught, 1 if one is not, 3 if something could not be built or run.
"""

import argparse
import concurrent.futures
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True  # the folder is the repository's
from planted_faults_table import FAULTS  # noqa: E402

COMPILE_SECONDS = 120
RUN_SECONDS = 10  # the whole corpus takes a few hundredths; a fault may make the walk endless
AT_ONCE = min(2, os.cpu_count() or 1)
JUDGE = "corpus/corpus_judge"
PREDICTING = {"model": "model.dir", "harness/scenario": "scenario.dir"}  # and where it is built
INCLUDED = re.compile(r'#include "((?:' + "|".join(PREDICTING) + r')/[^"]+)"')
MISMATCH = re.compile(r"^(\S+\.msync:\d+): ")


class Broken(Exception):
    """Something that says nothing about the corpus."""


def run(command, **options):
    return subprocess.run(command, capture_output=True, text=True, errors="replace", **options)


class Build:
    """What the build folder knows about compiling what predicts and linking corpus_judge."""

    def __init__(self, source, build, ninja):
        self.source, self.build = source, build
        commands = json.loads((build / "compile_commands.json").read_text())
        self.compile = {}
        for entry in commands:
            path = pathlib.Path(entry["file"])
            for part, target in PREDICTING.items():
                if path.is_relative_to(source / part) and f"/{target}/" in entry["command"]:
                    given = shlex.split(entry["command"])
                    self.compile[path.relative_to(source).as_posix()] = given
        listed = run([ninja, "-t", "commands", JUDGE], cwd=build)
        if listed.returncode != 0:
            raise Broken(f"ninja does not tell how {JUDGE} is linked: {listed.stderr}")
        link = listed.stdout.strip().splitlines()[-1]
        self.link = shlex.split(link.removeprefix(": && ").split(" && ")[0])
        if not self.compile or "-o" not in self.link:
            raise Broken(f"no commands for what predicts or for {JUDGE} in {build}")

    def sources_touched_by(self, path):
        """Returns the sources that are `path` or include it, however indirectly."""
        if path in self.compile:
            return [path]
        return [source for source in self.compile if path in self.included_by(source, set())]

    def included_by(self, path, seen):
        for name in INCLUDED.findall((self.source / path).read_text()):
            if name not in seen:
                seen.add(name)
                self.included_by(name, seen)
        return seen

    def compile_one(self, source, folder):
        """Compiles `source` of the copy in `folder`, and returns the object."""
        given = self.compile[source]
        output = folder / (source.replace("/", "_") + ".o")
        command = [given[0], f"-I{folder}"]
        skip = False
        for word in given[1:]:
            if skip or word == "-c" or word == str(self.source / source):
                skip = False
            elif word == "-o":
                skip = True
            else:
                command.append(word)
        # A fault may leave something unused; that is not what the compiler is asked about here.
        command += ["-O0", "-w", "-c", str(folder / source), "-o", str(output)]
        done = run(command, cwd=self.build, timeout=COMPILE_SECONDS)
        if done.returncode != 0:
            raise Broken(f"{source} does not compile:\n{done.stderr}")
        return str(output)

    def link_judge(self, objects, folder):
        """Links corpus_judge with `objects` in place of the same parts of its libraries."""
        command = list(self.link)
        output = folder / "judge"
        command[command.index("-o") + 1] = str(output)
        first_library = next(i for i, word in enumerate(command) if word.endswith(".a"))
        command[first_library:first_library] = objects
        done = run(command, cwd=self.build, timeout=COMPILE_SECONDS)
        if done.returncode != 0:
            raise Broken(f"does not link:\n{done.stderr}")
        return output


def judge(program, corpus):
    """Returns where the first expectation is not met, or None if all are met."""
    try:
        done = run([str(program), str(corpus)], timeout=RUN_SECONDS)
    except subprocess.TimeoutExpired:
        return f"the end of its patience, {RUN_SECONDS} s"
    places = [found.group(1) for found in map(MISMATCH.match, done.stdout.splitlines()) if found]
    if done.returncode == 0 and not places:
        return None
    if done.returncode == 2 or not places:
        said = "\n".join((done.stdout + done.stderr).splitlines()[:5])
        raise Broken(f"corpus_judge ended with {done.returncode}:\n{said}")
    more = f" and {len(places) - 1} more" if len(places) > 1 else ""
    crash = f", and a crash (signal {-done.returncode})" if done.returncode < 0 else ""
    return places[0] + more + crash


def copy_of(source, folder):
    """Copies what predicts from `source` to `folder`."""
    for part in PREDICTING:
        shutil.copytree(source / part, folder / part)


def plant(fault, folder):
    path = folder / fault.file
    text = path.read_text()
    count = text.count(fault.original)
    if count != 1:
        raise Broken(f"its original text occurs {count} times in {fault.file}, not once")
    path.write_text(text.replace(fault.original, fault.replacement))


def try_fault(build, fault):
    """Returns (fault, place that caught it or None, reason why it could not be tried or None)."""
    with tempfile.TemporaryDirectory(prefix="msyncspec-fault-") as name:
        folder = pathlib.Path(name)
        copy_of(build.source, folder)
        try:
            plant(fault, folder)
            touched = fault.sources or build.sources_touched_by(fault.file)
            objects = [build.compile_one(source, folder) for source in touched]
            return fault, judge(build.link_judge(objects, folder), build.source / "corpus"), None
        except (Broken, subprocess.TimeoutExpired) as error:
            return fault, None, str(error)


def try_control(build):
    """What is there, compiled and linked in the same way, meets every expectation."""
    with tempfile.TemporaryDirectory(prefix="msyncspec-fault-") as name:
        folder = pathlib.Path(name)
        copy_of(build.source, folder)
        with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
            objects = list(pool.map(lambda source: build.compile_one(source, folder),
                                    build.compile))
        place = judge(build.link_judge(objects, folder), build.source / "corpus")
    if place is not None:
        raise Broken(f"what is there without any fault does not meet the corpus: {place}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--source", type=pathlib.Path, required=True, help="the repository")
    parser.add_argument("--build", type=pathlib.Path, required=True,
                        help="a build folder in which corpus_judge is up to date")
    parser.add_argument("--ninja", default="ninja", help="the program that built it")
    parser.add_argument("--only", default="", help="try only faults whose names contain this")
    arguments = parser.parse_args()
    try:
        build = Build(arguments.source.resolve(), arguments.build.resolve(), arguments.ninja)
        try_control(build)
    except (Broken, OSError, subprocess.TimeoutExpired) as error:
        print(f"broken: {error}")
        return 3
    print("without any fault: every expectation is met")

    faults = [fault for fault in FAULTS if arguments.only in fault.name]
    missed, broken = 0, 0
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        for fault, place, reason in pool.map(lambda one: try_fault(build, one), faults):
            if reason is not None:
                broken += 1
                print(f"{fault.name}: BROKEN: {reason}", flush=True)
            elif place is None:
                missed += 1
                print(f"{fault.name}: NOT CAUGHT", flush=True)
            else:
                print(f"{fault.name}: caught by {place}", flush=True)
    caught = len(faults) - missed - broken
    print(f"{len(faults)} faults: {caught} caught, {missed} not caught, {broken} broken")
    if broken or not faults:
        return 3
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
