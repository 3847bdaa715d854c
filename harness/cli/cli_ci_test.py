# SPDX-License-Identifier: MIT
"""cli_ci_test.py MSYNCSPEC: what `check` promises to whoever runs it in CI."""

import glob
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import unittest

import confined
from confined import run

QUICK = ["check", "--ci", "--time=1s", "--seed=1"]
ONE = "--filter=corpus/rules/range.empty.msync"
ANY_LINUX = "linux-1.0..linux-99.0"
DEVIATION = """# key: range.empty-0-got-ENOMEM
# systems: {systems}
# reason: It is so.
# link: https://example.org/
# date: 2026-01-31
call addr=p0 len=max flags=0
"""


class CiTest(unittest.TestCase):
    def expect(self, result, code, *words):
        """Expects an exit code, and words in what was printed."""
        printed = (result.stdout or "") + (result.stderr or "")
        self.assertEqual(result.returncode, code, printed)
        for word in words:
            self.assertIn(word, printed)

    def folder(self, **files):
        """Returns a new folder of known deviations, by name."""
        path = os.path.join(confined.temporary, self.id())
        os.mkdir(path)
        for name, text in files.items():
            with open(os.path.join(path, name + ".msync"), "w", encoding="utf-8") as file:
                file.write(text)
        return path


class Check(CiTest):
    def test_runs_corpus_and_random_within_its_time(self):
        begin = time.monotonic()
        result = run(*QUICK, "--format=json")
        self.expect(result, 0)
        self.assertLess(time.monotonic() - begin, 30)
        stages = json.loads(result.stdout)["stages"]
        self.assertEqual([stage["name"] for stage in stages], ["corpus", "random"])

    def test_list_names_what_would_be_run_and_runs_nothing(self):
        result = run("check", "--list")
        self.expect(result, 0)
        names = result.stdout.splitlines()
        self.assertIn("corpus/rules/range.empty.msync", names)
        self.assertEqual(names[-2:], ["exhaustive", "random"])
        self.assertEqual(len(names), len(set(names)))
        self.assertEqual(run("check", "--list", "--effects=all").stdout.splitlines()[-5:],
                         ["exhaustive", "random", "injection", "served", "files"])

    def test_filter_chooses_by_name(self):
        result = run("check", "--list", "--filter=*/01-*:random:-*hears*")
        self.expect(result, 0)
        self.assertEqual(result.stdout.splitlines(), [
            "corpus/traps/01-read-only-descriptor.msync",
            "corpus/traps/01-read-only-memory-of-a-writable-file.msync", "random"])

    def test_a_filter_that_nothing_matches_is_not_success(self):
        result = run("check", "--filter=nothing")
        self.expect(result, 4, "--filter=nothing", "none of what the stages run is left")
        self.assertEqual(result.stdout, "")

    def test_shards_share_the_list(self):
        whole = run("check", "--list").stdout.splitlines()
        parts = []
        for shard in ("1/3", "2/3", "3/3"):
            parts += run("check", "--list", "--shard=" + shard).stdout.splitlines()
        self.assertEqual(sorted(set(parts)), sorted(whole))
        self.assertEqual(len(parts), len(whole) + 2)  # random is in each

    def test_shards_make_other_scenarios_that_their_commands_repeat(self):
        result = run("check", "--profile=linux-1.3.21", "--filter=random", "--shard=3/4",
                     "--seed=1", "--count=50", "--format=json")
        self.expect(result, 1)
        for finding in json.loads(result.stdout)["findings"]:
            index = int(finding["origin"].rpartition(" ")[2])
            self.assertEqual(index >> 40, 2)
            self.assertIn(f"--at={index} ", finding["command"])

    def test_what_is_no_shard_is_refused(self):
        self.expect(run("check", "--shard=5/4"), 2, "--shard: expected I/N")

    def test_findings_are_annotations_on_github(self):
        arguments = [*QUICK, ONE, "--profile=linux-1.3.21", "--filter=corpus/traps/02*"]
        plain = run(*arguments)
        self.expect(plain, 1)
        self.assertNotIn("::error", plain.stdout)
        result = run(*arguments, env=confined.environment(GITHUB_ACTIONS="true"))
        self.expect(result, 1, "::error file=model/", ",line=")
        annotations = [line for line in result.stdout.splitlines() if line.startswith("::error")]
        self.assertEqual(len(annotations), result.stdout.count("FINDING"))


