"""What a page says in attributes rather than in text: meta, link, itemprop and time elements, gathered in one pass."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast
from urllib.parse import urljoin

from lxml import etree

from archiver.model import Page

_MOST = 400
_LONGEST = 4_000
_VALUE_ATTRIBUTES = ("content", "datetime", "title")
# Items on a page that are about something else than the article.
_OTHER_ITEMS = (
    "comment",
    "breadcrumb",
    "imageobject",
    "videoobject",
    "person",
    "organization",
    "sitenavigation",
    "rating",
)


@dataclass(frozen=True, slots=True)
class Mark:
    """One value in an attribute: its ``key`` in lower case, the raw ``value``, the ``path`` people can look up.

    ``words`` are the class words of the element, ``scope`` the kind of item around it in lower case.
    """

    key: str
    value: str
    path: str
    words: str = ""
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Markup:
    """All marks of a page. ``title`` is the text of its title element, ``language`` the html element's.

    ``slips`` are meta elements with ``value`` where ``content`` belongs: no browser reads them, but they were meant.
    """

    metas: tuple[Mark, ...]
    slips: tuple[Mark, ...]
    links: tuple[Mark, ...]
    props: tuple[Mark, ...]
    times: tuple[Mark, ...]
    rel_authors: tuple[Mark, ...]
    title: str
    language: str | None

    def meta(self, *keys: str) -> Iterator[Mark]:
        """The meta elements named ``keys``, in the order of the keys and then of the page."""
        for key in keys:
            yield from (mark for mark in self.metas if mark.key == key)

    def meta_or_slip(self, *keys: str) -> Iterator[Mark]:
        """As ``meta``, and behind them those whose value stands in the wrong attribute."""
        yield from self.meta(*keys)
        for key in keys:
            yield from (mark for mark in self.slips if mark.key == key)

    def prop(self, *keys: str) -> Iterator[Mark]:
        """The microdata and RDFa properties named ``keys``, likewise."""
        for key in keys:
            yield from (mark for mark in self.props if mark.key == key)

    def link(self, rel: str) -> Iterator[Mark]:
        """The link elements with relation ``rel``; values are absolute addresses where a base is known."""
        return (mark for mark in self.links if mark.key == rel)


def gather(page: Page, url: str | None) -> Markup:
    """The marks of the HTML ``page``; relative addresses are made absolute against ``base`` and ``url``."""
    tree = page.tree
    base = _base(tree, url)
    title = next((_text(element) for element in tree.iter("title") if _outside_pictures(element)), "")
    return Markup(
        metas=tuple(_metas(tree, "content")),
        slips=tuple(_metas(tree, "value")),
        links=tuple(_links(tree, base)),
        props=tuple(_props(tree)),
        times=tuple(_times(tree)),
        rel_authors=tuple(_rel_authors(tree)),
        title=title,
        language=tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or tree.get("xml:lang"),
    )


def _base(tree: etree._Element, url: str | None) -> str:
    found = next((element.get("href") for element in tree.iter("base") if element.get("href")), None)
    return absolute(url or "", found) if found else (url or "")


def absolute(base: str, href: str) -> str:
    """``href`` as an absolute address where ``base`` allows; as it stands where it cannot be one."""
    try:
        return urljoin(base, href.strip())
    except ValueError:
        return href.strip()


def _metas(tree: etree._Element, where: str) -> Iterator[Mark]:
    """The meta elements whose value stands in the attribute ``where``."""
    count = 0
    for element in tree.iter("meta"):
        value = element.get(where)
        if not value or not value.strip() or (where != "content" and element.get("content")):
            continue
        for attribute in ("property", "name", "http-equiv"):
            key = element.get(attribute)
            if key:
                count += 1
                yield Mark(key.strip().lower()[:80], value[:_LONGEST].strip(), f"meta[{attribute}={key.strip()[:80]}]")
        if count >= _MOST:
            return


def _links(tree: etree._Element, base: str) -> Iterator[Mark]:
    for number, element in enumerate(tree.iter("link")):
        href = element.get("href")
        if href and len(href) < _LONGEST and number < _MOST:
            for rel in (element.get("rel") or "").lower().split():
                if rel in {"canonical", "author", "license", "shorturl", "syndication-source", "original-source"}:
                    yield Mark(rel, absolute(base, href), f"link[rel={rel}]", words=href)


def _props(tree: etree._Element) -> Iterator[Mark]:
    for element in cast("list[etree._Element]", tree.xpath("//*[@itemprop]"))[:_MOST]:
        value = next((element.get(name) for name in _VALUE_ATTRIBUTES if element.get(name)), None)
        if value is None and element.tag in {"meta", "link"}:
            value = element.get("href")
        if value is None:
            value = _text(element)
        if not value or not value.strip():
            continue
        scope = _scope(element)
        for key in (element.get("itemprop") or "").split()[:8]:
            path = f"{element.tag}[itemprop={key[:60]}]"
            yield Mark(key.lower(), value[:_LONGEST].strip(), path, element.get("class") or "", scope)


def _scope(element: etree._Element) -> str:
    """The types of the items around ``element``, nearest first, as far as the article's own."""
    found = []
    for parent in element.iterancestors():
        kind = parent.get("itemtype")
        if kind:
            found.append(kind.rsplit("/", 1)[-1].lower())
        if len(found) > 3:
            break
    return " ".join(found)


def is_aside(mark: Mark) -> bool:
    """True when ``mark`` stands in an item about something else, such as a comment."""
    nearest = mark.scope.split(" ", 1)[0]
    return any(other in nearest for other in _OTHER_ITEMS) or "comment" in mark.scope


def _times(tree: etree._Element) -> Iterator[Mark]:
    for number, element in enumerate(tree.iter("time")):
        if number >= 60:
            return
        stated = element.get("datetime") or element.get("content")
        if stated and stated.strip():
            own = [element.get("class"), element.get("itemprop"), "pubdate" if "pubdate" in element.attrib else None]
            words = " ".join(word for word in own if word)
            parent = element.getparent()
            if parent is not None:
                words += f" {(parent.get('class') or '')[:80]}"
            yield Mark(_text(element)[:200], stated[:80].strip(), "time[datetime]", words.lower())


def _rel_authors(tree: etree._Element) -> Iterator[Mark]:
    for element in tree.iter("a"):
        if "author" in (element.get("rel") or "").lower().split():
            text = _text(element)[:200]
            if text:
                yield Mark("author", text, "a[rel=author]", (element.get("class") or "").lower())


def _text(element: etree._Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())[:_LONGEST]


def _outside_pictures(element: etree._Element) -> bool:
    return next(element.iterancestors("svg"), None) is None
