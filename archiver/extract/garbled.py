"""A text that was decoded wrongly before it came here is named: its letters are those of its bytes, not those meant.

UTF-8 that some program read as another encoding and saved again ("cafÃ©", "donâ€™t", "РџСЂРёРІРµС‚") is sound UTF-8:
no decoder notices. It is told by going the same way back: a line that one encoding can write, and whose bytes then are
UTF-8. Letters that stand for themselves are no UTF-8 on that way. Nothing is repaired: what the page shows is evidence.
"""

import codecs
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import Any

# What programs took UTF-8 for, most usual first; windows-1252 as browsers have it, with control characters in its gaps.
_READ_AS = ("cp1252", "cp1251", "cp1250", "cp1254", "mac_roman", "latin_1")
_PROBED, _SAMPLED = 12, 200  # lines beyond ASCII that give the quick answer, and characters of each
_MOST_LINES = 200
_LONGEST_LINE = 2_000
_LEAST = 5  # characters that came back
_TIMES = 4  # as many as those that did not
_LINES = 3
_EXAMPLE = 30
_UNLIKELY = frozenset({"Cc", "Cn", "Co", "Cs"})  # categories of characters that no text had


def double_encoded(text: str) -> tuple[str, ...]:
    """A note, with an example, when ``text`` looks double-encoded in most places where it leaves ASCII; else ()."""
    if text.isascii():
        return ()
    lines = [line[:_LONGEST_LINE] for line in text.split("\n") if not line.isascii()][:_MOST_LINES]
    sample = "\n".join(line[:_SAMPLED] for line in lines[:_PROBED])
    for codec in _READ_AS:
        if _may_be(sample, codec) and (example := _garbled(lines, codec)):
            note = f"UTF-8 that was read as {codec} once, such as {example}; not repaired"
            return (f"the text looks double-encoded: {note}",)
    return ()


def _may_be(sample: str, codec: str) -> bool:
    """False when next to nothing of ``sample`` comes back: the quick answer for nearly all texts."""
    raw, _ = codecs.charmap_encode(sample, "ignore", _table(codec))
    meant = raw.decode("utf-8", "ignore")
    return len(meant) - len(meant.encode("ascii", "ignore")) >= _LINES


def _garbled(text: Sequence[str], codec: str) -> str | None:
    """The first garbled word of lines garbled by ``codec`` and what it may have been; None for a sound text."""
    back = other = inside = lines = 0
    example: str | None = None
    for line in text:
        meant, lost = _back(line, codec)
        came = [at for at, character in enumerate(meant) if character > "\x7f" and character != "\ufffd"]
        came = [at for at in came if unicodedata.category(meant[at]) not in _UNLIKELY]
        if came:
            back += len(came)
            inside += sum(_in_word(meant, at) for at in came)
            lines += 1
            example = example or _example(meant, next((at for at in came if _in_word(meant, at)), came[0]), codec)
        other += meant.count("\ufffd") + lost
    enough = back >= _LEAST and lines >= _LINES and back >= _TIMES * other
    return example if enough and inside * 2 >= back else None


def _back(line: str, codec: str) -> tuple[str, int]:
    """``line`` written in ``codec`` and read as UTF-8, and how many of its characters ``codec`` does not have."""
    raw, _ = codecs.charmap_encode(line, "replace", _table(codec))
    lost = raw.count(b"?") - line.count("?")
    return raw.decode("utf-8", "replace"), lost


@cache
def _letters(codec: str) -> str:
    """The 256 characters of ``codec``; bytes that it leaves undefined are control characters, as browsers have it."""
    return "".join(bytes([byte]).decode(codec, "ignore") or chr(byte) for byte in range(256))


@cache
def _table(codec: str) -> Any:
    return codecs.charmap_build(_letters(codec))


def _in_word(meant: str, at: int) -> bool:
    """True for a letter or sign that touches a letter or digit: examples of garbled letters stand alone."""
    return meant[at - 1 : at].isalnum() or meant[at + 1 : at + 2].isalnum()


def _example(meant: str, at: int, codec: str) -> str:
    start = meant.rfind(" ", max(0, at - _EXAMPLE), at) + 1 or max(0, at - _EXAMPLE)
    end = meant.find(" ", at, at + _EXAMPLE)
    word = meant[start : end if end > 0 else at + _EXAMPLE]
    shown = "".join(_letters(codec)[byte] for byte in word.encode())
    return f"{shown!r} for {word!r}"
