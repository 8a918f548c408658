"""Which line of a dump is its headline: near the text, about what the text is about, and often said more than once.

Every line above the text gets a sum of the weights in ``WEIGHTS``; the heaviest is the headline. The weights were
fitted (conditional logit: which of the lines of a page is the one?) on 751 development pages and rounded.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from archiver.extract.chrome_lines import Line, content_words

WEIGHTS = {
    "about": 4.4,  # times the share of its content words that the text uses, often used words more
    "about_many": 0.15,  # times the number of such words, up to eight
    "echo": 1.1,  # said again on the page, alone or within a longer line
    "breadcrumb": 1.0,  # the last step of a breadcrumb
    "gap_above": 1.4,
    "gap_below": 0.9,
    "date_below": 1.35,
    "byline_below": 0.9,
    "up_to_13": -1.9,  # widths
    "up_to_23": -0.8,
    "over_140": -1.4,
    "over_200": -1.2,
    "sentence": -1.9,  # ends like a sentence
    "prose": -1.0,
    "colon": -0.9,
    "bullet": -2.3,
    "caption": -1.6,
    "byline": -1.0,
    "date": -0.75,
    "glued": -0.6,
    "names_only": -0.45,  # no function word in it
    "first": 2.5,  # not fitted: whoever copies an article without its page begins with the headline
    "site_label": -3.0,  # not fitted: a few words that come back alone below the text are the site's, or a section's
    "under_another": -1.1,  # the line above could be a headline too: a standfirst
    "inside": -1.5,  # below the first line of the text
    "away": -0.043,  # times the lines between it and the text
}
_NO_TITLE = -3.0
_REACH = 45  # lines above the text a headline can be away from it
_STEM = 5  # letters of a word that are compared: enough for "Aliyev's", "Bakının", "Алиевым"
_OFTEN = (0.0, 0.7, 0.9, 1.0)
_QUESTIONS = ("?", "!", "...", "…", "՞", "؟", "？")


def find_title(lines: Sequence[Line], start: int, end: int) -> tuple[int | None, float]:
    """The number of the headline's line, above or among the first of the text ``lines[start:end]``, and its score.

    The score tells how much like a headline over this very text the line is: about 0 to 12; below -3 there is none.
    """
    about = _stems(lines, start, end)
    crumbs = [line.key for line in lines[:start] if line.has("crumbs")]
    below = frozenset(line.key for line in lines[end:] if line.twins > 1)
    keys = [line.key for line in lines if 20 <= line.width < 330]
    best: tuple[float, int] | None = None
    away = 0.0
    for i in range(min(start + _inside(lines, start, end), len(lines)) - 1, -1, -1):
        if i < start:
            away += _distance(lines[i])
        if start - i > 4 * _REACH or away > _REACH:
            break
        if not _possible(lines[i]) or (i >= start and _is_paragraph(lines[i], i > start)):
            continue
        score = sum(_signs(lines, i, about, keys, crumbs, below)) + WEIGHTS["away"] * min(away, 40.0)
        score += WEIGHTS["inside"] if i >= start else 0.0
        if best is None or score > best[0]:
            best = (score, i)
    if best is None or best[0] <= _NO_TITLE:
        return None, _NO_TITLE
    return best[1], best[0]


def _is_paragraph(line: Line, later: bool) -> bool:
    """True for a line of the text itself; its first line may yet be a headline that ends like a question."""
    return line.prose and line.width > 70 and (later or (line.stops and not line.text.endswith(_QUESTIONS)))


def _inside(lines: Sequence[Line], start: int, end: int) -> int:
    """How many lines at the head of the text may be the headline: up to the first that is surely a paragraph."""
    for offset in range(min(4, end - start)):
        if lines[start + offset].prose and lines[start + offset].width > 150:
            return offset
    return min(4, end - start)


def _possible(line: Line) -> bool:
    if line.width < 8 or line.width > 330 or line.slug or not line.key:
        return False
    if line.has("consent", "counter", "rights", "crumbs", "reading") or (line.furniture and line.width < 40):
        return False
    if line.has("caption") and line.prose:
        return False
    return not (line.date and line.width < 70 and len(line.words) < 9)


def _distance(line: Line) -> float:
    """What stands between a headline and the text counts little when it is byline, date, caption or share button."""
    if line.date or line.slug or line.has("byline", "share", "reading", "caption", "form", "counter", "empty"):
        return 0.25
    return 0.6 if line.width < 4 else 1.0


def _signs(
    lines: Sequence[Line],
    i: int,
    about: Counter[str],
    keys: Sequence[str],
    crumbs: Sequence[str],
    below: frozenset[str],
) -> Iterator[float]:
    line = lines[i]
    stems = {word[:_STEM] for word in content_words(line.words)}
    yield WEIGHTS["about"] * sum(_OFTEN[min(about[stem], 3)] for stem in stems) / (len(stems) + 1.5)
    yield WEIGHTS["about_many"] * min(8, sum(1 for stem in stems if about[stem]))
    yield from (WEIGHTS[name] for name in _shape(line))
    if line.twins > 1 and len(line.words) <= 4 and line.key in below:
        yield WEIGHTS["site_label"]
    elif line.width >= 20 and not line.bullet and sum(line.key in key for key in keys) > 1:
        yield WEIGHTS["echo"]
    if len(line.key) > 8 and any(key.endswith(line.key) for key in crumbs):
        yield WEIGHTS["breadcrumb"]
    if i == 0:
        yield WEIGHTS["first"] * (1.0 if line.width >= 20 else 0.5)
    if i and _could_stand(lines[i - 1]):
        yield WEIGHTS["under_another"]
    if line.gap:
        yield WEIGHTS["gap_above"]
    if i + 1 < len(lines) and lines[i + 1].gap:
        yield WEIGHTS["gap_below"]
    if any(other.date for other in lines[i + 1 : i + 6]):
        yield WEIGHTS["date_below"]
    if any(other.has("byline") for other in lines[i + 1 : i + 5]):
        yield WEIGHTS["byline_below"]


def _could_stand(line: Line) -> bool:
    """True for a line of four words or more that neither ends like a sentence nor belongs to the furniture."""
    if line.width < 24 or len(line.words) < 4 or line.stops or line.bullet or line.date or line.slug:
        return False
    return not line.furniture and not line.has("crumbs", "caption", "byline")


def _shape(line: Line) -> Iterator[str]:
    """The names of the signs that the line alone gives."""
    widths = ((14, "up_to_13"), (24, "up_to_23"), (141, ""), (201, "over_140"))
    yield from filter(None, [next((name for width, name in widths if line.width < width), "over_200")])
    if line.stops and not line.text.rstrip("\"'»”").endswith(_QUESTIONS):
        yield "sentence"
    yield from (name for name in ("caption", "byline") if line.has(name))
    yield from (name for name in ("prose", "bullet", "date") if getattr(line, name))
    if line.text.rstrip().endswith((":", "：")):
        yield "colon"
    if line.joints and len(line.words) < 6:
        yield "glued"
    if line.stop == 0:
        yield "names_only"


def _stems(lines: Sequence[Line], start: int, end: int) -> Counter[str]:
    prose = (line for line in lines[start:end] if line.prose or line.stops)
    return Counter(word[:_STEM] for line in prose for word in set(line.words))
