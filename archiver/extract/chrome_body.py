"""Where on a page of lines the article stands: the run that gains most from prose and loses least to furniture.

The idea is Kohlschütter, Fankhauser, Nejdl, "Boilerplate Detection using Shallow Text Features" (WSDM 2010), with a
maximum-sum run (Kadane) instead of a trained classifier: every weight below can be read and argued with.
"""

from collections import Counter
from collections.abc import Sequence

from archiver.extract.chrome_lines import Line

_MOST = 420  # one long paragraph may not outweigh a page
_APPENDIX = 0.3
_LATE = 0.85
_THINNER = 0.5
_MOST_RUNS = 5
_LEAST = 60.0  # gain of a run that counts: one sentence
_BEGUN = 0.15  # share of the page's prose behind which a heading such as "Related" can end the text
_FENCE = -1_000_000  # never run across


def find_bodies(lines: Sequence[Line]) -> list[tuple[int, int, float]]:
    """The runs that may be the article's text, as (first line, one past the last, gain), the richest first.

    Title and byline may stand inside the first few lines. The list is never empty for a page with lines; a page
    without any prose has one run: everything but the furniture at its ends.
    """
    gains = line_gains(lines)
    found: list[tuple[int, int, float]] = []
    places = [(0, len(lines))]
    while places and len(found) < _MOST_RUNS:
        first, last = places.pop(0)
        start, end, total = _best_run(gains, first, last)
        if total < _LEAST:
            continue
        places += [(first, start), (end, last)]
        start, end = _trim(lines, gains, start, end)
        found.append((start, end, total))
    found.sort(key=lambda run: -run[2])
    return found or [(*_without_prose(lines), 0.0)]


def line_gains(lines: Sequence[Line]) -> list[float]:
    """What each line adds to the run it stands in: about its width for prose, a small loss for short lines."""
    gains: list[float] = []
    seen: Counter[str] = Counter()
    listed = False  # behind a heading such as "Related": prose there is mostly teasers
    prose_before = 0.0
    prose_total = sum(min(line.width, _MOST) for line in lines if line.prose)
    for i, line in enumerate(lines):
        gain = _gain(line)
        if line.has("comments") and line.width < 90 and prose_before > 0.25 * prose_total > 0:
            gain = _FENCE
        begun = prose_before > _BEGUN * prose_total
        if begun and _closes(line):
            gain = _FENCE
        if line.has("related") and line.width < 60 and not line.has("inline"):
            listed = begun
            gain -= 60
        if gain > 0 and listed:
            if i + 1 < len(lines) and _solid(line) and (_solid(lines[i + 1]) or line.width > 350):
                listed = False
            else:
                gain *= 0.25
        if gain > 0 and seen[line.key]:
            gain = -20.0  # the same sentence again: an alt text and its caption, a teaser twice
        seen[line.key] += 1
        if line.prose and gain > 0:
            prose_before += min(line.width, _MOST)
        gains.append(gain)
    return gains


def _closes(line: Line) -> bool:
    """True for the line of rights at the foot of a page; "© Agency" under a picture is none."""
    return line.has("rights") and line.has("footer") and line.width < 200


def _solid(line: Line) -> bool:
    return line.prose and line.width >= 110


def _gain(line: Line) -> float:
    if line.has("inline"):
        return -20.0
    if line.has("consent"):
        return -120.0
    if line.has("rights") and line.width < 160:
        return -250.0
    if line.has("footer"):
        return -120.0
    if line.has("form", "share", "counter") and not (line.prose and line.width > 130):
        return -60.0
    if line.has("caption") and line.width < 260:
        return -15.0
    if line.prose:
        return float(min(line.width, _MOST))
    if line.slug:
        return -40.0
    if line.stops and line.width >= 12 and (line.stop >= 0.06 or line.lower >= 0.5):
        return 0.5 * line.width
    if line.date:
        return -40.0
    if line.bullet:
        return -30.0 if line.width < 70 or line.stop < 0.1 else 10.0
    if line.width >= 90 and line.stop >= 0.2:
        return 0.3 * line.width
    return -25.0


def _best_run(gains: Sequence[float], first: int, last: int) -> tuple[int, int, float]:
    best = (first, first, 0.0)
    start, total = first, 0.0
    for i in range(first, last):
        if total <= 0:
            start, total = i, 0.0
        total += gains[i]
        if total > best[2]:
            best = (start, i + 1, total)
    return best


def _without_prose(lines: Sequence[Line]) -> tuple[int, int]:
    """A poem, a list, one line of news: everything that no word list calls furniture."""
    start, end = 0, len(lines)
    while start < end and (lines[start].furniture or lines[start].slug):
        start += 1
    for i in range(start, end):
        if lines[i].has("comments", "related", "rights") and i > start:
            return start, i
    return start, end


def _trim(lines: Sequence[Line], gains: Sequence[float], start: int, end: int) -> tuple[int, int]:
    """Cut away ends that are prose but not the article's: consent texts, teasers behind a heading."""
    while start < end and (gains[start] <= 0 or lines[start].has("consent")):
        start += 1
    while end > start and gains[end - 1] <= 0:
        end -= 1
    end = _without_appendix(lines, gains, start, end)
    return start, _without_biography(lines, gains, start, end)


def _without_appendix(lines: Sequence[Line], gains: Sequence[float], start: int, end: int) -> int:
    """The end of the text without what follows a piece of furniture and is much thinner than what precedes it."""
    prose = [max(0.0, gain) for gain in gains[start:end]]
    whole, before = sum(prose), 0.0
    for i in range(start, end):
        after = whole - before
        if i > start + 2 and lines[i].furniture and lines[i].width < 90 and after < _APPENDIX * before:
            thick, thin = before / (i - start), after / (end - i)
            if thin < _THINNER * thick:
                while i > start and gains[i - 1] <= 0:
                    i -= 1
                return i
        before += prose[i - start]
    return end


def _without_biography(lines: Sequence[Line], gains: Sequence[float], start: int, end: int) -> int:
    """The end of the text without the author's box: a name alone, then a paragraph that begins with that name."""
    whole, before = sum(max(0.0, gain) for gain in gains[start:end]), 0.0
    for i in range(start, end - 1):
        before += max(0.0, gains[i])
        if before < _LATE * whole or not (2 <= len(lines[i].words) <= 5) or lines[i].width > 50 or lines[i].stops:
            continue
        box = lines[i + 1 : min(i + 5, end)]
        if any(line.prose and line.words[:2] == lines[i].words[:2] for line in box):
            while i > start and gains[i - 1] <= 0:
                i -= 1
            return i
    return end
