"""Record what a person decided about a value or an origin: who, why, and what the rules had read."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from archiver import judged
from archiver.audit import audit
from archiver.canonical import Json
from archiver.errors import InputError, NotFound, UsageError
from archiver.jobs.clock import Clock, utc_now
from archiver.jobs.folder import must_be_archive, opened, registry_of
from archiver.model import PROPERTIES, Decision, Dossier, Judgement, Meant, OriginKind, Reading, Statement
from archiver.statements import read
from archiver.store import judgements, rows
from archiver.store.archive import Archive
from archiver.timepoint import TimePoint, utc_text
from archiver.urls import normalise

DATES = frozenset({"published", "modified"})
# What rules observe, conclude or compute is theirs to say; a person may confirm or reject it, and not invent it.
_OBSERVED = frozenset(
    {
        *("suspected_machine_translation", "hidden_characters", "self_credit", "citation"),
        *("published_not_before", "published_not_after", "captured_not_before"),
    }
)
SETTABLE = tuple(name for name in PROPERTIES if name not in _OBSERVED)


@dataclass(frozen=True, slots=True)
class Decided:
    """What to record: ``target`` is a statement's id or a property, ``PROPERTY=VALUE``, or a judgement's id.

    ``detail`` holds what an origin or an outlet has beside its name: kind, domain, url, language.
    """

    decision: Decision
    target: str
    who: str
    why: str
    detail: Mapping[str, str]


def judge(folder: Path, ref: str, decided: Decided, clock: Clock = utc_now) -> dict[str, Any]:
    """Record a judgement about the article that ``ref`` names; durable when this returns. Answers its JSON line.

    Raises NotFound for what there is not, InputError for a value that cannot be one, UsageError for what makes no
    sense, ArchiveError when the disk refuses: then nothing was recorded.
    """
    if not decided.who.strip() or not decided.why.strip():
        raise UsageError("a judgement needs somebody who decides and a reason", "give --who and --why")
    must_be_archive(folder)
    with (
        Archive.open(folder) as archive,
        archive.writer(partial(read, registry=registry_of(folder)), audit) as writer,
    ):
        ident = rows.find_article(archive.conn, ref)
        dossier = rows.load_dossier(archive.conn, ident, held_in=str(folder))
        about = _about(archive, dossier, decided)
        made = writer.judge(clock(), decided.who.strip(), decided.why.strip(), about)
        trouble = archive.trouble
    if trouble is not None:
        raise trouble
    return as_json(made, withdrawn=False)


def made(folder: Path, ref: str) -> list[dict[str, Any]]:
    """Every judgement about the article that ``ref`` names, oldest first. Raises NotFound."""
    with opened(folder) as archive:
        every = judgements.of_article(archive.conn, rows.find_article(archive.conn, ref))
    withdrawn = {one.about for one in every if one.decision is Decision.WITHDRAW}
    return [as_json(one, withdrawn=one.id in withdrawn) for one in every]


def as_json(judgement: Judgement, *, withdrawn: bool) -> dict[str, Any]:
    """One line of `archiver judge --json`."""
    return {
        "schema": "archiver/judgement/1",
        "id": judgement.id,
        "number": judgement.number,
        "article": judgement.article_id,
        "first_capture": judgement.first_capture,
        "decision": str(judgement.decision),
        "property": judgement.property,
        "value": judgement.value,
        "detail": dict(judgement.detail),
        "statement": judgement.statement,
        "read": list(judgement.read),
        "about": judgement.about,
        "who": judgement.who,
        "why": judgement.why,
        "made_at": utc_text(judgement.made_at),
        "withdrawn": withdrawn,
    }


def _about(archive: Archive, dossier: Dossier, decided: Decided) -> dict[str, Any]:
    """The fields of the judgement that say what it is about."""
    base: dict[str, Any] = {"article_id": dossier.id, "decision": decided.decision}
    if decided.decision.is_about_a_judgement:
        return {**base, **_about_judgement(archive, dossier, decided)}
    as_read = dossier.read or dossier.reading
    base["first_capture"] = dossier.latest.first_capture
    if decided.decision is Decision.SET:
        name, value, detail = _set(decided)
        return {**base, "property": name, "value": value, "detail": detail, "read": _shown(as_read, name)}
    if decided.decision is Decision.UNKNOWN:
        name = _property(decided.target)
        return {**base, "property": name, "read": _shown(as_read, name)}
    statement = _statement(dossier, decided)
    return {
        **base,
        "property": statement.property,
        "value": statement.value,
        "detail": dict(statement.detail),
        "statement": statement.id,
        "read": _shown(as_read, statement.property),
    }


def _about_judgement(archive: Archive, dossier: Dossier, decided: Decided) -> dict[str, Any]:
    earlier = judgements.find(archive.conn, decided.target)
    if earlier.article_id != dossier.id:
        raise NotFound(f"judgement {earlier.id} is about another article, {earlier.article_id}", "name that one")
    if earlier.decision.is_about_a_judgement:
        raise UsageError(f"judgement {earlier.id} is itself about a judgement", "name the one about a value")
    in_force = {one.id for one in judged.in_force(dossier.judgements)}
    if earlier.id not in in_force:
        raise UsageError(f"judgement {earlier.id} was withdrawn", "make a new one")
    if decided.decision is not Decision.WITHDRAW and decided.who.strip().casefold() == earlier.who.casefold():
        raise UsageError(f"{earlier.who} made judgement {earlier.id}", "somebody else must look at it: --who")
    return {
        "about": earlier.id,
        "property": earlier.property,
        "value": earlier.value,
        "first_capture": earlier.first_capture,
    }


def _statement(dossier: Dossier, decided: Decided) -> Statement:
    """The statement that is confirmed or rejected: by its id, or the only one shown of a property."""
    reading = dossier.reading
    target = decided.target
    if target in PROPERTIES:
        shown = reading.shown(target)
        if len(shown) == 1:
            return _by_rules(shown[0])
        what = f"{len(shown)} statements of {target} are shown" if shown else f"nothing is shown of {target}"
        raise UsageError(f"{dossier.id}: {what}", f"name one by its id: archiver show {dossier.id} --json")
    found = [one for one in reading.statements if one.id.startswith(target)] if target else []
    if len(found) != 1:
        what = f"{len(found)} statements begin with" if found else "no statement has the id"
        raise NotFound(f"{dossier.id}: {what} {target!r}", f"see: archiver show {dossier.id} --json")
    return _by_rules(found[0])


def _by_rules(statement: Statement) -> Statement:
    if statement.rule == judged.RULE:
        raise UsageError("a person said this already", "withdraw that judgement, or have somebody agree or disagree")
    return statement


def _set(decided: Decided) -> tuple[str, str, dict[str, Json]]:
    name, equals, value = decided.target.partition("=")
    name, value = _property(name), value.strip()
    if not equals or not value:
        raise UsageError(f"{decided.target!r} gives no value", "write --set published=2024-12-19")
    detail: dict[str, Json] = dict(decided.detail)
    if name in DATES:
        value, zone = _moment(value)
        detail |= {"precision": str(TimePoint(value).precision), "zone": zone}
    if name == "origin":
        bare: dict[str, Json] = {"kind": str(OriginKind.REPRINT), "name": value}
        detail = {**bare, "domain": None, "url": None, "language": None, **detail}
        _must_be_kind(detail["kind"])
    elif "kind" in detail:
        raise UsageError("only an origin has a kind", "leave out --kind, or give --set origin=NAME")
    if detail.get("url"):
        normalise(str(detail["url"]))
    return name, value, detail


def _must_be_kind(kind: Json) -> None:
    if kind not in set(OriginKind):
        raise UsageError(f"{kind!r} is no kind of origin", f"one of: {', '.join(OriginKind)}")


def _moment(value: str) -> tuple[str, str | None]:
    """(ISO prefix, zone or None) of a moment as people write it here. Raises InputError."""
    for length in (len(value), len(value) - 1, len(value) - 6):
        try:
            point = TimePoint(value[:length], value[length:] or None)
        except ValueError:
            continue
        return point.value, point.zone
    raise InputError(f"{value!r} is no date", "write 2024, 2024-12, 2024-12-19 or 2024-12-19T10:00+04:00")


def _property(name: str) -> str:
    if name.strip() not in SETTABLE:
        raise UsageError(f"{name.strip()!r} is no property that a person can set", f"one of: {', '.join(SETTABLE)}")
    return name.strip()


def _shown(reading: Reading, name: str) -> list[str]:
    return [one.value for one in reading.shown(name) if one.meant is not Meant.PERSON]
