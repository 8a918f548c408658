"""What people decided: kept like a capture, shown on top, given back by a rebuild, and never lost to a rereading."""

import shutil
import signal
import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as for_all
from hypothesis import strategies as st

from archiver import judged
from archiver.errors import IntegrityError, NotFound
from archiver.model import Capture, Decision, Judgement, Meant, Reading, Space
from archiver.store import acts, disk, judgements, log, rereading, rows
from archiver.store.archive import Archive
from archiver.store.dump import dump
from archiver.store.prepared import prepare
from archiver.store.rebuild import rebuild
from archiver.store.verdicts import Judgement as Answer
from archiver.store.verdicts import Verdict
from archiver.store.verify import check
from tests.store.helpers import audit, fetched, given, later, read
from tests.store.test_archive import _in_child, _stop_at
from tests.store.test_log import _tamper


def article(archive: Archive, title: str = "The road") -> str:
    (ident,) = archive.conn.execute("SELECT id FROM articles WHERE title = ?", (title,)).fetchone()
    return str(ident)


def decide(archive: Archive, decision: Decision, ident: str, minute: int = 100, **about: Any) -> Judgement:
    first = archive.conn.execute("SELECT max(first_capture) FROM versions WHERE article_id = ?", (ident,)).fetchone()[0]
    fields = {"article_id": ident, "first_capture": first, "decision": decision, **about}
    with archive.writer(read, audit) as writer:
        return writer.judge(later(minute), "A. Reader", "seen in print", fields)


def shown(archive: Archive, ident: str, name: str) -> list[tuple[str, Meant]]:
    dossier = rows.load_dossier(archive.conn, ident)
    return [(one.value, one.meant) for one in dossier.reading.shown(name)]


def wrong(archive: Archive) -> list[Verdict]:
    return [one for one in check(archive, read, audit) if one.judgement is Answer.MISMATCH]


def test_a_value_that_a_person_sets_is_shown_everywhere(filled: Archive) -> None:
    """In the dossier, marked as a person's, with the reasons for words; and in the line of every list."""
    ident = article(filled)
    made = decide(filled, Decision.SET, ident, property="published", value="2024-06-02")
    assert shown(filled, ident, "published") == [("2024-06-02", Meant.PERSON)]
    (statement,) = rows.load_dossier(filled.conn, ident).reading.shown("published")
    assert (statement.space, statement.quote, statement.path) == (Space.PERSON, "seen in print", f"judgement {made.id}")
    line = rows.article_row(filled.conn, ident)
    assert (line.published, line.published_meant) == ("2024-06-02", Meant.PERSON)
    assert not wrong(filled)


def test_what_the_rules_read_stays_beside_it(filled: Archive) -> None:
    """Not shown, with who decided otherwise and why; the rows themselves are untouched."""
    ident = article(filled, "Şuşa yolu")
    before = list(dump(filled.conn, ("statements", "versions", "origins")))
    decide(filled, Decision.SET, ident, property="published", value="2024-05-02")
    dossier = rows.load_dossier(filled.conn, ident)
    (read_by_rules,) = [s for s in dossier.reading.statements if s.value == "2024-05-01"]
    assert not read_by_rules.shown
    assert (read_by_rules.why or "").startswith("A. Reader decided otherwise (judgement ")
    assert dossier.read is not None
    assert [s.value for s in dossier.read.shown("published")] == ["2024-05-01"]
    assert list(dump(filled.conn, ("statements", "versions", "origins"))) == before


def test_an_origin_that_a_person_refutes_is_no_origin_any_more(filled: Archive) -> None:
    """No edge, no finding that it is not held, no line in the list; taken back, all of it returns."""
    ident = article(filled)
    dossier = rows.load_dossier(filled.conn, ident)
    (origin,) = dossier.origins
    about: dict[str, Any] = {
        "property": "origin",
        "value": origin.statement.value,
        "detail": dict(origin.statement.detail),
    }
    made = decide(filled, Decision.REJECT, ident, statement=origin.statement.id, **about)
    assert rows.load_dossier(filled.conn, ident).origins == ()
    assert rows.article_row(filled.conn, ident).origin_line is None
    assert "origin-not-held" not in {one.rule for one in rows.article_findings(filled.conn, ident)}
    decide(filled, Decision.WITHDRAW, ident, 101, about=made.id)
    assert rows.load_dossier(filled.conn, ident).origins == (origin,)
    assert rows.article_row(filled.conn, ident).origin_line == "translated from Xəbər"
    assert [one.decision for one in judgements.of_article(filled.conn, ident)] == [Decision.REJECT, Decision.WITHDRAW]
    assert not wrong(filled)


