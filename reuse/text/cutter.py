"""A process that cuts words: chunks of text come in on stdin, lengths and classes of the words go out on stdout.

Started by `words.cut` as `python -m reuse.text.cutter`; a pipe needs no shared state, no fork, no pickles.
"""

from __future__ import annotations

import sys

from reuse.text.words import cut_chunks


def main() -> None:
    """Read everything, cut it, write all lengths and then all classes, one byte each."""
    text = sys.stdin.buffer.read().decode("utf-8", "surrogatepass")
    lengths, classes = cut_chunks(text.split("\0"), "jieba" if sys.argv[1] == "jieba" else "rjieba")
    sys.stdout.buffer.write(lengths.tobytes() + classes.tobytes())


if __name__ == "__main__":
    main()
