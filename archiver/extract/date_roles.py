"""What a label beside a date says the date is of: publication, a change, or another text."""

import re
from collections.abc import Iterator

from archiver.extract.date_words import fold, role_words

_WINDOW = 48
_LONGEST_GAP = 30
_LONGEST_LINE = 80
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_SMALL_WORDS = "on|at|am|le|el|il|em|op|the|um|den|в|o|ob|dne|la|pe|på|ημ|date|time|uhr|tarihi?|vaxtı"
_BETWEEN = re.compile(
    rf"(?:[\s:：,.|•·\-–—()]|\d{{1,2}}:\d\d|(?:{_SMALL_WORDS})(?=[\s:.])|[^\W\d_]{{2,30}}+[,.]?\s?){{0,8}}"
)
_CLOCK_BEHIND = re.compile(r"^[\s,|]{0,3}\d{1,2}(?::|時|시)\s?\d\d(?:分|분)?")
_BARE_YEAR = re.compile(r"(?<![\d.,/:\-–©$€£№#])(?:19|20)\d\d(?![\d.,/:\-–%]?\d|%)")
_REVIEWS = frozenset({"reviewed"})  # by a physician, or the record that a critic reviewed
_COPYRIGHT = re.compile(
    r"©|\(c\)|copyright|все права|all rights|hüquqlar|hakları|rechte vorbehalten|droits réservés|bản quyền|版权|著作権"
)


def role_of(flat: str, start: int, end: int, low: int, high: int) -> str | None:
    """What a label right before the date (or right behind it) says it is, the nearest label first.

    ``low`` and ``high`` are where the neighbouring dates end and start, in the flattened text.
    """
    folded = " " + fold(flat[max(low, start - _WINDOW) : start])
    best: tuple[int, str] | None = None
    words = role_words()
    for at in _word_starts(folded):
        for word, role in words.starting(folded, at):
            end = at + len(word)
            if (best is None or end > best[0]) and folded.rfind(word) == at and _is_label(folded[end:]):
                best = (end, role)
    return best[1] if best else _role_behind(flat, end, high)


def role_of_heading(line: str) -> str | None:
    """What a line that is nothing but a label, such as "Updated:", says of the date on the next line.

    One word alone needs its colon: rubrics are called "Update" and "Date" too.
    """
    words = fold(line).strip(" |•·*()-–—")
    bare = words.rstrip(": ")
    if (bare == words and " " not in bare) or bare in _REVIEWS:
        return None
    return next((role for word, role in role_words().starting(bare, 0) if word.rstrip(":") == bare), None)


def _word_starts(folded: str) -> Iterator[int]:
    """The places in ``folded``, which opens with a space, where a word can start."""
    return (at for at in range(1, len(folded)) if not folded[at - 1].isalnum() and not folded[at].isspace())


def _role_behind(flat: str, end: int, high: int) -> str | None:
    """Between two dates a label speaks of the second; only scripts without spaces print it behind the first."""
    behind = fold(flat[end : min(high, end + 24)])
    behind = _CLOCK_BEHIND.sub("", behind).lstrip(" ,|()")
    alone = high == len(flat)
    words = (pair for pair in role_words().after if alone or pair[0][0] >= "\u2e80")
    return next((role for word, role in words if behind.startswith(word)), None)


def _is_label(rest: str) -> bool:
    """True when only separators, a weekday, a clock or small words part a label from its date."""
    if len(rest) > _LONGEST_GAP or len(_LONG_WORD.findall(rest)) > 1:
        return False
    return _BETWEEN.fullmatch(rest) is not None


def year_alone(flat: str) -> tuple[int, int] | None:
    """Where the one bare year of a line stands that a label of publication opens and the year closes, else None."""
    if len(flat) > _LONGEST_LINE:
        return None
    years = list(_BARE_YEAR.finditer(flat))
    if len(years) != 1 or flat[years[0].end() :].strip(" .)") or _COPYRIGHT.search(flat):
        return None
    line = fold(flat[: years[0].start()]).lstrip(" (")
    opening = role_words().starting(line, 0)
    label = next((role for word, role in opening if not line[len(word) : len(word) + 1].isalpha()), None)
    return years[0].span() if label == "published" else None
