"""Authors, translators, posting accounts and agencies as the page's machine-readable parts name them."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from archiver.extract.declared import ARTICLE_TYPES, ASIDE, Declared, candidate, tidy
from archiver.extract.jsonld import Node
from archiver.extract.markup import Mark
from archiver.extract.people import is_name, looks_like_organisation, read_names
from archiver.model import Candidate, Zone
from archiver.outlets import default_registry
from archiver.outlets.names import fold
from archiver.urls import is_web_address

_METAS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("author-citation", ("citation_author", "citation_authors")),
    ("author-parsely", ("parsely-author",)),
    ("author-sailthru", ("sailthru.author",)),
    (
        "author-article",
        ("article:author", "article:author_name", "og:article:author", "og:author", "cxenseparse:author"),
    ),
    ("author-dc", ("dc.creator", "dcterms.creator", "dc:creator", "dc.contributor")),
    (
        "author-meta",
        ("author", "byl", "byline", "authors", "article.author", "rbauthors", "article_author", "news_author"),
    ),
    ("author-twitter", ("twitter:data1",)),
)
_ORGANISATIONS = frozenset(
    {"organization", "newsmediaorganization", "corporation", "organisation", "localbusiness", "brand"}
)
# How cards for Twitter label the writer, in the words of the software that makes them.
_WRITTEN_BY = frozenset(
    {
        "written by", "by", "author", "posted by", "verfasst von", "geschrieben von", "autor", "von", "écrit par",
        "auteur", "escrito por", "autor/a", "scritto da", "autore", "geschreven door", "escrit per", "napisane przez",
        "autor wpisu", "автор", "написано автором", "написано", "yazan", "yazar", "skriven av", "skrevet av",
        "skrevet af", "forfatter", "kirjoittanut", "kirjoittaja", "napsal", "napsal(a)", "napísal", "szerző", "írta",
        "scris de", "συντάχθηκε από", "συντάκτης", "נכתב על ידי", "كُتب بواسطة", "كتب بواسطة", "نوشته شده توسط",
        "نوشته‌شده بدست", "نویسنده", "執筆者", "作成者", "著者", "撰寫者", "撰写者", "作者", "작성자", "글쓴이",
        "ditulis oleh", "được viết bởi", "napisao", "napisala", "müəllif",
    }
)  # fmt: skip
_INITIALS_BEHIND = re.compile(r"\s?/\s?[^\W\d_]{1,3}$")
_NAME_PARTS = re.compile(r"\s[-–—|:·]\s")
_KIND_OF_SITE = re.compile(r"\s(?:blog|website|magazine|magazin|online|news)$", re.I)
_MOST = 30
_MENU = 300  # blocks from the top of the page that may be its menus
_MOST_MARKED = 60  # each is looked for in every line of the page
_SLUG = 60
_PEOPLE = re.compile(r"/(?:authors?|autor(?:en|es|i)?|auteurs?|profiles?|people|staff|team|avtor|users?|by)/", re.I)
_MEDIA = frozenset({"videoobject", "audioobject", "podcastepisode"})
_ARTICLES = ARTICLE_TYPES - {"creativework", "recipe", "howto", "review", "videoobject", "podcastepisode"}
_WORD = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af]|[^\W_\u2e80-\u9fff\uac00-\ud7af]{1,60}")
_LONGEST = 600


class _Reader:
    """Reads sources from the strongest to the weakest; once one has named people, others only confirm."""

    def __init__(self, page: Declared, house: frozenset[str]) -> None:
        self.page = page
        self.house = house
        self.known: set[str] = set()
        self.posted: set[str] = set()

    def read(self, rule: str, sources: list[tuple[str, str, bool]]) -> Iterator[Candidate]:
        """Candidates from (raw value, path, is an organisation) of one rule."""
        before = frozenset(self.known)
        reversed_order = rule in {"author-citation", "author-dc"}
        for raw, path, organisation in sources[:_MOST]:
            names = read_names(tidy(raw), reversed_order=reversed_order)
            people = [name for name in names.people if not self._is_section(name)]
            signed = any(_like_a_person(name) for name in people)
            for name in names.accounts:
                yield from self._post(name, raw, path)
            for name in people:
                if self._is_house(name):
                    yield from self._post(name, raw, path)
                    continue
                if (organisation and not _like_a_person(name)) or (signed and _is_agency(name)):
                    yield from self._agency(name, raw, path)
                    continue
                second = bool(before) and fold(name) not in before
                self.known.add(fold(name))
                slug = " " not in name and name.islower()  # "ann-lee", "ann.lee": how an address spells a name
                yield candidate(
                    "author",
                    "author-second-source" if second else rule,
                    name,
                    raw,
                    path,
                    weight=_SLUG if slug and not second else None,
                    detail={"organisation": True} if organisation or looks_like_organisation(name) else {},
                )

    def _is_house(self, name: str) -> bool:
        """True for the page's own house, also with the initials of somebody behind it ("Quay Post /AL")."""
        return not fold(name) or fold(name) in self.house or fold(_INITIALS_BEHIND.sub("", name)) in self.house

    def _is_section(self, name: str) -> bool:
        """True for a part of the site that its menu leads to ("Politics"): no person, unless to a page about one."""
        return not _like_a_person(name) and fold(name) in _sections(self.page)

    def _agency(self, name: str, raw: str, path: str) -> Iterator[Candidate]:
        """A house that is said to be the author, and is not the page's own: an agency."""
        if fold(name) not in self.posted:
            self.posted.add(fold(name))
            yield candidate("agency", "agency-jsonld", name, raw, path)

    def _post(self, name: str, raw: str, path: str) -> Iterator[Candidate]:
        if fold(name) not in self.posted:
            self.posted.add(fold(name))
            yield candidate("posted_by", "posted-by", name, raw, path)


