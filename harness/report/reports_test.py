# SPDX-License-Identifier: MIT
"""reports_test.py MSYNCSPEC: real reports are what their formats ask for: of a check that agrees,
of one that has findings, of one that nothing could be run of, and of one that was left out."""

import json
import os
import shutil
import subprocess
import sys
import unittest

FOLDER = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(FOLDER, "..", "cli"))
import confined
import ktap_strict

SCHEMAS = os.path.join(FOLDER, "schemas")
EPERM = 1


def check(*arguments, before=None):
    """Runs a check and returns its exit code and its reports by format."""
    paths = {name: os.path.join(confined.temporary, "report." + name)
             for name in ("ktap", "junit", "sarif", "json")}
    for path in paths.values():
        with open(path, "w", encoding="utf-8"):
            os.chmod(path, 0o666)
    done = confined.run("check", "--ci", "--seed=1", "--time=1s", *arguments, before=before,
                        *[f"--report={name}:{path}" for name, path in paths.items()])
    reports = {}
    for name, path in paths.items():
        with open(path, encoding="utf-8") as file:
            reports[name] = file.read()
    return done.returncode, reports


class Reports(unittest.TestCase):
    def expect_valid(self, reports):
        """Expects reports that their validators accept; returns the results of KTAP."""
        done = subprocess.run(["xmllint", "--noout", "--schema",
                               os.path.join(SCHEMAS, "junit-10.xsd"), "-"],
                              input=reports["junit"], encoding="utf-8", check=False,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.assertEqual(done.returncode, 0, done.stderr)
        with open(os.path.join(SCHEMAS, "sarif-2.1.0.json"), encoding="utf-8") as file:
            validator = jsonschema.Draft202012Validator(json.load(file))
        wrong = [error.message for error in validator.iter_errors(json.loads(reports["sarif"]))]
        self.assertEqual(wrong, [])
        return ktap_strict.read(reports["ktap"])

    def test_of_a_check_that_agrees(self):
        code, reports = check("--filter=corpus/rules/range*:random")
        self.assertEqual(code, 0)
        results = self.expect_valid(reports)
        self.assertEqual([(each.name, each.passed) for each in results],
                         [("corpus", True), ("random", True)])
        self.assertEqual(json.loads(reports["sarif"])["runs"][0]["results"], [])

    def test_of_a_check_with_findings(self):
        code, reports = check("--profile=linux-1.3.21", "--filter=corpus/traps/*:random")
        self.assertEqual(code, 1)
        results = self.expect_valid(reports)
        self.assertEqual([(each.name, each.passed) for each in results],
                         [("corpus", False), ("random", False)])
        findings = json.loads(reports["json"])["findings"]
        sarif = json.loads(reports["sarif"])["runs"][0]["results"]
        self.assertEqual(len(sarif), len(findings))
        for result in sarif:
            place = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
            self.assertTrue(os.path.exists(os.path.join(FOLDER, "..", "..", place)), place)
        failed = [each for each in results[1].subtests if not each.passed and each.name != "all"]
        self.assertEqual(len(failed), sum(each["stage"] == "random" for each in findings))

    def test_of_a_check_whose_findings_have_folders(self):
        parent = os.path.join(confined.temporary, "a b%<&")
        code, reports = check("--profile=linux-1.3.21", "--filter=corpus/traps/02*",
                              "--artifacts=" + parent)
        self.assertEqual(code, 1)
        self.expect_valid(reports)
        [run] = json.loads(reports["sarif"])["runs"]
        self.assertEqual({each["properties"]["artifact"] for each in run["results"]},
                         {os.path.join(parent, name) for name in os.listdir(parent)})

    @unittest.skipIf(confined.NUMBERS is None, "the numbers of this machine's calls are not known")
    def test_of_a_check_that_nothing_could_be_run_of(self):
        code, reports = check("--filter=corpus/rules/range*",
                              before=confined.with_filter("msync", confined.answer(EPERM)))
        self.assertEqual(code, 4)
        results = self.expect_valid(reports)
        self.assertEqual([(each.name, each.passed, each.directive) for each in results],
                         [("check", True, "SKIP")])

    def test_of_a_check_that_leaves_out_what_the_user_may_not_make(self):
        code, reports = check("--filter=corpus/rules/*bpf*:corpus/traps/09*:corpus/rules/range*",
                              before=confined.as_ordinary_user())
        self.assertEqual(code, 0)
        results = self.expect_valid(reports)
        directives = {each.directive for each in results[0].subtests}
        self.assertEqual(directives, {None, "SKIP"})
        self.assertIn("<skipped type=\"unsupported\"", reports["junit"])


def setUpModule():
    confined.set_up(BINARY)


def tearDownModule():
    confined.tear_down()


if __name__ == "__main__":
    BINARY = sys.argv.pop(1)
    try:
        import jsonschema
    except ImportError:
        print("skipped: no jsonschema for Python")
        sys.exit(77)
    if shutil.which("xmllint") is None:
        print("skipped: no xmllint")
        sys.exit(77)
    unittest.main()
