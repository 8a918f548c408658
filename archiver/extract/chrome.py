"""A dump's lines are given their zones from the lines alone; what is left as body is the article, letter by letter.

``zone_dump`` finds the text (``chrome_body``), the headline (``chrome_title``), then names everything else by where it
stands and which wordings it holds (``chrome_words.toml``). ``clean`` joins body and tail and keeps every place.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from archiver.extract.chrome_body import find_bodies
from archiver.extract.chrome_lines import Line, describe, fold, width_of
from archiver.extract.chrome_title import Headlines
from archiver.model import Block, Page, TextPiece, Zone

_FRAGMENTS = {
    "title": Zone.TITLE,
    "byline": Zone.BYLINE,
    "bottom": Zone.TAIL,
    "caption": Zone.CAPTION,
    "footer": Zone.FOOTER,
    "meta": Zone.META,
}
_RIVAL = 0.1  # of the richest run's gain: what a run needs to be looked at
_LENGTH = 0.5  # exponent: a text four times as long is worth twice as much
_LATER = 1.2  # how much better a run further down must be: endless pages go on with other articles
_OPENING = 250.0  # gain of a run between headline and text that is the beginning of the text: no standfirst
_MOST_COMPARED = 600
_LONGEST_WRAPPED = 200_000  # no paragraph: the rest of a dump with more lines than are read one by one
_MOST_TAIL = 10  # lines between the last paragraph and the furniture
_OPENING_PARAGRAPH = 150  # width of a standfirst that readers take for the first paragraph
_NEAR_TWINS = 3  # lines between an alternative text and the caption that says the same
_HEAD_REACH = 14  # lines below a headline that byline, standfirst and pictures may take


def zone_dump(page: Page) -> Page:
    """``page`` with every block in its zone; a fragment's blocks all stand in the zone it was cut from."""
    if page.fragment is not None:
        zone = _FRAGMENTS.get(page.fragment, Zone.BODY)
        return replace(page, blocks=tuple(replace(block, zone=zone) for block in page.blocks))
    zones = zone_lines(_lines(page))
    zoned = (Block(b.start, b.end, z, b.tag, b.hint, b.links) for b, z in zip(page.blocks, zones, strict=True))
    return replace(page, blocks=tuple(zoned))


def clean(page: Page) -> tuple[str, tuple[TextPiece, ...]]:
    """The editorial text of a zoned page and where each run of it stands in ``page.text``.

    Paragraphs (a long standfirst, BODY blocks, then TAIL) are joined by an empty line; lines of a hard-wrapped
    paragraph by a space.
    """
    out: list[str] = []
    pieces: list[TextPiece] = []
    length = 0
    for block in page.blocks:
        if not _is_text(page, block):
            continue
        joint = "\n\n" if out else ""
        for start, end in _wrapped(page.text, block.start, block.end):
            out.append(joint + page.text[start:end])
            length += len(joint)
            pieces.append(TextPiece(start=length, page_start=start, length=end - start))
            length += end - start
            joint = " "
    return "".join(out), tuple(pieces)


def _is_text(page: Page, block: Block) -> bool:
    if block.zone is Zone.DEK:
        return width_of(page.quote(block)) >= _OPENING_PARAGRAPH
    return block.zone in (Zone.BODY, Zone.TAIL)


def zone_lines(lines: Sequence[Line]) -> list[Zone]:
    """One zone a line."""
    if not lines:
        return []
    runs, title = _article(lines)
    start, end = runs[0][0], runs[-1][1]
    top = title if title is not None else start
    zones = [_chrome_zone(line) for line in lines]
    if title is not None:
        _zone_above(lines, zones, title)
        start = _zone_head(lines, zones, title, *runs[0])
    for first, last in runs:
        _zone_body(lines, zones, max(first, start), last)
    bottom = _zone_tail(lines, zones, end)
    _zone_below(lines, zones, bottom)
    if not any(line.date and zone is Zone.BYLINE for line, zone in zip(lines[:end], zones, strict=False)):
        dated = _dated_inside(lines, start, runs[0][1]) or _dated_below(lines, end)
        if dated:
            zones[dated] = Zone.BYLINE
    for i in range(top):
        zones[i] = Zone.NAVIGATION if zones[i] is Zone.BODY else zones[i]
    return zones


