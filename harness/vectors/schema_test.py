# SPDX-License-Identifier: MIT
"""schema_test.py MSYNCSPEC: the published vectors keep their schema, and what it cannot say."""

import copy
import glob
import json
import os
import subprocess
import sys
import unittest

try:
    import jsonschema
except ImportError:
    print("skipped: no python3-jsonschema")
    sys.exit(77)

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PUBLISHED = os.path.join(ROOT, "corpus", "vectors")
MSYNCSPEC = sys.argv.pop(1)


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


SCHEMA = load(os.path.join(PUBLISHED, "schema.json"))
DOCUMENTS = {os.path.basename(path): load(path)
             for path in glob.glob(os.path.join(PUBLISHED, "*.json"))
             if not path.endswith("schema.json")}
NEWEST = DOCUMENTS["linux-6.18.json"]


def is_valid(document):
    return jsonschema.Draft202012Validator(SCHEMA).is_valid(document)


def fnv1a(text):
    value = 0xcbf29ce484222325
    for byte in text.encode():
        value = (value ^ byte) * 0x100000001b3 % 2**64
    return value


def objects(schema):
    """Yields every part of a schema that describes an object."""
    if isinstance(schema, dict):
        if schema.get("type") == "object":
            yield schema
        for part in schema.values():
            yield from objects(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from objects(part)


class Schema(unittest.TestCase):
    def test_is_a_schema_itself(self):
        jsonschema.Draft202012Validator.check_schema(SCHEMA)

    def test_leaves_no_object_open_and_no_property_unexplained(self):
        for each in objects(SCHEMA):
            self.assertIn("additionalProperties", each)
            for name, part in each.get("properties", {}).items():
                self.assertIn("description", part, name)

    def test_accepts_what_is_published(self):
        self.assertEqual(len(DOCUMENTS), 8)
        for name, document in DOCUMENTS.items():
            with self.subTest(name):
                jsonschema.Draft202012Validator(SCHEMA).validate(document)

    def test_accepts_the_vectors_of_other_profiles(self):
        for profile in ("linux-1.3.21", "linux-2.6.17", "linux-6.18-compat", "linux-6.18-64k"):
            with self.subTest(profile):
                printed = subprocess.run([MSYNCSPEC, "vectors", "--profile=" + profile], check=True,
                                         stdout=subprocess.PIPE).stdout
                self.assertTrue(is_valid(json.loads(printed)))

    def test_names_the_conditions_of_the_profiles_own_machine(self):
        for profile, some in (("linux-6.18-compat", "registers-of-32-bits"),
                              ("linux-6.18-64k", "pages-of-65536-bytes"),
                              ("linux-2.6.17", "nothing-else-mapped")):
            with self.subTest(profile):
                printed = subprocess.run([MSYNCSPEC, "vectors", "--profile=" + profile], check=True,
                                         stdout=subprocess.PIPE).stdout
                used = {each for vector in json.loads(printed)["vectors"]
                        for each in vector["conditions"]}
                self.assertIn(some, used)
                kinds = [each.split("-")[0] for each in used]
                self.assertEqual(len(set(kinds)), len(kinds), used)

    def test_refuses_what_is_planted(self):
        plants = {
            "an unknown property": lambda d: d.update(extra=1),
            "another schema": lambda d: d.update(schema="msyncspec-vectors-2"),
            "no vectors": lambda d: d.update(vectors=[]),
            "a number as text": lambda d: d.update(numberOfVectors="261"),
            "a short id": lambda d: d["vectors"][0].update(id="msync-12"),
            "no flags": lambda d: d["vectors"][0].update(flags=[]),
            "an unknown kind of flag": lambda d: d["vectors"][0].update(flags=["other:x"]),
            "an unknown kind of note": lambda d: d["notes"]["rule:flags.unknown"].update(kind="x"),
            "no answer": lambda d: d["vectors"][0].update(answers=[]),
            "an outcome in small letters":
                lambda d: d["vectors"][0]["answers"][0].update(outcomes=["einval"]),
            "an answer for nobody": lambda d: d["vectors"][0]["answers"][0].update(profiles=[]),
            "an unknown latitude": lambda d: d["vectors"][0]["answers"][0].update(latitude="wide"),
            "a position without a base": lambda d: d["vectors"][0]["call"]["addr"].pop("base"),
            "a position that does not parse":
                lambda d: d["vectors"][0]["call"]["addr"].update(text="q0"),
            "a length that does not parse":
                lambda d: d["vectors"][0]["call"]["length"].update(text="many"),
            "an unknown condition": lambda d: d["vectors"][0].update(conditions=["full-moon"]),
        }
        for name, plant in plants.items():
            with self.subTest(name):
                document = copy.deepcopy(NEWEST)
                self.assertTrue(is_valid(document))
                plant(document)
                self.assertFalse(is_valid(document))


class Vectors(unittest.TestCase):
    def test_are_as_many_as_said_and_none_is_there_twice(self):
        for document in DOCUMENTS.values():
            ids = [vector["id"] for vector in document["vectors"]]
            self.assertEqual(len(ids), document["numberOfVectors"])
            self.assertEqual(len(set(ids)), len(ids))

    def test_have_the_ids_that_their_scenarios_give(self):
        for document in DOCUMENTS.values():
            for vector in document["vectors"]:
                value = fnv1a(vector["scenario"])
                self.assertEqual(vector["id"], f"msync-{(value ^ value >> 32) & 0xffffffff:08x}")

    def test_have_flags_with_notes_and_no_note_is_left_over(self):
        for name, document in DOCUMENTS.items():
            used = {flag for vector in document["vectors"] for flag in vector["flags"]}
            self.assertEqual(used, set(document["notes"]), name)

    def test_answer_for_every_profile_once_and_their_own_first(self):
        every = None
        for document in DOCUMENTS.values():
            for vector in document["vectors"]:
                names = [name for answer in vector["answers"] for name in answer["profiles"]]
                self.assertEqual(len(set(names)), len(names))
                every = every or set(names)
                self.assertEqual(set(names), every)
                self.assertIn(document["profile"]["name"], vector["answers"][0]["profiles"])

    def test_say_in_fields_what_their_scenarios_say(self):
        for vector in NEWEST["vectors"]:
            lines = vector["scenario"].splitlines()
            call = vector["call"]
            self.assertEqual(lines[-1], f"call addr={call['addr']['text']} "
                             f"len={call['length']['text']} flags={call['flags']['text']}")
            self.assertEqual(len(lines), len(vector["files"]) + len(vector["steps"]) + 1)

    def test_have_one_outcome_by_a_kernel(self):
        for vector in NEWEST["vectors"]:
            answer = vector["answers"][0]
            self.assertEqual((len(answer["outcomes"]), answer["latitude"]), (1, "determined"))


if __name__ == "__main__":
    unittest.main()