def candidates(page: Declared, outlet_names: tuple[str, ...]) -> Iterator[Candidate]:
    """Candidates for ``author``, ``posted_by``, ``translator`` and ``agency``.

    ``outlet_names`` are what the page calls its own house: under these names nobody is an author.
    """
    house = frozenset(_house(page, outlet_names))
    reader = _Reader(page, house)
    yield from reader.read("author-jsonld", list(_jsonld(page, "author", "creator")))
    for rule, keys in _METAS[:1]:
        yield from reader.read(rule, [(mark.value, mark.path, False) for mark in page.marks.meta(*keys)])
    yield from reader.read("author-microdata", [(mark.value, mark.path, False) for mark in _microdata(page)])
    for rule, keys in _METAS[1:]:
        marks = [mark for mark in page.marks.meta(*keys) if rule != "author-twitter" or _is_written_by(page)]
        yield from reader.read(rule, [(mark.value, mark.path, False) for mark in marks])
    for rule, keys in _METAS[:-1]:
        slips = [mark for mark in page.marks.slips if mark.key in keys]
        yield from reader.read(rule, [(mark.value, mark.path, False) for mark in slips])
    rel = [
        (mark.value, mark.path, False)
        for mark in page.marks.rel_authors
        if _is_own(page, mark.value) and not _only_in_prose(page, mark.value)
    ][:4]
    yield from reader.read("author-rel", rel)
    yield from _others(page, house)


def _sections(page: Declared) -> frozenset[str]:
    """What the page declares as its section, and the links of its menus that lead to no people."""
    stated = [mark.value for mark in page.marks.meta("article:section", "parsely-section")]
    blocks = (block for block in page.page.blocks[:_MENU] if block.zone in (Zone.NAVIGATION, Zone.BREADCRUMB))
    links = (link for block in blocks for link in block.links if not _PEOPLE.search(link.url))
    return frozenset(fold(text) for text in (*stated, *(page.page.text[link.start : link.end] for link in links)))


def _microdata(page: Declared) -> list[Mark]:
    """The authors that ``itemprop`` names: those outside of lists, or the only one that the page has."""
    named = (mark for mark in page.marks.prop("author", "creator") if "comment" not in mark.scope)
    stated = list(islice(named, _MOST_MARKED))
    own = [mark for mark in stated if _is_own(page, mark.value)]
    persons = (mark for mark in page.marks.prop("name") if mark.scope.startswith("person "))
    nested = list(islice((mark for mark in persons if "comment" not in mark.scope), _MOST_MARKED))
    if not own:
        alone = [mark for mark in (*stated, *nested) if not _in_captions_only(page, mark.value)]
        return alone[:1] if len({fold(mark.value) for mark in alone}) == 1 else []
    return [mark for mark in nested if any(mark.value in other.value for other in own)] or own


def _in_captions_only(page: Declared, name: str) -> bool:
    """True for somebody who took a picture."""
    zones = page.zones_of(name)
    return bool(zones) and all(zone is Zone.CAPTION for zone in zones)


def _like_a_person(name: str) -> bool:
    """True for two to four capitalised words without a word that names houses: software calls people houses, too."""
    words = name.split()
    return (
        2 <= len(words) <= 4
        and all(word[0].isupper() and not word.isupper() for word in words)
        and not looks_like_organisation(name)
    )


def _is_own(page: Declared, name: str) -> bool:
    """False for a name that the page shows in related lists, comments, captions and the like only."""
    zones = page.zones_of(name)
    return not zones or any(zone not in ASIDE and zone is not Zone.CAPTION for zone in zones)


