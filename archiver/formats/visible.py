"""The text a reader sees, line by line, each line with its place, its element, its links and a first zone.

One walk over the tree, with a stack of its own: no depth of nesting can break it. Lines break at block elements,
``br``, table cells, and between two labelled inline elements that would otherwise glue their words together
("By Ann Lee" + "2 May"), because style sheets set those apart and the markup alone does not.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import cast
from urllib.parse import urljoin

import lxml.html
from lxml import etree

from archiver.formats.clues import STICKY, clue, words_of
from archiver.formats.ruby import READINGS
from archiver.model import Block, Link, Zone


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SKIPPED = _words(
    "script style template noscript iframe object embed svg canvas audio video map head title select option datalist "
    "textarea input meta link base noframes frame frameset param source track area col colgroup applet rt rp rtc"
)
_BLOCKS = _words(
    "html body address article aside blockquote button caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p pre "
    "section summary table tbody td tfoot th thead tr ul amp-accordion amp-sidebar"
)
_GLUED = frozenset({"span", "a", "time", "cite", "strong", "em", "small", "b", "i"})
_SPACES = " \t\n\r\f"
_RUN = re.compile(r"[ \t\n\r\f]+")
_WIDE_SPACE = re.compile(r"[\x0b\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
_HINT_LEVELS = 4
_HINT_LENGTH = 240
_WORDS_LENGTH = 80
# A sticky element that holds this share of the page's running text is a wrapper with an unlucky name.
_WRAPPER_SHARE = 0.45
_HEADLINE_LENGTH = 20


@dataclass(frozen=True, slots=True)
class Visible:
    """The visible text, its blocks in order, how deep the elements nest, and notes for people.

    ``readings`` is True when elements of ruby were passed over, which ``archiver.formats.ruby`` tells apart.
    """

    text: str
    blocks: tuple[Block, ...]
    depth: int = 0
    notes: tuple[str, ...] = ()
    readings: bool = False


@dataclass(slots=True)
class _Region:
    """A part of the page inside one element whose markup gives a zone; ``running`` counts text outside links."""

    zone: Zone
    parent: "_Region | None"
    running: int = 0
    holds_article: bool = False


@dataclass(slots=True)
class _Node:
    """What is remembered of an open element that matters: its name, words, nearest region, link."""

    tag: str
    words: str
    parent: "_Node | None"
    is_block: bool
    region: _Region | None
    href: str | None
    preformatted: bool


@dataclass(slots=True)
class _Line:
    """A finished line before its zone is settled."""

    start: int
    end: int
    node: _Node
    first: _Node
    whole: str | None
    links: list[tuple[int, int, str]]


class _Writer:
    """Collects characters into lines and keeps every place right while white space collapses."""

    def __init__(self) -> None:
        self.lines: list[_Line] = []
        self.parts: list[str] = []
        self.readings = False
        self._length = 0  # of all finished lines, line ends included
        self._line: list[str] = []
        self._line_length = 0
        self._space = False  # a space is owed before the next visible character
        self._nodes: list[_Node] = []
        self._links: list[tuple[int, int, str]] = []

    @property
    def last_character(self) -> str:
        """The last character of the open line, "" when it is empty or ends in white space."""
        return "" if self._space or not self._line else self._line[-1][-1]

    def write(self, raw: str, node: _Node) -> None:
        """Add ``raw`` to the open line, collapsed; in preformatted text its line ends break lines."""
        if node.preformatted and "\n" in raw:
            for number, piece in enumerate(raw.splitlines()):
                if number:
                    self.end_line()
                self.write(piece, node)
            return
        words = _collapse(raw)
        if not words:
            self._space = self._space or bool(raw)
            return
        if self._line and (self._space or raw[0] in _SPACES):
            self._line.append(" ")
            self._line_length += 1
        start = self._line_length
        self._line.append(words)
        self._line_length += len(words)
        self._space = raw[-1] in _SPACES
        self._nodes.append(node)
        if node.href:
            self._link(start, node.href)

    def _link(self, start: int, href: str) -> None:
        if self._links and self._links[-1][2] == href and self._links[-1][1] >= start - 1:
            start = self._links.pop()[0]
        self._links.append((start, self._line_length, href))

    def end_line(self) -> None:
        """Finish the open line, if it holds anything a reader sees."""
        self._space = False
        if not self._line:
            return
        raw = "".join(self._line)
        text = raw.strip()
        if text:
            self._keep(text, len(raw) - len(raw.lstrip()))
        self._line, self._line_length, self._nodes, self._links = [], 0, [], []

    def _keep(self, text: str, cut: int) -> None:
        start, end = self._length, self._length + len(text)
        links = [
            (place, place_end, href)
            for first, last, href in self._links
            if (place := max(start, start + first - cut)) < (place_end := min(end, start + last - cut))
        ]
        first = self._nodes[0]
        block = first
        while not block.is_block and block.parent is not None:
            block = block.parent
        self.lines.append(_Line(start, end, block, first, _whole(self._nodes, block), links))
        self.parts.append(text)
        self._length = end + 1


def visible(tree: lxml.html.HtmlElement, url: str | None) -> Visible:
    """What a reader of ``tree`` sees; links are made absolute against its ``base`` and ``url``."""
    writer = _Writer()
    depth = _walk(tree, writer)
    writer.end_line()
    text = "\n".join(writer.parts)
    _weigh(writer.lines)
    resolve = _resolver(tree, url)
    blocks = tuple(_block(line, resolve) for line in writer.lines)
    notes = ("nothing on this page is visible without scripts",) if not blocks and len(tree) else ()
    return Visible(text, blocks, depth, notes, writer.readings)


def _walk(root: lxml.html.HtmlElement, writer: _Writer) -> int:
    """Write the whole tree; gives the greatest depth of elements."""
    depth = 1
    top = _Node("html", "", None, True, None, None, False)
    if root.text:
        writer.write(root.text, top)
    stack: list[tuple[etree._Element, Iterator[etree._Element], _Node, _Node]] = [(root, iter(root), top, top)]
    while stack:
        element, children, node, outer = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            _leave(element, node, outer, writer)
            continue
        inner = _enter(child, node, writer)
        if inner is None:
            if tail := child.tail:
                writer.write(tail, node)
        elif len(child):
            stack.append((child, iter(child), inner, node))
            depth = max(depth, len(stack))
        else:
            _leave(child, inner, node, writer)
    return depth


def _enter(element: etree._Element, outer: _Node, writer: _Writer) -> _Node | None:
    """Break the line where ``element`` does and write its first text; None when it is not to be seen."""
    tag = element.tag
    if tag in _SKIPPED or not isinstance(tag, str):
        writer.readings = writer.readings or tag in READINGS
        return None
    if tag == "br":
        writer.end_line()
        return outer
    node = _open(element, tag, outer)
    if node is None:
        if tag in _BLOCKS:
            writer.end_line()
        return None
    text = element.text
    if (node is not outer and node.is_block) or (
        text and tag in _GLUED and _would_glue(writer.last_character, element)
    ):
        writer.end_line()
    if text:
        writer.write(text, node)
    return node


def _leave(element: etree._Element, node: _Node, outer: _Node, writer: _Writer) -> None:
    """Break the line after a block and write the text behind ``element``."""
    if node.is_block and node is not outer:
        writer.end_line()
    if tail := element.tail:
        writer.write(tail, outer)


def _open(element: etree._Element, tag: str, outer: _Node) -> _Node | None:
    """The node for ``element``: a new one where it matters, ``outer`` where not, None when it is hidden."""
    is_block = tag in _BLOCKS
    items = element.items()
    if not items:
        if not is_block and tag != "time":
            return outer
        words, zone, href = *_clues(tag, None, None, None, None, None), None
    else:
        get = cast("dict[str, str]", dict(items)).get
        if _is_hidden(get("hidden"), get("aria-hidden"), get("style")) and tag not in {"html", "body"}:
            return None
        words, zone = _clues(tag, get("class"), get("id"), get("itemprop"), get("rel"), get("role"))
        href = get("href") if tag == "a" else None
    region = outer.region if zone is None else _Region(zone, outer.region)
    if zone is Zone.BODY or (zone is Zone.TITLE and _is_headline(element)):
        _mark(region)
    return _Node(tag, words, outer, is_block, region, href or outer.href, outer.preformatted or tag == "pre")


@lru_cache(maxsize=4096)
def _clues(
    tag: str, class_: str | None, id_: str | None, itemprop: str | None, rel: str | None, role: str | None
) -> tuple[str, Zone | None]:
    """The words of an element and the zone they speak for; the pages of an outlet share nearly all of theirs."""
    words = words_of(class_, id_, itemprop, rel)
    return words, clue(tag, words, role, itemprop)


def _is_hidden(hidden: str | None, aria: str | None, style: str | None) -> bool:
    if hidden is not None and hidden.lower() != "until-found":
        return True
    if aria is not None and aria.lower() == "true":
        return True
    if not style:
        return False
    squeezed = "".join(style[:1000].lower().split())
    return "display:none" in squeezed or "visibility:hidden" in squeezed


def _would_glue(before: str, element: etree._Element) -> bool:
    """True when ``element`` follows a labelled inline neighbour so closely that two words would become one."""
    text = element.text or ""
    if not before or not before.isalnum() or not text[:1].isalnum():
        return False
    left = element.getprevious()
    while left is None or _is_empty(left):
        if left is not None:  # an icon
            left = left.getprevious()
            continue
        parent = element.getparent()
        if parent is None or parent.tag not in _GLUED or parent.text:
            return False
        element, left = parent, parent.getprevious()
    if left.tail or left.tag not in _GLUED or left.tag in {"b", "i", "em", "strong"}:
        return False
    if len("".join(islice(map(str, left.itertext()), 4))) < 2:
        return False  # a large first letter in a span of its own belongs to its word
    if _is_labelled(left) and _is_labelled(element):
        return True
    # Word processors split words over unlabelled spans, but not before a capital or a number.
    return (
        len(text) > 1 and not before.isupper() and (text[0].isupper() or (text[0].isdigit() and not before.isdigit()))
    )


def _is_empty(element: etree._Element) -> bool:
    return not (element.text or element.tail or len(element))


def _is_labelled(element: etree._Element) -> bool:
    return element.tag in {"a", "time"} or element.get("class") is not None or element.get("itemprop") is not None


def _is_headline(element: etree._Element) -> bool:
    """True for a headline long enough not to be a logo."""
    length = 0
    for piece in element.itertext():
        # Scripts without spaces say in one character what others say in three.
        length += sum(3 if character > "\u2e7f" else 1 for character in str(piece).strip())
        if length >= _HEADLINE_LENGTH:
            return True
    return False


def _mark(region: _Region | None) -> None:
    while region is not None and not region.holds_article:
        region.holds_article = True
        region = region.parent


def _collapse(raw: str) -> str:
    """``raw`` with runs of the white space a browser collapses as one space; no-break spaces stay."""
    if raw.isascii() or not _WIDE_SPACE.search(raw):
        return " ".join(raw.split())
    return _RUN.sub(" ", raw).strip(" ")


def _whole(nodes: list[_Node], block: _Node) -> str | None:
    """``time`` when the whole line stands in one ``time`` element, else None."""
    return "time" if all(_within_time(node, block) for node in nodes) else None


def _within_time(node: _Node | None, block: _Node) -> bool:
    while node is not None and node is not block:
        if node.tag == "time":
            return True
        node = node.parent
    return False


def _weigh(lines: list[_Line]) -> None:
    """Give every region the running text it holds, so that wrappers can be told from parts."""
    total = 0
    for line in lines:
        running = line.end - line.start - sum(end - start for start, end, _ in line.links)
        total += running
        region = line.first.region
        while region is not None:
            region.running += running
            region = region.parent
    for line in lines:
        region = line.first.region
        while region is not None:
            if region.running > _WRAPPER_SHARE * total and region.zone not in {Zone.COMMENTS, Zone.FOOTER}:
                region.holds_article = True
            region = region.parent


def _zone(region: _Region | None) -> Zone:
    """The outermost sticky part wins; inside none, the nearest clue; BODY where there is no clue at all."""
    nearest: Zone | None = None
    sticky: Zone | None = None
    while region is not None:
        if region.zone in STICKY:
            if not region.holds_article:
                sticky = region.zone
        elif nearest is None:
            nearest = region.zone
        region = region.parent
    return sticky or nearest or Zone.BODY


def _block(line: _Line, resolve: "_Resolver") -> Block:
    links = tuple(Link(start, end, resolve(href)) for start, end, href in line.links)
    tag = line.whole or line.node.tag
    return Block(line.start, line.end, _zone(line.first.region), tag, _hint(line.first), links)


def _hint(node: _Node | None) -> str:
    """Words of the element and its nearest labelled parents, nearest first; page parts as ``<nav>``."""
    found: list[str] = []
    levels = 0
    while node is not None:
        if node.words and levels < _HINT_LEVELS and node.tag not in {"html", "body"}:
            found.append(node.words[:_WORDS_LENGTH])
            levels += 1
        if node.tag in {"nav", "header", "footer", "aside", "article", "main", "figure"}:
            found.append(f"<{node.tag}>")
        node = node.parent
    return " ".join(found)[:_HINT_LENGTH]


class _Resolver:
    """Makes addresses absolute, each once."""

    def __init__(self, base: str | None) -> None:
        self._base = base or ""
        self._known: dict[str, str] = {}

    def __call__(self, href: str) -> str:
        if href not in self._known:
            try:
                self._known[href] = urljoin(self._base, href.strip())
            except ValueError:  # "http://[broken": kept as it stands on the page
                self._known[href] = href
        return self._known[href]


def _resolver(tree: lxml.html.HtmlElement, url: str | None) -> _Resolver:
    base = next((element.get("href") for element in tree.iter("base") if element.get("href")), None)
    if base is None:
        return _Resolver(url)
    try:
        return _Resolver(urljoin(url or "", base.strip()))
    except ValueError:
        return _Resolver(url)
