"""Work shared out among processes gives the answers of one process, in order."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import Any

import pytest

from reuse.sharing import in_threads, in_turn
from tests.cli.running import ROOT


@pytest.mark.parametrize("count", [0, 1, 255, 256, 1000])
@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_answers_come_in_order(count: int, jobs: int) -> None:
    assert list(in_turn(lambda n: n * n, count, jobs)) == [n * n for n in range(count)]


def test_other_processes_do_it_where_that_pays() -> None:
    asked = "print(*(os.getpid() in in_turn(lambda n: os.getpid(), count, 2) for count in (1000, 1)))"
    ran = subprocess.run(
        [sys.executable, "-c", f"import os; from reuse.sharing import in_turn; {asked}"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    assert ran.stdout.split() == ["False", "True"]


def test_an_error_in_another_process_is_the_error_here() -> None:
    def work(number: int) -> int:
        if number == 700:
            raise LookupError("number 700")
        return number

    with pytest.raises(LookupError, match="number 700"):
        list(in_turn(work, 1000, 2))


def test_a_process_that_dies_costs_no_answer() -> None:
    here = os.getpid()

    def work(number: int) -> int:
        if number == 500 and os.getpid() != here:
            os._exit(1)
        return number

    assert list(in_turn(work, 1000, 2)) == list(range(1000))


@pytest.mark.parametrize("way", [in_turn, in_threads])
@pytest.mark.parametrize("jobs", [1, 2])
def test_large_answers_come_one_by_one_in_order(way: Any, jobs: int) -> None:
    assert [len(answer) for answer in way(lambda n: bytes(n), 70, jobs)] == list(range(70))


def test_few_answers_are_made_before_they_are_taken() -> None:
    """Lines of gigabytes wait for the disk one block after another, not all at once."""
    made: list[int] = []
    answers = in_threads(lambda n: made.append(n) or n, 1000, 2)
    assert next(answers) == 0
    time.sleep(0.05)
    assert len(made) < 20
    assert list(answers) == list(range(1, 1000))


@pytest.mark.parametrize("way", [in_turn, in_threads])
def test_answers_that_nobody_takes_do_no_harm(way: Any) -> None:
    answers = way(lambda n: n, 100, 2)
    assert next(answers) == 0
    answers.close()
    assert list(in_turn(lambda n: n, 1000, 2)) == list(range(1000))


DRAWN = """
import os, threading
from reuse.sharing import drawing, in_turn

class Drawn:
    def start(self):
        self.done = threading.Event()
        self.thread = threading.Thread(target=self.done.wait)
        self.thread.start()
    def stop(self):
        self.done.set()
        self.thread.join()

drawn = Drawn()
drawn.start()
with drawing(drawn.stop, drawn.start):
    print(os.getpid() in in_turn(lambda n: os.getpid(), 1000, 2), drawn.thread.is_alive())
print(os.getpid() in in_turn(lambda n: os.getpid(), 1000, 2))
drawn.stop()
"""


def test_a_thread_that_draws_is_stopped_while_processes_fork_and_any_other_keeps_them_from_it() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", DRAWN], capture_output=True, text=True, check=True, cwd=ROOT, timeout=60
    )
    assert ran.stdout.split() == ["False", "True", "True"]


BESIDE = """
import os
from reuse.sharing import beside, in_turn

here = os.getpid()

def fails():
    raise LookupError(os.getpid() == here)

def dies():
    return "here" if os.getpid() == here else os._exit(1)

one, large = beside(os.getpid, 2), beside(lambda: bytes(10_000_000), 2)
failing, dying = beside(fails, 2), beside(dies, 2)
print("others", here in in_turn(lambda n: os.getpid(), 1000, 2))
print("another", here == one(), len(large()))
try:
    failing()
except LookupError as error:
    print("failed", *error.args)
print("died", dying())
print("one job", here == beside(os.getpid, 1)())
"""


def test_work_beside_is_done_by_another_process_that_keeps_none_from_more() -> None:
    """Its error is raised where the answer is asked for; a process that dies costs no answer."""
    ran = subprocess.run(
        [sys.executable, "-c", BESIDE], capture_output=True, text=True, check=True, cwd=ROOT, timeout=60
    )
    assert ran.stdout.splitlines() == [
        "others False",
        "another False 10000000",
        "failed False",
        "died here",
        "one job True",
    ]
