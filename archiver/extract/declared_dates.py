"""Published and modified as the page's machine-readable parts state them, each with the zone it states or none."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from archiver.extract.date_places import is_in_related
from archiver.extract.date_roles import role_of, role_of_heading
from archiver.extract.date_state import in_scripts
from archiver.extract.date_words import flatten, fold
from archiver.extract.declared import ASIDE, WEIGHTS, Declared, candidate
from archiver.extract.isodate import NULL_DAYS, machine_date
from archiver.extract.jsonld import Node
from archiver.extract.markup import Mark, is_aside
from archiver.model import Candidate, Meant, Zone
from archiver.timepoint import Precision, TimePoint


def _rules(*rules: tuple[str, str]) -> tuple[tuple[str, list[str]], ...]:
    return tuple((rule, keys.split()) for rule, keys in rules)


_PUBLISHED = _rules(
    ("published-article", "article:published_time og:article:published_time og:published_time og:pubdate"),
    ("published-citation", "citation_publication_date citation_online_date citation_date prism.publicationdate"),
    ("published-parsely", "parsely-pub-date"),
    ("published-sailthru", "sailthru.date"),
    (
        "published-dc",
        (
            "dc.date.issued dcterms.issued dcterms.created dc.date.created dc.date dcterms.date dc:date "
            "date.available dcterms.available dc.date.available"
        ),
    ),
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
# Names that sites make up for their own meta elements: "content_publisheddate", "cxenseparse:publishtime".
_NAMED_PUBLISHED = re.compile(
    r"(?:^|[^a-z])(?:first|original)?(?:pub|publish|published|publication|firstcreate|creation|created)"
    r"(?:[^a-z]?(?:date|time|day|on|at|datetime))?$"
)
_NAMED_MODIFIED = re.compile(
    r"(?:^|[^a-z])(?:last[^a-z]?)?(?:mod|modified|modification|updated|update)(?:[^a-z]?(?:date|time|on|at|datetime))?$"
)
_OWN = frozenset({Zone.BYLINE, Zone.TITLE, Zone.DEK, Zone.SECTION, Zone.TAIL})
_GREENWICH = frozenset({None, "Z", "+00:00"})
_DAY = 10
_LONGEST_HEADING = 40
_OF_ANOTHER = "its address and headline are those of another article"
_SHORTEST_HEADLINE = 10
_TITLES = 8
_UNLIKE = 0.2  # share of three-letter pieces: headlines of one text hold more in common, however reworded
LOCAL = 3
RESTAMPED = 10
LISTED = 18
VIDEO = 52
IN_SCRIPT = 52
_TABLED = frozenset(key for table in (_PUBLISHED, _MODIFIED) for _, keys in table for key in keys)
# A server's clock and a capture's may disagree, and the earth has time zones.
_TOLERANCE = timedelta(days=1, hours=14)


def candidates(page: Declared) -> list[Candidate]:
    """Candidates for ``published`` and ``modified``.

    A day of publication that is to the second that of the last change weighs less: some software stamps both alike.
    """
    found = [*_jsonld(page), *_metas(page), *_microdata(page), *_times(page)]
    if not any(each.property == "published" and not each.rejected for each in found):
        found += list(_videos(page)) or _in_scripts(page)
    changed = {each.value for each in found if each.property == "modified" and len(each.value) >= _DAY}
    return [
        replace(each, weight=each.weight - RESTAMPED)
        if each.property == "published" and each.value in changed
        else each
        for each in found
    ]


def _metas(page: Declared) -> Iterator[Candidate]:
    for name, table in (("published", _PUBLISHED), ("modified", _MODIFIED)):
        for rule, keys in table:
            for mark in list(page.marks.meta_or_slip(*keys))[:4]:
                yield from _read(page, name, rule, mark.value, mark.path)
    stated = (*page.marks.metas, *page.marks.slips)
    own = [mark for mark in stated if mark.key not in _TABLED and mark.value[:1].isalnum()]
    for name, rule, named in (
        ("published", "published-meta", _NAMED_PUBLISHED),
        ("modified", "modified-meta", _NAMED_MODIFIED),
    ):
        for mark in [mark for mark in own if named.search(mark.key)][:4]:
            yield from _read(page, name, rule, mark.value, mark.path)


def _jsonld(page: Declared) -> Iterator[Candidate]:
    """Dates of the page's own article nodes; what a node says of another article is kept, refused."""
    others = [node for node in page.articles if is_of_another(page, node)]
    own = tuple(node for node in page.articles if node not in others)
    for path, value in page.values(tuple(others), "datePublished"):
        for each in _read(page, "published", "published-jsonld", value, path) if isinstance(value, str) else ():
            yield replace(each, rejected=_OF_ANOTHER)
    for name, keys, rule in (
        ("published", ("datePublished", "dateCreated"), "published-jsonld"),
        ("modified", ("dateModified",), "modified-jsonld"),
    ):
        stated = (pair for key in keys for pair in page.values(own, key))
        readings = (
            list(_read(page, name, rule, str(value), path)) for path, value in stated if isinstance(value, (str, int))
        )
        yield from next((reading for reading in readings if reading), [])
    if not any(True for _ in page.values(own, "datePublished")):
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
        read = [each for mark in own[:4] for each in _read(page, name, rule, mark.value, mark.path)]
        # Several days are those of several items: a list of teasers.
        listed = len({each.value[:_DAY] for each in read}) > 1
        yield from (replace(each, weight=each.weight - LISTED) if listed else each for each in read[:2])