def test_an_origin_that_a_person_names_leads_to_what_is_held(filled: Archive) -> None:
    """As one that the page names would."""
    other, ident = article(filled, "Third"), article(filled)
    detail = {
        "kind": "reprint",
        "name": "News",
        "domain": "news.example",
        "url": "https://news.example/a",
        "language": None,
    }
    decide(filled, Decision.SET, ident, property="origin", value="News", detail=detail)
    origins = rows.load_dossier(filled.conn, ident).origins
    assert [(one.name, one.held, str(one.kind)) for one in origins] == [
        ("Xəbər", None, "translation"),
        ("News", other, "reprint"),
    ]


def test_unknown_is_a_judgement_too(filled: Archive) -> None:
    """Nothing is shown then, not the next best."""
    ident = article(filled, "Şuşa yolu")
    decide(filled, Decision.UNKNOWN, ident, property="published")
    assert shown(filled, ident, "published") == []
    assert rows.article_row(filled.conn, ident).published is None


def test_a_judgement_holds_for_later_versions_and_not_for_earlier_ones(filled: Archive) -> None:
    """What the page said before is history."""
    ident = article(filled, "Third")
    decide(filled, Decision.SET, ident, property="published", value="2025-01-09")
    with filled.writer(read, audit) as writer:
        writer.commit([fetched(b"Title: Third\nPublished: 2025-02\nBody three.", at=later(120))])
    dossier = rows.load_dossier(filled.conn, ident)
    dates = [[s.value for s in version.reading.shown("published")] for version in dossier.versions]
    assert dates == [["2025-01"], ["2025-01"], ["2025-01-09"], ["2025-01-09"]]
    assert rows.article_row(filled.conn, ident).published == "2025-01-09"
    assert not wrong(filled)


def other_rules(capture: Capture) -> Reading:
    """Rules that give every statement another id, and read another day."""
    found = read(capture)
    said = tuple(
        replace(
            one, id=f"x{one.id[1:]}", rule="test/other@1", value="2031" if one.property == "published" else one.value
        )
        for one in found.statements
    )
    return replace(found, reader="other rules", statements=said, content_digest=found.content_digest[::-1])


def test_it_stays_on_top_when_other_rules_read_the_article_again(filled: Archive) -> None:
    """A set value, a refuted origin whose statement has another id now: both as the person decided."""
    ident = article(filled)
    (origin,) = rows.load_dossier(filled.conn, ident).origins
    decide(filled, Decision.SET, ident, property="published", value="2024-06-02")
    about: dict[str, Any] = {
        "property": "origin",
        "value": origin.statement.value,
        "detail": dict(origin.statement.detail),
    }
    decide(filled, Decision.REJECT, ident, 101, statement=origin.statement.id, **about)
    held = rereading.held(filled.conn, ident)
    life = rereading.Life(held)
    for body in held.bodies:
        life.next(body, lambda body=body: prepare(other_rules(filled.capture(body.number))))  # type: ignore[misc]
    with filled.writer(other_rules, audit) as writer:
        assert writer.read_again([life], "other rules", "2026-04-01T00:00:00Z") == ()
        writer.audit_again([ident])
    assert shown(filled, ident, "published") == [("2024-06-02", Meant.PERSON)]
    assert rows.load_dossier(filled.conn, ident).origins == ()
    assert rows.article_row(filled.conn, ident).published == "2024-06-02"


