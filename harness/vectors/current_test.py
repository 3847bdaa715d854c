# SPDX-License-Identifier: MIT
"""current_test.py MSYNCSPEC: corpus/vectors/ holds what MSYNCSPEC prints, and nothing else."""

import os
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PUBLISHED = os.path.join(ROOT, "corpus", "vectors")
BY_HAND = {"README.md", "schema.json"}


def vectors(*flags):
    return subprocess.run([os.path.join(ROOT, "scripts", "vectors"), *flags], check=True,
                          stdout=subprocess.PIPE, encoding="utf-8").stdout


def content(folder, name):
    try:
        with open(os.path.join(folder, name), "rb") as file:
            return file.read()
    except FileNotFoundError:
        return None


def stale(published, fresh):
    """Yields what is wrong with the published files, beside what was printed just now."""
    names = os.listdir(fresh)
    for name in sorted(names):
        if content(published, name) != content(fresh, name):
            yield f"corpus/vectors/{name} is not what msyncspec prints: run scripts/vectors"
    for name in sorted(set(os.listdir(published)) - set(names) - BY_HAND):
        yield f"corpus/vectors/{name} is not among what scripts/vectors writes"


def notices(fresh):
    """Whether a file that differs, one that is missing and one too many are found."""
    with tempfile.TemporaryDirectory() as planted:
        for name in os.listdir(fresh):
            with open(os.path.join(planted, name), "wb") as file:
                file.write(content(fresh, name))
        if list(stale(planted, fresh)):
            return False
        first, second = sorted(os.listdir(fresh))[:2]
        with open(os.path.join(planted, first), "ab") as file:
            file.write(b" ")
        os.unlink(os.path.join(planted, second))
        with open(os.path.join(planted, "stray"), "wb"):
            pass
        return len(list(stale(planted, fresh))) == 3


def main():
    with tempfile.TemporaryDirectory() as fresh:
        vectors("--to=" + fresh, "--with=" + os.path.abspath(sys.argv[1]))
        if sorted(os.listdir(fresh)) != sorted(vectors("--list").split()):
            print("scripts/vectors --list is not what it writes")
            return 1
        if not notices(fresh):
            print("planted differences go unnoticed")
            return 1
        wrong = list(stale(PUBLISHED, fresh))
    for each in wrong:
        print(each)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