def _only_in_prose(page: Declared, name: str) -> bool:
    """True for somebody whom the text speaks of and no line of the page names alone."""
    shown = [b for b in page.page.blocks if page.page.text.find(name, b.start, b.end) >= 0]
    return bool(shown) and all(b.zone is Zone.BODY and b.end - b.start > len(name) + 30 for b in shown)


def _others(page: Declared, house: frozenset[str]) -> Iterator[Candidate]:
    for raw, path, _ in _jsonld(page, "translator"):
        for name in read_names(tidy(raw)).people:
            yield candidate("translator", "translator-jsonld", name, raw, path)
    for raw, path, _ in _jsonld(page, "sourceOrganization"):
        name = tidy(raw)
        if is_name(name) and fold(name) not in house:
            yield candidate("agency", "agency-jsonld", name, raw, path)


def _is_written_by(page: Declared) -> bool:
    labels = [mark.value.casefold().strip(" :") for mark in page.marks.meta("twitter:label1")]
    return any(label in _WRITTEN_BY for label in labels)


def _jsonld(page: Declared, *keys: str) -> Iterator[tuple[str, str, bool]]:
    """(name, path, is an organisation) of the people an article node names under the first key it has."""
    nodes = tuple(node for node in page.articles if not _is_elsewhere(page, node))
    for key in keys:
        found = [entry for path, value in page.values(nodes, key) for entry in _names(value, path)]
        if found:
            yield from found
            return


def _is_elsewhere(page: Declared, node: Node) -> bool:
    """True for the film or sound in an article, and for another article that is declared beside it."""
    kinds = {kind.lower() for kind in node.types}
    if (
        kinds & _MEDIA
        and not kinds & _ARTICLES
        and any({k.lower() for k in n.types} & _ARTICLES for n in page.articles)
    ):
        return True
    return _has_other_address(page, node) and _has_other_headline(page, node)


def _has_other_address(page: Declared, node: Node) -> bool:
    """True where the node states an address, and the page none or others."""
    stated = node.data.get("url")
    if not isinstance(stated, str) or not is_web_address(stated):
        return False
    marks = (*page.marks.link("canonical"), *page.marks.meta("og:url"))
    own = [url for url in (page.capture.url, *(mark.value for mark in marks)) if url]
    return not any(_path(url) == _path(stated) for url in own)


def _path(url: str) -> str:
    """What tells an address from others of its site: without scheme, host, query and a slash at the end."""
    bare = re.split(r"[?#]", url.partition("://")[2], maxsplit=1)[0]
    return bare.partition("/")[2].rstrip("/").lower()


def _has_other_headline(page: Declared, node: Node) -> bool:
    """True where no word of the node's headline stands in any headline that the page shows or declares."""
    headline = node.data.get("headline")
    if not isinstance(headline, str) or len(headline) > _LONGEST:
        return False
    shown = [page.page.quote(block) for block in page.page.blocks if block.zone is Zone.TITLE]
    stated = [mark.value for mark in page.marks.meta("og:title", "twitter:title")]
    own = {word for title in (*shown, *stated, page.marks.title) for word in _words(title)}
    return bool(own) and not own & _words(headline)


def _words(title: str) -> set[str]:
    """The words of a headline that say what it is about; of scripts without spaces each sign."""
    return {word for word in _WORD.findall(title[:_LONGEST].casefold()) if len(word) > 3 or word > "\u2e7f"}


def _names(value: Any, path: str) -> Iterator[tuple[str, str, bool]]:
    if isinstance(value, str):
        yield value, path, False
    elif isinstance(value, dict):
        name = value.get("name")
        kinds = value.get("@type")
        organisation = any(
            str(kind).lower() in _ORGANISATIONS for kind in (kinds if isinstance(kinds, list) else [kinds])
        )
        if not name and isinstance(value.get("givenName"), str) and isinstance(value.get("familyName"), str):
            name = f"{value['givenName']} {value['familyName']}"
        for each in name if isinstance(name, list) else [name]:
            if isinstance(each, str) and each.strip():
                yield each, f"{path}.name", organisation


def _is_agency(name: str) -> bool:
    """True for a news agency that is known by this name."""
    found = default_registry().resolve(name)
    return found.how == "name" and not found.common and found.outlet is not None and found.outlet.type == "agency"


def _house(page: Declared, outlet_names: tuple[str, ...]) -> Iterator[str]:
    for name in outlet_names:
        yield fold(name)
        yield fold(name.rsplit(".", 1)[0])
        yield from (fold(part) for part in _NAME_PARTS.split(_KIND_OF_SITE.sub("", name)) if len(fold(part)) > 3)
    if page.host:
        yield fold(page.host)
        labels = page.host.split(".")
        yield from (fold(label) for label in labels[:-1] if len(label) > 3)
