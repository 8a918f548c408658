"""The source language, only where the words name it: "from the Russian", "с английского", "ingilis dilindən"."""

from functools import cache

from archiver.attribution.words import languages
from archiver.outlets.names import fold


def code_of(word: str) -> str | None:
    """The ISO 639-1 code of the language that ``word`` names in any case form, or None."""
    key, stems = fold(word), _stems()
    return next((stems[key[:end]] for end in range(len(key), 0, -1) if key[:end] in stems), None)


@cache
def _stems() -> dict[str, str]:
    found: dict[str, str] = {}
    for stem, code in languages():
        found.setdefault(fold(stem), code)
    return found
