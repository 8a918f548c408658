"""Which line of a dump is its headline: near the text, about what the text is about, and often said more than once."""

from collections import Counter
from collections.abc import Sequence

from archiver.extract.chrome_lines import Line

_REACH = 45  # lines above the text a headline can be away from it
_STEM = 5  # letters of a word that are compared: enough for "Aliyev's", "Bakının", "Алиевым"


def find_title(lines: Sequence[Line], start: int, end: int) -> int | None:
    """The number of the headline's line, above or among the first lines of the text ``lines[start:end]``."""
    about = _stems(lines, start, end)
    breadcrumbs = [line for line in lines[:start] if line.has("crumbs")]
    best: tuple[float, int] | None = None
    away = 0.0
    for i in range(min(start + _inside(lines, start, end), len(lines)) - 1, -1, -1):
        line = lines[i]
        if i < start:
            away += _distance(line)
        if start - i > 4 * _REACH or away > _REACH:
            break
        if not _possible(line):
            continue
        score = _score(lines, i, about, breadcrumbs) - min(0.06 * away, 4.0)
        if best is None or score > best[0]:
            best = (score, i)
    return best[1] if best is not None and best[0] > -2.0 else None


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
    return not (line.date and line.width < 70 and len(line.words) < 9)


def _distance(line: Line) -> float:
    """What stands between a headline and the text counts little when it is byline, date, caption or share button."""
    if line.date or line.slug or line.has("byline", "share", "reading", "caption", "form", "counter", "empty"):
        return 0.25
    return 0.6 if line.width < 4 else 1.0


def _score(lines: Sequence[Line], i: int, about: Counter[str], breadcrumbs: Sequence[Line]) -> float:
    line = lines[i]
    score = _about(line, about) * 7.0
    if 24 <= line.width <= 140:
        score += 1.5
    elif line.width < 14 or line.width > 220:
        score -= 2.0
    if line.stops and not line.text.rstrip("\"'»”").endswith(("?", "!", "...", "…")):
        score -= 3.0 if line.prose else 2.0
    if line.bullet:
        score -= 2.5
    if line.has("caption"):
        score -= 3.0
    if line.has("byline", "related"):
        score -= 1.5
    if line.twins > 1 and line.width >= 24 and not line.bullet:
        score += 1.5
    if any(crumbs.key.endswith(line.key) for crumbs in breadcrumbs if len(line.key) > 8):
        score += 4.0
    if any(other.date or other.has("reading") for other in lines[i + 1 : i + 6]):
        score += 1.0
    if i == 0 or all(other.furniture for other in lines[max(0, i - 2) : i]):
        score += 1.0
    return score


def _about(line: Line, about: Counter[str]) -> float:
    """The share of the line's longer words that the text uses too."""
    stems = {word[:_STEM] for word in line.words if len(word) > 3} or {word for word in line.words if len(word) > 1}
    return sum(1 for stem in stems if about[stem]) / (len(stems) + 1.5)


def _stems(lines: Sequence[Line], start: int, end: int) -> Counter[str]:
    return Counter(word[:_STEM] for line in lines[start:end] if line.prose or line.stops for word in set(line.words))
