"""What goes in comes out untouched, in every form, with any number of jobs, and what cannot be used is said."""

from __future__ import annotations

import csv
import datetime
import decimal
import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from reuse.deduplication import deduplicate, sketching
from reuse.model import ConfigError, InputError, OutputError
from tests.cli.running import ROOT, speech_reuse
from tests.dedup.material import LONG, edited, read_lines, run, texts, write_lines

A, B = LONG[0], LONG[1]
MANY = [
    {"id": f"r{k}", "text": edited(text, share), "n": k}
    for k, (share, text) in enumerate((s, t) for s in (0, 0.1, 0.2, 0, 0.6) for t in LONG[:30])
]


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "kept.jsonl"


def test_lines_are_copied_to_the_byte_and_in_order(tmp_path: Path, kept: Path) -> None:
    lines = [
        f'{{"text": "{A}", "id": 7, "price": 1.50, "big": 12345678901234567890, "e": "\\u4e2d"}}',
        f'{{"id": "x", "正文": null, "text": "{B}", "id": "y", "nested": {{"b": [1, {{"a": null}}]}}}}',
        f'{{"id": 7.0, "text": "{A}"}}',
    ]
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_bytes(b"\xef\xbb\xbf" + "\r\n\n".join(lines).encode())
    done = deduplicate(corpus, kept, jobs=1)
    assert kept.read_text(encoding="utf-8").split("\n") == [*lines[:2], ""]
    (row,) = read_lines(done.removed)
    assert (row["id"], row["kept"]) == (7.0, 7)


def test_packed_lines_in_and_out(tmp_path: Path) -> None:
    corpus = write_lines(tmp_path / "corpus.jsonl.gz", texts(A, A, B))
    for name in ("one", "two"):
        deduplicate(corpus, tmp_path / name / "kept.jsonl.gz", jobs=1)
    assert read_lines(tmp_path / "one" / "kept.jsonl.gz") == texts(A, "", B)[::2]
    assert [row["id"] for row in read_lines(tmp_path / "one" / "kept.removed.jsonl")] == ["b"]
    one, two = ((tmp_path / name / "kept.jsonl.gz").read_bytes() for name in ("one", "two"))
    assert one == two


