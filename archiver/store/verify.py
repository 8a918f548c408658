"""Is what is held what was captured? Every file, record, row and quote is asked, and every answer has a place.

Without ``read`` this checks the snapshots (names, records, digests), that the rows say what the metadata records
say, that texts have their digests and that quotes stand at their places. With ``read`` everything is read again
from the snapshots into a private database, and every value of every table is compared: so a changed value is
found wherever it is.
"""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from archiver.canonical import text_digest
from archiver.errors import ArchiverError
from archiver.store import (
    acts,
    disk,
    log,
    rebuild,
    schema,
    seal_files,
    snapshots,
    verify_files,
    verify_log,
    verify_readings,
)
from archiver.store.archive import Archive
from archiver.store.dump import KEYS, Difference, differences
from archiver.store.entering import Audit, Entering, Read
from archiver.store.levels import Standing
from archiver.store.verdicts import Judgement, Verdict
from archiver.tlog.checkpoints import Checkpoint

_AUDIT_TABLES = frozenset({"findings"})
_LOG_TABLES = frozenset({"log"})  # its files are compared with it, and each thing with its leaf
_AUDIT_COLUMNS = frozenset({("articles", "findings"), ("articles", "worst")})
_NO_EVIDENCE = frozenset({"reader", "audited"})  # who read it, and when it was audited, are asked elsewhere
_CUSTODY_TABLES = ("warc_files", "snapshots", "captures", "judgements")  # they follow from the snapshots, whoever reads
_NAMED_READERS = 3  # of the other readers of an archive, in a message
_SPACES = {"source": "page", "visible": "page", "text": "clean"}


def check(
    archive: Archive, read: Read | None = None, audit: Audit | None = None, standing: Standing | None = None
) -> Iterator[Verdict]:
    """Verdicts on everything in ``archive``, mismatches and matches alike; changes nothing.

    ``read`` asks for the deep check, ``audit`` for findings too. ``standing`` brings what is known from outside, and
    learns who signed and who knew of what is held. A damaged database never ends the check of the snapshots. Raises
    InputError where what is known from outside cannot be read.
    """
    told, trouble = verify_log.read_head(archive.folder)
    yield from _database(archive.conn)
    yield from verify_files.check_files(archive)
    yield from trouble
    yield from _guarded(archive.conn, lambda _conn: verify_log.check_log(archive, told))
    yield from _guarded(archive.conn, lambda _conn: _seals(archive, told, standing or Standing()))
    yield from _guarded(archive.conn, _texts)
    yield from _guarded(archive.conn, verify_readings.check_readings)
    quotes = _guarded(archive.conn, _quotes)
    # Reading again, below, checks what could not be checked by looking.
    yield from (one for one in quotes if read is None or one.judgement is not Judgement.UNCHECKABLE)
    if read is None:
        yield Verdict(Judgement.UNCHECKABLE, "version", "what the texts say was not read again")
        return
    yield from _read_again(archive, read, audit)


def _seals(archive: Archive, told: Checkpoint | None, standing: Standing) -> Iterator[Verdict]:
    """Who signed and who knew; an archive without any of that does not pay for the import of the cryptography."""
    standing.entries = told.size if told is not None else log.size(archive.conn)
    if standing.outside.is_given or seal_files.are_there(archive.folder, archive.conn):
        from archiver.store.verify_seals import check_seals

        yield from check_seals(archive, told, standing)


def _guarded(conn: sqlite3.Connection, part: "verify_files.Part") -> Iterator[Verdict]:
    try:
        yield from part(conn)
    except verify_files.UNREADABLE as error:
        yield verify_files.damaged_database(error)


def _database(conn: sqlite3.Connection) -> Iterator[Verdict]:
    yield from _guarded(conn, _schema)
    yield from _guarded(conn, _foreign_keys)


def _schema(conn: sqlite3.Connection) -> Iterator[Verdict]:
    wrong = list(schema.problems(conn))
    for name, what in wrong:
        yield Verdict(Judgement.MISMATCH, "schema", f"{name} {what}", file="archive.db", row=name)
    for (line,) in conn.execute("PRAGMA integrity_check(20)"):
        if line != "ok":
            wrong.append(("database", line))
            yield Verdict(Judgement.MISMATCH, "database", line, file="archive.db")
    if not wrong:
        yield Verdict(Judgement.MATCH, "schema", "tables, triggers, indexes and views are as they were made")


