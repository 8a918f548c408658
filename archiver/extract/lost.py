"""The alarm for text that a parser gave up: what the source holds in plain sight and the parsed page does not show.

What is never closed swallows all that follows: a comment, a script, a text field. Signs of that are cheap to see. Only
where there is one is the source read a second time, in the plainest way there is: the words between two tags, sought
on the page.
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
_LABELS = (("textarea", "a text field"), ("title", "a title"))
_LONGEST_LABEL = 200  # characters of a title or of what a form holds
_PARAGRAPH = re.compile(r"<(?:p|li|td|div|h[1-6])(?:\s[^<>]{0,500})?>([^<>]{40,4000})<", re.I)
_LONGEST = 100_000  # bytes of the source that are read again
_PROBED = 3  # paragraphs that stand on the page and show that nothing was given up
_MOST_COMPARED = 200
_SAME = 40
_LEAST = 100  # characters whose loss is worth a note
_SPACES = re.compile(r"[\s\u00a0]{1,400}")


def lost(page: Page, capture: Capture) -> str | None:
    """A note on running text of ``capture`` that the HTML ``page`` does not show, or None. Costs next to nothing
    on a page without a sign of it.
    """
    if page.tree is None or page.fragment is not None:
        return None
    shown: str | None = None
    for what, at in _signs(capture.body, page.tree):
        shown = shown or page.text.replace("\xa0", " ")
        source = capture.body[at : at + _LONGEST].decode(_codec(page.encoding), "replace")
        missing = _missing(source, shown)
        if missing >= _LEAST:
            return f"{missing} characters of text stand in the source behind {what}, where parsers give up: not shown"
    return None


def _signs(body: bytes, tree: etree._Element) -> Iterator[tuple[str, int]]:
    """Where a parser may have given up, and why."""
    if any(shout in body[:_HEAD] for shout in (b"<HTML", b"<HEAD", b"<TITLE", b"<BODY")):
        body = body.lower()
    for what, opening, closing in _SWALLOWERS:
        at = body.rfind(opening)
        if at >= 0 and body.find(closing, at) < 0:
            yield f"{what} that is never closed", at
    for tag, what in _LABELS:
        if any(len(element.text or "") > _LONGEST_LABEL for element in tree.iter(tag)):
            yield f"{what} that is never closed", max(0, body.find(f"<{tag}".encode()))


def _missing(source: str, shown: str) -> int:
    """How many characters of the paragraphs of ``source`` are not ``shown``; 0 once enough of them are."""
    missing = there = 0
    for found in islice(_PARAGRAPH.finditer(source), _MOST_COMPARED):
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
