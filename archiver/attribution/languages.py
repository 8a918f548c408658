"""The source language, only where the words name it: "from the Russian", "с английского", "ingilis dilindən"."""

from functools import cache

from archiver.attribution.words import languages
from archiver.outlets.names import fold


def code_of(word: str) -> str | None:
    """The ISO 639-1 code of the language that ``word`` names in any case form, or None."""
    key = fold(word)
    return next((code for stem, code in _stems() if key.startswith(stem)), None)


@cache
def _stems() -> tuple[tuple[str, str], ...]:
    return tuple((fold(stem), code) for stem, code in languages())