def _article(lines: Sequence[Line]) -> tuple[list[tuple[int, int]], int | None]:
    """The text and its headline: a legal notice may be longer than a short report, but has no headline over it.

    The text may begin with a paragraph or two of its own below the headline, before a long list and its main run.
    """
    runs = find_bodies(lines)
    if runs[0][2] == 0.0:  # no prose: a poem or a list, under its first line
        start, end, _ = runs[0]
        return [(start, end)], start if end - start > 1 and not lines[start].stops else None
    headlines = Headlines(lines)
    best: tuple[float, int, int, int | None] | None = None
    for start, end, gain in sorted(run for run in runs if run[2] >= _RIVAL * runs[0][2]):
        title, score = headlines.find(start, end)
        worth = gain**_LENGTH * (1.0 + max(0.0, score)) * (0.5 if _is_legal(lines, start, end) else 1.0)
        if best is None or worth > _LATER * best[0]:
            best = (worth, start, end, title)
    assert best is not None
    _, start, end, title = best
    if title is None:
        return [(start, end)], None
    openings = [(a, b) for a, b, gain in sorted(runs) if title < a and b <= start and gain >= _OPENING and b - a > 1]
    return [*openings, (start, end)], title


def _is_legal(lines: Sequence[Line], start: int, end: int) -> bool:
    """True for text right behind footer lines, or made of them."""
    near = sum(line.has("rights", "footer") for line in lines[max(0, start - 3) : end])
    return near >= 2 and 8 * near > end - start


def _lines(page: Page) -> list[Line]:
    texts = [page.quote(block) for block in page.blocks]
    ends = [0, *(block.end for block in page.blocks)]
    gaps = [
        page.text[before : block.start].replace("\r\n", "\n").count("\n") > 1
        for before, block in zip(ends, page.blocks, strict=False)
    ]
    return describe(texts, gaps)


def _wrapped(text: str, start: int, end: int) -> list[tuple[int, int]]:
    if end - start > _LONGEST_WRAPPED:
        return [(start, end)]
    spans: list[tuple[int, int]] = []
    at = start
    for line in text[start:end].splitlines(keepends=True):
        if line.strip():
            left = at + len(line) - len(line.lstrip())
            spans.append((left, left + len(line.strip())))
        at += len(line)
    return spans


def _chrome_zone(line: Line) -> Zone:
    """The zone of a line outside title, text and lists, by its words alone."""
    if line.has("consent"):
        return Zone.CONSENT
    if line.has("rights", "footer"):
        return Zone.FOOTER
    if line.has("crumbs"):
        return Zone.BREADCRUMB
    if line.slug or line.has("caption"):
        return Zone.CAPTION
    return Zone.FURNITURE if line.furniture else Zone.NAVIGATION


# -- above and around the headline ------------------------------------------------------------------------------------


def _zone_above(lines: Sequence[Line], zones: list[Zone], title: int) -> None:
    """Name breadcrumb, section label and byline block that stand above the headline."""
    zones[title] = Zone.TITLE
    named = False
    crumbs = " ".join(line.key for line in lines[:title] if line.has("crumbs"))
    for i in range(title - 1, max(-1, title - 7), -1):
        line = lines[i]
        if line.date and line.width < 110:
            zones[i] = Zone.BYLINE
        elif line.key == lines[title].key:
            zones[i] = Zone.TITLE
        elif not named and _is_label(line) and not line.bullet and not line.furniture:
            named = True
            zones[i] = Zone.SECTION if line.twins > 1 or line.key in crumbs else zones[i]


def _is_label(line: Line) -> bool:
    return line.width <= 40 and not line.stops and 0 < len(line.words) <= 5 and not line.has("share", "comments")