def _videos(page: Declared) -> Iterator[Candidate]:
    """The day a video was published, for a page that is about the video and dates nothing else."""
    for mark in list(page.marks.prop("datepublished", "uploaddate"))[:1]:
        if mark.scope == "videoobject":
            for each in _read(page, "published", "published-microdata", mark.value, mark.path):
                yield replace(each, weight=VIDEO)


def _in_scripts(page: Declared) -> Iterator[Candidate]:
    """What the page's scripts keep of its own article, where its markup states no day."""
    if page.page.tree is None:
        return
    addresses = [page.capture.url or "", *(mark.value for mark in page.marks.link("canonical"))]
    if each := in_scripts(page.page.tree, [urlsplit(address).path for address in addresses]):
        yield candidate(
            "published",
            "published-script",
            each.moment.value,
            each.value,
            f"script {each.name}",
            meant=Meant.INFERRED,
            weight=IN_SCRIPT,
            detail={"precision": str(each.moment.precision), "zone": each.moment.zone},
            rejected=objection(each.moment, page.capture.captured_at),
        )


def _times(page: Declared) -> Iterator[Candidate]:
    """``time`` elements, by the zone in which their text stands: those of related lists and comments are not ours."""
    asides = _aside_values(page)
    placed = [(_zone_of(page, mark), mark) for mark in page.marks.times if mark.value not in asides]
    own = [(zone, mark) for zone, mark in placed if zone in _OWN]
    rest = [(zone, mark) for zone, mark in placed if zone is None or zone not in ASIDE | _OWN]
    seen: set[str] = set()
    for zone, mark in [*own[:4], *([] if own else rest[:2])]:
        modified = _says_modified(mark) or _labelled_modified(page, mark)
        name = "modified" if modified else "published"
        if name in seen:
            continue
        seen.add(name)
        rule = "modified-time" if modified else ("published-time" if zone in _OWN else "published-time-unplaced")
        yield from _read(page, name, rule, mark.value, mark.path)


def _zone_of(page: Declared, mark: Mark) -> Zone | None:
    """The zone of the first block that shows the words of ``mark``, None where none does."""
    text = page.page.text
    for block in page.page.blocks:
        if mark.key and block.end - block.start >= len(mark.key) and text.find(mark.key, block.start, block.end) >= 0:
            return Zone.RELATED if is_in_related(block) else block.zone
    return None


def _aside_values(page: Declared) -> frozenset[str]:
    """The days that microdata gives to comments and other items alone."""
    dated = page.marks.prop("datepublished", "datecreated", "datemodified")
    asides: set[str] = set()
    own: set[str] = set()
    for mark in dated:
        (asides if is_aside(mark) else own).add(mark.value)
    return frozenset(asides - own)


def _says_modified(mark: Mark) -> bool:
    words = mark.words
    if "publish" in words or "pubdate" in words:
        return False
    return "updated" in words or "modified" in words or "datemodified" in words


def _labelled_modified(page: Declared, mark: Mark) -> bool:
    """True where the page prints "Updated" before the words of a time element, in their line or the line above."""
    for index, block in enumerate(page.page.blocks):
        at = page.page.text.find(mark.key, block.start, block.end) if mark.key else -1
        if at < 0:
            continue
        flat = flatten(page.page.quote(block))
        role = role_of(flat, at - block.start, at - block.start + len(mark.key), 0, len(flat))
        above = page.page.quote(page.page.blocks[index - 1]) if index else ""
        return (role or (role_of_heading(above) if len(above) <= _LONGEST_HEADING else None)) == "modified"
    return False


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
        # In the zone of the page's readers a moment names their day, in Greenwich perhaps another.
        weight=WEIGHTS[rule] + (LOCAL if moment.zone not in _GREENWICH else 0),
        detail={"precision": str(moment.precision), "zone": moment.zone},
        rejected=objection(moment, page.capture.captured_at),
    )


def is_of_another(page: Declared, node: Node) -> bool:
    """True where both the address and the headline that ``node`` states are another article's than the page's."""
    headline, addresses = node.data.get("headline"), [node.data.get("url"), node.data.get("mainEntityOfPage")]
    stated = [each for each in addresses if isinstance(each, str) and "/" in each]
    if not isinstance(headline, str) or len(headline) < _SHORTEST_HEADLINE or not any(map(_place, stated)):
        return False
    own = [page.capture.url or "", *(mark.value for mark in page.marks.link("canonical"))]
    own += [mark.value for mark in page.marks.meta("og:url")]
    if {_place(each) for each in stated} & {_place(each) for each in own if each}:
        return False
    titles = [page.page.quote(block) for block in page.page.blocks if block.zone is Zone.TITLE][:_TITLES]
    titles += [page.marks.title, *(mark.value for mark in page.marks.meta("og:title", "twitter:title"))]
    likenesses = [_likeness(headline, title) for title in titles if len(title) >= _SHORTEST_HEADLINE]
    return bool(likenesses) and max(likenesses) < _UNLIKE


def _place(address: str) -> str:
    try:
        return urlsplit(address).path.strip("/").lower()
    except ValueError:
        return ""


def _likeness(one: str, other: str) -> float:
    """The share of the pieces of three letters of the shorter headline that the other holds, too."""
    pieces = [{line[i : i + 3] for i in range(len(line) - 2)} for line in (fold(one[:300]), fold(other[:300]))]
    return len(pieces[0] & pieces[1]) / max(1, min(map(len, pieces)))


def objection(moment: TimePoint, captured_at: datetime | None) -> str | None:
    """Why ``moment`` cannot be when a page was published or changed, or None."""
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
