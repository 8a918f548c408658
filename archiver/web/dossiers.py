"""Pages about one article: its text, its whole capture, what changed, and its other forms."""

import json
import sqlite3
from dataclasses import replace
from typing import Any

from archiver import judged
from archiver.compare import metadata_changes
from archiver.errors import NotFound
from archiver.jobs.records import as_record, reading_of_today
from archiver.model import Dossier, Reading, Version
from archiver.store import rows
from archiver.timepoint import parse_utc
from archiver.web import article, cite, words
from archiver.web.asked import Asked, Body, Page, Redirect
from archiver.web.difference import difference
from archiver.web.highlight import Span, has_paragraph_gaps, marked


def article_page(conn: sqlite3.Connection, asked: Asked) -> Page | Redirect:
    """One article: its text with the evidence marked, what is said of it, and what that rests on."""
    ident = rows.find_article(conn, asked.part("ref"))
    if ident != asked.part("ref"):
        return Redirect(f"/article/{ident}")
    if not rows.article_row(conn, ident).versions:
        return Page("attempts.html", {"row": rows.article_row(conn, ident), "events": rows.history(conn, ident)})
    dossier, version, frozen = _version(conn, ident, asked)
    reading = version.reading
    is_newest = version is dossier.latest and not asked.parts.get("reading")  # findings are those of today's newest
    owners = article.supported(reading)
    hrefs = {name: f"#c-{owner}" for name, owner in owners.items()}
    spans = article.text_spans(reading, hrefs)
    citation = cite.cited(dossier, version)
    base = _base(ident, version, asked)
    return Page(
        "article.html",
        {
            "dossier": replace(dossier, versions=dossier.versions[: version.number]) if frozen else dossier,
            "version": version,
            "newest": dossier.latest.number,
            "frozen": frozen,
            "reading": reading,
            "title": article.title_of(reading),
            "byline": article.byline(reading),
            "authors": article.authors(reading),
            "language": words.language_tag(_shown(reading, "language")),
            "text": marked(reading.text, spans, "t", gaps=not has_paragraph_gaps(reading.text)),
            "facts": article.facts(reading, judged.ruled_out(dossier.judgements, version.first_capture)),
            "rejected": article.rejected(reading),
            "decided": article.decided(dossier),
            "machine": reading.shown("suspected_machine_translation"),
            "origins": article.origin_sentences(dossier) if not frozen else (),
            "life": article.life_sentence(dossier),
            "chains": article.chains(dossier, _loader(conn)) if not frozen else (),
            "descendants": [rows.article_row(conn, other) for other in rows.articles_from(conn, ident)],
            "versions": article.versions(dossier),
            "earlier": _earlier(conn, ident),
            "read_as": int(asked.part("reading")) if asked.parts.get("reading") else None,
            "sightings": rows.sightings(conn, ident),
            "events": dossier.captures,
            "body": _body(conn, reading.sha256),
            "findings": article.findings_for(rows.article_findings(conn, ident), reading) if is_newest else (),
            "citation": {
                "text": cite.sentence(citation),
                "CSL-JSON": cite.csl_json(citation),
                "BibTeX": cite.bibtex(citation),
                "RIS": cite.ris(citation).replace("\r\n", "\n"),
            },
            "base": base,
        },
    )


def capture_page(conn: sqlite3.Connection, asked: Asked) -> Page | Redirect:
    """The whole page as it was captured, as text, with every quote in its place."""
    ident = rows.find_article(conn, asked.part("ref"))
    if ident != asked.part("ref"):
        return Redirect(f"/article/{ident}/capture")
    dossier, version, frozen = _version(conn, ident, asked)
    reading = version.reading
    base = _base(ident, version, asked)
    owners = article.supported(reading)
    hrefs = {name: f"{asked.path(base)}#c-{owner}" for name, owner in owners.items()}
    hrefs |= {s.id: f"{asked.path(base)}#r-{s.id}" for s in article.rejected(reading)}
    return Page(
        "capture.html",
        {
            "dossier": dossier,
            "version": version,
            "frozen": frozen,
            "reading": reading,
            "title": article.title_of(reading),
            "byline": article.byline(reading),
            "authors": article.authors(reading),
            "language": words.language_tag(_shown(reading, "language")),
            "zones": zones(version, article.page_spans(reading, hrefs)),
            "off_page": article.off_page(reading),
            "hrefs": hrefs,
            "base": base,
        },
    )


def zones(version: Version, spans: tuple[Span, ...]) -> list[dict[str, Any]]:
    """The page text in runs of one zone, in order and whole; a run reaches to where the next one begins."""
    reading = version.reading
    starts: list[tuple[int, str]] = []
    for block in reading.blocks:
        if not starts or starts[-1][1] != block.zone:
            starts.append((block.start if starts else 0, str(block.zone)))
    starts = starts or [(0, "body")]
    runs = []
    taken: set[str] = set()
    for place, (start, zone) in enumerate(starts):
        end = starts[place + 1][0] if place + 1 < len(starts) else len(reading.page_text)
        inside = [
            replace(
                s, start=max(s.start - start, 0), end=s.end - start, id=s.id if s.id not in taken else f"{s.id}-{start}"
            )
            for s in spans
            if s.start < end and s.end > start
        ]
        taken |= {s.id for s in inside}
        runs.append(
            {
                "zone": zone,
                "label": words.ZONES.get(zone, zone),
                "editorial": zone in words.EDITORIAL,
                "html": marked(reading.page_text[start:end], inside, "s"),
            }
        )
    return runs


