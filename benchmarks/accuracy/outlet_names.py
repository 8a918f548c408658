"""Two names of a site are the same if only their spelling differs: case, accents, article, web address or not."""

import re
from collections.abc import Iterable

from benchmarks.accuracy.words import tidy, without_marks

_ADDRESS = re.compile(r"^(?:https?://)?(?:www\.)?")
_ENDING = re.compile(r"\.(?:com|org|net|gov|edu|info|news|tv|com\.[a-z]{2}|co\.[a-z]{2}|[a-z]{2})$")
_ARTICLE = re.compile(r"^(?:the|der|die|das|le|la|el) ")
_NO_LETTER = re.compile(r"[\W_]+")


def same_site(answer: str, truths: Iterable[str]) -> bool:
    """Whether ``answer`` is one of the names in ``truths``; the ending of a web address may be left out on one side."""
    whole, bare = _key(answer), _key(_without_ending(answer))
    if not whole:
        return False
    return any(whole in {_key(truth), _key(_without_ending(truth))} or bare == _key(truth) for truth in truths)


def _plain(name: str) -> str:
    return without_marks(_ADDRESS.sub("", tidy(name, "NFKC").casefold()).rstrip("/"))


def _without_ending(name: str) -> str:
    return _ENDING.sub("", _plain(name))


def _key(name: str) -> str:
    return _NO_LETTER.sub("", _ARTICLE.sub("", _plain(name)))
