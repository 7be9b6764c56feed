"""Finds candidates with datasketch's MinHashLSH, for neardup_bench.

Reads one normalized text a line. Each is looked up among those before it, and added. Prints the seconds that took, then
the pairs found, as numbers of lines from 0. Needs datasketch (PyPI).
"""

import argparse
import sys
import time

from datasketch import MinHash, MinHashLSH


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts")
    parser.add_argument("--threshold", type=float, required=True)
    parser.add_argument("--shingle", type=int, required=True)
    parser.add_argument("--min-shingles", type=int, required=True)
    parser.add_argument("--permutations", type=int, default=128)
    flags = parser.parse_args()

    with open(flags.texts, encoding="utf-8") as file:
        texts = [line.rstrip("\n") for line in file]
    lsh = MinHashLSH(threshold=flags.threshold, num_perm=flags.permutations)
    pairs = []
    begin = time.perf_counter()
    for number, text in enumerate(texts):
        shingles = {text[i : i + flags.shingle].encode() for i in range(len(text) - flags.shingle + 1)}
        if len(shingles) < flags.min_shingles:
            continue
        minhash = MinHash(num_perm=flags.permutations)
        minhash.update_batch(shingles)
        pairs.extend((other, number) for other in lsh.query(minhash))
        lsh.insert(number, minhash, check_duplication=False)
    seconds = time.perf_counter() - begin
    print(seconds)
    sys.stdout.writelines(f"{a} {b}\n" for a, b in pairs)


if __name__ == "__main__":
    main()