def test_a_rebuild_gives_it_back(filled: Archive) -> None:
    """Between the captures where it was made, row for row, with its leaf; without the log too."""
    ident = article(filled)
    first = decide(filled, Decision.SET, ident, property="author", value="Nora Vale")
    with filled.writer(read, audit) as writer:
        writer.commit([given("Title: After\nafter", at=later(110))])
    decide(filled, Decision.WITHDRAW, ident, 111, about=first.id)
    decide(filled, Decision.SET, ident, 112, property="author", value="Nora V. Vale")
    before = list(dump(filled.conn))
    filled.close()
    for path in filled.folder.glob("archive.db*"):
        path.unlink()
    assert rebuild(filled.folder, read, audit)["judgements"] == 3
    with Archive.open(filled.folder) as archive:
        assert list(dump(archive.conn)) == before
        assert not wrong(archive)
    for path in filled.folder.glob("archive.db*"):
        path.unlink()
    shutil.rmtree(filled.folder / log.FOLDER)
    rebuild(filled.folder, read, audit)
    with Archive.open(filled.folder) as archive:
        assert list(dump(archive.conn)) == before


def test_a_lost_judgement_is_named(filled: Archive) -> None:
    """Its file is gone: a rebuild does not go on as if nobody had decided."""
    ident = article(filled)
    for minute, value in enumerate(("Nora Vale", "Nora V. Vale")):
        decide(filled, Decision.SET, ident, 100 + minute, property="author", value=value)
    name = filled.conn.execute("SELECT warc_file FROM judgements WHERE number = 1").fetchone()[0]
    (filled.folder / disk.warc_path(name)).unlink()
    assert f"{disk.warc_path(name)}" in {one.file for one in wrong(filled)}
    filled.close()
    with pytest.raises(IntegrityError, match="judgement 1"):
        rebuild(filled.folder, read, audit)


