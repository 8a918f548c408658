"""One command measures a folder of pages: a table or JSON, a list of failures to work through, and a page of docs/."""

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from benchmarks.accuracy.__main__ import main
from benchmarks.accuracy.failures import failures
from benchmarks.accuracy.measures import Answer
from benchmarks.accuracy.readers import NotReadError, Read, read_peer
from benchmarks.accuracy.report import Measured, print_table
from benchmarks.accuracy.score import Contender, score
from benchmarks.accuracy.truth import NoTruthError, Page, load

SENTENCES = " ".join(f"The harbour board met for the {number}th time about the new bridge." for number in range(9))
HTML = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title} - Bay Herald</title>
<meta property="og:title" content="{title}"><meta property="og:site_name" content="Bay Herald">
<meta property="article:published_time" content="{day}T08:00:00+00:00"><meta name="author" content="Mara Vell"></head>
<body><article><h1>{title}</h1><p class="byline">By Mara Vell</p><p>{text}</p></article></body></html>"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three pages of two sites: one with a date other than its truth, one empty."""
    (tmp_path / "html").mkdir()
    rows: list[dict[str, Any]] = [
        {"id": "right", "site": "a.example", "title": "Bridge opens", "date": "2024-05-01", "authors": ["Vell, Mara"]},
        {"id": "wrong", "site": "a.example", "title": "Bridge shut", "date": "2024-05-09", "authors": []},
        {"id": "blank", "site": "b.example", "title": "Nothing here", "text": SENTENCES},
    ]
    for row in rows:
        page = "" if row["id"] == "blank" else HTML.format(title=row["title"], day="2024-05-01", text=SENTENCES)
        (tmp_path / "html" / f"{row['id']}.html").write_text(page, "utf-8")
        row.update(url=f"https://{row['site']}/{row['id']}", source_repo="made/here")
    lines = (json.dumps(row) + "\n" for row in rows)
    (tmp_path / "truth.jsonl").write_text("".join(lines), "utf-8")
    return tmp_path


