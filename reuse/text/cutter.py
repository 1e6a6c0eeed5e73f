"""jieba's words as their lengths, in this process or in another one that is fed through a pipe.

Loads nothing but the segmenter: `python -m reuse.text.cutter` is the process that `words.cut` starts for a share of a large text.
"""

from __future__ import annotations

import subprocess
import sys
from array import array
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import Literal

Segmenter = Literal["rjieba", "jieba"]


def segmenter(name: Segmenter) -> Callable[[str], list[str]]:
    """A function that cuts a string into jieba's words."""
    if name == "rjieba":
        import rjieba

        cut: Callable[[str], list[str]] = rjieba.cut
        return cut
    return _jieba().lcut


@lru_cache(maxsize=1)
def _jieba():  # type: ignore[no-untyped-def]
    import logging

    import jieba

    jieba.setLogLevel(logging.WARNING)
    return jieba.Tokenizer()


def word_lengths(chunks: Sequence[str], name: Segmenter) -> bytes:
    """The length of every word of the chunks in order, two bytes each, in the byte order of the machine."""
    cut = segmenter(name)
    lengths = array("H")
    for chunk in chunks:
        lengths.extend(map(len, cut(chunk)))
    return lengths.tobytes()


def word_lengths_shared_out(chunks: Sequence[str], name: Segmenter, jobs: int) -> bytes:
    """The same by `jobs` processes that speak over pipes: no shared state, no fork, no pickles.

    Raises RuntimeError when one of them fails.
    """
    share = -(-len(chunks) // jobs)
    parts = [chunks[at : at + share] for at in range(0, len(chunks), share)]
    with ThreadPoolExecutor(max_workers=max(1, len(parts) - 1)) as feeders:
        elsewhere = [feeders.submit(_in_another_process, part, name) for part in parts[1:]]
        return b"".join([word_lengths(parts[0], name), *(answer.result() for answer in elsewhere)])


def _in_another_process(chunks: Sequence[str], name: Segmenter) -> bytes:
    given = "\0".join(chunks).encode("utf-8", "surrogatepass")
    done = subprocess.run(
        [sys.executable, "-m", "reuse.text.cutter", name], input=given, stdout=subprocess.PIPE, check=False
    )
    if done.returncode != 0:
        raise RuntimeError(f"a word-cutting process ended with status {done.returncode}")
    return done.stdout


def main() -> None:
    """Read chunks from stdin, write the lengths of their words to stdout."""
    text = sys.stdin.buffer.read().decode("utf-8", "surrogatepass")
    name: Segmenter = "jieba" if sys.argv[1] == "jieba" else "rjieba"
    sys.stdout.buffer.write(word_lengths(text.split("\0"), name))


if __name__ == "__main__":
    main()