def diff_page(conn: sqlite3.Connection, asked: Asked) -> Page | Redirect:
    """What changed between two versions: facts first and graded, then words. Raises NotFound."""
    ident = rows.find_article(conn, asked.part("ref"))
    numbers = int(asked.part("a")), int(asked.part("b"))
    if ident != asked.part("ref"):
        return Redirect(f"/article/{ident}/diff/{numbers[0]}..{numbers[1]}")
    dossier = rows.load_dossier(conn, ident)
    old, new = (_numbered(dossier, number) for number in numbers)
    whole = asked.query.get("show") == "all"
    seen = {one.version.number: one for one in article.versions(dossier)}
    return Page(
        "diff.html",
        {
            "dossier": dossier,
            "title": article.title_of(new.reading),
            "old": seen[old.number],
            "new": seen[new.number],
            "changes": metadata_changes(old.reading, new.reading),
            "difference": difference(old.reading.text, new.reading.text, fold=not whole),
            "gaps": not has_paragraph_gaps(new.reading.text),
            "same_digest": old.content_digest == new.content_digest,
            "same_text": old.reading.text == new.reading.text,
            "whole": whole,
            "language": words.language_tag(_shown(new.reading, "language")),
            "versions": article.versions(dossier),
        },
    )


def other_forms(conn: sqlite3.Connection, asked: Asked) -> Body | Redirect:
    """The same article as a record, a citation or plain text. Raises NotFound."""
    ident, form = rows.find_article(conn, asked.part("ref")), asked.part("form")
    if ident != asked.part("ref"):
        return Redirect(f"/article/{ident}.{form}")
    dossier = rows.load_dossier(conn, ident)
    citation = cite.cited(dossier, dossier.latest)
    if form == "json":
        versions = [
            {"id": v.id, "number": v.number, "first_capture": v.first_capture, "last_capture": v.last_capture}
            for v in dossier.versions
        ]
        record = as_record(dossier, rows.article_findings(conn, ident))
        record |= {"version": dossier.latest.number, "versions": versions}
        record |= {"reading": reading_of_today(dossier, rows.readings(conn, ident))}
        return Body(json.dumps(record, ensure_ascii=False, indent=2) + "\n", "application/json; charset=utf-8")
    if form == "txt":
        return Body(dossier.reading.text, "text/plain; charset=utf-8")
    text, media = {
        "csl": (cite.csl_json(citation), "application/vnd.citationstyles.csl+json; charset=utf-8"),
        "bib": (cite.bibtex(citation), "application/x-bibtex; charset=utf-8"),
        "ris": (cite.ris(citation), "application/x-research-info-systems; charset=utf-8"),
    }[form]
    return Body(text, media, {"content-disposition": f'attachment; filename="{ident}.{form}"'})


def _base(ident: str, version: Version, asked: Asked) -> str:
    """The address of what is shown: the article, one of its versions, or one of its readings."""
    if asked.parts.get("reading"):
        return f"/article/{ident}/reading/{asked.part('reading')}"
    return f"/article/{ident}/v/{version.number}" if asked.parts.get("version") else f"/article/{ident}"


def _earlier(conn: sqlite3.Connection, ident: str) -> list[dict[str, Any]]:
    """Readings that are not shown any more, the last one first."""
    return [
        {"place": one.place, "version": one.version, "until": parse_utc(one.valid_until), "reader": one.reader}
        for one in reversed(rows.readings(conn, ident))
        if one.valid_until is not None
    ]


def _as_read(conn: sqlite3.Connection, ident: str, wanted: int) -> Dossier:
    every = rows.readings(conn, ident)
    if wanted > len(every):
        raise NotFound(f"There is no reading {wanted}; {words.many(len(every), 'reading')} kept.")
    return rows.load_as_read(conn, ident, every[wanted - 1])


def _version(conn: sqlite3.Connection, ident: str, asked: Asked) -> tuple[Dossier, Version, bool]:
    if asked.parts.get("reading"):
        dossier = _as_read(conn, ident, int(asked.part("reading")))
        return dossier, dossier.latest, True
    dossier = rows.load_dossier(conn, ident)
    number = asked.parts.get("version")
    return (dossier, _numbered(dossier, int(number)), True) if number else (dossier, dossier.latest, False)


def _numbered(dossier: Dossier, number: int) -> Version:
    found = next((version for version in dossier.versions if version.number == number), None)
    if found is None:
        raise NotFound(f"There is no version {number}; {words.many(len(dossier.versions), 'version')} held.")
    return found


def _loader(conn: sqlite3.Connection) -> article.Load:
    def load(ident: str) -> Dossier | None:
        try:
            return rows.load_dossier(conn, ident)
        except NotFound:
            return None

    return load


def _shown(reading: Reading, name: str) -> str | None:
    found = reading.shown(name)
    return found[0].value if found else None


def _body(conn: sqlite3.Connection, sha256: str) -> dict[str, Any] | None:
    """Where the captured bytes of a version lie."""
    row = conn.execute(
        "SELECT w.path, s.warc_offset, s.size, w.sha256 FROM snapshots AS s "
        "JOIN warc_files AS w ON w.sha256 = s.warc_file WHERE s.sha256 = ?",
        (sha256,),
    ).fetchone()
    return {"path": row[0], "offset": row[1], "size": row[2], "file_sha256": row[3]} if row else None
