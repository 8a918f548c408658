"""The lines of printed pages become paragraphs: what every page repeats goes to the end, broken words grow together.

A line belongs to the paragraph above it when it stands where the next line of that paragraph would stand, in the same
size of letters; over the end of a column or page, when the sentence goes on. Larger letters make headings, the largest
of the first page its headline.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from archiver.formats.paragraphs import Paragraph
from archiver.formats.pdf_lines import Leaf, Line

_EDGE = 0.12  # of the height of a page, above and below, where running heads and page numbers stand
_RIM = 0.055  # where nothing but these stands, also on a single page
_SAME_HEIGHT = 4.0  # points by which a running head may move from page to page
_REPEATED = 0.3  # of the pages; heads of left and right pages differ
_HEADING = 1.14  # times the size of running text
_LONGEST_HEADING = 300
_LOOSE = 1.3  # times the usual distance of lines: the next paragraph
_SHORT = 0.75  # of the longest line: one that ends before its column does
_STOPS = (".", "!", "?", "…", ":", "։", "۔", "؟", "。", "！", "？", "।")
_QUOTES = "\"'»”’)›」』"
_NUMBER = re.compile(r"\d{1,6}")
_PAGE_NUMBER = re.compile(
    r"(?:[^\W\d]{1,12}\.? ?)?[-–—(\[]{0,2} ?\d{1,4} ?[-–—)\]]{0,2}(?: ?(?:/|[^\W\d]{1,5}) ?\d{1,4})?"
)
_ADDRESS = re.compile(r"(?:https?://|file:///|about:)\S{0,2000}")
_COMPOUND = re.compile(r"(?<![^\W\d_])[^\W\d_]{1,40}-[^\W\d_]{1,40}")
_BROKEN = re.compile(r"[^\W\d_][-\u2010\u00ad]$")
_SPACELESS = (
    re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]"),
    re.compile(r"[\u0e00-\u0eff\u1780-\u17ff\u1000-\u109f]"),
)


def paragraphs(leaves: Sequence[Leaf]) -> list[Paragraph]:
    """What is printed on ``leaves`` as paragraphs: headings "h1", "h2", text "p", and "footer" for what is repeated."""
    furniture = _furniture(leaves)
    lines = [line for leaf in leaves for line in leaf.lines if line not in furniture]
    size = _usual_size(lines)
    groups = list(_grouped(lines, size))
    compounds = frozenset(match for line in lines for match in _COMPOUND.findall(line.text))
    headline = _headline(groups, size)
    told = [
        Paragraph(
            "h1" if i == headline else "h2" if _is_heading(group, size) else "p",
            ((_joined(group, compounds), None),),
            group[0].page,
        )
        for i, group in enumerate(groups)
    ]
    seen: dict[str, Line] = {}
    for leaf in leaves:
        for line in leaf.lines:
            if line in furniture:
                seen.setdefault(_NUMBER.sub("#", line.text), line)
    return [*told, *(Paragraph("footer", ((line.text, None),), line.page) for line in seen.values())]


# -- what every page repeats ------------------------------------------------------------------------------------------


def _furniture(leaves: Sequence[Leaf]) -> frozenset[Line]:
    """Running heads and page numbers: repeated at one height near an edge, or in the rim where only they stand."""
    places: defaultdict[str, list[Line]] = defaultdict(list)
    found: set[Line] = set()
    usual = _usual_size([line for leaf in leaves for line in leaf.lines])
    for leaf in leaves:
        height = max(1.0, leaf.top - leaf.bottom)
        for line in leaf.lines:
            above = (line.y - leaf.bottom) / height
            if min(above, 1 - above) <= _EDGE:
                places[_NUMBER.sub("#", line.text)].append(line)
            if min(above, 1 - above) <= _RIM and (_is_rim(line.text) or line.size < 0.85 * usual):
                found.add(line)
    for lines in places.values():
        sheets = len({line.page for line in lines})
        if sheets >= 2 and sheets >= _REPEATED * len(leaves):
            middle = median(line.y for line in lines)
            found.update(line for line in lines if abs(line.y - middle) <= _SAME_HEIGHT)
    return frozenset(found)


def _is_rim(text: str) -> bool:
    return bool(_PAGE_NUMBER.fullmatch(text[:60]) or _ADDRESS.fullmatch(text))


# -- lines to paragraphs ----------------------------------------------------------------------------------------------


def _usual_size(lines: Sequence[Line]) -> float:
    """The size of letters that most of the text is set in."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def _grouped(lines: Sequence[Line], usual: float) -> Iterator[list[Line]]:
    """Lines of one paragraph together."""
    distances = _distances(lines)
    longest = _longest(lines)
    group: list[Line] = []
    for line in lines:
        if group and not _goes_on(group, line, distances, longest, usual):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _distances(lines: Sequence[Line]) -> dict[float, float]:
    """For each size of letters, how far apart its lines usually stand."""
    found: defaultdict[float, Counter[float]] = defaultdict(Counter)
    for one, other in pairwise(lines):
        down = one.y - other.y
        if one.page == other.page and one.size == other.size and 0 < down < 3 * one.size:
            found[one.size][round(down * 2) / 2] += 1
    return {size: min(counted.items(), key=lambda item: (-item[1], item[0]))[0] for size, counted in found.items()}


