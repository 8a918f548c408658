"""Which line of a dump is its headline: about what the text is about, set off from menus, often said twice.

Every line above the text gets a sum of the weights in ``WEIGHTS``; the heaviest is the headline. The weights were
fitted (conditional logit: which of the lines of a page is the one?) on 499 development pages and rounded.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from archiver.extract.chrome_lines import Line, content_words

WEIGHTS = {
    # what the line says
    "about": 3.5,  # times the share of its content words that the text uses, often used words more
    "about_many": 0.27,  # times the number of such words, up to eight
    "lead": 1.6,  # times the share of its content words in the first three paragraphs
    "echo": 0.6,  # said again on the page, alone or within a longer line
    "step": 1.6,  # a menu item or the end of a breadcrumb right above says the same
    "begins_another": -0.9,  # a longer line close by begins with it: an alternative text and its caption
    # where it stands
    "gap_above": 2.1,
    "date_below": 1.4,
    "byline_below": 1.3,
    "longer_below": 0.6,  # the next line is longer, and no button: a standfirst, a paragraph
    "menu_above": 0.6,  # the line above is the last of a list
    "prose_above": -0.4,
    "under_another": -0.7,  # one of the three lines above could be a headline too: a standfirst
    "inside": -2.1,  # below the first line of the text
    "away": -0.03,  # times the lines between it and the text, up to forty
    # its shape
    "up_to_13": -1.9,  # widths
    "up_to_23": -0.9,
    "over_90": -0.8,
    "over_140": -1.5,
    "over_200": -2.0,
    "sentence": -1.3,  # ends like a sentence
    "prose": -0.6,
    "colon": -1.2,
    "bullet": -3.1,
    "arrow": -1.4,  # "« Older post"
    "small": -0.8,  # begins with a small letter
    "lower": -0.7,  # few capitals: a sentence or a caption, in languages that write headlines with them
    "number": 0.8,
    "quotation": 1.5,  # begins with a quotation mark
    "glued": -0.8,
    "caption": -1.0,
    "credit": -0.9,
    "date": -1.4,
    # not fitted
    "first": 2.5,  # whoever copies an article without its page begins with the headline
    "site_label": -3.0,  # a few words that come back alone below the text are the site's, or a section's
}
_NO_TITLE = -3.0
_REACH = 300.0  # lines above the text a headline can be away from it
_MOST_LINES = 600
_FAR = 40.0  # lines beyond which it makes no difference
_WITHIN = 800  # characters of prose above a headline that the text swallowed
_DEEPEST = 30
_STEM = 5  # letters of a word that are compared: enough for "Aliyev's", "Bakının", "Алиевым"
_OFTEN = (0.0, 0.7, 0.9, 1.0)
_QUESTIONS = ("?", "!", "...", "…", "՞", "؟", "？")
_LEAD = 3
_HEAD = 8.0  # lines of head that an article copied without its page may have


class Headlines:
    """The lines of one page, asked for the headline of one run of text after the other."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        # What is the same over every text: that part of a line's score, and the beginnings of its content words.
        self._alone: dict[int, tuple[float, frozenset[str]]] = {}
        self._whole = "\n".join(line.key for line in lines if 20 <= line.width < 330)

    def find(self, start: int, end: int) -> tuple[int | None, float]:
        """The number of the headline's line, above or among the first of ``lines[start:end]``, and its score.

        The score tells how much like a headline over this very text the line is: about 0 to 14; below -3 there is none.
        """
        about, lead = _stems(self._lines, start, end)
        below = frozenset(line.key for line in self._lines[end:] if line.twins > 1)
        found: list[tuple[float, int]] = []
        for i, away in self._possible(start, end):
            if i not in self._alone:
                stems = frozenset(word[:_STEM] for word in content_words(self._lines[i].words))
                self._alone[i] = sum(_signs(self._lines, i)), stems
            alone, stems = self._alone[i]
            score = alone + _told(stems, about, lead) + WEIGHTS["away"] * min(away, _FAR)
            score += WEIGHTS["inside"] if i >= start else 0.0
            if i == 0 and away <= _HEAD:
                score += WEIGHTS["first"] * (1.0 if self._lines[i].width >= 20 else 0.5)
            score += WEIGHTS["site_label"] if _is_site_label(self._lines[i], below) else 0.0
            found.append((score, i))
        if not found:
            return None, _NO_TITLE
        hopeful = max(found)[0] - WEIGHTS["echo"]  # looking for echoes is dear
        found = [(s + WEIGHTS["echo"] if s >= hopeful and self._echoed(i, below) else s, i) for s, i in found]
        score, best = max(found)
        return (best, score) if score > _NO_TITLE else (None, _NO_TITLE)

    def _possible(self, start: int, end: int) -> Iterator[tuple[int, float]]:
        """The lines that may be the headline, from the text upwards, with the distance of each from the text."""
        away = 0.0
        for i in range(_deepest(self._lines, start, end), max(-1, start - _MOST_LINES), -1):
            line = self._lines[i]
            if i < start:
                away += _distance(line)
            if away > _REACH:
                return
            if away > _FAR and (line.bullet or not line.gap):
                continue  # an item of a menu
            if _is_possible(line) and not (i >= start and _is_paragraph(line, i > start)):
                yield i, away

    def _echoed(self, i: int, below: frozenset[str]) -> bool:
        line = self._lines[i]
        if line.width < 20 or line.bullet or _is_site_label(line, below):
            return False
        first = self._whole.find(line.key)
        return self._whole.find(line.key, first + 1) >= 0