def test_kill_9_between_file_and_transaction(filled: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """The judgement was durable: the next writer enters it."""
    ident = article(filled)

    def child() -> None:
        with Archive.open(filled.folder) as archive:
            _stop_at(monkeypatch, "write_once", "after")
            decide(archive, Decision.SET, ident, property="author", value="Nora Vale")

    assert _in_child(child) == -signal.SIGKILL
    with Archive.open(filled.folder) as archive:
        assert not wrong(archive)
        decide(archive, Decision.SET, ident, 101, property="dek", value="After the crash")
        assert [one.value for one in judgements.of_article(archive.conn, ident)] == ["Nora Vale", "After the crash"]
        assert shown(archive, ident, "author") == [("Nora Vale", Meant.PERSON)]
        assert not wrong(archive)


@pytest.mark.parametrize(
    ("sql", "column"),
    [
        ("UPDATE judgements SET who = 'Somebody else'", "who"),
        ("UPDATE judgements SET why = 'other grounds'", "why"),
        ("UPDATE judgements SET value = '2020-01-01'", "value"),
        ("UPDATE judgements SET made_at = '2020-01-01T00:00:00Z'", "made_at"),
        ("UPDATE judgements SET decision = 'confirm'", "decision"),
        ("UPDATE judgements SET read = '[\"x\"]'", "read"),
        ("DELETE FROM judgements", None),
    ],
)
def test_a_changed_judgement_is_found(filled: Archive, sql: str, column: str | None) -> None:
    """Row and column, against the file that records it."""
    decide(filled, Decision.SET, article(filled), property="published", value="2024-06-02")
    _tamper(filled, sql)
    assert ("judgements", "1", column) in {(one.table, one.row, one.column) for one in wrong(filled)}


def test_a_judgement_that_was_slipped_in_with_its_file_is_not_in_the_log(filled: Archive) -> None:
    """File and row agree; the log never heard of it."""
    decide(filled, Decision.SET, article(filled), property="published", value="2024-06-02")
    row = filled.conn.execute("SELECT max(number) FROM log").fetchone()[0]
    _tamper(filled, f"DELETE FROM log WHERE number = {row}")
    assert "judgement 1 is not in the log" in {one.message for one in wrong(filled)}


def test_the_leaf_tells_nothing_of_who_and_why(filled: Archive) -> None:
    """Names and grounds can be removed later: the log never held them."""
    decide(filled, Decision.SET, article(filled), property="author", value="Nora Vale")
    (entry,) = filled.conn.execute("SELECT entry FROM log WHERE kind = ?", (acts.JUDGEMENT,)).fetchone()
    assert not any(secret in entry for secret in ("Reader", "print", "Nora"))


def test_judgements_are_found_by_the_start_of_their_id(filled: Archive) -> None:
    """One, several, none."""
    made = decide(filled, Decision.SET, article(filled), property="author", value="Nora Vale")
    assert judgements.find(filled.conn, made.id[:6]) == made
    for prefix in ("", "zzzz"):
        with pytest.raises(NotFound):
            judgements.find(filled.conn, prefix)


texts = st.text(max_size=40)
details = st.dictionaries(st.sampled_from(["kind", "name", "url"]), st.none() | texts, max_size=3)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@for_all(who=texts, why=texts, value=texts, detail=details)
def test_whatever_somebody_types_is_read_back(who: str, why: str, value: str, detail: dict[str, Any]) -> None:
    """Half characters, line breaks, controls: the record in the file and the row give back one judgement."""
    about = {"article_id": "a", "first_capture": 1, "decision": Decision.SET, "property": "dek", "value": value}
    made = acts.new_judgement(1, later(0), who, why, {**about, "detail": detail})
    assert acts.from_json(acts.as_json(made)) == made
    act = acts.Act(3, made)
    assert acts.build(act) == acts.build(act)
    assert acts.row_of(act, "f" * 64, 0)["id"] == made.id
    made.why.encode()


def test_people_decide_in_order() -> None:
    """The last word counts; a confirmed statement is shown alone where there can be only one."""
    reading = read(Capture(b"Title: One\nTitle: Two\nbody"))
    one, two = reading.shown("title")
    base = {"article_id": "a", "first_capture": 1, "property": "title"}
    confirm = acts.new_judgement(
        1, later(0), "A", "w", {**base, "decision": Decision.CONFIRM, "statement": two.id, "value": "Two"}
    )
    decided = judged.apply(reading, 1, [confirm])
    assert [(s.id, s.meant) for s in decided.shown("title")] == [(two.id, Meant.PERSON)]
    set_ = acts.new_judgement(2, later(1), "B", "w", {**base, "decision": Decision.SET, "value": "Three"})
    assert [s.value for s in judged.apply(reading, 1, [confirm, set_]).shown("title")] == ["Three"]
    assert judged.apply(reading, 0, [confirm, set_]) is reading
    assert one.shown


def test_what_people_ruled_out_follows_from_judgements_in_force() -> None:
    """Not from the words of a reason, which may quote the page; neither from one that was withdrawn or made later."""
    base = {"article_id": "a", "first_capture": 2, "property": "origin", "value": "X"}
    reject = acts.new_judgement(1, later(0), "A", "w", {**base, "decision": Decision.REJECT})
    set_ = acts.new_judgement(2, later(1), "A", "w", {**base, "property": "dek", "decision": Decision.SET})
    back = acts.new_judgement(3, later(2), "A", "w", {**base, "decision": Decision.WITHDRAW, "about": reject.id})
    assert judged.ruled_out([reject, set_], 2) == {"origin"}
    assert judged.ruled_out([reject], 1) == frozenset()
    assert judged.ruled_out([reject, set_, back], 2) == frozenset()


def test_the_database_itself_keeps_judgements(filled: Archive) -> None:
    """Nothing is changed or deleted: withdrawn is another judgement."""
    decide(filled, Decision.SET, article(filled), property="author", value="Nora Vale")
    for sql in (
        "UPDATE judgements SET why = 'x'",
        "DELETE FROM judgements",
        "REPLACE INTO judgements SELECT * FROM judgements",
    ):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            filled.conn.execute(sql)


def test_two_in_one_archive_and_its_copy_are_the_same_files(filled: Archive, tmp_path: Path) -> None:
    """Same decision, same moment: same bytes."""
    filled.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copytree(filled.folder, tmp_path / "copy")
    ident = article(filled)
    decide(filled, Decision.SET, ident, property="author", value="Nora Vale")
    with Archive.open(tmp_path / "copy") as copy:
        decide(copy, Decision.SET, ident, property="author", value="Nora Vale")
    assert disk.warc_files(filled.folder).keys() == disk.warc_files(tmp_path / "copy").keys()
    assert (filled.folder / log.FOLDER / "head").read_bytes() == (tmp_path / "copy" / log.FOLDER / "head").read_bytes()