class Reports(CiTest):
    def test_each_is_written_where_it_is_asked_for(self):
        paths = {name: os.path.join(confined.temporary, name)
                 for name in ("ktap", "junit", "sarif", "json")}
        begins = {"ktap": "KTAP version 1\n", "junit": "<?xml", "sarif": "{\n", "json": "{\n"}
        result = run("check", ONE, f"--report=ktap:{paths['ktap']},junit:{paths['junit']}",
                     f"--report=sarif:{paths['sarif']}", "--report", f"json:{paths['json']}")
        self.expect(result, 0, "\nagree: ")
        for name, path in paths.items():
            with open(path, encoding="utf-8") as file:
                self.assertTrue(file.read().startswith(begins[name]), name)

    def test_one_on_standard_output_is_alone_there(self):
        result = run("check", ONE, "--report=ktap:-")
        self.expect(result, 0)
        self.assertTrue(result.stdout.startswith("KTAP version 1\n"))
        self.assertIn("\nagree: ", result.stderr)

    def test_what_cannot_be_written_is_said_before_anything_is_run(self):
        for word, said in [("ktap:/nonexistent/a", "/nonexistent/a: No such file"),
                           ("tap:a", "expected ktap:PATH"), ("ktap:", "expected ktap:PATH"),
                           ("ktap:-,json:-", "- is there twice")]:
            with self.subTest(word):
                result = run("check", ONE, "--report=" + word)
                self.expect(result, 2, said)
                self.assertEqual(result.stdout, "")

    def test_what_could_not_be_written_in_the_end_is_no_success(self):
        self.expect(run("check", ONE, "--report=ktap:/dev/full"), 3,
                    "the report /dev/full cannot be written: No space left")


class Artifacts(CiTest):
    ERA = "--profile=linux-1.3.21"
    FILES = ["env.json", "explanation.txt", "repro.c", "scenario.msync"]

    def check(self, *arguments):
        """Runs a check; returns the folder of its findings, and its result."""
        path = os.path.join(confined.temporary, self.id(), "new")
        return path, run(*QUICK, "--artifacts=" + path, *arguments)

    def test_each_finding_has_a_folder_that_the_reports_name(self):
        reports = {name: os.path.join(confined.temporary, "artifacts." + name)
                   for name in ("ktap", "junit", "sarif", "json")}
        parent, result = self.check(self.ERA, "--filter=corpus/traps/02*:random", *[
            f"--report={name}:{path}" for name, path in reports.items()])
        self.expect(result, 1)
        texts = {}
        for name, path in reports.items():
            with open(path, encoding="utf-8") as file:
                texts[name] = file.read()
        findings = json.loads(texts["json"])["findings"]
        self.assertEqual(sorted({each["key"] for each in findings}), sorted(os.listdir(parent)))
        for finding in findings:
            folder = os.path.join(parent, finding["key"])
            self.assertEqual(finding["artifact"], folder)
            self.assertEqual(sorted(os.listdir(folder)), self.FILES)
            self.assertIn("  artifact   " + folder + "\n", result.stdout)
            self.assertIn("# artifact: " + folder + "\n", texts["ktap"])
            self.assertIn("\nartifact: " + folder + "\n", texts["junit"])
            with open(os.path.join(folder, "env.json"), encoding="utf-8") as file:
                self.assertEqual(json.load(file)["seed"], 1)
        results = json.loads(texts["sarif"])["runs"][0]["results"]
        self.assertEqual([each["properties"]["artifact"] for each in results],
                         [each["artifact"] for each in findings])

    def test_a_folder_shows_its_finding(self):
        compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
        if compiler is None:
            self.skipTest("no C compiler")
        parent, result = self.check(self.ERA, "--filter=corpus/traps/02-hole-then-lock*")
        self.expect(result, 1)
        for key in os.listdir(parent):
            folder = os.path.join(parent, key)
            program = os.path.join(confined.temporary, key + ".program")
            subprocess.run([compiler, "-Wall", "-Wextra", "-Werror", "-o", program,
                            os.path.join(folder, "repro.c")], check=True)
            shown = subprocess.run([program], stdout=subprocess.PIPE, check=False)
            self.assertEqual(shown.returncode, 1, key)
            self.expect(run("run", self.ERA, os.path.join(folder, "scenario.msync")), 1)

    def test_scenarios_are_minimised(self):
        parent, result = self.check(self.ERA, "--filter=random", "--count=300", "--format=json")
        self.expect(result, 1)
        for finding in json.loads(result.stdout)["findings"]:
            if finding["key"] != "hole.nothing_behind-EFAULT-got-ENOMEM":
                continue
            with open(os.path.join(parent, finding["key"], "scenario.msync"),
                      encoding="utf-8") as file:
                lines = [line for line in file.read().splitlines() if not line.startswith("#")]
            self.assertEqual([line.split()[0] for line in lines], ["call"])
            return
        self.fail("a hole is in none of 300 random scenarios")

    def test_a_second_run_leaves_folders_as_they_are(self):
        arguments = [self.ERA, "--filter=corpus/traps/02-hole-then-lock*"]
        parent, first = self.check(*arguments)
        self.expect(first, 1)
        noted = os.path.join(parent, os.listdir(parent)[0], "note")
        with open(noted, "w", encoding="utf-8") as file:
            file.write("seen")
        names = sorted(os.listdir(parent))
        times = [os.stat(os.path.join(parent, name)).st_mtime_ns for name in names]
        self.expect(self.check(*arguments)[1], 1, "  artifact   " + parent)
        self.assertEqual(sorted(os.listdir(parent)), names)
        self.assertEqual([os.stat(os.path.join(parent, name)).st_mtime_ns for name in names],
                         times)

    def test_a_deviation_that_is_none_any_more_has_a_folder(self):
        known = self.folder(planted=DEVIATION.format(systems=ANY_LINUX))
        parent, result = self.check("--filter=deviations/*", "--deviations=" + known)
        self.expect(result, 1)
        [key] = os.listdir(parent)
        self.assertEqual(sorted(os.listdir(os.path.join(parent, key))), self.FILES)

    def test_interrupted_it_minimises_no_more_and_still_writes_folders(self):
        parent = os.path.join(confined.temporary, self.id())
        check = confined.start("check", "--ci", "--seed=1", self.ERA, "--filter=random",
                               "--count=300", "--artifacts=" + parent, stdout=subprocess.PIPE)
        deadline = time.monotonic() + confined.TIMEOUT
        while not glob.glob(os.path.join(glob.escape(parent), "*", "env.json")):
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.01)
        check.send_signal(signal.SIGINT)
        printed, _ = check.communicate(timeout=confined.TIMEOUT)
        self.assertEqual(check.returncode, -signal.SIGINT, printed)
        self.assertIn("(incomplete: interrupted)", printed)
        self.assertEqual(printed.count("  artifact   " + parent), printed.count("FINDING "))
        for key in os.listdir(parent):
            self.assertEqual(sorted(os.listdir(os.path.join(parent, key))), self.FILES)

    def test_what_cannot_be_written_is_said_before_anything_is_run(self):
        for parent in ("/proc/nowhere", "/dev/null"):
            with self.subTest(parent):
                result = run(*QUICK, ONE, "--artifacts=" + parent)
                self.expect(result, 2, f"--artifacts: {parent}: ")
                self.assertEqual(result.stdout, "")


