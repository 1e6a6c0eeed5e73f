"""A peer: rensa's compiled MinHash and LSH over words cut by rjieba, exact check."""

from __future__ import annotations

import json
import sys
import time

from tests.benchmarks.measuring import limits, paragraphs

THRESHOLD = 0.5


def main() -> None:
    """Print seconds by stage and the pairs found as JSON."""
    import rensa
    import rjieba

    texts = paragraphs(limits(sys.argv[1:]))
    stages: dict[str, float] = {}
    begun = at = time.perf_counter()
    sets = []
    for text in texts:
        words = rjieba.cut(text)
        sets.append({"".join(words[k : k + 3]) for k in range(len(words) - 2)})
    stages["segmentation and shingles"], at = time.perf_counter() - at, time.perf_counter()
    index = rensa.RMinHashLSH(threshold=THRESHOLD, num_perm=128, num_bands=32)
    sketches = []
    for number, shingles in enumerate(sets):
        sketch = rensa.RMinHash(num_perm=128, seed=42)
        sketch.update(sorted(shingles))
        sketches.append(sketch)
        if shingles:
            index.insert(number, sketch)
    stages["signatures and index"], at = time.perf_counter() - at, time.perf_counter()
    pairs = {
        (number, other)
        for number, sketch in enumerate(sketches)
        if sets[number]
        for other in index.query(sketch)
        if other < number
    }
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
