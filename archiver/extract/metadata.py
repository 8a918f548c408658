"""What a page says about itself outside its text, as candidates with the raw value and the path that leads to it.

Sources: JSON-LD and microdata (schema.org), Open Graph and its article namespace, Dublin Core, Highwire
``citation_*``, Parse.ly, Sailthru, Twitter cards, ``time`` elements, ``rel`` links and the html element.
Every rule's weight stands in ``archiver.extract.declared.WEIGHTS``; nothing is decided here.
"""

import re
from collections.abc import Iterator

from archiver.extract import (
    declared_dates,
    declared_file,
    declared_origin,
    declared_outlet,
    declared_people,
    headline,
    language,
)
from archiver.extract.declared import WEIGHTS, Declared, candidate, declared, tidy
from archiver.model import Candidate, Capture, Page, Space, Zone
from archiver.outlets.names import fold
from archiver.urls import is_web_address

_TITLES = (
    ("title-og", ("og:title",)),
    ("title-citation", ("citation_title",)),
    ("title-twitter", ("twitter:title",)),
    ("title-parsely", ("parsely-title", "sailthru.title")),
    ("title-dc", ("dc.title", "dcterms.title", "dc:title")),
)
_DEKS = (("dek-og", ("og:description", "twitter:description")), ("dek-meta", ("description", "dc.description")))
_SECTIONS = (
    ("section-article", ("article:section",)),
    ("section-parsely", ("parsely-section", "cxenseparse:articlesection")),
)
_LANGUAGES = (
    ("language-meta", ("content-language", "language", "dc.language", "dcterms.language")),
    ("language-og", ("og:locale",)),
)
# DCMI Metadata Terms, "license"; "dc.rights" is left out, for pages put their copyright line there.
_LICENCES = ("dcterms.license", "dc.license", "dcterms.rights.license", "dc.rights.license", "dc:license")
_LANGUAGE = re.compile(r"([A-Za-z]{2}|ckb|kmr|fil|hsb|dsb|sah)(?:[-_][A-Za-z0-9]{1,8}){0,4}")
# Names of languages that pages write where a code belongs.
_LANGUAGE_NAMES = {"english": "en", "deutsch": "de", "german": "de", "russian": "ru", "french": "fr", "spanish": "es"}
_SHORTEST_DEK = 40


def candidates(page: Page, capture: Capture) -> list[Candidate]:
    """Every value that the markup of ``page`` and the file round it state; [] for a bare text dump.

    ``page`` carries its zones. Never raises for what a page may hold.
    """
    return candidates_and_notes(page, capture)[0]


def candidates_and_notes(page: Page, capture: Capture) -> tuple[list[Candidate], tuple[str, ...]]:
    """As ``candidates``, and in words what of the markup could not be read (broken JSON-LD)."""
    if page.tree is None:
        return [*declared_file.titles(page), *declared_file.candidates(page, capture)], ()
    stated = declared(page, capture)
    own_names = declared_outlet.names(stated)
    found = [
        *_titles(stated, own_names),
        *_deks(stated),
        *declared_outlet.candidates(stated),
        *_sections(stated),
        *declared_people.candidates(stated, own_names),
        *declared_origin.candidates(stated, own_names),
        *_licences(stated),
        *declared_dates.candidates(stated),
        *_languages(stated),
        *_canonicals(stated),
        *declared_file.candidates(page, capture),
    ]
    return found, stated.graph.notes


def _titles(page: Declared, own_names: tuple[str, ...]) -> Iterator[Candidate]:
    names = [name for name in (*map(fold, own_names), *_host_names(page)) if name]
    stated: list[Candidate] = []
    for path, value in list(page.article_values("headline", "name"))[:2]:
        if isinstance(value, str) and value.strip() and not stated:
            stated.append(_title("title-jsonld", value, path, names))
    for rule, keys in _TITLES:
        stated.extend(_title(rule, mark.value, mark.path, names) for mark in list(page.marks.meta(*keys))[:1])
    stated.extend(declared_file.titles(page.page))
    stated = [each for each in stated if each.value]
    firm = [each.value for each in stated]
    element = _title("title-element", page.marks.title, "title", names) if page.marks.title else None
    if element is not None and element.value:
        stated.append(element)
    found = headline.find(page.page, firm, element.value if element else None)
    if found is not None:
        yield _headline(page.page, found, bool(stated))
    yield from stated


def _title(rule: str, raw: str, path: str, names: list[str]) -> Candidate:
    value, _ = headline.without_site_name(tidy(raw), names)
    return candidate("title", rule, value, raw, path)


