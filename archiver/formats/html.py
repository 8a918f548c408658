"""An HTML page is parsed once, and every visible character of it gets one place.

``open_html`` gives a Page whose ``text`` is what a reader sees, cut into lines: white space collapsed as a browser
does (CSS Text 3, section 4.1), block elements and ``br`` breaking lines, scripts and hidden elements left out.
"""

import re
from itertools import islice

import lxml.html
from lxml import etree

from archiver.errors import FormatError
from archiver.formats.decode import decode
from archiver.formats.ruby import without_readings
from archiver.formats.tags import KEPT, thinned
from archiver.formats.visible import visible
from archiver.model import Capture, Page, Space

_MARKUP = re.compile(
    rb"<(?:!doctype\s{1,20}html|html|head|body|article|section|main|div|span|p|a|h[1-6]|table|ul|ol|li|title|meta|link"
    rb"|script|style|img|br|b|i|em|strong|time|blockquote|figure|header|footer|nav|aside|form|iframe|!--)[\s/>]",
    re.I,
)
_SNIFF = 4096
# Inline images of a single-file page are nine tenths of its bytes and no text at all.
_DATA_URI = re.compile(r"data:[a-z0-9.+/-]{0,80}(?:;[a-z0-9=.+-]{0,80}){0,4};base64,[A-Za-z0-9+/=%]{64,}")
# Elements that keep their meaning when a page nests too deep to be parsed and has to be flattened.
_FLATTEN = re.compile(
    r"</?(?!(?:html|head|body|title|meta|link|base|script|style|p|h[1-6]|time|br|a|li|template|noscript|textarea)[\s/>])"
    r"[a-z][^<>]{0,2000}>",
    re.I,
)
# What SingleFile and browsers write before a page that they save: its address, and when that was.
_SAVED = re.compile(
    r"<!--\s{0,20}(?:saved from url=\(\d{1,6}\)(?P<marked>[^\s<>]{1,2000})"
    r"|Page saved with SingleFile\s{1,20}url:[ \t]{0,9}(?P<url>[^\s<>]{1,2000})"
    r"(?:\s{1,20}saved date:[ \t]{0,9}(?P<date>[^\n<>]{1,100}))?)"
)
_SAVED_REACH = 4096
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_END = re.compile(r"</html", re.I)
_ENDS = re.compile(r"</(?:html|body)[^<>]{0,200}>", re.I)
_OPENING = re.compile(r"<[a-z]", re.I)
# A page of this many tags is fifty times the largest of 1,475 news pages; walking through it takes seconds.
_MOST_TAGS = 250_000
_DEEPEST = 400  # readers of nested tables and lists take a power of the depth
_MAX_ATTRIBUTES = 256
_IS_HEAVY = f"boolean(//*/@*[{_MAX_ATTRIBUTES + 1}])"  # a third cheaper than to look for the elements
_HEAVY = f"//*[@*[{_MAX_ATTRIBUTES + 1}]]"
_OF_HEAD = frozenset(
    {"base", "basefont", "bgsound", "link", "meta", "noframes", "noscript", "script", "style", "template", "title"}
)
_ONE_CLASS = etree.ElementDefaultClassLookup(element=lxml.html.HtmlElement)


def recognises(capture: Capture) -> bool:
    """True when the bytes of ``capture`` look like HTML, or its media type says so."""
    media_type = (capture.media_type or "").lower()
    if "html" in media_type:
        return True
    head = capture.body[:_SNIFF]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in head:
        head = head.replace(b"\x00", b"")
    return len(_MARKUP.findall(head)) >= 2 or bool(re.match(rb"[\s\xef\xbb\xbf]{0,64}<(?:!doctype\s|html)", head, re.I))


def open_html(capture: Capture) -> Page:
    """``capture`` as a Page: space VISIBLE, ``tree`` the parsed document, blocks with the zone their markup hints at.

    Raises FormatError when there is no element in it at all.
    """
    decoded = decode(capture.body, capture.charset)
    tree, notes = parse(decoded.text)
    if tree is None:
        name = capture.filename or capture.url or "the capture"
        raise FormatError(f"{name} holds no HTML element", "if it is plain text, say so: --as textdump")
    seen = visible(tree, capture.url)
    if seen.depth > _DEEPEST:
        flat, more = parse(decoded.text, flat=True)
        if flat is not None:
            tree, notes, seen = flat, more, visible(flat, capture.url)
    if seen.readings:
        notes = (*notes, *without_readings(tree))
        seen = visible(tree, capture.url)
    return Page(
        format="html",
        space=Space.VISIBLE,
        text=seen.text,
        blocks=seen.blocks,
        encoding=decoded.encoding,
        tree=tree,
        notes=(*decoded.notes, *notes, *seen.notes),
        fragment=capture.zone,
        declared=_saved(decoded.text[:_SAVED_REACH]),
    )


