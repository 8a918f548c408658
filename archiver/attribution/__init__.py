"""Where a text says it came from, read by place and grammar, decided by identity, shown with its words.

::

    own = Own(names=frozenset({"Morning Post"}), domains=frozenset({"post.example"}))
    candidates(page, own, "en", registry)     # origins, citations, self-credits, each with its quote and weight

`licence` reads on what terms the text may be used, `masthead` who published the page. How firmly each wording
and shape speaks at each place is published in `weights`; the wordings themselves lie in ``wording/<lang>.toml``.
"""

from collections.abc import Iterable
from functools import cache

from archiver.attribution import cut_off, datelines, in_any_order, said, signed, unworded
from archiver.attribution.areas import lines_of
from archiver.attribution.edges import candidates_of
from archiver.attribution.identity import Own, Self
from archiver.attribution.mentions import Context
from archiver.attribution.phrases import Phrase, load_phrases, packaged_phrases
from archiver.attribution.printed import Reader
from archiver.model import Candidate, Page
from archiver.outlets import Registry

__all__ = ["Own", "Phrase", "candidates", "load_phrases", "phrases_for"]


def candidates(
    page: Page, own: Own, language: str | None, registry: Registry, phrases: tuple[Phrase, ...] | None = None
) -> list[Candidate]:
    """Every origin, citation and self-credit that ``page`` states, with the words and their place in ``page.text``.

    ``own`` is whose page it is; its names are never an origin. ``language`` (ISO 639-1) chooses the wordings, English
    ones are always read; None tries all. ``phrases`` replaces the packaged wordings (see `load_phrases`).
    A stated but unnamed origin has the value "" and ``detail["name"]`` None. Weights of 50 and more are firm.
    """
    identity = Self(own, registry)
    reader = Reader(registry, language, identity.country)
    chosen = _packaged_for(language) if phrases is None else phrases_for(language, phrases)
    context = Context(page, lines_of(page), reader, identity, chosen)
    found = [
        *said.mentions(context),
        *datelines.mentions(context),
        *unworded.mentions(context),
        *signed.mentions(context),
        *cut_off.mentions(context),
        *cut_off.linked_labels(context),
    ]
    found += in_any_order.mentions(context, found)
    return candidates_of(context, found)


def phrases_for(language: str | None, phrases: Iterable[Phrase]) -> tuple[Phrase, ...]:
    """The wordings to try on a page in ``language``: its own, English, and those of no language ("any/...")."""
    if language is None:
        return tuple(phrases)
    wanted = {_tongue(language), "en", "any"}
    return tuple(phrase for phrase in phrases if phrase.language in wanted)


def _packaged_for(language: str | None) -> tuple[Phrase, ...]:
    if language is None:
        return packaged_phrases()
    return _packaged_by_tongue().get(_tongue(language), _packaged_by_tongue()["en"])


@cache
def _packaged_by_tongue() -> dict[str, tuple[Phrase, ...]]:
    tongues = {phrase.language for phrase in packaged_phrases()}
    return {tongue: phrases_for(tongue, packaged_phrases()) for tongue in tongues}


def _tongue(language: str) -> str:
    return language.partition("-")[0].lower()
