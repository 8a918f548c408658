"""An item as news agencies send it (NewsML-G2, NITF) is read as its text, and its metadata as what the sender says.

Both are public standards of the IPTC: NewsML-G2 2.x (``newsItem``, alone or the first with a text in a
``newsMessage``) and NITF 3.x. Entities are not resolved and nothing outside the file is opened.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from archiver.errors import FormatError
from archiver.formats.paragraphs import Paragraph, open_paragraphs
from archiver.model import Capture, Page

_ROOT = re.compile(
    rb"[\s\xef\xbb\xbf]{0,64}(?:(?:<\?[^>]{0,400}>|<!--[^>]{0,2000}-->|<!DOCTYPE nitf[^>\[]{0,400}>)\s{0,40}){0,6}"
    rb"<(?:[a-z]\w{0,20}:)?(?:newsItem|newsMessage|nitf)[\s>]"
)
_LARGEST = 16 * 1024 * 1024
_LONGEST = 2_000
_BLOCKS = frozenset({"p", "h1", "h2", "h3", "h4", "li", "td", "th", "dt", "dd", "hl2", "blockquote", "pre", "tagline"})
_APART = frozenset({"byttl", "br", "hl2", "org"})  # begin a line of their own in a byline or headline
_SKIPPED = frozenset({"media", "script", "style", "head", "figure", "note"})
# (what it is called in ``Page.declared``, where it stands: elements by name, then the attribute or "" for their text)
_G2 = (
    ("title", "contentMeta headline", ""),
    ("byline", "contentMeta by", ""),
    ("author", "contentMeta creator name", ""),
    ("published", "itemMeta embargoed", ""),  # nobody publishes before
    ("published", "itemMeta firstCreated", ""),
    ("published", "contentMeta contentCreated", ""),
    ("modified", "contentMeta contentModified", ""),
    ("modified", "itemMeta versionCreated", ""),
    ("outlet", "itemMeta provider name", ""),
    ("language", "contentMeta language", "tag"),
    ("license", "rightsInfo usageTerms", ""),
)
_NITF = (
    ("title", "body body.head hedline hl1", ""),
    ("title", "head title", ""),
    ("byline", "body body.head byline", ""),
    ("published", "head docdata date.release", "norm"),
    ("published", "head docdata date.issue", "norm"),
    ("outlet", "head pubdata", "name"),
    ("outlet", "body body.head distributor", ""),
)


def recognises(capture: Capture) -> bool:
    """True for XML whose root is that of NewsML-G2 or NITF."""
    return _ROOT.match(capture.body[:8_192]) is not None


def open_newsml(capture: Capture) -> Page:
    """``capture`` as a Page in space VISIBLE: headline, byline, text, copyright. Raises FormatError for broken XML."""
    name = capture.filename or capture.url or "the capture"
    if len(capture.body) > _LARGEST or b"<!ENTITY" in capture.body:
        raise FormatError(
            f"{name} is larger than any news item, or declares entities", "ask the sender for plain items"
        )
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(capture.body, parser)
    except etree.XMLSyntaxError as error:
        raise FormatError(f"{name} is a news item whose XML is broken ({error.msg})", "ask for it again") from error
    items = [root] if _name(root) != "newsMessage" else list(root.iter("{*}newsItem"))
    items = [item for item in items if any(True for _ in _text(item))] or items
    if not items:
        raise FormatError(f"{name} holds no news item", "give a message that carries one")
    item = items[0]
    notes = [f"only the first of its {len(items)} items with a text was read"] if len(items) > 1 else []
    stated = tuple(_stated(item, _NITF if _name(item) == "nitf" else _G2))
    page = open_paragraphs(capture, _paragraphs(item, dict(reversed(stated))), "newsml", "utf-8")
    return replace(page, declared=stated, notes=tuple(notes))


def _paragraphs(item: etree._Element, stated: dict[str, str]) -> Iterator[Paragraph]:
    for key, tag in (("news[title]", "h1"), ("news[byline]", "p")):
        if key in stated:
            yield Paragraph(tag, ((stated[key], None),))
    for text in _text(item):
        if text != stated.get("news[title]"):
            yield Paragraph("p", ((text, None),))
    notice = item.find("{*}rightsInfo/{*}copyrightNotice")
    if notice is not None:
        yield Paragraph("footer", ((_words(notice), None),))


def _text(item: etree._Element) -> Iterator[str]:
    """The lines of the item's text, in order."""
    for place in ("{*}contentSet/{*}inlineXML", "{*}body/{*}body.content", "{*}body/{*}body.end"):
        for content in item.iterfind(place):
            inner = content.find(".//{*}body.content")
            yield from _lines(content if inner is None else inner)
    for data in item.iterfind("{*}contentSet/{*}inlineData"):
        if data.get("encoding") is None:
            yield from (line for line in (data.text or "").splitlines() if line.strip())


def _lines(content: etree._Element) -> Iterator[str]:
    """Text between the borders of block elements; what stands in pictures and heads is passed over."""
    words: list[str] = []
    skipped = 0
    for event, element in etree.iterwalk(content, events=("start", "end")):
        name = _name(element)
        start = event == "start"
        if name in _SKIPPED:
            skipped += 1 if start else -1
        if name in _BLOCKS or name == "br":
            line = " ".join("".join(words).split())
            words = []
            if line:
                yield line
        if not skipped:
            words.append((element.text if start else element.tail if element is not content else "") or "")
    if line := " ".join("".join(words).split()):
        yield line


def _stated(item: etree._Element, table: tuple[tuple[str, str, str], ...]) -> Iterator[tuple[str, str]]:
    for key, place, attribute in table:
        for element in item.findall("/".join(f"{{*}}{step}" for step in place.split()))[:10]:
            value = element.get(attribute) if attribute else _words(element)
            if value and value.strip():
                yield f"news[{key}]", value.strip()[:_LONGEST]


def _words(element: etree._Element) -> str:
    """All text inside ``element`` on one line."""
    words: list[str] = []
    for event, part in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            words += [" " if _name(part) in _APART else "", part.text or ""]
        elif part is not element:
            words.append(part.tail or "")
    return " ".join("".join(words).split())


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]
