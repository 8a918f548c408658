"""Who publishes and who signs: unknown, hidden behind a house account, or spelt to look like another."""

import unicodedata
from collections import Counter
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from archiver.audit.rule import Observation, listed, seen
from archiver.audit.words import quoted
from archiver.errors import InputError
from archiver.model import Dossier, OriginKind, Severity
from archiver.outlets.names import mixes_scripts
from archiver.urls import host, normalise

_CALLED = {
    "title": "headline",
    "outlet": "outlet",
    "author": "author",
    "translator": "translator",
    "posted_by": "posting account",
    "agency": "agency",
    "origin": "origin",
}
_WHO = frozenset({"outlet", "origin", "agency"})


def no_outlet(dossier: Dossier) -> Iterator[Observation]:
    """Nobody is named as the publisher."""
    reading = dossier.reading
    if reading.shown("outlet"):
        return
    others = [s for s in reading.statements if s.property == "outlet"]
    possible = f" Too weak to say: {listed([quoted(s.value) for s in others])}." if others else ""
    where = "" if dossier.url is None else f" It was captured at {quoted(dossier.url)}."
    yield seen(f"Nothing on the page says who published this.{possible}{where}", others)


def no_author(dossier: Dossier) -> Iterator[Observation]:
    """Nobody signs, not even an account or an agency."""
    reading = dossier.reading
    if any(reading.shown(name) for name in ("author", "posted_by", "agency")):
        return
    if any(origin.kind is OriginKind.WIRE for origin in dossier.origins):
        return
    yield seen("Nobody signs this text.")


def posting_account_only(dossier: Dossier) -> Iterator[Observation]:
    """The only name in the byline is an account that posts for the house."""
    reading = dossier.reading
    accounts = reading.shown("posted_by")
    if accounts and not reading.shown("author"):
        names = listed([quoted(s.value) for s in accounts])
        yield seen(f"The only name in the byline is the posting account {names}; no person signs this text.", accounts)


def mixed_scripts(dossier: Dossier) -> Iterator[Observation]:
    """A name or headline holds a word of letters from two scripts that look alike."""
    told: set[tuple[str, str]] = set()
    for name, called in _CALLED.items():
        for s in dossier.reading.shown(name):
            if not mixes_scripts(s.value) or (name, s.value) in told:
                continue
            told.add((name, s.value))
            message = (
                f"The {called} {quoted(s.value)} mixes letters of scripts that look alike: {_odd_letters(s.value)}."
            )
            yield seen(message, [s], severity=None if name in _WHO else Severity.MEDIUM)


def canonical_elsewhere(dossier: Dossier) -> Iterator[Observation]:
    """The page names another address as its own."""
    if dossier.url is None:
        return
    for s in dossier.reading.shown("canonical_url"):
        if _same_address(s.value, dossier.url):
            continue
        mine, its = host(dossier.url) or "", host(s.value) or ""
        same_site = mine == its or mine.endswith("." + its) or its.endswith("." + mine)
        where = "on the same site" if same_site else "on another site"
        message = (
            f"The page gives {quoted(s.value)}, {where}, as its own address; it was captured at {quoted(dossier.url)}."
        )
        yield seen(message, [s], severity=Severity.INFO if same_site else None)


def _odd_letters(value: str) -> str:
    """The letters of the rarer script in each word that mixes two, with their code points."""
    odd: list[str] = []
    for word in value.split():
        if mixes_scripts(word):
            scripts = Counter(_script(c) for c in word if c.isalpha())
            rarest = min(scripts, key=lambda script: (scripts[script], script))
            odd += [c for c in word if c.isalpha() and _script(c) == rarest]
    return listed([f"{c} (U+{ord(c):04X})" for c in odd])


def _script(letter: str) -> str:
    return unicodedata.name(letter, "?").split()[0]


def _same_address(one: str, other: str) -> bool:
    return _plain(one) == _plain(other)


def _plain(url: str) -> str:
    """An address without what makes no difference: scheme, ``www.``, tracking, percent signs, a closing slash."""
    try:
        parts = urlsplit(normalise(url))
    except InputError:
        return url
    return f"{parts.netloc.removeprefix('www.')}{unquote(parts.path).rstrip('/')}?{parts.query}"
