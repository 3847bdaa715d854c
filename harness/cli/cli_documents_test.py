# SPDX-License-Identifier: MIT
"""cli_documents_test.py MSYNCSPEC: the verbs that hold profiles, documents and pages against one
another, and what the other verbs make of profiles that are not of this kernel."""

import functools
import json
import os
import sys
import unittest

import confined
from confined import run

SOURCES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "model", "sources")
DOCUMENTS = ["symbian-open-c", "man-pages-3.53", "hp-ux-11i-v3", "man-pages-ru", "love-2007",
             "man-pages-6.03", "posix-2017"]
KERNELS = ["linux-" + version for version in
           ["1.3.21", "2.4.19", "2.5.23", "2.5.26", "2.5.43", "2.5.68", "2.6.17", "2.6.19", "3.16",
            "4.13", "5.4", "6.4", "6.18"]]
ABIS = ["linux-6.18-" + abi for abi in ["compat", "32bit", "alpha", "parisc", "16k", "64k"]]
NEW_VERBS = ["clauses", "diff", "drift", "matrix"]
QUICK = ["--scope=2", "--time=1s", "--seed=1", "--stages=exhaustive,random"]
PAGE = "map p0 1p private rw anon\ncall addr=p0 len=1p flags=0\n"


@functools.lru_cache(maxsize=None)
def said(*arguments):
    """Runs the command once for all tests that look at what it says."""
    return run(*arguments)


def labels(document):
    """Returns the clause labels of a source, in its order."""
    with open(os.path.join(SOURCES, document + ".txt"), encoding="utf-8") as source:
        return [line.strip()[1:-1] for line in source
                if line.startswith("[") and line.rstrip().endswith("]")]


class CommandTest(unittest.TestCase):
    maxDiff = None

    def expect(self, result, code, *words):
        printed = result.stdout + result.stderr
        self.assertEqual(result.returncode, code, printed[-3000:])
        for word in words:
            self.assertIn(word, printed)

    def expect_usage(self, result, *words):
        self.expect(result, 2, *words)
        self.assertEqual(result.stdout, "")
        self.assertTrue(result.stderr.startswith("msyncspec: "), result.stderr)


class Usage(CommandTest):
    def test_every_verb_explains_itself(self):
        for verb in NEW_VERBS:
            with self.subTest(verb):
                result = run(verb, "--help")
                self.expect(result, 0, f"msyncspec {verb}", "--format")
                self.assertEqual(result.stderr, "")
        self.expect(run("--help"), 0, *NEW_VERBS)

    def test_what_is_unknown_is_refused_with_the_nearest_names(self):
        for arguments, words in [
                (["diff", "linux-6.19", "linux-6.18"], ["linux-6.19: no such", "linux-6.18"]),
                (["diff", "linux-6.18", "posix-2018"], ["posix-2018: no such", "posix-2017"]),
                (["diff", "linux-6.18"], ["diff takes two profiles"]),
                (["diff", "linux-6.18", "linux-6.18", "linux-6.18"], ["diff takes two profiles"]),
                (["clauses", "man-pages-6.04"], ["no such profile", "man-pages-6.03"]),
                (["clauses"], ["clauses takes one profile"]),
                (["clauses", "posix-2017", "--profile=love-2007"], ["not against a document"]),
                (["matrix", "posix-2017"], ["matrix takes no arguments"]),
                (["matrix", "--profile=posix-2017"], ["not against a document"]),
                (["drift", "length-zero"], ["no such entry", "length-zero-succeeds-anywhere"])]:
            with self.subTest(arguments):
                self.expect_usage(run(*arguments), *words)

    def test_a_format_that_is_not_offered_is_refused(self):
        for arguments in [["diff", "linux-6.18", "linux-6.4"], ["clauses", "posix-2017"],
                          ["matrix"], ["drift"]]:
            with self.subTest(arguments):
                self.expect_usage(run(*arguments, "--format=yaml"),
                                  "--format=yaml: expected text or json or markdown")
        for arguments in [["check"], ["profiles"]]:
            with self.subTest(arguments):
                self.expect_usage(run(*arguments, "--format=markdown"),
                                  "--format=markdown: expected text or json")


