"""Text becomes HTML that shows exactly that text: evidence marked, unseen characters made visible, nothing lost.

Pure functions. The characters of an element made here, read back by a browser, are the text that went in:
labels and gaps are drawn by the style sheet and are no part of it. The one exception is U+0000, which HTML
cannot hold; it stands as U+FFFD under its own name.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from markupsafe import Markup, escape

# Characters that a browser draws as nothing, or lets rearrange what stands around them.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f\U000e0100-\U000e01ef\ud800-\udfff]"
)
# Joiners, marks of direction and variation selectors belong to the spelling of many scripts and of emoji.
_SPELLING = re.compile("[\u061c\u180b-\u180f\u200c-\u200f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_LINES = re.compile(r"(\n+)")
DEEPEST = 30  # anchors around one place; a browser stops nesting at 512, and a page may be made to reach it
_KEYCAP = "\u20e3"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text, ``text[start:end]``, that a statement rests on.

    ``id`` is the statement's id, ``family`` groups properties by colour, ``label`` is read when the mark is
    pointed at, ``href`` leads to the statement. ``shown`` is False for readings that were not shown.
    """

    start: int
    end: int
    id: str
    family: str
    label: str
    shown: bool = True
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text under the same spans. ``opens`` are those of them that begin here."""

    text: str
    spans: tuple[Span, ...] = ()
    opens: tuple[Span, ...] = field(default=())


def segments(text: str, spans: Iterable[Span]) -> tuple[Segment, ...]:
    """``text`` cut where spans begin and end; joined, the segments are ``text``.

    Spans may nest and overlap; those that are empty or reach beyond the text are clipped or left out.
    """
    inside = sorted(
        (span for span in spans if max(span.start, 0) < min(span.end, len(text))), key=lambda s: (s.start, -s.end, s.id)
    )
    cuts = sorted({0, len(text), *(max(s.start, 0) for s in inside), *(min(s.end, len(text)) for s in inside)})
    found: list[Segment] = []
    active: list[Span] = []
    waiting = 0
    for start, end in pairwise(cuts):
        active = [span for span in active if span.end > start]
        opens: list[Span] = []
        while waiting < len(inside) and max(inside[waiting].start, 0) <= start:
            opens.append(inside[waiting])
            waiting += 1
        active += opens
        found.append(Segment(text[start:end], tuple(active), tuple(opens)))
    return tuple(found)


def marked(text: str, spans: Iterable[Span], anchor: str | None, *, gaps: bool = False) -> Markup:
    """``text`` as HTML with every span marked. The first piece of a span carries the id ``<anchor>-<span id>``.

    With ``gaps`` single line breaks are followed by white space, as between paragraphs; the style sheet draws it.
    """
    taken: set[str] = set()
    parts = []
    for segment in segments(text, spans):
        ids = [f"{anchor}-{span.id}" for span in segment.opens if anchor]
        fresh = [name for name in dict.fromkeys(ids) if name not in taken]
        taken.update(fresh)
        parts.append(_segment(segment, fresh, gaps))
    return Markup("").join(parts)


def lines(text: str, *, gaps: bool = False) -> Markup:
    """``text`` as HTML without marks, line by line."""
    return _segment(Segment(text), [], gaps)


def shown(text: str | None) -> Markup:
    """A short text (a title, a name, a quote) as HTML; unseen characters are visible and cannot leave their place."""
    return Markup("").join(_visible(text or ""))


def clipped(text: str | None, most: int = 160) -> Markup:
    """Like ``shown``, for lists: no more than ``most`` characters, and an ellipsis where there is more."""
    whole = text or ""
    return shown(whole if len(whole) <= most else whole[: most - 1].rstrip() + "…")


def advice(text: str | None) -> Markup:
    """A sentence of our own that names commands between backticks; they are set as code."""
    parts = (text or "").split("`")
    whole = len(parts) % 2 == 1
    return Markup("").join(
        Markup("<code>{}</code>").format(shown(part)) if place % 2 and whole else shown(part)
        for place, part in enumerate(parts if whole else [text or ""])
    )


def plain(text: str | None) -> str:
    """A short text for titles and attributes: unseen characters as ``<U+200B>``, white space as one space."""
    return " ".join(_UNSEEN.sub(lambda match: f"<{code(match[0])}>", text or "").split())


def has_paragraph_gaps(text: str) -> bool:
    """True when ``text`` keeps empty lines between its paragraphs, so that single breaks are breaks within one."""
    return "\n\n" in text


def code(character: str) -> str:
    """``U+200B``."""
    return f"U+{ord(character):04X}"


def name(character: str) -> str:
    """``U+200B ZERO WIDTH SPACE``; control characters have no name."""
    return f"{code(character)} {unicodedata.name(character, 'control character').upper()}"


def _segment(segment: Segment, ids: Sequence[str], gaps: bool) -> Markup:
    html = Markup("").join(_pieces(segment, gaps))
    for place, ident in enumerate(reversed(ids)):
        inside, after = (html, "") if place < DEEPEST else ("", html)
        html = Markup('<span class="av-at" id="{}">{}</span>{}').format(ident, inside, after)
    return html


def _pieces(segment: Segment, gaps: bool) -> Iterator[Markup]:
    for piece in _LINES.split(segment.text):
        if not piece:
            continue
        if piece[0] == "\n":
            yield Markup('<span class="av-break">\n</span>') if gaps and piece == "\n" else Markup(piece)  # noqa: S704
        else:
            yield Markup('<span class="av-line">{}</span>').format(_mark(piece, segment.spans))


def _mark(piece: str, spans: Sequence[Span]) -> Markup:
    html = Markup("").join(_visible(piece))
    if not spans:
        return html
    front = next((span for span in reversed(spans) if span.shown), spans[-1])
    label = "; ".join(dict.fromkeys(span.label for span in spans))
    seen = "" if front.shown else " av-unshown"
    if front.href is None:
        return Markup('<mark class="av-mark av-{}{}" title="{}">{}</mark>').format(front.family, seen, label, html)
    return Markup('<a class="av-mark av-{}{}" href="{}" title="{}">{}</a>').format(
        front.family, seen, front.href, label, html
    )


def _visible(text: str) -> Iterator[Markup]:
    at = 0
    for match in _UNSEEN.finditer(text):
        if _is_spelling(text, match.start()):
            continue
        yield escape(text[at : match.start()])
        yield _badge(match[0])
        at = match.end()
    yield escape(text[at:])


def _badge(character: str) -> Markup:
    # An element of its own, isolated by the style sheet: a bidi control inside cannot turn the words around it.
    if character == "\r":
        held = Markup("&#13;")
    elif character == "\0" or "\ud800" <= character <= "\udfff":
        held = Markup("\ufffd")
    else:
        held = escape(character)
    return Markup('<bdi class="av-unseen" data-code="{}" title="{}">{}</bdi>').format(
        code(character), name(character), held
    )


def _is_spelling(text: str, at: int) -> bool:
    """True for a joiner or selector that dresses the character before it, as Persian, Indic and emoji need."""
    if not _SPELLING.match(text[at]):
        return False
    before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    if after == _KEYCAP:
        return True
    return any(c and ord(c) >= 0x0590 and not _UNSEEN.match(c) for c in (before, after))
