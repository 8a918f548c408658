"""Where a page itself says, in its machine-readable parts, that its text came from; pointing to itself says nothing.

schema.org ``translationOfWork`` and ``isBasedOn``, Google's ``original-source`` and ``syndication-source``,
``dcterms.source``, and a canonical address on another host (RFC 6596: the preferred version of the same content).
"""

from collections.abc import Iterator
from typing import Any

from archiver.canonical import Json
from archiver.extract.declared import Declared, candidate, safe_host, tidy
from archiver.model import Candidate, Meant, OriginKind
from archiver.outlets.names import fold
from archiver.urls import is_web_address

_METAS = (
    ("origin-original-source", OriginKind.SYNDICATION, ("original-source", "og:original_source")),
    ("origin-syndication-source", OriginKind.SYNDICATION, ("syndication-source",)),
    ("origin-dc-source", OriginKind.REPRINT, ("dcterms.source", "dc.source", "dc:source")),
)


def candidates(page: Declared, own_names: tuple[str, ...]) -> Iterator[Candidate]:
    """Candidates for ``origin``; ``own_names`` are the page's own house, which is never its origin."""
    own = {fold(name) for name in own_names}
    for key, kind, rule in (
        ("translationOfWork", OriginKind.TRANSLATION, "origin-translation-of"),
        ("isBasedOn", OriginKind.ADAPTATION, "origin-based-on"),
        ("isBasedOnUrl", OriginKind.ADAPTATION, "origin-based-on"),
    ):
        for path, value in list(page.article_values(key))[:5]:
            yield from _work(page, rule, kind, value, path, own)
    for rule, kind, keys in _METAS:
        for mark in list(page.marks.meta(*keys))[:3]:
            yield from _stated(page, rule, kind, mark.value, mark.path, own)
    for rel, rule in (
        ("original-source", "origin-original-source"),
        ("syndication-source", "origin-syndication-source"),
    ):
        for mark in page.marks.link(rel):
            yield from _stated(page, rule, OriginKind.SYNDICATION, mark.value, mark.path, own)
    yield from _canonical(page)


def _work(page: Declared, rule: str, kind: OriginKind, value: Any, path: str, own: set[str]) -> Iterator[Candidate]:
    if isinstance(value, str):
        yield from _stated(page, rule, kind, value, path, own)
        return
    if not isinstance(value, dict):
        return
    publisher = page.graph.resolve(value.get("publisher"))
    name = publisher.get("name") if isinstance(publisher, dict) else publisher
    url = next((value[key] for key in ("url", "@id", "mainEntityOfPage") if isinstance(value.get(key), str)), None)
    title = value.get("name") or value.get("headline")
    language = value.get("inLanguage")
    stated = next((each for each in (name, url, title) if isinstance(each, str) and each.strip()), None)
    if stated is None:
        return
    detail: dict[str, Json] = {"language": language[:12].lower() if isinstance(language, str) else None}
    if isinstance(title, str):
        detail["title"] = tidy(title)
    yield from _stated(page, rule, kind, stated, path, own, url=url, detail=detail)


def _stated(
    page: Declared,
    rule: str,
    kind: OriginKind,
    raw: str,
    path: str,
    own: set[str],
    *,
    url: str | None = None,
    detail: dict[str, Json] | None = None,
) -> Iterator[Candidate]:
    if url is None and is_web_address(raw.strip()):
        url = raw.strip()
    domain = safe_host(url) if url and is_web_address(url) else None
    value = domain if domain and raw.strip() == url else tidy(raw)
    if not value or fold(value) in own or (domain and _same_house(domain, page.host)):
        return
    yield candidate(
        "origin",
        rule,
        value,
        raw,
        path,
        detail={
            "kind": str(kind),
            "domain": domain,
            "url": url[:2000] if url else None,
            "language": None,
            **(detail or {}),
        },
    )


def _canonical(page: Declared) -> Iterator[Candidate]:
    """A preferred version on another host: the page's owner says the same content lives there."""
    here = safe_host(page.capture.url) if page.capture.url else None
    if here is None:
        return
    for mark in list(page.marks.link("canonical"))[:1]:
        domain = safe_host(mark.value) if is_web_address(mark.value) else None
        if domain is None or _same_house(domain, here) or _is_front_page(mark.value):
            return
        yield candidate(
            "origin",
            "origin-canonical",
            domain,
            mark.words,
            mark.path,
            meant=Meant.INFERRED,
            detail={"kind": str(OriginKind.SYNDICATION), "domain": domain, "url": mark.value[:2000], "language": None},
        )


def _is_front_page(url: str) -> bool:
    return url.split("://", 1)[-1].rstrip("/").count("/") == 0


def _same_house(one: str, other: str | None) -> bool:
    """True when two hosts share a registered label of four letters or more, or one is below the other."""
    if other is None:
        return False
    if one == other or one.endswith("." + other) or other.endswith("." + one):
        return True
    return bool(_labels(one) & _labels(other))


def _labels(host: str) -> set[str]:
    labels = host.split(".")[:-1]
    return {
        fold(label)
        for label in labels
        if len(label) >= 4 and label not in {"news", "blog", "blogs", "mobile", "edition"}
    }
