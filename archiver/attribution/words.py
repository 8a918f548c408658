"""The small word lists of ``words.toml``, read once."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def word_list(name: str) -> frozenset[str]:
    """The words of the list ``name``."""
    return frozenset(str(_data()[name]).split())


@cache
def lines(name: str) -> frozenset[str]:
    """The entries of the list ``name`` whose entries may hold spaces, in lower case."""
    return frozenset(str(_data()[name]).replace("\n", "|").casefold().split("|"))


@cache
def languages() -> tuple[tuple[str, str], ...]:
    """(stem of a language's name, its ISO 639-1 code), the longest stems first."""
    table: dict[str, str] = _data()["languages"]
    pairs = [(stem, code) for code, stems in table.items() for stem in stems.split()]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("archiver.attribution").joinpath("words.toml").read_text(encoding="utf-8"))
