"""Values from outside, made fit to stand in a sentence: short, on one line, with nothing hidden in them."""

import unicodedata

_MOST = 90
# Half-spaces that Persian, Indian and Arabic-script spelling needs; they cannot reorder or hide a word.
_PART_OF_SPELLING = frozenset("\u200c\u200d")


def quoted(value: str) -> str:
    """``value`` in quotation marks, cut at a readable length, invisible characters written as <U+202E>."""
    line = " ".join(value.split())
    short = line if len(line) <= _MOST else line[: _MOST - 1].rstrip() + "…"
    return "“" + "".join(_visible(c) for c in short) + "”"


def _visible(character: str) -> str:
    hidden = unicodedata.category(character) in {"Cc", "Cf", "Co", "Cs", "Cn"} and character not in _PART_OF_SPELLING
    return f"<U+{ord(character):04X}>" if hidden else character


def count(number: int, thing: str, things: str | None = None) -> str:
    """``1 date`` or ``3 dates``."""
    return f"{number:,} {thing if number == 1 else things or thing + 's'}"
