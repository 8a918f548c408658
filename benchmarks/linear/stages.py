"""Every step of reading as a call of its own, in the order and with the arguments that reading gives it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from archiver import formats
from archiver.attribution import Own
from archiver.attribution import candidates as attribution_candidates
from archiver.attribution.byline import candidates as byline_candidates
from archiver.attribution.licence import candidates as licence_candidates
from archiver.attribution.masthead import outlet_candidates
from archiver.extract import article, chrome, dates, head, hidden, language, metadata, residue, zones
from archiver.extract.reach import within_reach
from archiver.model import Candidate, Capture
from archiver.outlets import default_registry
from archiver.statements.read import content_digest
from archiver.statements.settle import settle

_LANGUAGE = "en"  # every list of signs of translation is read, whatever the text is taken for


@dataclass(frozen=True, slots=True)
class Stage:
    """One step: its name, and the call that does it."""

    name: str
    run: Callable[[], Any]


def stages(capture: Capture) -> Iterator[Stage]:
    """The steps of reading ``capture``. Each must be run before the next is asked for: it makes what that one needs."""
    registry = default_registry()
    made: dict[str, Any] = {}

    def keep(name: str, run: Callable[[], Any]) -> Stage:
        def whole() -> Any:
            answer = run()
            made[name] = list(answer) if isinstance(answer, Iterator) else answer
            return made[name]

        return Stage(name, whole)

    yield keep("formats.open_page", lambda: formats.open_page(capture))
    page = made["formats.open_page"]
    if page.tree is None:
        yield keep("zones.assign", lambda: zones.assign(page, capture))
        page = made["zones.assign"]
        yield keep("chrome.clean", lambda: chrome.clean(page))
        text, _ = made["chrome.clean"]
    else:
        yield keep("article.clean", lambda: article.clean(page, None))
        text, pieces = made["article.clean"]
        yield keep("zones.assign", lambda: zones.assign(page, capture, (text, pieces)))
        page = made["zones.assign"]
    whole = page
    yield keep("reach", lambda: within_reach(whole))
    page, _ = made["reach"]
    yield keep("metadata", lambda: metadata.candidates_and_notes(page, capture))
    yield keep("licence", lambda: licence_candidates(page, registry))
    yield keep("masthead", lambda: outlet_candidates(page, capture, registry, made["licence"]))
    yield keep("language", lambda: language.candidates(page, text, None, []))
    yield keep("head", lambda: head.candidates(page))
    yield keep("byline", lambda: byline_candidates(page, frozenset()))
    yield keep("attribution", lambda: attribution_candidates(page, Own(), _LANGUAGE, registry))
    yield keep("dates", lambda: dates.candidates(page, capture, _LANGUAGE))
    yield keep("hidden", lambda: hidden.candidates(whole))
    yield keep("residue", lambda: residue.candidates(text, page, _LANGUAGE))
    yield keep("settle", lambda: settle(_all_of(made), capture_id="0" * 64))
    yield keep("content_digest", lambda: content_digest(text, made["settle"]))


def _all_of(made: dict[str, Any]) -> list[Candidate]:
    found: list[Candidate] = []
    for name, answer in made.items():
        given = answer[0] if name == "metadata" else answer
        if isinstance(given, list | tuple):
            found += [each for each in given if isinstance(each, Candidate)]
    return found