class Diff(CommandTest):
    def test_profiles_that_differ_exit_with_1(self):
        result = run("diff", "linux-2.6.19", "linux-3.16")
        self.expect(result, 1, "differ in 1 way ", "linux-2.6.19  0, synced f0[all)+metadata",
                    "linux-3.16    0, synced f0[0,1p)")
        self.assertEqual(result.stderr, "")

    def test_a_profile_and_itself_exit_with_0_and_say_so_aside(self):
        for arguments in [[], ["--format=markdown"]]:
            with self.subTest(arguments):
                result = run("diff", "linux-6.18", "linux-6.18", *arguments)
                self.expect(result, 0, "say the same")
                self.assertEqual(result.stdout, "")

    def test_json_of_a_profile_and_itself_has_no_differences(self):
        result = run("diff", "posix-2017", "posix-2017", "--format=json")
        self.expect(result, 0)
        self.assertEqual(result.stderr, "")
        report = json.loads(result.stdout)
        self.assertEqual(report["schema"], "msyncspec-diff-1")
        self.assertEqual(report["differences"], [])
        self.assertEqual(report["unshown"], [])

    def test_every_scenario_of_a_diff_can_be_predicted(self):
        result = run("diff", "man-pages-3.53", "linux-6.18", "--format=json")
        self.expect(result, 1)
        for difference in json.loads(result.stdout)["differences"]:
            with self.subTest(difference["scenario"]):
                for side in difference["sides"]:
                    predicted = run("predict", "--profile=" + side["profile"], "-",
                                    text=difference["scenario"])
                    self.expect(predicted, 0, side["says"].split(", ")[0])

    def test_profiles_of_every_era_and_abi_can_be_compared(self):
        self.expect(run("diff", "linux-5.4-compat", "linux-5.4"), 1, "linux-5.4-compat")


class Matrix(CommandTest):
    def test_text_has_every_clause_of_every_document_in_its_own_section(self):
        result = said("matrix")
        self.expect(result, 0)
        for document, section in self.sections(result.stdout, "\n== "):
            for label in labels(document):
                self.assertIn(f"\n[{label}] ", section, document)

    def test_markdown_has_every_clause_of_every_document_in_its_own_section(self):
        result = said("matrix", "--format=markdown")
        self.expect(result, 0)
        for document, section in self.sections(result.stdout, "\n# "):
            for label in labels(document):
                self.assertIn(f"\n| {label} | ", section, document)

    def sections(self, text, mark):
        parts = text.split(mark)
        names = [part.split("\n", 1)[0] for part in parts]
        self.assertEqual(sorted(set(DOCUMENTS) & set(names)), sorted(DOCUMENTS))
        self.assertEqual(len(names), len(set(names)))
        return [(name, part) for name, part in zip(names, parts) if name in DOCUMENTS]

    def test_json_has_every_clause_of_every_document_in_order(self):
        result = said("matrix", "--format=json")
        self.expect(result, 0)
        report = json.loads(result.stdout)
        self.assertEqual(report["schema"], "msyncspec-matrix-1")
        found = {document["profile"]: [clause["label"] for clause in document["clauses"]]
                 for document in report["documents"]}
        self.assertEqual(found, {document: labels(document) for document in DOCUMENTS})

    def test_json_counts_differences_symmetrically(self):
        report = json.loads(said("matrix", "--format=json").stdout)
        names, counts = report["profiles"], report["differences"]
        for name in DOCUMENTS + KERNELS + ABIS:
            self.assertIn(name, names)
        self.assertEqual([len(row) for row in counts], [len(names)] * len(names))
        for i, row in enumerate(counts):
            self.assertEqual(row[i], 0)
            self.assertEqual(row, [other[i] for other in counts])
        self.assertEqual(counts[names.index("linux-2.6.19")][names.index("linux-3.16")], 1)


class Clauses(CommandTest):
    def test_a_document_is_held_against_this_kernel(self):
        for document in DOCUMENTS:
            with self.subTest(document):
                result = said("clauses", document, "--format=json")
                self.expect(result, 0)
                report = json.loads(result.stdout)
                self.assertEqual(report["schema"], "msyncspec-clauses-1")
                self.assertEqual(report["profile"], document)
                self.assertEqual([each["label"] for each in report["clauses"]], labels(document))
                self.assertIn("run on Linux " + os.uname().release, report["observed_on"])

    def test_another_kernel_is_not_run(self):
        self.expect(run("clauses", "posix-2017", "--profile=linux-2.6.17"), 0,
                    "held against linux-2.6.17; nothing was run: this is Linux")

    def test_a_kernel_has_the_clauses_of_its_source(self):
        for kernel, source in [("linux-6.18", "linux"), ("linux-2.6.19", "linux-history")]:
            with self.subTest(kernel):
                result = run("clauses", kernel, "--format=json")
                self.expect(result, 0)
                report = json.loads(result.stdout)
                self.assertEqual([each["label"] for each in report["clauses"]], labels(source))
                self.assertTrue(any(each["shown_by"] for each in report["clauses"]))

    def test_markdown_is_a_table_under_a_title(self):
        self.expect(run("clauses", "love-2007", "--format=markdown"), 0, "# love-2007\n\n",
                    "| clause | words | standing | shown by |")