def test_a_run_prints_figures_and_writes_failures_and_a_page(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Our own command reads the pages; what it got wrong is listed with every candidate."""
    listed, page = tmp_path / "failures.jsonl", tmp_path / "accuracy.md"
    asked = [str(folder), "--peers", "none", "--json", "--failures", str(listed), "--report", str(page), "--jobs", "1"]
    assert main(asked) == 0
    printed = json.loads(capsys.readouterr().out)
    figures = printed["readers"]["archiver"]["figures"]
    assert (printed["pages"], printed["sites"]) == (3, 2)
    assert figures["date right"]["value"] == figures["date wrong"]["value"] == 0.5
    assert figures["author F1"]["value"] == figures["author spurious"]["value"] == 1.0
    assert figures["text F1"]["value"] == 0.0
    rows = [json.loads(line) for line in listed.read_text("utf-8").splitlines()]
    assert {(row["page"], row["field"], row["kind"]) for row in rows} == {
        ("wrong", "date", "wrong"),
        ("wrong", "authors", "spurious"),
        ("blank", "title", "missing"),
        ("blank", "text", "missing"),
    }
    wrong = next(row for row in rows if row["field"] == "date")
    assert wrong["truth"] == ["2024-05-09"]
    assert {"meta/published-article@1"} <= {each["rule"] for each in wrong["candidates"] if each["shown"]}
    written = page.read_text("utf-8")
    assert "over 3 pages of 2 sites" in written
    assert "made/here: 3" in written
    assert str(tmp_path) not in written


def test_a_table_is_whole_where_nothing_is_a_terminal(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every reader has its column, a field it does not give an empty cell, and who was left out a line."""
    pages = load(folder)
    reads = {name: Read("1.0", frozenset({name}), {}) for name in ("date", "title", "authors", "text")}
    scores = score(pages, {name: Contender(read.fields, read.answers) for name, read in reads.items()}, draws=50)
    print_table(Measured(pages, 3, reads, scores, ["goose3 is not installed"], 0, date(2024, 5, 1)))
    printed = capsys.readouterr().out
    assert "3 pages of 2 sites" in printed
    assert all(name in printed for name in [*reads, "title exact", "author spurious ↓", "goose3 is not installed"])


def test_a_peer_that_is_not_installed_is_named_and_left_out(folder: Path, tmp_path: Path) -> None:
    """A Python without any packages has no peer; the sentence names it and the reason."""
    bare = tmp_path / "python"
    bare.write_text(f'#!/bin/sh\nexec "{sys.executable}" -I -S -c "print()"\n', "utf-8")
    bare.chmod(0o755)
    with pytest.raises(NotReadError, match=r"^goose3 "):
        read_peer("goose3", load(folder), str(bare))
    bare.write_text(f'#!/bin/sh\nexec "{sys.executable}" -S "$@"\n', "utf-8")
    with pytest.raises(NotReadError, match="goose3 is not installed"):
        read_peer("goose3", load(folder), str(bare))
    with pytest.raises(NotReadError, match="goose3"):
        read_peer("goose3", load(folder), str(tmp_path / "absent"))


def test_an_adapter_answers_every_page(folder: Path) -> None:
    """A peer that is part of the installation reads the same pages; the empty one costs it nothing but that page."""
    read = read_peer("trafilatura", load(folder), sys.executable)
    assert read.answers["right"].title == "Bridge opens"
    assert read.answers["right"].date == "2024-05-01"
    assert "harbour board" in read.answers["wrong"].text
    assert len(read.answers) + read.failed == 3


def test_a_peer_that_dies_keeps_what_it_answered(folder: Path, tmp_path: Path) -> None:
    """A line cut in the middle is no answer; pages it never reached and those it failed on count as empty."""
    head = {"version": "1.0", "fields": ["title", "date"]}
    said = [
        head,
        {"id": "right", "title": ["Bridge opens", "Other"], "date": None},
        {"id": "blank", "error": "no tree"},
    ]
    answers = tmp_path / "answers"
    answers.write_text("\n".join(json.dumps(line) for line in said) + '\n{"id": "wro', "utf-8")
    dying = tmp_path / "python"
    dying.write_text(f'#!/bin/sh\ncat "{answers}"; kill -9 $$\n', "utf-8")
    dying.chmod(0o755)
    read = read_peer("goose3", load(folder), str(dying))
    assert read.answers == {"right": Answer(title="Bridge opens")}
    assert (read.fields, read.failed) == (frozenset({"title"}), 2)


def test_an_unknown_peer_is_wrong_use(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Said before anything is read."""
    assert main([str(folder), "--peers", "nobody"]) == 2
    assert "no such peer: nobody" in capsys.readouterr().err


def test_a_folder_without_truth_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """None, two, one that is no JSON, one whose pages are absent: one sentence each."""
    assert main([str(tmp_path)]) == 1
    assert "0 files named truth*.jsonl" in capsys.readouterr().err
    (tmp_path / "truth.jsonl").write_text("no JSON\n", "utf-8")
    with pytest.raises(NoTruthError, match="cannot be read"):
        load(tmp_path)
    (tmp_path / "truth.jsonl").write_text('{"id": "absent"}\n', "utf-8")
    with pytest.raises(NoTruthError, match="1 of 1 pages are not in the folder"):
        load(tmp_path)
    (tmp_path / "truth.jsonl").write_text("\n", "utf-8")
    with pytest.raises(NoTruthError, match="names no page"):
        load(tmp_path)


def test_a_limit_draws_the_same_pages_whatever_their_order(folder: Path) -> None:
    """By a hash of their ids."""
    drawn = [page.id for page in load(folder, limit=2)]
    truth = folder / "truth.jsonl"
    truth.write_text("".join(reversed(truth.read_text("utf-8").splitlines(keepends=True))), "utf-8")
    assert [page.id for page in load(folder, limit=2)] == drawn
    assert len(drawn) == 2


def test_what_a_value_weighed_is_taken_from_the_reasons() -> None:
    """A lesser candidate says both numbers; one that agrees with the shown says none."""
    page = Page(id="p", path=Path("p.html"), url=None, site="a.example", source="made", title="Right")
    base = {"property": "title", "meant": "stated", "quote": "q", "path": None, "space": "visible"}
    statements = [
        {
            **base,
            "value": "Low",
            "rule": "head/x@1",
            "shown": False,
            "why": "less supported than “W” (weight 62 against 80)",
        },
        {**base, "value": "W", "rule": "meta/title-og@1", "shown": True, "why": None},
        {**base, "value": "W", "rule": "head/y@1", "shown": False, "why": "says the same as the value shown"},
    ]
    [listed] = failures([page], {"p": Answer(title="W")}, {"p": {"statements": statements}})
    weighed = [(each["value"], each["rule_weight"], each["support"]) for each in listed["candidates"]]
    assert weighed == [("W", 78, 80), ("Low", None, 62), ("W", None, None)]


def test_lines_that_were_lost_or_are_too_many_are_listed() -> None:
    """A failed text shows where to look."""
    known = "The first line of the story.\nThe second line, on quite another matter."
    page = Page(id="p", path=Path("p.html"), url=None, site="a.example", source="made", text=known)
    said = "The first line of the story.\nSubscribe to our newsletter for more of this."
    [listed] = failures([page], {"p": Answer(text=said)}, {})
    assert (listed["lost"], listed["extra"]) == ([known.splitlines()[1]], [said.splitlines()[1]])