def _zone_head(lines: Sequence[Line], zones: list[Zone], title: int, start: int, end: int) -> int:
    """Name what stands between the headline and the first paragraph; gives that paragraph's line."""
    start = max(start, title + 1)
    byline = _last_byline(lines, title, start, end)
    if byline is not None:
        start = max(start, byline + 1)
    while start < end and not lines[start].prose and _is_head_matter(lines, start, title):
        start += 1
    for i in range(title + 1, min(start, len(lines))):
        zones[i] = _head_zone(lines, i, title, byline)
    return start


def _last_byline(lines: Sequence[Line], title: int, start: int, end: int) -> int | None:
    """The last line of date or author near the headline, with no more than a standfirst between the two."""
    found = None
    paragraphs = 0
    for i in range(title + 1, min(title + 1 + _HEAD_REACH, end, len(lines))):
        line = lines[i]
        if line.prose and not line.has("caption") and not _is_byline(line):
            paragraphs += 1
            if paragraphs > 2 or line.width > 420 or (i > start and line.width > 300):
                break
        elif _is_byline(line) and not line.furniture:
            found = i
    return found


def _is_byline(line: Line) -> bool:
    if line.width > 160 or line.stop > 0.34 or (line.stops and line.width > 110 and not line.date):
        return False
    if line.date or line.has("reading"):
        return line.width < 110 or line.has("byline", "reading") or (line.stop < 0.15 and line.lower <= 0.5)
    return line.has("byline") and 2 <= len(line.words) <= 12 and line.lower < 0.6 and not line.stops


def _is_head_matter(lines: Sequence[Line], i: int, title: int) -> bool:
    line = lines[i]
    if line.key == lines[title].key or line.slug or line.furniture or _is_byline(line):
        return True
    return line.has("caption") and line.width < 260


def _head_zone(lines: Sequence[Line], i: int, title: int, byline: int | None) -> Zone:
    line = lines[i]
    if line.key == lines[title].key and line.key:
        return Zone.TITLE
    if _is_byline(line):
        return Zone.BYLINE
    if line.slug or line.has("caption"):
        return Zone.CAPTION
    if line.furniture and line.width < 130:
        return _chrome_zone(line)
    if _is_nameish(line) and byline is not None and abs(i - byline) <= 4:
        return Zone.BYLINE
    if line.twins > 1:
        return Zone.CAPTION if line.width > 24 else Zone.FURNITURE
    if line.prose or line.width >= 40:
        return Zone.DEK if byline is None or i < byline or line.width >= 40 else Zone.CAPTION
    return Zone.BYLINE if _is_nameish(line) else Zone.FURNITURE


def _is_nameish(line: Line) -> bool:
    """Short, capitalised, no sentence: a person, an account, an agency."""
    return line.width <= 60 and 1 <= len(line.words) <= 6 and line.lower <= 0.5 and not line.stops and not line.bullet


# -- the text ---------------------------------------------------------------------------------------------------------


def _zone_body(lines: Sequence[Line], zones: list[Zone], start: int, end: int) -> None:
    # Looking for every line in all the text takes the square of the time: a book is compared by whole lines alone.
    whole = "\n".join(line.key for line in lines[start:end]) if end - start <= _MOST_COMPARED else ""
    copies = _copies(lines, start, end)
    listed = 0  # title-like lines still taken for a list behind "Read also"
    for i in range(start, end):
        line = lines[i]
        if line.has("related") and line.width < 150 and not (line.prose and line.width > 110):
            zones[i] = Zone.RELATED
            listed = 6 if line.width < 60 and not line.has("inline") else 0
        elif listed and not line.prose and not line.stops:
            zones[i] = Zone.RELATED
            listed -= 1
        else:
            listed = 0
            zones[i] = _body_zone(lines[i], whole, copies.get(i, 1))


def _copies(lines: Sequence[Line], start: int, end: int) -> dict[int, int]:
    """Of lines that come again far from each other the one that stays, and how many say the same.

    A heading stays rather than its entry in a list of contents, else the first.
    """
    places: dict[str, list[int]] = defaultdict(list)
    for i in range(start, end):
        if lines[i].twins > 1:
            places[lines[i].key].append(i)
    return {
        next((i for i in found if not lines[i].bullet), found[0]): len(found)
        for found in places.values()
        if all(later - earlier > _NEAR_TWINS for earlier, later in pairwise(found))
    }


