"""What the pages say, chosen by how a thing is meant and never by how sure a rule is."""

import re
from datetime import datetime

from archiver.model import Decision, Grade, HeldOrigin, Meant, OriginKind, Outcome, Severity, Space

# Fixed English names: no locale may change a page.
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

LABELS = {
    "title": "headline",
    "dek": "standfirst",
    "outlet": "outlet",
    "section": "section",
    "author": "author",
    "posted_by": "posted by",
    "translator": "translator",
    "agency": "agency",
    "origin": "came from",
    "citation": "cites",
    "self_credit": "own production",
    "licence": "terms of use",
    "published": "published",
    "modified": "last changed",
    "published_not_before": "published not before",
    "published_not_after": "published not after",
    "captured_not_before": "captured not before",
    "language": "language",
    "canonical_url": "calls itself",
    "photo_credit": "photo credit",
    "suspected_machine_translation": "signs of machine translation",
    "hidden_characters": "hidden characters",
}
FAMILIES = {
    "who": ("outlet", "author", "posted_by", "translator", "agency", "photo_credit"),
    "when": ("published", "modified", "published_not_before", "published_not_after", "captured_not_before"),
    "whence": ("origin", "citation", "self_credit", "licence", "suspected_machine_translation"),
}
ALWAYS_ASKED = ("title", "outlet", "author", "origin", "published", "language")

MEANT = {
    Meant.STATED: "stated on the page",
    Meant.INFERRED: "inferred, not stated",
    Meant.SUSPECTED: "suspected: signs, not proof",
    Meant.PERSON: "decided by a person",
}
MEANT_SHORT = {
    Meant.STATED: "stated",
    Meant.INFERRED: "inferred",
    Meant.SUSPECTED: "suspected",
    Meant.PERSON: "decided by a person",
}
CAME_FROM = {
    OriginKind.TRANSLATION: "translated from",
    OriginKind.REPRINT: "reprinted from",
    OriginKind.SYNDICATION: "syndicated from",
    OriginKind.WIRE: "taken from the wire of",
    OriginKind.EXCERPT: "excerpted from",
    OriginKind.ADAPTATION: "adapted from",
    OriginKind.REWRITE: "rewritten from",
}
GRADES = {
    Grade.FETCH: "our own fetch",
    Grade.ARCHIVE: "copy from another archive",
    Grade.FILE: "file from a user",
    Grade.PASTE: "pasted text",
}
OUTCOMES = {
    Outcome.KEPT: "kept",
    Outcome.UNCHANGED: "same bytes again",
    Outcome.NOT_MODIFIED: "not modified, said the server",
    Outcome.DNS: "no such host",
    Outcome.CONNECT: "could not connect",
    Outcome.TLS: "no secure connection",
    Outcome.TIMEOUT: "took too long",
    Outcome.HTTP_ERROR: "refused by the server",
    Outcome.FORBIDDEN: "forbidden",
    Outcome.NOT_FOUND: "not found",
    Outcome.GONE: "gone",
    Outcome.RATE_LIMITED: "asked to come later",
    Outcome.SERVER_ERROR: "server error",
    Outcome.SOFT_404: "page says there is none",
    Outcome.BLOCKED: "blocked",
    Outcome.CONSENT: "only a consent wall",
    Outcome.ROBOTS: "robots.txt asks us not to",
    Outcome.GUARD: "address must not be contacted",
    Outcome.REDIRECT: "redirects lead nowhere",
    Outcome.TOO_LARGE: "too large",
    Outcome.TRUNCATED: "cut short",
    Outcome.UNDECODABLE: "cannot be decoded",
    Outcome.PROTOCOL: "not HTTP",
    Outcome.NOT_TEXT: "not text",
    Outcome.EMPTY: "empty",
}
ZONES = {
    "consent": "consent banner",
    "navigation": "navigation",
    "breadcrumb": "breadcrumb",
    "section": "section",
    "title": "headline",
    "dek": "standfirst",
    "byline": "byline",
    "body": "article text",
    "caption": "caption",
    "tail": "after the text",
    "related": "related",
    "comments": "comments",
    "footer": "footer",
    "furniture": "furniture",
    "meta": "metadata",
}
EDITORIAL = frozenset({"title", "dek", "byline", "body", "caption", "tail"})
SEVERITIES = tuple(str(severity) for severity in reversed(Severity))

_MOMENT = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d)(?::(\d\d)(?::(\d\d))?)?)?)?)?")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")


def label_of(name: str) -> str:
    """A property's name as people say it."""
    return LABELS.get(name, name.replace("_", " "))


def family_of(name: str) -> str:
    """The colour family of a property: who, when, whence or what."""
    return next((family for family, names in FAMILIES.items() if name in names), "what")


def came_from(origin: HeldOrigin) -> str:
    """How a text came from ``origin``, before its name: "translated from", "translated by a machine from"."""
    words = CAME_FROM[origin.kind]
    return words.replace("translated", "translated by a machine") if origin.by_machine else words


def date_words(value: str, zone: str | None = None) -> str:
    """``2024-12-19T10:00`` as "19 December 2024, 10:00 (time zone not stated)"; other texts stay as they are."""
    match = _MOMENT.fullmatch(value)
    if match is None or not 1 <= int(match[2] or 1) <= 12:
        return value
    year, month, day, hour, minute, second = match.groups()
    words = " ".join(filter(None, (str(int(day)) if day else "", MONTHS[int(month) - 1] if month else "", year)))
    if hour is None:
        return words
    clock = ":".join(filter(None, (hour, minute, second)))
    offset = {None: "time zone not stated", "Z": "UTC"}.get(zone, f"UTC{zone}")
    return f"{words}, {clock if minute else hour + 'h'} ({offset})"


def short_date(value: str | None) -> str:
    """The date in a list: "19 December 2024", without its clock time; "no date stated" where there is none."""
    return date_words(value[:10]) if value else "no date stated"


def clock_words(moment: datetime) -> str:
    """A moment of our own clock (UTC): "22 November 2026, 04:20 UTC"."""
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}, {moment:%H:%M} UTC"


def place_words(space: Space, path: str | None) -> str:
    """Where a quote stands, in words."""
    where = {
        Space.SOURCE: "in the text as captured",
        Space.TEXT: "in the article text",
        Space.VISIBLE: "on the visible page",
        Space.HTML: "in the page’s metadata",
        Space.HEADER: "in how it was captured",
        Space.URL: "in the address",
        Space.FILENAME: "in the file’s name",
        Space.COMPARISON: "by comparison with other texts",
        Space.PERSON: "on record",
    }[space]
    return f"{where}: {path}" if path else where


# What a person did, between their name and the value: "A. Reader set published to 2024-12-19".
DECISIONS = {
    Decision.CONFIRM: "confirmed {what}",
    Decision.REJECT: "rejected {what}",
    Decision.SET: "decided on {what}",
    Decision.UNKNOWN: "decided that nobody can know {what}",
    Decision.WITHDRAW: "took back a judgement about {what}",
    Decision.AGREE: "agreed with a judgement about {what}",
    Decision.DISAGREE: "disagreed with a judgement about {what}",
}


def size_words(size: int | None) -> str:
    """Bytes with their thousands apart: "10,235 bytes"."""
    return "no bytes" if size is None else f"{size:,} byte{'' if size == 1 else 's'}"


def many(number: int, one: str, several: str | None = None) -> str:
    """ "1 version", "2 versions", "12,000 versions"."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def language_tag(value: str | None) -> str | None:
    """``value`` if it can stand in a lang attribute, else None: what a page declares may be anything."""
    return value if value and _LANGUAGE.fullmatch(value) else None