def _saved(head: str) -> tuple[tuple[str, str], ...]:
    """What a comment at the head of a saved page says: ``comment[...]`` and the value, for each thing it says."""
    found = _SAVED.search(head) if "aved " in head else None
    if found is None:
        return ()
    stated = (("saved from url", found["marked"]), ("url", found["url"]), ("saved date", found["date"]))
    return tuple((f"comment[{name}]", value.strip()) for name, value in stated if value)


def parse(text: str, *, flat: bool = False) -> tuple[lxml.html.HtmlElement | None, tuple[str, ...]]:
    """The document in ``text`` and notes on what was cut; (None, notes) when there is no element in it.

    ``flat`` takes out the elements that only wrap others before parsing, for pages that nest too deep.
    """
    notes: list[str] = []
    if "\x00" in text:
        notes.append(f"{text.count(chr(0))} NUL characters were dropped")
        text = text.replace("\x00", "")
    if "base64," in text:
        text = _DATA_URI.sub("data:,", text)
    if (room := _room(text)) < len(text):
        notes.append(
            f"the page holds more than {_MOST_TAGS} tags: its last {len(text) - room} characters were not read"
        )
        text = text[:room]
    text, crowded = thinned(_without_early_end(text))
    tree, cut = (None, True) if flat else _parse(text)
    if cut:
        # libxml2 stops for good at 2,048 levels (256 without huge_tree) and drops all that follows.
        tree, cut = _parse(_FLATTEN.sub("\n", text))
        notes.append("the page nests deeper than readers follow; it was read flat, so that no text is lost")
        if cut:
            notes.append("even so the parser gave up before the end: text is missing")
    if tree is not None:
        _empty_head_of_content(tree)
    if tree is not None and (_slim(tree) or crowded):
        notes.append(f"elements with more than {_MAX_ATTRIBUTES} attributes kept the common ones only")
    return tree, tuple(notes)


def _without_early_end(text: str) -> str:
    """``text`` without the end tags of a document that goes on behind them.

    For a browser what follows is part of the body (HTML standard, section 13.2.6.4.22); libxml2 drops it.
    """
    end = _END.search(text)
    return _ENDS.sub("", text) if end and _OPENING.search(text, end.end()) else text


def _room(text: str) -> int:
    """How many characters of the markup hold no more tags than are read."""
    if len(text) <= _MOST_TAGS or text.count("<") <= _MOST_TAGS:
        return len(text)
    return next(islice(re.finditer("<", text), _MOST_TAGS, None)).start()


def _parse(text: str) -> tuple[lxml.html.HtmlElement | None, bool]:
    # Comments would cut the text around them in two for every reader of the tree.
    parser = lxml.html.HTMLParser(
        encoding="utf-8", huge_tree=True, no_network=True, recover=True, remove_comments=True, remove_pis=True
    )
    # lxml.html asks a function in Python for the class of every element met; one class does for all that is read.
    parser.set_element_class_lookup(_ONE_CLASS)
    try:
        tree = etree.fromstring(text.encode("utf-8", "replace") or b" ", parser)
    except etree.ParserError:
        return None, False
    except etree.XMLSyntaxError:
        return None, False
    last = parser.error_log.last_error
    return tree, last is not None and last.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT


def _empty_head_of_content(tree: lxml.html.HtmlElement) -> None:
    """Move what is no metadata from the head into the body, where it begins for a browser.

    HTML section 13.2.6.4.4: whatever is not allowed in the head ends it. libxml2 knows the elements of HTML 4 only and
    leaves ``article``, ``main`` or ``header`` in the head of a page that leaves out ``body``, with all of its text.
    """
    head = tree.find("head")
    strays = (
        [each for each in head if isinstance(each.tag, str) and each.tag not in _OF_HEAD] if head is not None else []
    )
    if not strays:
        return
    body = tree.find("body")
    if body is None:
        body = etree.SubElement(tree, "body")
    for place, stray in enumerate(strays):
        body.insert(place, stray)
    if body.text:
        strays[-1].tail = (strays[-1].tail or "") + body.text
        body.text = None


def _slim(tree: lxml.html.HtmlElement) -> bool:
    """Take the uncommon attributes off elements that carry hundreds: readers of attributes are quadratic."""
    if not tree.xpath(_IS_HEAVY):
        return False
    for element in tree.xpath(_HEAVY):
        # The parser takes characters that XML has no place for, and refuses them when they are set again.
        kept = {key: _NOT_XML.sub("\ufffd", value) for key in KEPT if (value := element.get(key)) is not None}
        element.attrib.clear()
        element.attrib.update(kept)
    return True
