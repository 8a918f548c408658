"""After a change of the rules the archive is read again: told value by value, and nothing that was read is lost."""

import json
import signal
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from archiver.store import disk
from tests.jobs.other_rules import OUTLET, WORDING, Program

CREDIT = "Put into English out of suyolu.example"


def page(number: int, last: str = "") -> str:
    """The text of one page of an invented newspaper, as it is copied from a browser."""
    body = "".join(
        f"The council said on Monday that ferry {number} will cross {n} times a day until the bridge is mended, and "
        "that nobody will be asked to pay for the longer way round.\n\n"
        for n in range(3, 8)
    )
    head = "Home\nNews\nOpinion\n\nHarbour Gazette > News > Ferry replaces bridge\n\n"
    tail = "You may also like\n\nAnother story\n\n© 2025 Harbour Gazette\n"
    return f"{head}Ferry {number} replaces bridge\n\nBy Ana Novak | 3 May 2024\n\n{body}{last}\n\n{tail}"


@pytest.fixture(scope="module")
def today(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """The program as it is."""
    with Program(tmp_path_factory.mktemp("today")) as program:
        yield program


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """Its next edition, which knows one wording and one outlet more."""
    more = {"attribution/wording/en.toml": WORDING, "outlets/data/international.toml": OUTLET}
    with Program(tmp_path_factory.mktemp("later"), 2, more) as program:
        yield program


@pytest.fixture
def archive(tmp_path: Path, today: Program) -> Path:
    """Three pages, read by today's edition; the first bears a credit that only the next one understands."""
    return keep(tmp_path, today, [page(1, CREDIT), page(2), page(3)])


def keep(tmp_path: Path, program: Program, pages: list[str]) -> Path:
    """An archive of some pages."""
    (tmp_path / "pages").mkdir()
    for number, text in enumerate(pages, 1):
        (tmp_path / "pages" / f"{number:03}.txt").write_text(text)
    ran = program.run("add", str(tmp_path / "pages"), "--archive", str(tmp_path / "a"), "-q")
    assert ran.returncode == 0, ran.stderr
    return tmp_path / "a"


def told(
    program: Program, archive: Path, *options: str, status: int = 0
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """What `archiver reread --json` says: a line an article, and the sum."""
    ran = program.run("reread", "--json", "--archive", str(archive), *options)
    assert ran.returncode == status, ran.stderr
    *lines, total = map(json.loads, ran.stdout.splitlines())
    return lines, total


def ask(archive: Path, sql: str) -> list[tuple[Any, ...]]:
    """Rows of the database."""
    conn = sqlite3.connect(f"{(archive / 'archive.db').as_uri()}?mode=ro", uri=True)
    try:
        return conn.execute(sql).fetchall()
    finally:
        conn.close()


def bytes_of(archive: Path) -> dict[str, bytes]:
    """Everything under snapshots/ but the log, which tells of readings."""
    files = [p for p in (archive / "snapshots").rglob("*") if p.is_file()]
    return {str(p.relative_to(archive)): p.read_bytes() for p in files if archive / "snapshots/log" not in p.parents}


def verified(program: Program, archive: Path) -> dict[str, int]:
    """The sum of `archiver verify`, everything read again."""
    ran = program.run("verify", "--json", "--archive", str(archive))
    return {name: json.loads(ran.stdout.splitlines()[-1])[name] for name in ("mismatch", "uncheckable")}


def test_a_change_of_rules_is_told_value_by_value(archive: Path, later: Program) -> None:
    """A new wording adds an origin, a new outlet changes a name: with the words, the rules, before and now."""
    before = bytes_of(archive)
    lines, total = told(later, archive)
    assert {name: many for name, many in total["articles"].items() if many} == {"changed": 1, "grounds": 2}
    assert total["properties"]["origin"] == {"changed": 0, "added": 1, "dropped": 0, "other_grounds": 0, "same": 0}
    assert total["properties"]["outlet"]["other_grounds"] == 3
    assert total["properties"]["author"] == {"changed": 0, "added": 0, "dropped": 0, "other_grounds": 0, "same": 3}
    first = next(line for line in lines if any(one["property"] == "origin" for one in line["differences"]))
    origin = next(one for one in first["differences"] if one["property"] == "origin")
    assert (origin["how"], origin["old"], origin["new"]["quote"]) == ("added", None, CREDIT)
    assert origin["new"]["rule"].startswith("wording/en/put-into-english-out-of@")
    outlet = next(one for one in first["differences"] if one["property"] == "outlet")
    assert (outlet["old"]["value"], outlet["new"]["value"]) == ("Harbour Gazette", "Harbour Gazette")
    assert (outlet["old"]["detail"]["domain"], outlet["new"]["detail"]["domain"]) == (None, "gazette.example")
    assert bytes_of(archive) == before


def test_what_is_shown_then_is_what_a_rebuild_shows(archive: Path, later: Program) -> None:
    """`verify` finds every row as the snapshots give it, and a rebuild lists the same."""
    assert verified(later, archive)["mismatch"] == 0
    assert verified(later, archive)["uncheckable"] > 0
    told(later, archive)
    assert verified(later, archive) == {"mismatch": 0, "uncheckable": 0}
    shown = "SELECT article_id, property, value, quote, rule FROM statements_shown ORDER BY 1, 2, 3"
    read_again = ask(archive, shown)
    assert later.run("rebuild", "-q", "--archive", str(archive)).returncode == 0
    assert ask(archive, shown) == read_again


def test_a_dry_run_writes_nothing(archive: Path, later: Program) -> None:
    """The database stays as it was, byte for byte, and the answer is the one that a run gives then."""
    before = (archive / "archive.db").read_bytes(), bytes_of(archive)
    dry, total = told(later, archive, "--dry-run")
    assert ((archive / "archive.db").read_bytes(), bytes_of(archive)) == before
    assert total["dry_run"] is True
    lines, again = told(later, archive)
    assert lines == dry
    assert {**again, "dry_run": True} == total


def test_when_nothing_changed_nothing_is_read(archive: Path, today: Program, later: Program) -> None:
    """Equal readers read equal bytes alike: said at once; --force reads all the same, and finds all as it was."""
    told(later, archive)
    before = (archive / "archive.db").read_bytes()
    ran = later.run("reread", "--archive", str(archive))
    assert (ran.returncode, ran.stdout) == (0, "")
    assert "nothing to do" in ran.stderr
    assert (archive / "archive.db").read_bytes() == before
    lines, total = told(later, archive, "--force")
    assert lines == []
    assert total["articles"]["same"] == 3


def test_an_earlier_reading_can_be_shown(archive: Path, later: Program) -> None:
    """`history` lists the readings, `show --reading` gives one as it was, `show` and `list` those of today."""
    lines, _ = told(later, archive)
    ident = lines[0]["id"]
    where = ("--json", "--archive", str(archive))
    now = json.loads(later.run("show", ident, *where).stdout)
    old = json.loads(later.run("show", ident, "--reading", "1", *where).stdout)
    assert (now["outlet"]["domain"], old["outlet"]["domain"]) == ("gazette.example", None)
    assert (now["reading"]["number"], now["reading"]["valid_until"]) == (2, None)
    assert old["reading"]["valid_until"]
    assert "rules 1" in old["reading"]["reader"]
    assert old["findings"] == []
    for one in old["statements"]:
        if one["space"] == "text":
            assert old["text"][one["start"] : one["end"]] == one["quote"]
    said = later.run("history", ident, "--archive", str(archive)).stdout
    assert "shown today" in said
    assert "rules 1" in said
    missing = later.run("show", ident, "--reading", "3", "--archive", str(archive))
    assert (missing.returncode, "readings 1 to 2" in missing.stderr) == (1, True)
    listed = later.run("list", "--outlet", "gazette.example", *where).stdout
    assert len(listed.splitlines()) == 3


def test_an_earlier_edition_does_not_undo_a_later_one(archive: Path, today: Program, later: Program) -> None:
    """A program that is older than the readings refuses, and says what to do."""
    told(later, archive)
    before = (archive / "archive.db").read_bytes()
    ran = today.run("reread", "--archive", str(archive))
    assert ran.returncode == 1
    assert "read by rules 2, and this archiver has rules 1" in ran.stderr
    assert "install a newer archiver" in ran.stderr
    assert (archive / "archive.db").read_bytes() == before


@pytest.mark.parametrize("damage", ["missing", "flipped"])
def test_damage_is_named_and_what_was_read_stays(tmp_path: Path, today: Program, later: Program, damage: str) -> None:
    """The other articles are read; exit status 4; once the file is put back, so is the rest."""
    archive = keep(tmp_path, today, [page(1, CREDIT)])
    (tmp_path / "more.txt").write_text(page(2))
    today.run("add", str(tmp_path / "more.txt"), "--archive", str(archive), "-q")
    (name, offset), *_ = ask(archive, "SELECT warc_file, warc_offset FROM snapshots ORDER BY first_capture")
    path = archive / disk.warc_path(name)
    sound = path.read_bytes()
    path.unlink()
    if damage == "flipped":
        path.write_bytes(sound[: offset + 60] + bytes([sound[offset + 60] ^ 1]) + sound[offset + 61 :])
    said = "SELECT * FROM statements_shown ORDER BY number LIMIT 5"
    before = ask(archive, said)
    lines, total = told(later, archive, status=4)
    assert (total["articles"]["damaged"], total["articles"]["grounds"]) == (1, 1)
    assert name in next(line["reason"] for line in lines if line["outcome"] == "damaged")
    assert ask(archive, said) == before
    path.unlink(missing_ok=True)
    path.write_bytes(sound)
    _, total = told(later, archive)
    assert total["articles"]["changed"] == 1
    assert verified(later, archive) == {"mismatch": 0, "uncheckable": 0}


def test_what_todays_rules_refuse_stays_as_it_was_read(archive: Path, tmp_path: Path) -> None:
    """An edition that cannot read a page leaves what an earlier one read of it: named, exit status 3."""
    opened = "    page = formats.open_page(capture)\n"
    refused = (
        "    if 'ferry 2 ' in page.text:\n        raise formats.FormatError('no ferry is read any more', 'walk')\n"
    )
    with Program(tmp_path / "stricter", 2) as stricter:
        stricter.change("statements/read.py", opened, opened + refused)
        lines, total = told(stricter, archive, status=3)
    assert [line["reason"] for line in lines if line["outcome"] == "unreadable"] == ["no ferry is read any more"]
    assert total["articles"]["unreadable"] == 1
    assert ask(archive, "SELECT count(*) FROM versions") == [(3,)]


def test_one_article_or_one_outlet(archive: Path, later: Program) -> None:
    """`--only` takes an id or an outlet; the rest waits for its turn."""
    (ident,) = next(iter(ask(archive, "SELECT id FROM articles LIMIT 1")))
    assert told(later, archive, "--only", ident)[1]["articles"]["same"] == 0
    assert told(later, archive, "--only", "Harbour Gazette")[1]["properties"]["outlet"]["other_grounds"] == 2
    assert told(later, archive)[1]["properties"] == {}
    ran = later.run("reread", "--only", "nobody", "--archive", str(archive))
    assert (ran.returncode, "no article answers" in ran.stderr) == (1, True)
    assert verified(later, archive) == {"mismatch": 0, "uncheckable": 0}


def test_one_property_is_told_and_all_are_read(archive: Path, later: Program) -> None:
    """`--property` narrows the answer, never the reading."""
    lines, total = told(later, archive, "--property", "origin")
    assert set(total["properties"]) == {"origin"}
    assert [(line["outcome"], len(line["differences"])) for line in lines] == [("changed", 1)]
    assert ask(archive, "SELECT DISTINCT outlet_domain FROM articles") == [("gazette.example",)]
    assert later.run("reread", "--property", "nonsense", "--archive", str(archive)).returncode == 2


def test_people_get_a_table_and_examples(archive: Path, later: Program) -> None:
    """Data on standard output, the sum beside it; nothing of it in colour in a pipe."""
    ran = later.run("reread", "--limit", "1", "--archive", str(archive))
    assert ran.returncode == 0
    head, *_ = ran.stdout.splitlines()
    assert head.split() == ["property", "changed", "added", "dropped", "other", "grounds", "same"]
    assert ran.stdout.count("domain gazette.example") == 1
    assert CREDIT in ran.stdout
    assert "3 articles: 1 read otherwise, 2 the same on other grounds" in ran.stderr
    assert "\x1b" not in ran.stdout + ran.stderr


def test_outlets_of_ones_own_are_a_change_of_rules(archive: Path, today: Program) -> None:
    """An `outlets.toml` put into the archive's folder makes another reader, and so does its removal."""
    (archive / "outlets.toml").write_text(OUTLET)
    assert told(today, archive)[1]["properties"]["outlet"]["other_grounds"] == 3
    assert verified(today, archive) == {"mismatch": 0, "uncheckable": 0}
    (archive / "outlets.toml").unlink()
    assert told(today, archive)[1]["properties"]["outlet"]["other_grounds"] == 3
    assert ask(archive, "SELECT count(*) FROM readings WHERE valid_until IS NULL") == [(3,)]
    assert ask(archive, "SELECT count(*) FROM readings") == [(9,)]


def test_a_killed_run_is_whole_and_goes_on(tmp_path: Path, today: Program, later: Program) -> None:
    """kill -9 after the first batch: every article is read by one edition or by the other, and the next run ends it."""
    archive = keep(tmp_path, today, [page(number, CREDIT if number % 2 else "") for number in range(1, 121)])
    process = later.start("-m", "archiver", "reread", "--json", "--archive", str(archive))
    assert process.stdout is not None
    process.stdout.readline()  # what is told is durable
    process.kill()
    process.communicate()
    editions = ask(archive, "SELECT confirmed_by LIKE '%rules 2 %', count(*) FROM versions JOIN readings "
                   "ON readings.number = versions.reading GROUP BY 1")  # fmt: skip
    assert {edition for edition, _ in editions} == {0, 1}
    assert sum(many for _, many in editions) == 120
    assert verified(later, archive)["mismatch"] == 0
    _, total = told(later, archive, "--jobs", "2")
    assert 0 < total["articles"]["changed"] + total["articles"]["grounds"] < 120
    assert verified(later, archive) == {"mismatch": 0, "uncheckable": 0}
    assert ask(archive, "SELECT count(*) FROM articles WHERE audited IS NULL") == [(0,)]
    assert later.run("reread", "--archive", str(archive)).stdout == ""


def test_a_stopped_run_says_how_far_it_came(tmp_path: Path, today: Program, later: Program) -> None:
    """Ctrl-C: how many are done, and that the same command goes on with the rest."""
    archive = keep(tmp_path, today, [page(number, CREDIT) for number in range(1, 121)])
    process = later.start("-m", "archiver", "reread", "--json", "--archive", str(archive))
    assert process.stdout is not None
    process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _, said = process.communicate()
    done = ask(archive, "SELECT count(*) FROM versions WHERE reader LIKE '%rules 2 %'")[0][0]
    assert process.returncode == 130
    assert 0 < done < 120
    assert f"stopped: {done} of 120 articles" in said
    assert "the same command again goes on with the rest" in said
    assert verified(later, archive)["uncheckable"] < 40


def test_a_run_that_was_killed_before_the_audit_audits_when_it_is_started_again(archive: Path, later: Program) -> None:
    """All is read, and the findings still rest on earlier readings: nothing to read, but something to do."""
    told(later, archive)
    conn = sqlite3.connect(archive / "archive.db")
    conn.execute("UPDATE articles SET audited = NULL, findings = 0")
    conn.execute("DELETE FROM findings")
    conn.commit()
    conn.close()
    assert later.run("reread", "--archive", str(archive)).returncode == 0
    assert verified(later, archive) == {"mismatch": 0, "uncheckable": 0}


def test_nothing_to_do_needs_no_writer(archive: Path, today: Program) -> None:
    """It is said at once, also while somebody else is writing."""
    with disk.writer_lock(archive, 1.0):
        ran = today.run("reread", "--archive", str(archive))
        assert (ran.returncode, "nothing to do" in ran.stderr) == (0, True)


def test_pages_that_are_added_meanwhile_are_kept(tmp_path: Path, today: Program, later: Program) -> None:
    """Batches are short: somebody who adds between two of them waits for one, and all ends as a rebuild would."""
    archive = keep(tmp_path, today, [page(number) for number in range(1, 61)])
    process = later.start("-m", "archiver", "reread", "--json", "--archive", str(archive))
    assert process.stdout is not None
    process.stdout.readline()
    (tmp_path / "new.txt").write_text(page(99, CREDIT))
    added = today.run("add", str(tmp_path / "new.txt"), "--archive", str(archive), "--json")
    assert json.loads(added.stdout)["new"] is True
    process.communicate()
    assert process.returncode == 0
    assert told(later, archive)[1]["articles"]["changed"] == 1
    assert verified(later, archive) == {"mismatch": 0, "uncheckable": 0}
