#!/usr/bin/env python3
"""Brings the content_hash lines of crawled article files up to date after their bodies were edited.

    tests/testdata/rehash.py [--check] FILE.md…

With --check it changes nothing and fails if a hash is wrong.
"""
import hashlib
import pathlib
import re
import sys

REFERENCE = re.compile(r"&(?:(amp|lt|gt|quot|apos)|#([0-9]+)|#[xX]([0-9a-fA-F]+));")
NAMES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
FILE = re.compile(r"---\n.*?\n---\n.*?^\*\*.*?^---\n(.*)^---\n+\*Crawled at:", re.DOTALL | re.MULTILINE)
HASH = re.compile(r"^(content_hash:).*$", re.MULTILINE)


def unescape(text):
    """Undoes one level of escaping."""

    def character(match):
        name, decimal, hexadecimal = match.groups()
        return NAMES[name] if name else chr(int(decimal) if decimal else int(hexadecimal, 16))

    return REFERENCE.sub(character, text)


def main(arguments):
    check = "--check" in arguments
    wrong = 0
    for name in arguments:
        if name == "--check":
            continue
        path = pathlib.Path(name)
        text = path.read_bytes().decode()
        body = unescape(FILE.match(text).group(1)).strip()
        digest = hashlib.sha256(body.encode()).hexdigest()
        updated = HASH.sub(rf"\1 {digest}", text, count=1)
        if updated == text:
            continue
        wrong += 1
        print(f"{name}: {'wrong' if check else 'updated'}, the body's hash is {digest}")
        if not check:
            path.write_bytes(updated.encode())
    return 1 if check and wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
