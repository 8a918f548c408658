"""Who is cited is an outlet: one that is known, one with an address, or one that the words themselves call so.

Whoever speaks in an article (a mayor, a ministry, "the cheese") is quoted by its author, not its source: a name that
nobody knows is a citation only when a word for a newspaper, an agency or the like is part of it or stands beside it.
"""

import re

from archiver.attribution.mentions import Mention
from archiver.attribution.printed import Printed
from archiver.attribution.words import word_list
from archiver.outlets.names import begins_like_a_name, fold

_WORD = re.compile(r"[^\W\d_][\w-]{1,40}")
_BESIDE = 40  # characters on either side of a name in which the word for what it is may stand


def cites_outlet(mention: Mention, text: str) -> bool:
    """True when the name of ``mention``, at its place in ``text``, is that of an outlet."""
    name = mention.name
    if name is None or not any(letter.isalpha() for letter in name.text):
        return False
    if name.found.known or name.domain:
        return True
    if not begins_like_a_name(name.text):
        return False
    block = mention.line.block
    return says_outlet_beside(name, text, block.start, block.end)


def says_outlet_beside(name: Printed, text: str, start: int, end: int) -> bool:
    """True when a word for an outlet is part of ``name`` or stands beside it in ``text[start:end]``."""
    before = _WORD.findall(text, max(start, name.start - _BESIDE), name.start)[-1:]
    after = _WORD.findall(text, name.end, min(end, name.end + _BESIDE))[:1]
    words = _WORD.findall(name.text)
    return _tells_kind([*words[:1], *words[-1:], *before, *after])


def calls_itself_outlet(name: str) -> bool:
    """True when the first or the last word of ``name`` is one for an outlet: "Harbour Times", "Газета Порт"."""
    words = _WORD.findall(name)
    return len(words) > 1 and begins_like_a_name(name) and _tells_kind([words[0], words[-1]])


def _tells_kind(words: list[str]) -> bool:
    """True when one of ``words`` is a word for an outlet, or is built with one ("Abendzeitung")."""
    return any((key := fold(word)) in _words() or any(stem in key for stem in _stems()) for word in words)


def _words() -> frozenset[str]:
    return word_list("outlet_words")


def _stems() -> frozenset[str]:
    return word_list("outlet_stems")
