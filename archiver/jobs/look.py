"""Look at what is held: lists, one record, a life, full text; as plain JSON values."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from itertools import pairwise
from pathlib import Path
from typing import Any

from archiver.compare import metadata_changes
from archiver.errors import NotFound
from archiver.jobs.folder import opened
from archiver.jobs.records import as_record, reading_json, reading_of_today
from archiver.model import CaptureEvent, Dossier
from archiver.store import rows
from archiver.store.archive import Archive
from archiver.store.search import Hit
from archiver.store.search import search as search_texts
from archiver.timepoint import utc_text


def record(folder: Path, ref: str, reading: int | None = None) -> dict[str, Any]:
    """The record of the article that ``ref`` names, with its versions and findings. Raises NotFound.

    ``reading`` asks for one of its readings by number, 1 being the oldest: what was shown of a version at its time.
    """
    with opened(folder) as archive:
        ident = rows.find_article(archive.conn, ref)
        dossier = rows.load_dossier(archive.conn, ident, held_in=str(folder))
        every = rows.readings(archive.conn, ident)
        if reading is not None:
            return _as_read(archive, dossier, every, reading)
        findings = rows.article_findings(archive.conn, ident)
    versions = [
        {"id": v.id, "number": v.number, "first_capture": v.first_capture, "last_capture": v.last_capture}
        for v in dossier.versions
    ]
    more = {"version": dossier.latest.number, "versions": versions, "reading": reading_of_today(dossier, every)}
    return {**as_record(dossier, findings), **more}


def _as_read(archive: Archive, dossier: Dossier, every: Sequence[rows.ReadingRow], wanted: int) -> dict[str, Any]:
    """The record of one reading. Findings are those of today, or none: those of an earlier time are not kept."""
    chosen = next((one for one in every if one.place == wanted), None)
    if chosen is None:
        raise NotFound(f"{dossier.id}: no reading {wanted}", f"readings 1 to {len(every)} are kept")
    if chosen.valid_until is None and chosen.version_id == dossier.latest.id:
        findings = rows.article_findings(archive.conn, dossier.id)
    else:
        findings = ()
    as_read = rows.load_as_read(archive.conn, dossier.id, chosen, dossier.held_in)
    return {**as_record(as_read, findings), "version": chosen.version, "reading": reading_json(chosen, len(every))}


def readings(folder: Path, ref: str) -> list[dict[str, Any]]:
    """Every reading of the article that ``ref`` names, oldest first. Raises NotFound."""
    with opened(folder) as archive:
        every = rows.readings(archive.conn, rows.find_article(archive.conn, ref))
    return [reading_json(one, len(every)) for one in every]


def listing(
    folder: Path, wanted: Mapping[str, Any], *, order: str = "added", limit: int = 50
) -> tuple[list[dict[str, Any]], bool]:
    """Articles that fit ``wanted`` (see `archiver list`), and whether there are more than ``limit``."""
    outlet = wanted.get("outlet")
    filters = rows.Filters(
        outlet=None if outlet and "." in outlet else outlet,
        outlet_domain=outlet if outlet and "." in outlet else None,
        language=wanted.get("language"),
        published_from=wanted.get("since"),
        published_to=wanted.get("until"),
        undated=bool(wanted.get("undated")),
        changed=bool(wanted.get("changed")),
        with_origin=bool(wanted.get("with_origin")),
    )
    with opened(folder) as archive:
        page = rows.list_articles(archive.conn, filters, order, limit)
    return [{"schema": "archiver/row/1", **asdict(row)} for row in page.rows], page.after is not None


def search(folder: Path, query: str, limit: int = 20) -> list[dict[str, Any]]:
    """Articles whose title or text answers ``query``, best first, each with a snippet and its marks."""
    with opened(folder) as archive:
        return [_hit(hit) for hit in search_texts(archive.conn, query, limit).hits]


def _hit(hit: Hit) -> dict[str, Any]:
    article = hit.article
    return {
        "schema": "archiver/hit/1",
        "id": article.id,
        "title": article.title,
        "outlet": article.outlet,
        "published": article.published,
        "url": article.url,
        "version": hit.version,
        "also_in": list(hit.also_in),
        "exact": hit.exact,
        "snippet": hit.snippet.text,
        "marks": [list(mark) for mark in hit.snippet.marks],
    }


def history(folder: Path, ref: str) -> tuple[list[dict[str, Any]], list[tuple[int, list[str]]]]:
    """An article's captures, oldest first, and for each version after the first what it changed, in sentences."""
    with opened(folder) as archive:
        ident = rows.find_article(archive.conn, ref)
        events = rows.history(archive.conn, ident)
        shows = rows.sightings(archive.conn, ident)
        readings = [rows.load_reading(archive.conn, version) for version in rows.version_ids(archive.conn, ident)]
    changes: list[tuple[int, list[str]]] = []
    for number, (old, new) in enumerate(pairwise(readings), 2):
        sentences = [change.sentence for change in metadata_changes(old, new)]
        if old.text != new.text:
            sentences.append(f"The text changed; see: archiver diff {ident}:{number - 1} {ident}:{number}")
        changes.append((number, sentences))
    return [_event(event, shows.get(event.number)) for event in events], changes


def _event(event: CaptureEvent, version: int | None) -> dict[str, Any]:
    return {
        "schema": "archiver/capture/1",
        "capture": event.number,
        "article": event.article_id,
        "outcome": str(event.outcome),
        "reason": event.reason,
        "grade": str(event.grade),
        "version": version,
        "requested_url": event.requested_url,
        "url": event.url,
        "captured_at": utc_text(event.captured_at) if event.captured_at else None,
        "added_at": utc_text(event.added_at),
        "status": event.status,
        "media_type": event.media_type,
        "filename": event.filename,
        "sha256": event.sha256,
        "size": event.size,
        "warc_file": event.warc_file,
        "warc_offset": event.warc_offset,
    }