def _foreign_keys(conn: sqlite3.Connection) -> Iterator[Verdict]:
    broken = False
    for table, row, parent, _ in conn.execute("PRAGMA foreign_key_check"):
        broken = True
        yield Verdict(
            Judgement.MISMATCH, "row", f"leads to a row of {parent} that is not there", table=table, row=str(row)
        )
    if not broken:
        yield Verdict(Judgement.MATCH, "database", "every row leads to rows that are there")


def _texts(conn: sqlite3.Connection) -> Iterator[Verdict]:
    good = 0
    for sha256, text in conn.execute("SELECT sha256, text FROM texts ORDER BY sha256"):
        if text_digest(text) == sha256:
            good += 1
            continue
        users = conn.execute(
            "SELECT article_id FROM readings WHERE text_sha256 = ?1 UNION "
            "SELECT article_id FROM readings WHERE page_text_sha256 = ?1",
            (sha256,),
        )
        articles = tuple(row[0] for row in users)
        message = "the text does not have the digest it is kept under"
        yield Verdict(Judgement.MISMATCH, "text", message, articles=articles, table="texts", row=sha256, column="text")
    yield Verdict(Judgement.MATCH, "text", f"{good} texts have their digests", many=good)


def _quotes(conn: sqlite3.Connection) -> Iterator[Verdict]:
    """One reading at a time, earlier ones too: its two texts are loaded once for all its quotes."""
    stand = elsewhere = 0
    readings = conn.execute("SELECT number, article_id, text_sha256, page_text_sha256 FROM readings ORDER BY number")
    for reading, article_id, clean, page in readings:
        texts = dict(conn.execute("SELECT sha256, text FROM texts WHERE sha256 IN (?, ?)", (clean, page)).fetchall())
        by_space = {"clean": texts.get(clean, ""), "page": texts.get(page, "")}
        rows = conn.execute(
            'SELECT number, quote, space, start, "end" FROM statements WHERE reading = ? ORDER BY number',
            (reading,),
        )
        for number, quote, space, start, end in rows:
            if space not in _SPACES or (start is None and not quote):  # it rests on other places, or on the whole text
                elsewhere += 1
            elif start is not None and end is not None and by_space[_SPACES[space]][start:end] == quote:
                stand += 1
            else:
                message = f"the quote does not stand at {start}-{end} of the {space} text: {quote[:60]!r}"
                yield Verdict(
                    Judgement.MISMATCH,
                    "quote",
                    message,
                    articles=(article_id,),
                    table="statements",
                    row=str(number),
                    column="quote",
                )
    yield Verdict(Judgement.MATCH, "quote", f"{stand} quotes stand at their places", many=stand)
    if elsewhere:
        message = (
            f"{elsewhere} values rest on markup, headers, addresses or a whole text: only reading again checks them"
        )
        yield Verdict(Judgement.UNCHECKABLE, "quote", message, many=elsewhere)


def _read_again(archive: Archive, read: Read, audit: Audit | None) -> Iterator[Verdict]:
    """Everything once more from the snapshots, beside the archive, and each value compared."""
    # A private database that SQLite keeps in memory and, when that gets too much, in a nameless temporary file.
    conn = sqlite3.connect("", isolation_level=None)
    try:
        conn.execute("PRAGMA synchronous = OFF")
        conn.execute("PRAGMA journal_mode = MEMORY")
        conn.execute("PRAGMA foreign_keys = ON")
        schema.prepare(conn)
        memory = Archive(archive.folder, conn, read_only=False)
        entering = Entering(conn, archive.folder, memory.body, read, audit)
        rebuild.replay(entering, _entered_files(archive), after=_auditor(archive.conn, entering, audit))
        yield from _compared(archive.conn, conn, with_findings=audit is not None)
    except ArchiverError as error:
        message = f"the texts cannot be read again as long as snapshots are damaged: {error.message}"
        yield Verdict(Judgement.UNCHECKABLE, "version", message)
    except verify_files.UNREADABLE as error:
        yield verify_files.damaged_database(error)
    finally:
        conn.close()


def _auditor(here: sqlite3.Connection, entering: Entering, audit: Audit | None) -> Callable[[int], None]:
    """Audits again what was audited last when that many captures were known: what is held decides what is found."""
    due: dict[int, list[str]] = defaultdict(list)
    if audit is not None:
        for article_id, known in here.execute("SELECT id, audited FROM articles WHERE versions > 0"):
            due[known or 0].append(article_id)

    def after(number: int) -> None:
        entering.audit_again([article_id for article_id in due[number] if entering.holds(article_id)])

    return after