def _body_zone(line: Line, whole: str, copies: int) -> Zone:
    """The zone of a line of the text, of which ``copies`` lines may say the same."""
    if line.width < 25 and line.text[-1] in ".?!" and line.text[-2:] != ".." and not line.has("related", "empty"):
        return Zone.BODY  # "No." answers a question here
    if (line.furniture or line.has("rights")) and not (line.prose and line.width > 130):
        return _chrome_zone(line)
    if line.slug or (line.has("caption") and line.width < 300):
        return Zone.CAPTION
    if 40 < line.width < 250 and (whole.count(line.key) if whole else line.twins) > copies:
        return Zone.CAPTION  # an alternative text and its caption, a quotation drawn from the text, a pitch said twice
    if line.twins > 2 and line.width < 45 and not line.text.rstrip().endswith((":", "?", ".", ",")):
        return Zone.FURNITURE
    return Zone.BODY


def _dated_inside(lines: Sequence[Line], start: int, end: int) -> int:
    """The only line among the first of the text that is a day and little else; 0 when there is none or several."""
    bare = [i for i in range(max(1, start), min(end, start + _HEAD_REACH)) if lines[i].date and lines[i].width < 50]
    return bare[0] if bare and bare[-1] - bare[0] < len(bare) else 0


# -- below the text ---------------------------------------------------------------------------------------------------


def _zone_tail(lines: Sequence[Line], zones: list[Zone], end: int) -> int:
    """Name sign-off, credit and licence lines below the last paragraph; gives the first line behind them."""
    if end == 0:
        return 0
    tail: list[int] = []
    for i in range(end, min(len(lines), end + _MOST_TAIL)):
        line = lines[i]
        if line.has("inline"):
            zones[i] = Zone.RELATED
            continue
        credit = line.has("credit") and line.width < 260
        if not credit and (line.furniture or line.date or line.bullet or line.slug or line.has("rights", "crumbs")):
            break
        if not credit and (line.width > 60 or len(line.words) > 7):
            break
        tail.append(i)
    loose = [i for i in tail if not lines[i].has("credit")]
    if len(loose) > 3:  # a menu or a list of names, not a signature
        last = max((i for i in tail if lines[i].has("credit")), default=end - 1)
        tail = [i for i in tail if i <= last]
    for i in tail:
        zones[i] = Zone.CAPTION if lines[i].has("caption") else Zone.TAIL
    return tail[-1] + 1 if tail else end


def _dated_below(lines: Sequence[Line], end: int) -> int:
    """The line right below the text that says when it appeared, where the head does not; 0 when there is none."""
    near = range(max(1, end), min(len(lines), end + _MOST_TAIL))
    for i in near:
        line = lines[i]
        if (line.has("related", "comments", "rights") and line.width < 150) or (line.prose and not line.date):
            return 0
        if line.date and line.width < 160:
            others = any(other.date for other in lines[i + 1 : i + 9])  # a list of articles
            return i if line.has("byline", "credit") or not (others or i > end + 1) else 0
    return 0


def _zone_below(lines: Sequence[Line], zones: list[Zone], bottom: int) -> None:
    """Name lists, comments and footer: a heading rules until the next one."""
    ruling: Zone | None = None
    for i in range(bottom, len(lines)):
        line = lines[i]
        if line.has("comments") and line.width < 120:
            ruling = Zone.COMMENTS
        elif line.has("related") and line.width < 150:
            ruling = Zone.RELATED
        elif line.has("footer", "rights") and line.width < 420:
            ruling = Zone.FOOTER
        zones[i] = ruling or (Zone.RELATED if line.date else _chrome_zone(line))
        if line.has("consent"):
            zones[i] = Zone.CONSENT
        if zones[i] is Zone.NAVIGATION:
            zones[i] = Zone.RELATED if line.width > 40 else Zone.FURNITURE


__all__ = ["clean", "fold", "zone_dump", "zone_lines"]
