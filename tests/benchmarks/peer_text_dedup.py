"""A peer: text-dedup's MinHash deduplication of a JSONL file, words cut by rjieba and set apart by blanks.

It takes what stands between blanks and signs for a word, so of Chinese as it is written a clause: recall .40 then.
"""

from __future__ import annotations

import json
import logging
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.measuring import limits, paragraphs


def main() -> None:
    """Print seconds by stage and how many are kept as JSON."""
    import rjieba
    from text_dedup.minhash import main as deduplicate

    logging.disable(logging.CRITICAL)
    texts = paragraphs(limits(sys.argv[1:]))
    stages: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        begun = at = time.perf_counter()
        corpus = Path(folder) / "corpus.jsonl"
        with corpus.open("w", encoding="utf-8") as lines:
            for text in texts:
                words = " ".join(rjieba.cut(text))
                lines.write(json.dumps({"text": words}, ensure_ascii=False) + "\n")
        stages["segmentation"], at = time.perf_counter() - at, time.perf_counter()
        options = {
            "path": "json",
            "data_files": corpus,
            "split": "train",
            "cache_dir": f"{folder}/cache",
            "output": f"{folder}/out",
            "column": "text",
            "batch_size": 10_000,
            "num_proc": 1,
            "ngram": 2,
            "min_length": 1,
            "num_perm": 128,
            "threshold": 0.7,
            "b": 25,
            "r": 5,
            "hash_func": "xxh3",
            "hash_bits": 32,
        }
        deduplicate(
            [part for name, value in options.items() for part in (f"--{name}", str(value))],
            standalone_mode=False,
        )
        stages["MinHash deduplication"] = time.perf_counter() - at
        seconds = time.perf_counter() - begun
        kept = _records(Path(folder) / "out")
    print(
        json.dumps(
            {
                "characters": sum(map(len, texts)),
                "seconds": seconds,
                "stages": stages,
                "found": {"kept": kept},
            }
        )
    )


def _records(folder: Path) -> int:
    from datasets import load_from_disk

    return len(load_from_disk(str(folder)))


if __name__ == "__main__":
    main()
