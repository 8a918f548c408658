"""The alarm for text that a parser gave up: what the source holds in plain sight and the parsed page does not show.

What is never closed swallows all that follows: a comment, a script, a text field, the quotation marks of an attribute.
Signs of that are cheap to see. Only where there is one is the source read a second time, in the plainest way there is:
the words between two tags, sought on the page.
"""

import html
import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree

from archiver.model import Capture, Page

_HEAD = 2_000
_SWALLOWERS = (  # HTML standard, section 13.2.5: what each opening swallows up to its own end
    ("a comment", b"<!--", b"-->"),
    ("a script", b"<script", b"</script"),
    ("a style sheet", b"<style", b"</style"),
)
_LONGEST_LABEL = 200  # characters of a title or of what a form holds
_PARAGRAPH = re.compile(r"<(?:p|li|td|div|h[1-6])(?:\s[^<>]{0,500})?>([^<>]{40,4000})<", re.I)
_LONGEST = 100_000  # bytes of the source that are read again
_PROBED = 3  # paragraphs that stand on the page and show that nothing was given up
_MOST_COMPARED = 200
_SAME = 40
_LEAST = 100  # characters whose loss is worth a note
_SPACES = re.compile(r"[\s\u00a0]{1,400}")
# The end of a tag inside of quotation marks. Markup that is meant as a value begins with a tag, not with an end of one.
_OPEN_QUOTES = re.compile(rb"""=(?:"[^"<>]{0,400}+>|'[^'<>]{0,400}+>)""")
_TAG = re.compile(
    rb"""<[a-z][a-z0-9-]{0,20}+(?:\s++[^\s<>="']++(?:=(?:"[^"<>]*+"|'[^'<>]*+'|[^\s"'<>]++))?+)++\Z""", re.I
)
_TAG_REACH = 600
_MOST_OPEN = 20  # such places that are looked at
_MOST_IN_QUOTES = 20  # paragraphs of one that are compared


def lost(page: Page, capture: Capture) -> str | None:
    """A note on running text of ``capture`` that the HTML ``page`` does not show, or None. Costs next to nothing
    on a page without a sign of it.
    """
    if page.tree is None or page.fragment is not None:
        return None
    shown: str | None = None
    for what, at in _signs(capture.body, page.tree):
        shown = shown or _plain(page.text)
        source = capture.body[at : at + _LONGEST].decode(_codec(page.encoding), "replace")
        missing = _missing(source, shown, _MOST_COMPARED)
        if missing >= _LEAST:
            return _note(missing, what)
    missing = sum(_missing(source, _plain(page.text), _MOST_IN_QUOTES) for source in _in_quotes(page, capture.body))
    return _note(missing, "quotation marks of an attribute that are never closed") if missing >= _LEAST else None


def _note(missing: int, what: str) -> str:
    return f"{missing} characters of text stand in the source behind {what}, where parsers give up: not shown"


def _plain(text: str) -> str:
    return text.replace("\xa0", " ")


def _in_quotes(page: Page, body: bytes) -> Iterator[str]:
    """The source that an attribute swallowed with the end of its own tag: all up to the next quotation mark.

    ``<p class="lead>Text of the page</p> ... <p class=`` is one value for every parser (HTML section 13.2.5.36).
    """
    if page.format != "html":
        return  # wrapped in an encoding of its own, where an equals sign may be anything
    for found in islice(_open_quotes(body), _MOST_OPEN):
        end = body.find(found[0][1:2], found.end())
        inside = body[found.end() : min(found.end() + _LONGEST, len(body) if end < 0 else end)]
        if b"<" in inside:
            yield "<p>" + inside.decode(_codec(page.encoding), "replace")


def _open_quotes(body: bytes) -> Iterator[re.Match[bytes]]:
    """Where a quotation mark opens the value of an attribute and the next angle bracket ends a tag; not in scripts."""
    scripts = _scripts(body)
    script = (0, 0)
    for found in _OPEN_QUOTES.finditer(body):
        tag = body.rfind(b"<", max(0, found.start() - _TAG_REACH), found.start())
        if tag < 0 or not _TAG.match(body, tag, found.start()):
            continue
        while script[1] <= tag:
            script = next(scripts)
        if tag < script[0]:
            yield found


def _scripts(body: bytes) -> Iterator[tuple[int, int]]:
    """Where each script begins and ends; behind the last of them one that never comes."""
    start = body.find(b"<script")
    while start >= 0:
        end = body.find(b"</script", start)
        end = len(body) if end < 0 else end
        yield start, end
        start = body.find(b"<script", end)
    yield len(body) + 1, len(body) + 2


def _signs(body: bytes, tree: etree._Element) -> Iterator[tuple[str, int]]:
    """Where a parser may have given up, and why."""
    if any(shout in body[:_HEAD] for shout in (b"<HTML", b"<HEAD", b"<TITLE", b"<BODY")):
        body = body.lower()
    for what, opening, closing in _SWALLOWERS:
        at = body.rfind(opening)
        if at >= 0 and body.find(closing, at) < 0:
            yield f"{what} that is never closed", at
    title = next(tree.iter("title"), None)  # those behind it belong to drawings
    if title is not None and len(title.text or "") > _LONGEST_LABEL:
        yield "a title that is never closed", max(0, body.find(b"<title"))
    # Asked of the bytes first, from behind, which costs half of a walk through the tree.
    if body.rfind(b"<textarea") >= 0 and any(len(field.text or "") > _LONGEST_LABEL for field in tree.iter("textarea")):
        yield "a text field that is never closed", body.find(b"<textarea")


def _missing(source: str, shown: str, most: int) -> int:
    """How many characters of the first ``most`` paragraphs of ``source`` are not ``shown``; 0 once enough are."""
    missing = there = 0
    for found in islice(_PARAGRAPH.finditer(source), most):
        words = _SPACES.sub(" ", html.unescape(found.group(1))).strip()
        if len(words) < _SAME:
            continue
        if words[:_SAME] not in shown:
            missing += len(words)
            continue
        there += 1
        if there >= _PROBED:
            return 0
    return missing


def _codec(encoding: str) -> str:
    """The name of a codec that reads ASCII as ASCII: signs are sought in bytes."""
    try:
        return encoding if "<".encode(encoding) == b"<" else "latin-1"
    except LookupError:
        return "latin-1"
