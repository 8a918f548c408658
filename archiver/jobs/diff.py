"""What changed between two versions, two articles or two files: facts first, then words."""

from pathlib import Path
from typing import Any

from archiver.compare import Change, diff_words, metadata_changes
from archiver.errors import NotFound, UsageError
from archiver.jobs.folder import opened, registry_of
from archiver.jobs.targets import Given, Target
from archiver.model import Reading
from archiver.statements import read
from archiver.store import rows
from archiver.store.archive import Archive

SCHEMA = "archiver/diff/1"


def compare(folder: Path, old: str, new: str | None) -> dict[str, Any]:
    """The difference as plain JSON values. ``new`` None: the last two versions of ``old``.

    Raises NotFound for what is neither a file nor held, UsageError for one version alone.
    """
    before, after = _pair(folder, old, new)
    facts = [
        {
            "property": change.property,
            "before": change.before,
            "after": change.after,
            "severity": str(change.severity),
            "sentence": change.sentence,
        }
        for change in metadata_changes(before[1], after[1])
    ]
    passages = _passages(before[1].text, after[1].text)
    return {
        "schema": SCHEMA,
        "a": before[0],
        "b": after[0],
        "changed": before[1].content_digest != after[1].content_digest,
        "facts": facts,
        "passages": passages,
    }


def _pair(folder: Path, old: str, new: str | None) -> tuple[tuple[str, Reading], tuple[str, Reading]]:
    if new is not None:
        return (old, _reading(folder, old)), (new, _reading(folder, new))
    if Path(old).is_file():
        raise UsageError(f"{old}: a file alone has no version before it", "give a second file or article")
    with opened(folder) as archive:
        ident = rows.find_article(archive.conn, old)
        versions = rows.version_ids(archive.conn, ident)
        if len(versions) < 2:
            raise UsageError(f"{old}: one version is held, so nothing changed yet", f"see: archiver history {old}")
        last = len(versions)
        readings = [rows.load_reading(archive.conn, version) for version in versions[-2:]]
    return (f"{ident}:{last - 1}", readings[0]), (f"{ident}:{last}", readings[1])


def _reading(folder: Path, ref: str) -> Reading:
    if Path(ref).is_file():
        return read(Target(ref, Given(), path=Path(ref)).load(), registry_of(folder))
    with opened(folder) as archive:
        return _held(archive, ref)


def _held(archive: Archive, ref: str) -> Reading:
    name, _, number = ref.rpartition(":")
    if not name or not number.isdigit():
        name, number = ref, ""
    versions = rows.version_ids(archive.conn, rows.find_article(archive.conn, name))
    wanted = int(number) if number else len(versions)
    if not 1 <= wanted <= len(versions):
        raise NotFound(f"{name}: no version {wanted}", f"versions 1 to {len(versions)} are held")
    return rows.load_reading(archive.conn, versions[wanted - 1])


def _passages(a: str, b: str) -> list[list[dict[str, str]]]:
    """The changed stretches, each with the words around it; equal stretches between two changes are shared."""
    steps = diff_words(a, b)
    passages: list[list[dict[str, str]]] = []
    for place, step in enumerate(steps):
        if step.op == "equal":
            continue
        if place == 0 or not passages or _far(steps[place - 1]):
            passages.append([_equal(a, steps[place - 1])] if place else [])
        else:
            passages[-1].append(_equal(a, steps[place - 1]))
        passages[-1].extend(_changed(a, b, step))
    return passages


def _far(step: Change) -> bool:
    return step.a_end - step.a_start > 400


def _equal(a: str, step: Change) -> dict[str, str]:
    return {"op": "equal", "text": a[step.a_start : step.a_end]}


def _changed(a: str, b: str, step: Change) -> list[dict[str, str]]:
    parts = [("delete", a[step.a_start : step.a_end]), ("insert", b[step.b_start : step.b_end])]
    return [{"op": op, "text": text} for op, text in parts if text.strip()]