def _longest(lines: Sequence[Line]) -> dict[tuple[float, float], int]:
    """For each size and left edge, the characters of a long line."""
    found: defaultdict[tuple[float, float], list[int]] = defaultdict(list)
    for line in lines:
        found[(line.size, round(line.x, -1))].append(len(line.text))
    return {key: sorted(lengths)[int(0.9 * len(lengths))] for key, lengths in found.items()}


def _goes_on(
    group: list[Line],
    line: Line,
    distances: dict[float, float],
    longest: dict[tuple[float, float], int],
    usual: float,
) -> bool:
    """True when ``line`` is the next line of the paragraph ``group``."""
    last = group[-1]
    if abs(last.size - line.size) > 0.06 * last.size or (last.bold != line.bold and last.size > 0.98 * usual):
        return False
    if last.size >= _HEADING * usual and sum(len(each.text) for each in group) > _LONGEST_HEADING:
        return False
    down = last.y - line.y
    full = longest.get((last.size, round(last.x, -1)), 0)
    ends = last.text.rstrip(_QUOTES).endswith(_STOPS)
    if last.page != line.page or down < -_SAME_HEIGHT:  # the next column or page
        if last.size >= _HEADING * usual:
            return False
        return (
            bool(_BROKEN.search(last.text)) or line.text[0].islower() or (not ends and len(last.text) >= _SHORT * full)
        )
    if down <= 0.2 * line.size:  # two pieces of one row: a table, a caption beside a picture
        return line.x > last.x and len(line.text) <= 2
    if down > _LOOSE * distances.get(line.size, 1.4 * line.size):
        return False
    if line.x - group[0].x > 0.7 * line.size and len(group) > 1 and ends:
        return False  # indented
    would_fit = len(last.text) + 1 + len(line.text.split(" ", 1)[0]) < _SHORT * full
    return line.text[0].islower() or not would_fit  # else the line was ended on purpose


# -- paragraphs to text -----------------------------------------------------------------------------------------------


def _headline(groups: Sequence[list[Line]], usual: float) -> int | None:
    """The place of the group in the largest letters of the first page, if they are larger than running text."""
    first = groups[0][0].page if groups else 0
    large = [
        (group[0].size, -i)
        for i, group in enumerate(groups)
        if group[0].page == first and _is_heading(group, usual) and any(c.isalpha() for c in group[0].text)
    ]
    return -max(large)[1] if large else None


def _is_heading(group: list[Line], usual: float) -> bool:
    return group[0].size >= _HEADING * usual and sum(len(line.text) for line in group) <= _LONGEST_HEADING


def _joined(group: Sequence[Line], compounds: frozenset[str]) -> str:
    """The text of lines as one: words broken at their ends whole again, no space where a script writes none."""
    out = [group[0].text]
    for last, line in pairwise(group):
        if _BROKEN.search(last.text[-2:]) and line.text[0].islower():
            if not _is_compound(last.text, line.text, compounds):
                out[-1] = out[-1][:-1]
        elif not any(script.match(last.text[-1]) and script.match(line.text[0]) for script in _SPACELESS):
            out.append(" ")
        out.append(line.text)
    return "".join(out).replace("\u00ad", "")


def _is_compound(text: str, rest: str, compounds: frozenset[str]) -> bool:
    """True for a word that the text elsewhere writes with the hyphen at which it is broken here."""
    start = re.search(r"[^\W\d_]{1,40}$", text[-41:-1])
    end = re.match(r"[^\W\d_]{1,40}", rest)
    return bool(start and end and f"{start[0]}-{end[0]}" in compounds)