def test_csv_with_odd_columns(tmp_path: Path, kept: Path) -> None:
    corpus = tmp_path / "corpus.csv"
    with corpus.open("w", encoding="utf-8-sig", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(["", "编号", "正文", 'a "quoted", name', "empty"])
        rows.writerow(["0", "007", f'{A}\n"{B}", 完', "x,\ny", ""])
        rows.writerow(["1", "008", f'{A}\n"{B}", 完', "", "", "one", "more"])
        rows.writerow(["2", "009", B])
    done = deduplicate(corpus, kept, jobs=1)
    assert read_lines(kept) == [
        {"": "0", "编号": "007", "正文": f'{A}\n"{B}", 完', 'a "quoted", name': "x,\ny", "empty": ""},
        {"": "2", "编号": "009", "正文": B, 'a "quoted", name': None, "empty": None},
    ]
    assert [(row["id"], row["kept"]) for row in read_lines(done.removed)] == [("008", "007")]


def test_cells_beyond_the_header_of_a_csv_are_kept(tmp_path: Path, kept: Path) -> None:
    (tmp_path / "corpus.csv").write_text(f"id,text\n1,{B},one,more\n", encoding="utf-8")
    deduplicate(tmp_path / "corpus.csv", kept, jobs=1)
    assert read_lines(kept)[0]["extra cells"] == ["one", "more"]


def parquet_table() -> Any:
    arrow = pytest.importorskip("pyarrow")
    day = datetime.datetime(2016, 5, 4, 10, 20, tzinfo=datetime.UTC)
    return arrow.table(
        {
            "id": arrow.array([3, 2, 1], arrow.int32()),
            "text": arrow.array([A, A, B], arrow.large_string()),
            "when": arrow.array([day, None, day], arrow.timestamp("us", tz="UTC")),
            "list": arrow.array([["x"], [], None], arrow.list_(arrow.string())),
            "struct": [{"a": 1, "b": None}, {"a": 2, "b": "x"}, None],
            "money": arrow.array([decimal.Decimal("1.50"), None, decimal.Decimal("2.00")]),
            "raw": arrow.array([b"\x00\xff", None, b""]),
            "share": [0.1, float("nan"), 0.30000000000000004],
        }
    )


def test_parquet_keeps_its_types(tmp_path: Path) -> None:
    from pyarrow import parquet

    given = parquet_table()
    parquet.write_table(given, tmp_path / "corpus.parquet", row_group_size=2)
    deduplicate(tmp_path / "corpus.parquet", tmp_path / "kept.parquet", jobs=1)
    assert parquet.read_table(tmp_path / "kept.parquet").equals(given.take([0, 2]))


def test_parquet_to_lines(tmp_path: Path, kept: Path) -> None:
    from pyarrow import parquet

    parquet.write_table(parquet_table().drop_columns(["raw"]), tmp_path / "corpus.parquet")
    deduplicate(tmp_path / "corpus.parquet", kept, jobs=1)
    first, _ = read_lines(kept)
    assert first == {
        "id": 3,
        "text": A,
        "when": "2016-05-04T10:20:00+00:00",
        "list": ["x"],
        "struct": {"a": 1, "b": None},
        "money": "1.50",
        "share": 0.1,
    }


def test_bytes_of_parquet_do_not_go_into_json(tmp_path: Path, kept: Path) -> None:
    from pyarrow import parquet

    parquet.write_table(parquet_table(), tmp_path / "corpus.parquet")
    with pytest.raises(OutputError, match=r"'raw' .* \.parquet"):
        deduplicate(tmp_path / "corpus.parquet", kept, jobs=1)
    assert not kept.exists()


def test_lines_and_csv_to_parquet(tmp_path: Path) -> None:
    from pyarrow import parquet

    write_lines(tmp_path / "a.jsonl", [{"id": "1", "text": A, "n": 1}, {"id": "2", "text": B, "n": 2.5}])
    write_lines(
        tmp_path / "b.jsonl", [{"id": "3", "text": B, "n": 3}, {"id": "4", "text": LONG[2], "t": ["x"]}]
    )
    (tmp_path / "c.csv").write_text(f"id,text\n5,{LONG[3]}\n", encoding="utf-8")
    deduplicate(sorted(tmp_path.glob("*.*")), tmp_path / "out" / "kept.parquet", jobs=1)
    assert parquet.read_table(tmp_path / "out" / "kept.parquet").to_pylist() == [
        {"id": "1", "text": A, "n": 1.0, "t": None},
        {"id": "2", "text": B, "n": 2.5, "t": None},
        {"id": "4", "text": LONG[2], "n": None, "t": ["x"]},
        {"id": "5", "text": LONG[3], "n": None, "t": None},
    ]


def test_values_without_a_common_type_do_not_go_into_parquet(tmp_path: Path) -> None:
    corpus = write_lines(tmp_path / "corpus.jsonl", texts(A, B, odd=[1, "one"]))
    with pytest.raises(OutputError, match=r"'odd' .* \.jsonl"):
        deduplicate(corpus, tmp_path / "out" / "kept.parquet", jobs=1)
    assert list((tmp_path / "out").iterdir()) == []


def test_speeches_in_files_are_records_too(tmp_path: Path, kept: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(f"{A}\n{B}", encoding="gb18030")
    (folder / "b.txt").write_text(f"{A}\n{B}", encoding="utf-8")
    deduplicate(folder, kept, jobs=1)
    assert read_lines(kept) == [{"id": "a.txt", "text": f"{A}\n{B}"}]


def test_a_record_without_an_id_is_named_by_its_place(tmp_path: Path, kept: Path) -> None:
    done = deduplicate(write_lines(tmp_path / "c.jsonl", [{"text": A}, {"text": A}]), kept, jobs=1)
    (row,) = read_lines(done.removed)
    assert (row["id"], row["kept"]) == ("c.jsonl#2", "c.jsonl#1")


def test_jobs_and_blocks_change_no_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = set()
    for jobs, characters in ((1, 10**6), (1, 1), (2, 700), (3, 5_000)):
        monkeypatch.setattr(sketching, "CHARACTERS", characters)
        done = run(tmp_path, MANY, jobs=jobs, threshold=0.6, keep="longest")
        answers.add((done.account.out.read_bytes(), done.account.removed.read_bytes()))
    assert len(answers) == 1
    assert 30 <= len(done.kept) < len(MANY) / 2


def test_the_seed_of_hashes_and_the_order_of_inputs_change_no_byte(tmp_path: Path) -> None:
    files = [write_lines(tmp_path / f"{k}.jsonl", MANY[k::3]) for k in range(3)]
    script = "import sys, reuse; reuse.deduplicate(sys.argv[2:], sys.argv[1], jobs=1)"
    for seed, order in (("1", files), ("2", files[::-1])):
        out = tmp_path / f"out-{seed}" / "kept.jsonl"
        subprocess.run(
            [sys.executable, "-c", script, str(out), *map(str, order)],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
            check=True,
        )
    for name in ("kept.jsonl", "kept.removed.jsonl"):
        assert (tmp_path / "out-1" / name).read_bytes() == (tmp_path / "out-2" / name).read_bytes()


def test_records_that_cannot_be_used_are_left_out_and_told(tmp_path: Path, kept: Path) -> None:
    corpus = tmp_path / "corpus.jsonl"
    good = json.dumps({"id": "good", "text": A}, ensure_ascii=False)
    corpus.write_text(f'{good}\n{{"id": 2}}\n{{"text": 3}}\nnonsense\n[1]\n', encoding="utf-8")
    done = deduplicate(corpus, kept, jobs=1)
    assert (done.records, done.kept) == (1, 1)
    assert done.unreadable == {"bad-json": 2, "no-text": 2}
    assert [item.source for item in done.skipped] == [f"corpus.jsonl#{k}" for k in (2, 3, 4, 5)]


def test_what_stands_before_a_break_in_a_gzip_is_read(tmp_path: Path, kept: Path) -> None:
    noise = random.Random(1)
    rows = [{"id": k, "text": text, "noise": noise.randbytes(2_000).hex()} for k, text in enumerate(LONG)]
    corpus = write_lines(tmp_path / "corpus.jsonl.gz", rows)
    corpus.write_bytes(corpus.read_bytes()[:-10_000])
    done = deduplicate(corpus, kept, jobs=1)
    assert 1 < len(read_lines(kept)) < len(LONG)
    assert done.unreadable == {"corrupt": 1}


@pytest.mark.parametrize("name", ["kept.jsonl", "kept.parquet"])
def test_a_broken_file_costs_no_other(tmp_path: Path, name: str) -> None:
    from pyarrow import parquet

    parquet.write_table(parquet_table().drop_columns(["raw"]), tmp_path / "whole.parquet")
    data = (tmp_path / "whole.parquet").read_bytes()
    (tmp_path / "broken.parquet").write_bytes(data[: len(data) // 2])
    done = deduplicate(tmp_path, tmp_path / "out" / name, jobs=1)
    assert (done.kept, done.unreadable) == (2, {"corrupt": 1})


def test_a_table_without_texts_is_an_error_that_names_its_columns(tmp_path: Path, kept: Path) -> None:
    corpus = write_lines(tmp_path / "c.jsonl", [{"id": 1, "words": A}])
    with pytest.raises(InputError, match=r"no text in a field `text`; its fields are: id, words"):
        deduplicate(corpus, kept, jobs=1)
    assert [path.name for path in tmp_path.iterdir()] == ["c.jsonl"]


@pytest.mark.parametrize("name", ["kept.csv", "kept", "kept.json", "kept.gz"])
def test_the_name_of_the_output_says_its_form(tmp_path: Path, name: str) -> None:
    with pytest.raises(ConfigError, match=r"\.jsonl, \.jsonl\.gz or \.parquet"):
        deduplicate(write_lines(tmp_path / "c.jsonl", texts(A)), tmp_path / name, jobs=1)


@pytest.mark.parametrize("name", ["out.jsonl", "out.removed.jsonl"])
def test_an_output_is_never_an_input(tmp_path: Path, name: str) -> None:
    write_lines(tmp_path / name, texts(A))
    with pytest.raises(InputError, match="both input and output"):
        deduplicate(tmp_path, tmp_path / "out.jsonl", jobs=1)
    assert read_lines(tmp_path / name) == texts(A)


def test_a_corpus_that_changes_meanwhile_is_an_error(tmp_path: Path, kept: Path) -> None:
    corpus = write_lines(tmp_path / "c.jsonl", texts(A, B))

    def grow(stage: str, done: int | None = None, total: int | None = None) -> None:
        if stage == "deciding":
            write_lines(corpus, texts(A, B, A))

    with pytest.raises(InputError, match="changed while it was read"):
        deduplicate(corpus, kept, jobs=1, progress=grow)
    assert not kept.exists()


def test_the_command_prints_counts_and_where_the_files_are(tmp_path: Path, kept: Path) -> None:
    corpus = write_lines(tmp_path / "corpus.jsonl", [*texts(A, A, edited(A, 0.1), B), {"id": "x"}])
    ran = speech_reuse("dedup", corpus, "--out", kept, "--jobs", "1")
    assert ran.code == 0, ran.err
    assert "4 records, 2 kept" in ran.out and str(kept) in ran.out
    assert "2 removed (50.0%): 1 equal, 1 near" in ran.out and "kept.removed.jsonl" in ran.out
    assert ran.err == "skipped corpus.jsonl#5: record 5 has no text in a field `text`; its fields are: id\n"
    quiet = speech_reuse("dedup", corpus, "--out", kept, "--removed", tmp_path / "r.jsonl.gz", "--quiet")
    assert (quiet.code, quiet.out) == (0, "")
    assert [row["id"] for row in read_lines(tmp_path / "r.jsonl.gz")] == ["b", "c"]


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["missing.jsonl", "--out", "kept.jsonl"], 2, "does not exist"),
        (["c.jsonl", "--out", "kept.txt"], 2, ".parquet"),
        (["c.jsonl", "--out", "kept.jsonl", "--threshold", "2"], 2, "threshold"),
        (["c.jsonl", "--out", "kept.jsonl", "--keep", "last"], 2, "earliest"),
        (["c.jsonl", "--out", "c.jsonl/kept.jsonl"], 1, "cannot write here"),
    ],
)
def test_what_is_wrong_is_one_line_and_an_exit_code(
    tmp_path: Path, arguments: list[str], code: int, told: str
) -> None:
    write_lines(tmp_path / "c.jsonl", texts(A))
    ran = speech_reuse("dedup", *arguments, cwd=tmp_path)
    assert (ran.code, ran.out) == (code, "")
    assert told in ran.err and "Traceback" not in ran.err
    assert [path.name for path in tmp_path.iterdir()] == ["c.jsonl"]