def _entered_files(archive: Archive) -> list[Path]:
    """The snapshots in order, without those that a stopped writer left whole behind the last capture entered.

    They are named as such already; that none of their rows is there yet is no alteration.
    """
    entered = {name for (name,) in archive.conn.execute("SELECT sha256 FROM warc_files")}
    last = archive.conn.execute("SELECT coalesce(max(number), 0) FROM captures").fetchone()[0]
    return [
        path
        for path in rebuild.in_order(archive.folder)
        if path.name.removesuffix(disk.WARC_SUFFIX) in entered
        or (acts.place_of(path) is None and snapshots.first_number(path) <= last)
    ]


def _compared(here: sqlite3.Connection, again: sqlite3.Connection, *, with_findings: bool) -> Iterator[Verdict]:
    left_out = _LOG_TABLES if with_findings else _LOG_TABLES | _AUDIT_TABLES
    tables = tuple(table for table in KEYS if table not in left_out)
    wrong = False
    other = _other_reader(here, again)
    if other:
        yield Verdict(Judgement.UNCHECKABLE, "version", other, table="versions", column="reader")
    unlike: Counter[tuple[str, str]] = Counter()
    for found in differences(here, again, tables):
        if not with_findings and (found.table, found.column) in _AUDIT_COLUMNS:
            continue
        if found.column in _NO_EVIDENCE:
            continue
        wrong = True
        # What another reader read differently was not altered by anybody; custody does not hang on reading.
        if other is not None and found.table not in _CUSTODY_TABLES:
            unlike[found.table, _unlike(found)] += 1
        else:
            yield _difference(here, found)
    for (table, what), many in sorted(unlike.items()):
        message = f"{many} row{'s' if many > 1 else ''} {what}, as other rules read them"
        yield Verdict(Judgement.UNCHECKABLE, "row", message, table=table)
    if not wrong:
        (said,) = again.execute("SELECT count(*) FROM statements").fetchone()
        message = "reading all snapshots again gives the same rows, value for value"
        yield Verdict(Judgement.MATCH, "database", message, many=said)


def _other_reader(here: sqlite3.Connection, again: sqlite3.Connection) -> str | None:
    """How many articles were read by rules and libraries that are not those of today, in words; None: none was."""
    today = {name for (name,) in again.execute("SELECT DISTINCT reader FROM versions")}
    read_by = here.execute("SELECT article_id, reader FROM versions ORDER BY article_id, reader").fetchall()
    articles = {article_id for article_id, name in read_by if name not in today}
    if not articles:
        return None
    names = sorted({name for _, name in read_by if name not in today})
    many = "1 article was" if len(articles) == 1 else f"{len(articles)} articles were"
    return (
        f"{many} read by other rules ({'; '.join(names[:_NAMED_READERS])}): archiver reread goes on, then verify again"
    )


def _unlike(found: Difference) -> str:
    if found.column is None:
        return "would not be there" if found.there is None else "would be there and are not"
    return f"would say otherwise in {found.column}"


def _difference(conn: sqlite3.Connection, found: Difference) -> Verdict:
    if found.column is None:
        message = "this row does not follow from the snapshots" if found.there is None else "this row is missing"
    else:
        message = f"says {found.here!r}; the snapshots, read again, say {found.there!r}"
    row = "/".join(map(str, found.key))
    article = _article_of(conn, found)
    return Verdict(
        Judgement.MISMATCH,
        "row",
        message,
        articles=(article,) if article else (),
        table=found.table,
        row=row,
        column=found.column,
    )


_ARTICLE_OF = {
    "captures": "SELECT article_id FROM captures WHERE number = ?",
    "judgements": "SELECT article_id FROM judgements WHERE number = ?",
    "versions": "SELECT article_id FROM versions WHERE id = ?",
    "_layouts": "SELECT article_id FROM versions WHERE id = ?",
    "sightings": "SELECT article_id FROM captures WHERE number = ?",
    "statements": "SELECT article_id FROM versions WHERE id = ?",
    "origins": "SELECT article_id FROM versions WHERE id = ?",
}


def _article_of(conn: sqlite3.Connection, found: Difference) -> str | None:
    if found.table in {"articles", "findings"}:
        return str(found.key[0])
    if found.table not in _ARTICLE_OF:
        return None
    row = conn.execute(_ARTICLE_OF[found.table], found.key[:1]).fetchone()
    return row[0] if row else None