def _headline(page: Page, found: headline.Headline, compared: bool) -> Candidate:
    rule = (
        "headline-alone" if not compared else ("headline" if found.agreement >= headline.AGREES else "headline-other")
    )
    return Candidate(
        property="title",
        value=tidy(found.value),
        quote=page.text[found.start : found.end],
        space=Space.VISIBLE,
        rule=f"meta/{rule}@1",
        weight=WEIGHTS[rule],
        start=found.start,
        end=found.end,
    )


def _host_names(page: Declared) -> list[str]:
    if page.host is None:
        return []
    return [fold(page.host), *(fold(label) for label in page.host.split(".")[:-1] if len(label) > 3)]


def _deks(page: Declared) -> Iterator[Candidate]:
    body = " ".join(page.page.quote(block) for block in page.page.blocks if block.zone is Zone.BODY)[:20_000]
    sources = [
        ("dek-jsonld", value, path)
        for path, value in list(page.article_values("alternativeHeadline", "description"))[:1]
    ]
    sources += [(rule, mark.value, mark.path) for rule, keys in _DEKS for mark in list(page.marks.meta(*keys))[:1]]
    for rule, raw, path in sources:
        if not isinstance(raw, str):
            continue
        value = tidy(raw)
        copied = len(value) < _SHORTEST_DEK or value[: _SHORTEST_DEK - 4] in body
        yield candidate("dek", rule, value, raw, path, rejected="cut from the text itself" if copied else None)


def _sections(page: Declared) -> Iterator[Candidate]:
    for rule, keys in _SECTIONS:
        for mark in list(page.marks.meta(*keys))[:1]:
            yield candidate("section", rule, mark.value, mark.value, mark.path)
    for path, value in list(page.article_values("articleSection"))[:1]:
        if isinstance(value, str) and value.strip():
            yield candidate("section", "section-jsonld", value, value, path)
    for mark in list(page.marks.prop("articlesection"))[:1]:
        yield candidate("section", "section-microdata", mark.value, mark.value, mark.path)


def _licences(page: Declared) -> Iterator[Candidate]:
    for path, value in list(page.article_values("license"))[:1]:
        stated = value.get("url") or value.get("name") if isinstance(value, dict) else value
        if isinstance(stated, str) and stated.strip():
            yield candidate("licence", "licence-jsonld", stated, stated, path)
    for mark in list(page.marks.link("license"))[:1]:
        yield candidate("licence", "licence-link", mark.value, mark.words, mark.path)
    for mark in list(page.marks.meta(*_LICENCES))[:1]:
        yield candidate("licence", "licence-dc", mark.value, mark.value, mark.path)


def _languages(page: Declared) -> Iterator[Candidate]:
    sources: list[tuple[str, str, str]] = []
    if page.marks.language:
        sources.append(("language-html", page.marks.language, "html[lang]"))
    for path, value in list(page.article_values("inLanguage"))[:1]:
        raw = value.get("alternateName") or value.get("name") if isinstance(value, dict) else value
        if isinstance(raw, str):
            sources.append(("language-jsonld", raw, path))
    for rule, keys in _LANGUAGES:
        sources.extend((rule, mark.value, mark.path) for mark in list(page.marks.meta(*keys))[:2])
    for rule, raw, path in sources:
        code = _language(raw)
        if code:
            yield candidate("language", rule, code, raw, path)


def _language(raw: str) -> str | None:
    first = raw.split(",")[0].strip()
    if first.lower() in _LANGUAGE_NAMES:
        return _LANGUAGE_NAMES[first.lower()]
    found = _LANGUAGE.fullmatch(first)
    return language.primary(found.group(1)) if found else None


def _canonicals(page: Declared) -> Iterator[Candidate]:
    sources = [("canonical-link", mark.value, mark.words, mark.path) for mark in list(page.marks.link("canonical"))[:1]]
    sources += [("canonical-og", mark.value, mark.value, mark.path) for mark in list(page.marks.meta("og:url"))[:1]]
    for path, value in list(page.article_values("mainEntityOfPage", "url"))[:1]:
        address = value.get("@id") or value.get("url") if isinstance(value, dict) else value
        if isinstance(address, str):
            sources.append(("canonical-jsonld", address, address, path))
    for rule, url, raw, path in sources:
        if is_web_address(url):
            yield candidate("canonical_url", rule, url, raw, path, rejected=_too_short(url, page.capture.url))


def _too_short(url: str, own: str | None) -> str | None:
    """A canonical address that is the front page, on an article that is none, says nothing of the article."""

    def depth(address: str) -> int:
        return address.split("://", 1)[-1].split("?")[0].rstrip("/").count("/")

    return "leads to the front page" if own and depth(url) == 0 and depth(own) > 0 else None
