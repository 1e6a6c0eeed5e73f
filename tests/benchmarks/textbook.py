"""The pipeline of the tutorials: jieba, shingles of three words, `MinHash.update`, `MinHashLSH`, exact check."""

from __future__ import annotations

import json
import logging
import sys
import time

from tests.benchmarks.measuring import limits, paragraphs

THRESHOLD = 0.5


def main() -> None:
    """Print seconds by stage and the pairs found as JSON."""
    import jieba
    from datasketch import MinHash, MinHashLSH

    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    texts = paragraphs(limits(sys.argv[1:]))
    stages: dict[str, float] = {}
    begun = at = time.perf_counter()
    words = [jieba.lcut(text) for text in texts]
    stages["segmentation"], at = time.perf_counter() - at, time.perf_counter()
    sets = [{"".join(cut[k : k + 3]) for k in range(len(cut) - 2)} for cut in words]
    stages["shingles"], at = time.perf_counter() - at, time.perf_counter()
    sketches = []
    for shingles in sets:
        sketch = MinHash(num_perm=128)
        for shingle in shingles:
            sketch.update(shingle.encode("utf-8"))
        sketches.append(sketch)
    stages["signatures"], at = time.perf_counter() - at, time.perf_counter()
    index = MinHashLSH(threshold=THRESHOLD, num_perm=128)
    for number, sketch in enumerate(sketches):
        if sets[number]:
            index.insert(number, sketch)
    stages["index"], at = time.perf_counter() - at, time.perf_counter()
    pairs = set()
    for number, sketch in enumerate(sketches):
        if sets[number]:
            pairs |= {(number, other) for other in index.query(sketch) if other < number}
    verified = sum(len(sets[a] & sets[b]) >= THRESHOLD * len(sets[a] | sets[b]) for a, b in pairs)
    stages["query and check"] = time.perf_counter() - at
    seconds = time.perf_counter() - begun
    print(
        json.dumps(
            {
                "characters": sum(map(len, texts)),
                "seconds": seconds,
                "stages": stages,
                "found": {"pairs": verified},
            }
        )
    )


if __name__ == "__main__":
    main()