class Deviations(CiTest):
    def test_one_that_deviates_no_more_fails_the_run(self):
        folder = self.folder(planted=DEVIATION.format(systems=ANY_LINUX))
        self.expect(run(*QUICK, ONE, "--deviations=" + folder), 0)  # filtered out
        self.expect(run(*QUICK, "--filter=deviations/*", "--deviations=" + folder), 1,
                    "FINDING a known deviation is none any more",
                    f"observed   no such thing: delete {folder}/planted.msync")

    def test_one_of_another_system_is_passed_over(self):
        folder = self.folder(planted=DEVIATION.format(systems="gvisor"))
        result = run("check", "--list", "--deviations=" + folder)
        self.expect(result, 0)
        self.assertNotIn("deviations/", result.stdout)

    def test_one_that_is_wrong_is_named_by_its_place(self):
        folder = self.folder(planted=DEVIATION.format(systems="windows"))
        self.expect(run(*QUICK, "--deviations=" + folder), 2, f"{folder}/planted.msync:2: expected")
        self.expect(run(*QUICK, "--deviations=/nonexistent"), 2, "/nonexistent: No such file")

    def test_of_another_profile_nothing_is_known(self):
        arguments = [*QUICK, "--profile=linux-1.3.21", "--filter=corpus/traps/02-hole-then-lock*",
                     "--format=json"]
        found = run(*arguments)
        self.expect(found, 1)
        findings = json.loads(found.stdout)["findings"]
        texts = {}
        for i, each in enumerate(findings):
            texts[f"planted{i}"] = DEVIATION.format(systems=ANY_LINUX).replace(
                "range.empty-0-got-ENOMEM", each["key"])
        known = run(*arguments, "--deviations=" + self.folder(**texts))
        self.expect(known, 1)
        report = json.loads(known.stdout)
        self.assertEqual(len(report["findings"]), len(findings))
        self.assertEqual(report["known_deviations"], [])


def setUpModule():
    confined.set_up(BINARY)


def tearDownModule():
    confined.tear_down()


if __name__ == "__main__":
    BINARY = sys.argv.pop(1)
    unittest.main()
