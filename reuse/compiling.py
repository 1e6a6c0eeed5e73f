"""One of the processes of a first run: compiles its part of the kernels into the cache (`python -m reuse.compiling 0 2`).

It scans a few lines made for it: the kernels of its part are compiled when they are called, the interpreter runs the
others, which takes a second on so short a text. No list of types is kept in step: what the stages hand on says them. A
kernel that these lines do not reach is compiled when it is needed, as any other would be.
"""

from __future__ import annotations

import sys
import tempfile

from reuse.arrays import compile_only

SHARES = (
    (
        "reuse.families.levels",
        "reuse.families.frames",
        "reuse.families.publishing",
        "reuse.families.similarity",
    ),
    (
        "reuse.matching.search",
        "reuse.matching.alignment",
        "reuse.matching.chaining",
        "reuse.matching.near_duplicates",
        "reuse.matching.stream",
        "reuse.matching.suffixes",
        "reuse.reporting",
    ),
    ("reuse.text", "reuse.matching.candidates", "reuse.families.ends", "reuse.families.parts"),
)
"""Modules, and packages with all of theirs, that are compiled together; those of all others are the last share. Each takes about
as long (38 to 46 s in a process of its own, where one process takes 146 for all), and so do the first with the third and the
second with the last (76 to 88)."""

TEXTS = (
    """在全县基层干部培训班开班式上的讲话

各位学员：今天，全县基层干部培训班正式开班了。这次培训是在全县上下深入推进乡村建设的关键时刻举办的一次重要学习。

一、从全县基层队伍建设实际情况来看，我县共有村级组织120个、干部860名，点多面广、战线长，抓好这支队伍任务繁重。

二、要把学习作为一种责任、一种习惯，静下心来听课，联系实际思考，带着问题交流，把学到的方法用到山塘水库的日常管护里去。

预祝培训班圆满成功，祝大家学习愉快、身体健康！
""",
    """在全市社区干部培训班上的讲话

同志们：从全市社区队伍建设实际情况来看，我市共有社区组织75个、干部310名，点多面广、战线长，抓好这支队伍任务繁重。

要把学习作为一种责任、一种习惯，静下心来听课，联系实际思考，带着问题交流，把学到的方法用到老旧小区的日常管护里去。

冬季供暖检修要赶在霜降之前完成，锅炉房的每一台水泵都要试压两次，管网漏点当天发现、当天修好。

预祝培训班圆满成功，祝大家学习愉快、身体健康！
""",
    """在供暖工作会议上的讲话

冬季供暖检修要赶在霜降之前完成，锅炉房的每一台水泵都要试压两次，管网漏点当天发现、当天修好，今年改造36万㎡。

从全区供暖队伍建设实际情况来看，我区共有换热站43个、职工215名，点多面广、战线长，抓好这支队伍任务繁重。

The pumps of the north station were tested twice before the first frost, and no leak was found.
""",
)
"""Speeches that share a template with slots, an edited paragraph, an equal one and a wish: what makes a scan go through
all its stages."""


def share_of(module: str) -> int:
    """The number of the share that the kernels of a module belong to."""
    for number, share in enumerate(SHARES):
        if any(module == name or module.startswith(f"{name}.") for name in share):
            return number
    return len(SHARES)


def compile_part(number: int, processes: int) -> None:
    """Compile the kernels of every share that falls to process `number` of so many; for a process that ends with it."""
    compile_only(lambda module: share_of(module) % processes == number)
    from reuse.config import Settings
    from reuse.model import Document, silent
    from reuse.pipeline import scan_documents
    from reuse.reading import read_inputs
    from reuse.run_record import Stages

    documents = [Document(id=str(n), source=str(n), text=text) for n, text in enumerate(TEXTS)]
    settings = Settings(jobs=1)
    found = scan_documents(read_inputs(documents, settings.reading), settings, Stages(silent))
    with tempfile.TemporaryDirectory() as folder:
        found.save(folder, report=False)


if __name__ == "__main__":
    compile_part(*map(int, sys.argv[1:]))
