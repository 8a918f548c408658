"""Published and modified as the page's machine-readable parts state them, each with the zone it states or none."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from archiver.extract.declared import ASIDE, Declared, candidate
from archiver.extract.isodate import NULL_DAYS, machine_date
from archiver.extract.markup import Mark, is_aside
from archiver.model import Candidate, Zone
from archiver.timepoint import Precision, TimePoint


def _rules(*rules: tuple[str, str]) -> tuple[tuple[str, list[str]], ...]:
    return tuple((rule, keys.split()) for rule, keys in rules)


_PUBLISHED = _rules(
    ("published-article", "article:published_time og:article:published_time og:published_time og:pubdate"),
    ("published-citation", "citation_publication_date citation_online_date citation_date prism.publicationdate"),
    ("published-parsely", "parsely-pub-date"),
    ("published-sailthru", "sailthru.date"),
    ("published-dc", "dc.date.issued dcterms.issued dcterms.created dc.date.created dc.date dcterms.date dc:date"),
    (
        "published-meta",
        (
            "publish-date publishdate publish_date publication_date publicationdate pubdate datepublished "
            "date_published date published_date published_time article.published article_date_original article:date "
            "ptime gentime original-publish-date cxenseparse:recs:publishtime rbpubdate datecreated "
            "created lp.article:publish_date creation_date dcsext.articlefirstpublished displaydate release_date "
            "shareaholic:article_published_time"
        ),
    ),
)
_MODIFIED = _rules(
    ("modified-article", "article:modified_time og:updated_time og:modified_time article:updated_time"),
    (
        "modified-meta",
        (
            "last-modified lastmod modified_date date_modified datemodified updated_date dcterms.modified "
            "dc.date.modified revised moddate"
        ),
    ),
)
_OWN = frozenset({Zone.BYLINE, Zone.TITLE, Zone.DEK, Zone.SECTION, Zone.TAIL})
# A server's clock and a capture's may disagree, and the earth has time zones.
_TOLERANCE = timedelta(days=1, hours=14)


def candidates(page: Declared) -> Iterator[Candidate]:
    """Candidates for ``published`` and ``modified``."""
    yield from _jsonld(page)
    for name, table in (("published", _PUBLISHED), ("modified", _MODIFIED)):
        for rule, keys in table:
            for mark in list(page.marks.meta(*keys))[:4]:
                yield from _read(page, name, rule, mark.value, mark.path)
    yield from _microdata(page)
    yield from _times(page)


def _jsonld(page: Declared) -> Iterator[Candidate]:
    for name, keys, rule in (
        ("published", ("datePublished", "dateCreated"), "published-jsonld"),
        ("modified", ("dateModified",), "modified-jsonld"),
    ):
        found = False
        for key in keys:
            for path, value in page.article_values(key):
                if isinstance(value, (str, int)) and not found:
                    found = True
                    yield from _read(page, name, rule, str(value), path)
    if not any(True for _ in page.article_values("datePublished")):
        for path, value in page.values(page.pages, "datePublished"):
            if isinstance(value, str):
                yield from _read(page, "published", "published-page-jsonld", value, path)
                return


def _microdata(page: Declared) -> Iterator[Candidate]:
    for name, key, rule in (
        ("published", "datepublished", "published-microdata"),
        ("modified", "datemodified", "modified-microdata"),
    ):
        own = [mark for mark in page.marks.prop(key) if not is_aside(mark)]
        for mark in own[:2]:
            yield from _read(page, name, rule, mark.value, mark.path)


def _times(page: Declared) -> Iterator[Candidate]:
    """``time`` elements, by the zone in which their text stands: those of related lists and comments are not ours."""
    placed: list[tuple[Zone | None, Mark]] = [
        (next(iter(page.zones_of(mark.key)), None), mark) for mark in page.marks.times
    ]
    own = [(zone, mark) for zone, mark in placed if zone in _OWN]
    rest = [(zone, mark) for zone, mark in placed if zone is None or zone not in ASIDE | _OWN]
    seen: set[str] = set()
    for zone, mark in [*own[:4], *([] if own else rest[:2])]:
        modified = _says_modified(mark)
        name = "modified" if modified else "published"
        if name in seen:
            continue
        seen.add(name)
        rule = "modified-time" if modified else ("published-time" if zone in _OWN else "published-time-unplaced")
        yield from _read(page, name, rule, mark.value, mark.path)


def _says_modified(mark: Mark) -> bool:
    words = mark.words
    if "publish" in words or "pubdate" in words:
        return False
    return "updated" in words or "modified" in words or "datemodified" in words


def _read(page: Declared, name: str, rule: str, raw: str, path: str) -> Iterator[Candidate]:
    moment = machine_date(raw)
    if moment is None:
        return
    yield candidate(
        name,
        rule,
        moment.value,
        raw,
        path,
        detail={"precision": str(moment.precision), "zone": moment.zone},
        rejected=_objection(moment, page.capture.captured_at),
    )


def _objection(moment: TimePoint, captured_at: datetime | None) -> str | None:
    if moment.value[:10] in NULL_DAYS or int(moment.value[:4]) < 1600:
        return "what software writes where it knows no date"
    if moment.precision is Precision.YEAR:
        return "only a year"
    if (
        captured_at is not None
        and moment.value[:10] > (captured_at + _TOLERANCE).date().isoformat()[: len(moment.value)]
    ):
        return "lies after the capture"
    return None