class Drift(CommandTest):
    def entries(self):
        result = said("drift", "--format=json")
        self.expect(result, 0)
        return json.loads(result.stdout)["entries"]

    def test_has_every_entry_with_program_output_and_wording(self):
        entries = self.entries()
        self.assertEqual(len(entries), 35)
        self.assertEqual(len({entry["name"] for entry in entries}), 35)
        for entry in entries:
            with self.subTest(entry["name"]):
                for field in ["title", "sentence", "why", "scenario", "program", "output",
                              "wording"]:
                    self.assertTrue(entry[field])
                self.assertIn(entry["kind"], ["contradicted", "imprecise", "silent"])
                self.assertIn(entry["clause"], labels("man-pages-6.03"))
                self.assertIn(entry["verdict"], ["agree", "unsupported"])
                self.assertEqual(entry["verdict"] == "unsupported", bool(entry["reason"]))

    def test_covers_every_clause_that_linux_does_not_keep(self):
        report = json.loads(said("clauses", "man-pages-6.03", "--format=json").stdout)
        covered = {entry["clause"] for entry in self.entries()}
        wrong = [clause["label"] for clause in report["clauses"]
                 if clause["standing"] in ("stricter", "contradicted")]
        self.assertIn("DESCRIPTION MS_ASYNC", wrong)
        self.assertEqual([label for label in wrong if label not in covered], [])

    def test_gives_those_that_are_named(self):
        result = run("drift", "length-zero-succeeds-anywhere", "--format=json")
        self.expect(result, 0)
        self.assertEqual([entry["name"] for entry in json.loads(result.stdout)["entries"]],
                         ["length-zero-succeeds-anywhere"])

    def test_text_and_markdown_have_every_entry(self):
        text, markdown = said("drift"), said("drift", "--format=markdown")
        self.expect(text, 0)
        self.expect(markdown, 0)
        folded = " ".join(text.stdout.split())
        for entry in self.entries():
            heading = ". " + entry["name"] + ": " + entry["title"]
            self.assertIn(heading + " ", folded)
            self.assertIn(heading + "\n", markdown.stdout)


class Profiles(CommandTest):
    def test_lists_every_document_era_and_abi(self):
        names = [each["name"] for each in
                 json.loads(said("profiles", "--format=json").stdout)["profiles"]]
        for name in DOCUMENTS + KERNELS + ABIS:
            self.assertIn(name, names)
            self.assertIn(f"  {name} ", said("profiles").stdout)
        self.assertEqual(len(names), len(set(names)))

    def test_says_of_each_what_it_stands_for(self):
        for each in json.loads(said("profiles", "--format=json").stdout)["profiles"]:
            with self.subTest(each["name"]):
                self.assertTrue(each["basis"])
                self.assertTrue(each["edition"])
                self.assertEqual(each["kind"] == "document", each["name"] in DOCUMENTS)
                self.assertEqual(each["checkable"], "reason" not in each)


class OtherProfiles(CommandTest):
    def test_other_flag_numbers_cannot_be_checked_here(self):
        why = ["linux-6.18-alpha cannot be checked here", "its MS_ASYNC, MS_INVALIDATE and MS_SYNC"]
        self.expect(run("check", *QUICK, "--profile=linux-6.18-alpha"), 4, *why)
        self.expect(run("run", "--profile=linux-6.18-alpha", "-", text=PAGE), 4, *why)

    def compat_can_be_checked(self):
        profiles = json.loads(said("profiles", "--format=json").stdout)["profiles"]
        compat = next(each for each in profiles if each["name"] == "linux-6.18-compat")
        if not compat["checkable"]:
            self.skipTest(compat["reason"])
        if not next(each for each in profiles if each["name"] == "linux-6.18")["auto"]:
            self.skipTest("this kernel is not of the era of linux-6.18")

    def test_32_bit_callers_agree(self):
        self.compat_can_be_checked()
        self.expect(run("check", *QUICK, "--profile=linux-6.18-compat"), 0, "agree")
        wrap = "map p0 1p private rw anon\ncall addr=p0 len=max flags=0\n"
        self.expect(run("run", "--profile=linux-6.18-compat", "-", text=wrap), 0,
                    "predicted ENOMEM by hole.", "observed ENOMEM")

    def test_a_manual_page_has_findings(self):
        self.expect(run("check", *QUICK, "--profile=man-pages-6.03"), 1, "FINDING")
        page = "map p0 1p private rw anon\ncall addr=p0 len=max flags=MS_SYNC\n"
        self.expect(run("run", "--profile=man-pages-6.03", "-", text=page), 1,
                    "predicted ENOMEM by document.unmapped, observed 0")
        self.expect(run("run", "--profile=man-pages-6.03", "-", text=PAGE), 0, "agree")


def setUpModule():
    confined.set_up(BINARY)


def tearDownModule():
    confined.tear_down()


if __name__ == "__main__":
    BINARY = sys.argv.pop(1)
    unittest.main()
