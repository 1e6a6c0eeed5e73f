"""Which records are removed, for which other, and why."""

from __future__ import annotations

from pathlib import Path

import pytest

from reuse.deduplication import deciding
from reuse.deduplication.deciding import bands_for
from reuse.model import ConfigError, InputError
from reuse.sketching.bands import found_with
from tests.dedup.material import LONG, edited, run, texts

A, B = LONG[0], LONG[1]


def test_equal_texts_are_kept_once(tmp_path: Path) -> None:
    done = run(tmp_path, texts(A, B, A, A))
    assert done.kept == ["a", "b"]
    assert done.instead == {"c": "a", "d": "a"}
    assert {row["reason"] for row in done.removed} == {"equal"}


def test_near_texts_are_removed_and_told_how_near(tmp_path: Path) -> None:
    done = run(tmp_path, texts(A, edited(A, 0.1), B))
    assert done.kept == ["a", "c"]
    (row,) = done.removed
    assert (row["id"], row["reason"], row["kept"]) == ("b", "near", "a")
    assert (row["place"], row["kept_place"]) == ("corpus.jsonl#2", "corpus.jsonl#1")
    assert 0.7 <= row["resemblance"] < row["containment"] < 1


def test_the_threshold_decides(tmp_path: Path) -> None:
    records = texts(A, edited(A, 0.3))
    assert run(tmp_path, records, threshold=0.4).kept == ["a"]
    assert run(tmp_path, records, threshold=0.9).kept == ["a", "b"]


def test_digits_punctuation_and_layout_do_not_count(tmp_path: Path) -> None:
    done = run(tmp_path, texts(f"2015年，{A}", f"2016年  {A.replace('。', '！')}"), threshold=1.0)
    (row,) = done.removed
    assert (row["reason"], row["resemblance"]) == ("near", 1.0)


def test_whatever_is_removed_reaches_the_threshold_with_what_is_kept(tmp_path: Path) -> None:
    """A chain: each text near the next, the ends not near each other."""
    chain = [edited(A, share) for share in (0, 0.15, 0.3, 0.45, 0.6)]
    done = run(tmp_path, texts(*chain), threshold=0.6)
    assert len(done.kept) > 1
    assert all(row["resemblance"] >= 0.6 for row in done.removed)
    assert set(done.instead.values()) <= set(done.kept)


def test_of_several_kept_ones_the_nearest_is_named(tmp_path: Path) -> None:
    done = run(tmp_path, texts(A, edited(A, 0.5), edited(A, 0.4)), threshold=0.55)
    assert done.kept == ["a", "b"]
    assert done.instead == {"c": "b"}


def test_first_keeps_the_first(tmp_path: Path) -> None:
    assert run(tmp_path, texts(edited(A, 0.1), A), keep="first").kept == ["a"]


def test_longest_keeps_the_longest_and_of_equals_the_first(tmp_path: Path) -> None:
    done = run(tmp_path, texts(A, f"{A}特此说明。", B, B), keep="longest")
    assert done.kept == ["b", "c"]
    assert done.instead == {"a": "b", "d": "c"}


def test_earliest_keeps_the_earliest_date_whatever_its_form(tmp_path: Path) -> None:
    dates = ["2016-05-01", "2015年8月18日", "18 August 2016"]
    assert run(tmp_path, texts(A, A, A, date=dates), keep="earliest").kept == ["b"]


def test_a_record_without_a_date_is_later_than_all_others(tmp_path: Path) -> None:
    records = texts(A, A, B, B, date=[None, "2016", None, "unknown"])
    done = run(tmp_path, records, keep="earliest")
    assert done.kept == ["b", "c"]
    assert done.instead == {"a": "b", "d": "c"}


def test_earliest_without_any_date_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no record has a date"):
        run(tmp_path, texts(A, B), keep="earliest")
    assert list((tmp_path / "out").iterdir()) == []


def test_equals_of_a_removed_record_go_to_the_one_that_is_kept(tmp_path: Path) -> None:
    near = edited(A, 0.1)
    done = run(tmp_path, texts(A, near, near))
    assert done.instead == {"b": "a", "c": "a"}
    assert [row["reason"] for row in done.removed] == ["near", "near"]


@pytest.mark.parametrize("short", ["", " ", "同志们", "各位同志：", "OK", "123"])
def test_short_and_empty_texts_are_removed_only_when_equal(tmp_path: Path, short: str) -> None:
    done = run(tmp_path, texts(short, short, f"{short}。", "各位代表"), threshold=0.01)
    assert done.kept == ["a", "c", "d"]
    assert [(row["id"], row["reason"]) for row in done.removed] == [("b", "equal")]


def test_one_text_ten_thousand_times_is_compared_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared = []
    nearest = deciding._nearest_kept
    monkeypatch.setattr(
        deciding,
        "_nearest_kept",
        lambda asked, *rest: (compared.append(len(asked)), nearest(asked, *rest))[1],
    )
    records = [{"id": k, "text": A} for k in range(10_000)] + texts(B, edited(B, 0.1))
    done = run(tmp_path, records)
    assert done.kept == [0, "a"]
    assert compared == [3]


def test_one_frame_with_other_numbers_is_a_bucket_of_one(tmp_path: Path) -> None:
    """All of them land in one bucket of every band; only the one that is kept hangs there."""
    done = run(tmp_path, [{"id": k, "text": f"第{k}号：{A}"} for k in range(3_000)])
    assert done.kept == [0]
    assert done.account.dropped == 0


@pytest.mark.parametrize("threshold", [0.1, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0])
def test_the_bands_find_a_pair_at_the_threshold(threshold: float) -> None:
    bands, rows = bands_for(threshold, 128)
    assert bands * rows <= 128
    assert found_with(threshold, bands, rows) >= 0.99


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"threshold": 0}, "threshold"),
        ({"threshold": 1.01}, "threshold"),
        ({"threshold": float("nan")}, "threshold"),
        ({"keep": "last"}, "first, longest, earliest"),
        ({"jobs": 0}, "jobs"),
        ({"removed": "gone.csv"}, r"\.jsonl"),
        ({"removed": "gone.parquet"}, r"\.jsonl"),
    ],
)
def test_options_out_of_range_are_named(tmp_path: Path, options: dict[str, object], told: str) -> None:
    with pytest.raises(ConfigError, match=told):
        run(tmp_path, texts(A), **options)
