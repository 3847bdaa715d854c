# SPDX-License-Identifier: MIT
"""gap_test.py MSYNCSPEC: the vectors notice an implementation that is wrong about a hole behind a
mapping, those that need a file server or a perf event left out."""

import json
import subprocess
import sys
import unittest

MSYNCSPEC = sys.argv.pop(1)
PAGE, ARENA, WORD = 4096, 1 << 40, 1 << 64
ASYNC, INVALIDATE, SYNC = 1, 2, 4


def vectors():
    printed = subprocess.run([MSYNCSPEC, "vectors", "--profile=linux-6.18"], check=True,
                             stdout=subprocess.PIPE).stdout
    return json.loads(printed)["vectors"]


def value(field, base):
    return (base + field["pages"] * PAGE + field["bytes"]) % WORD


def msync(vector, fault=None):
    """Returns the outcome of a vector's call, and the pages of files that it syncs, by a plain
    model of Linux 6.18 that goes page by page, with a fault if one is named."""
    call, files = vector["call"], vector["files"]
    addr = value(call["addr"], {"arena": ARENA, "zero": 0,
                                "last-page": WORD - PAGE}[call["addr"]["base"]])
    length = value(call["length"], {"zero": 0, "max": WORD - 1,
                                    "to-last": WORD - PAGE - addr}[call["length"]["base"]])
    flags = call["flags"]["value"] % 2**32  # an int
    if flags & ~7 or addr % PAGE or flags & ASYNC and flags & SYNC:
        return "EINVAL", []
    end = (addr + -(-length // PAGE) * PAGE) % WORD
    if end < addr:
        return "ENOMEM", []
    mapped = {value(step["at"], ARENA) + i * PAGE: (step, step["filePage"] + i)
              for step in vector["steps"] for i in range(step["length"]["pages"])}
    reached, synced, hole, met = addr, [], False, False
    for page in sorted(page for page in mapped if page >= addr):
        gap = page > reached
        if gap and met and reached < end and fault == "stops":
            return "ENOMEM", synced
        if page >= end and not (gap and met and fault == "looks behind" and page <= end):
            break
        if gap and flags == ASYNC:
            return "ENOMEM", synced
        hole |= gap and not (met and fault == "forgets")
        step, file_page = mapped[page]
        if flags & INVALIDATE and step["locked"] and not (hole and met and fault == "misses locks"):
            return "EBUSY", synced
        file = None if step["file"] is None else files[step["file"]]
        if flags & SYNC and file and step["sharing"] == "shared" and not file["readonly"]:
            if not (hole and met and fault == "misses files"):
                if file["backing"] == "perf":
                    return "EINVAL", synced
                synced.append((step["file"], file_page))
                if file["fsync"] != "0":
                    return file["fsync"], synced
        reached, met = page + PAGE, True
    return "ENOMEM" if hole or reached < end else "0", synced


def expected(vector):
    answer = vector["answers"][0]
    pages = [(effect["file"], page) for effect in answer["effects"]
             for page in range(value(effect["begin"], 0) // PAGE, value(effect["end"], 0) // PAGE)]
    return answer["outcomes"][0], pages


VECTORS = vectors()
PLAIN = [vector for vector in VECTORS
         if not any(file["backing"] in ("fuse", "perf") for file in vector["files"])]


class Gaps(unittest.TestCase):
    def test_the_plain_model_is_right(self):
        for vector in VECTORS:
            with self.subTest(vector["scenario"]):
                self.assertEqual(msync(vector), expected(vector))

    def test_faults_behind_a_hole_are_noticed(self):
        for fault in ("stops", "looks behind", "forgets", "misses locks", "misses files"):
            for name, some in (("all", VECTORS), ("no fuse and no perf", PLAIN)):
                with self.subTest(fault, vectors=name):
                    self.assertTrue(any(msync(each, fault) != expected(each) for each in some))

    def test_stopping_is_seen_in_what_the_call_returns(self):
        seen = [vector for vector in VECTORS if msync(vector, "stops")[0] != expected(vector)[0]]
        self.assertEqual({vector["answers"][0]["rule"] for vector in seen},
                         {"mapping.locked", "file.no_fsync", "file.fsync_error"})
        for vector in seen:
            self.assertIn("boundary:hole-between-mappings", vector["flags"])
        self.assertTrue(any(vector in PLAIN for vector in seen))

    def test_stopping_is_seen_in_what_is_synced(self):
        self.assertTrue(any(vector["answers"][0]["rule"] == "hole.remembered"
                            and msync(vector, "stops")[1] != expected(vector)[1]
                            for vector in PLAIN))


if __name__ == "__main__":
    unittest.main()
