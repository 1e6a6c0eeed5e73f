"""A peer: datatrove's MinHash deduplication, its four steps one after the other, words cut by rjieba.

Its own words of Chinese are those of spaCy over jieba, which needs both and is slower; the rest is its default but for
pairs of words and 25 buckets of 5, which find a resemblance of 0.7 as often as `speech-reuse dedup` promises to.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.benchmarks.measuring import limits, paragraphs


class Words:
    """What datatrove asks of a tokenizer."""

    def word_tokenize(self, text: str) -> list[str]:
        import rjieba

        words: list[str] = rjieba.cut(text)
        return words


def main() -> None:
    """Print seconds by stage and how many are kept as JSON."""
    texts = paragraphs(limits(sys.argv[1:]))
    with tempfile.TemporaryDirectory() as folder:
        steps, kept = _steps(texts, Path(folder))
        stages: dict[str, float] = {}
        begun = time.perf_counter()
        for name, run in steps.items():
            at = time.perf_counter()
            run()
            stages[name] = time.perf_counter() - at
        seconds = time.perf_counter() - begun
        found = {"kept": kept()}
    print(
        json.dumps({"characters": sum(map(len, texts)), "seconds": seconds, "stages": stages, "found": found})
    )


def _steps(texts: list[str], folder: Path) -> tuple[dict[str, Callable[[], Any]], Callable[[], int]]:
    """The steps of the pipeline by name, and what counts the records that the last one lets through."""
    from datatrove.data import Document
    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.dedup import minhash
    from datatrove.utils.hashing import HashConfig
    from loguru import logger

    logger.remove()
    minhash.load_word_tokenizer = lambda language: Words()
    # sha1: version 0.10.1 cannot use xxhash 4.
    config = minhash.MinhashConfig(2, 25, 5, hash_config=HashConfig(precision=64, hash_fc="sha1"))
    documents = [Document(text=text, id=str(number)) for number, text in enumerate(texts)]
    signatures, buckets, clusters = (str(folder / name) for name in ("signatures", "buckets", "clusters"))
    passed: list[str] = []

    def given(data: Any, rank: int = 0, world_size: int = 1) -> Any:
        yield from documents

    def take(data: Any, rank: int = 0, world_size: int = 1) -> Any:
        for document in data:
            passed.append(document.id)
            yield document

    def executed(name: str, *steps: Any, tasks: int = 1) -> Callable[[], Any]:
        logs = str(folder / "logs" / name)
        return LocalPipelineExecutor(list(steps), tasks=tasks, workers=1, logging_dir=logs).run

    runs = {
        "segmentation, shingles, signatures": executed(
            "signatures", given, minhash.MinhashDedupSignature(signatures, config)
        ),
        "buckets": executed(
            "buckets",
            minhash.MinhashDedupBuckets(signatures, buckets, config=config),
            tasks=config.num_buckets,
        ),
        "clusters": executed("clusters", minhash.MinhashDedupCluster(buckets, clusters, config=config)),
        "filter": executed("filter", given, minhash.MinhashDedupFilter(clusters), take),
    }
    return runs, lambda: len(passed)


if __name__ == "__main__":
    main()