def _deepest(lines: Sequence[Line], start: int, end: int) -> int:
    """The last line at the head of the text that may be the headline: not much prose precedes it."""
    prose = 0
    for i in range(start, min(end, start + _DEEPEST)):
        if lines[i].prose or lines[i].stops:
            prose += min(lines[i].width, 420)
        if prose > _WITHIN:
            return i
    return min(end, start + _DEEPEST, len(lines)) - 1


def _is_paragraph(line: Line, later: bool) -> bool:
    """True for a line of the text itself; one that ends like a question or comes back may yet be a headline."""
    if not line.prose or line.width <= 70 or line.twins > 1:
        return False
    if line.stops:
        return not line.text.endswith(_QUESTIONS)
    return later and (line.width > 200 or line.sentences > 0)


def _is_possible(line: Line) -> bool:
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


def _told(stems: frozenset[str], about: Counter[str], lead: frozenset[str]) -> float:
    """What the text has to do with a line of these words."""
    used = [_OFTEN[min(about[stem], 3)] for stem in stems if stem in about]
    size = len(stems) + 1.5
    share = WEIGHTS["about"] * sum(used) / size + WEIGHTS["lead"] * len(stems & lead) / size
    return share + WEIGHTS["about_many"] * min(8, len(used))


def _is_site_label(line: Line, below: frozenset[str]) -> bool:
    return line.twins > 1 and len(line.words) <= 4 and line.key in below


def _signs(lines: Sequence[Line], i: int) -> Iterator[float]:
    """What the line and those round it give, whatever the text."""
    line = lines[i]
    yield from (WEIGHTS[name] for name in _shape(line))
    if line.gap:
        yield WEIGHTS["gap_above"]
    if any(_could_stand(other) for other in lines[max(0, i - 3) : i]):
        yield WEIGHTS["under_another"]
    if i and lines[i - 1].bullet:
        yield WEIGHTS["menu_above"]
    if i and lines[i - 1].prose:
        yield WEIGHTS["prose_above"]
    yield from (WEIGHTS[name] for name in _below(line, lines[i + 1 : i + 6]))
    if len(line.key) >= 8:
        yield from (WEIGHTS[name] for name in _likenesses(line.key, lines, i))


def _below(line: Line, following: Sequence[Line]) -> Iterator[str]:
    if any(other.date for other in following):
        yield "date_below"
    if any(other.has("byline") for other in following[:4]):
        yield "byline_below"
    after = following[0] if following else line
    if after.width > line.width and after.width >= 60 and not after.bullet and not after.furniture:
        yield "longer_below"


def _likenesses(key: str, lines: Sequence[Line], i: int) -> Iterator[str]:
    above = lines[max(0, i - 6) : i]
    if any(other.key.endswith(key) and (other.bullet or len(other.key) > len(key)) for other in above):
        yield "step"
    near = (*above[-3:], *lines[i + 1 : i + 5])
    if any(len(other.key) > len(key) and other.key.startswith(key) for other in near):
        yield "begins_another"


def _could_stand(line: Line) -> bool:
    """True for a line of four words or more that neither ends like a sentence nor belongs to the furniture."""
    if line.width < 24 or len(line.words) < 4 or line.stops or line.bullet or line.date or line.slug:
        return False
    return not line.furniture and not line.has("crumbs", "caption", "byline")


def _shape(line: Line) -> Iterator[str]:
    """The names of the signs that the line alone gives."""
    widths = ((14, "up_to_13"), (24, "up_to_23"), (90, ""), (141, "over_90"), (201, "over_140"))
    yield from filter(None, [next((name for width, name in widths if line.width < width), "over_200")])
    if line.stops and not line.text.rstrip("\"'»”").endswith(_QUESTIONS):
        yield "sentence"
    yield from (name for name in ("caption", "credit") if line.has(name))
    yield from (name for name in ("prose", "bullet", "date") if getattr(line, name))
    if line.text.endswith((":", "：")):
        yield "colon"
    if line.joints and len(line.words) < 6:
        yield "glued"
    if line.lower > 0.6:
        yield "lower"
    if any(map(str.isdigit, line.text)):
        yield "number"
    yield from _edges(line.text)


def _edges(text: str) -> Iterator[str]:
    """The names of the signs that its first and last characters give."""
    if text[0].islower():
        yield "small"
    if text[0] in "\"“„«'‘":
        yield "quotation"
    if (text[0] in "«‹←<" and "»" not in text) or (text[-1] in "»›→>" and "«" not in text):
        yield "arrow"


def _stems(lines: Sequence[Line], start: int, end: int) -> tuple[Counter[str], frozenset[str]]:
    """The beginnings of the words of the text: in how many lines each stands, and those of its first paragraphs."""
    prose = [{word[:_STEM] for word in line.words} for line in lines[start:end] if line.prose or line.stops]
    about: Counter[str] = Counter()
    for stems in prose:
        about.update(stems)
    return about, frozenset().union(*prose[:_LEAD])
