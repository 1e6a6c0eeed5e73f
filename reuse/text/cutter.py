"""jieba's words as their lengths, in this process or in others that are fed through pipes.

Loads nothing but the segmenter: `python -m reuse.text.cutter` is the process that `words.cut` starts for a share of a large text.
"""

from __future__ import annotations

import contextlib
import subprocess
import sys
import threading
from array import array
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import IO, Literal

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


def word_lengths(chunks: Iterable[str], name: Segmenter) -> bytes:
    """The length of every word of the chunks in order, two bytes each, in the byte order of the machine."""
    cut = segmenter(name)
    lengths = array("H")
    for chunk in chunks:
        lengths.extend(map(len, cut(chunk)))
    return lengths.tobytes()


def word_lengths_shared_out(blocks: Iterable[Sequence[str]], name: Segmenter, jobs: int) -> list[bytes]:
    """The same for every block of chunks, by `jobs` processes fed over pipes: no shared state, no fork, no pickles.

    Blocks are taken one by one as processes ask for them. This process only feeds: a cutting one keeps the interpreter
    lock, and those it feeds wait for every piece. Raises RuntimeError when one of them fails.
    """
    answers: dict[int, bytes] = {}
    waiting, lock = enumerate(blocks), threading.Lock()

    def taken() -> tuple[int, Sequence[str]] | None:
        with lock:
            return next(waiting, None)

    def feed(_: int) -> None:
        command = [sys.executable, "-m", "reuse.text.cutter", name]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
            while (block := taken()) is not None:
                answers[block[0]] = _answer(process, block[1])

    with ThreadPoolExecutor(max_workers=jobs) as feeders:
        list(feeders.map(feed, range(jobs)))
    return [answers[number] for number in range(len(answers))]


def _answer(process: subprocess.Popen[bytes], chunks: Sequence[str]) -> bytes:
    """What another process makes of a block."""
    assert process.stdin is not None and process.stdout is not None
    try:
        _write(process.stdin, "\0".join(chunks).encode("utf-8", "surrogatepass"))
        answer = _read(process.stdout)
    except BrokenPipeError:
        answer = None
    if answer is None:
        process.kill()
        # Closing writes what still waits; leaving `Popen` would raise the broken pipe instead of what follows.
        with contextlib.suppress(BrokenPipeError):
            process.stdin.close()
        raise RuntimeError(f"a word-cutting process ended with status {process.wait()}")
    return answer


def _write(pipe: IO[bytes], data: bytes) -> None:
    pipe.write(len(data).to_bytes(8, "little"))
    pipe.write(data)
    pipe.flush()


def _read(pipe: IO[bytes]) -> bytes | None:
    """What the other side has written at once; None where it writes no more."""
    size = int.from_bytes(pipe.read(8), "little")
    data = pipe.read(size)
    return data if size and len(data) == size else None


def main() -> None:
    """Read blocks of chunks from stdin, write the lengths of their words to stdout."""
    name: Segmenter = "jieba" if sys.argv[1] == "jieba" else "rjieba"
    while (block := _read(sys.stdin.buffer)) is not None:
        chunks = block.decode("utf-8", "surrogatepass").split("\0")
        _write(sys.stdout.buffer, word_lengths(chunks, name))


if __name__ == "__main__":
    main()
