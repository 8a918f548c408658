"""The text itself: signs of a machine, hidden characters, another language, loss on the way, a page that is none."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from archiver.audit.rule import Observation, listed, seen
from archiver.audit.words import count, quoted
from archiver.model import Dossier, Severity, Space

# Languages that declarations and detectors name by different codes for one and the same text.
_ONE_LANGUAGE = (
    frozenset({"no", "nb", "nn"}),
    frozenset({"sr", "hr", "bs", "sh", "cnr"}),
    frozenset({"id", "ms"}),
    frozenset({"fa", "prs", "pes"}),
    frozenset({"az", "azj", "azb"}),
    frozenset({"hy", "hyw"}),
    frozenset({"tl", "fil"}),
    frozenset({"zh", "yue", "cmn"}),
)
# Characters, since not every script puts spaces between words. A page that says it is not there says little else.
_SHORT = 500
_ALMOST_NOTHING = 30
_DECLARED = frozenset({Space.HTML, Space.HEADER})
# What notes of formats and extract say where text is missing or unseen; the other notes are about bytes and encodings.
_ABOUT_TEXT = ("clean text", "visible", "not shown", "text is missing", "not read", "paragraphs were read")
_NO_TROUBLE = "of characters (ruby)"


def suspected_machine_translation(dossier: Dossier) -> Iterator[Observation]:
    """Signs that a machine translated the text and nobody read it."""
    for s in dossier.reading.shown("suspected_machine_translation"):
        signs = _signs(s.detail)
        seen_signs = f": {listed(signs, 5)}" if signs else f", such as {quoted(s.quote)}"
        yield seen(f"Signs of a machine translation that nobody read{seen_signs}.", [s])


def hidden_characters(dossier: Dossier) -> Iterator[Observation]:
    """Characters that a reader cannot see and that change what is copied, searched or shown."""
    found = dossier.reading.shown("hidden_characters")
    if found:
        yield seen(f"The text holds characters that cannot be seen: {listed([s.value for s in found], 5)}.", found)


def language_disagrees(dossier: Dossier) -> Iterator[Observation]:
    """The language the page declares is not the one its text is written in."""
    for shown in dossier.reading.shown("language")[:1]:
        for other in dossier.reading.statements:
            declared = other.property == "language" and other.space in _DECLARED and not other.shown
            if declared and shown.space not in _DECLARED and not _same_language(shown.value, other.value):
                place = other.path or other.space
                message = f"The page declares its language as {other.value} ({place}); its text is in {shown.value}."
                yield seen(message, [shown, other])
                return


def text_lost(dossier: Dossier) -> Iterator[Observation]:
    """A page of which almost no article could be cut, lost letters, or text that readers do not see."""
    reading = dossier.reading
    why = [note for note in reading.notes if _is_about_text(note)]
    if len(reading.text) < _ALMOST_NOTHING:
        on_page = count(len(reading.page_text), "character")
        read = f"Of {on_page} on the page {len(reading.text)} were read as the article"
        yield seen(f"{'; '.join([read, *why])}.")
    elif why:
        yield seen(f"Of the text read: {'; '.join(why)}.", severity=Severity.LOW)
    if lost := reading.text.count("\ufffd"):
        yield seen(f"{count(lost, 'letter')} of the text could not be decoded: U+FFFD stands in the place of each.")


def decoding_trouble(dossier: Dossier) -> Iterator[Observation]:
    """The bytes did not decode as they were declared to."""
    notes = [note for note in dossier.reading.notes if not _is_about_text(note) and _NO_TROUBLE not in note]
    if notes:
        yield seen(f"Read as {dossier.reading.encoding}; {'; '.join(notes)}.")


def soft_404_like(dossier: Dossier) -> Iterator[Observation]:
    """A short page whose headline says that there is none."""
    yield from _says("not_found", dossier, "that the page does not exist")


def consent_wall_like(dossier: Dossier) -> Iterator[Observation]:
    """A short page whose headline asks for consent, payment or proof of being human."""
    yield from _says("wall", dossier, "that something is asked for before the page is shown")


def _is_about_text(note: str) -> bool:
    """True for a note on text that is missing or not visible, not on bytes and their encoding."""
    return any(words in note for words in _ABOUT_TEXT)


def _says(kind: str, dossier: Dossier, what: str) -> Iterator[Observation]:
    reading = dossier.reading
    if len(reading.text) >= _SHORT:
        return
    headline = reading.shown("title")
    first = headline[0].value if headline else _first_line(reading.page_text)
    if _phrases(kind).search(first[:_SHORT]):
        yield seen(f"A short page whose headline says {what}: {quoted(first)}.", headline)


def _first_line(text: str) -> str:
    return next((line.strip() for line in text.splitlines() if line.strip()), "")[:200]


@cache
def _phrases(kind: str) -> re.Pattern[str]:
    """All wordings of one kind as one expression of plain alternatives."""
    data = tomllib.loads(files("archiver.audit").joinpath("no_article.toml").read_text("utf-8"))
    phrases = [phrase for language in data[kind].values() for phrase in language]
    return re.compile("|".join(rf"(?<!\w){re.escape(phrase)}(?!\w)" for phrase in phrases), re.I)


def _signs(detail: Mapping[str, object]) -> list[str]:
    """The kinds of signs with their counts, as `archiver.extract.residue` lists them."""
    signs = detail.get("signs")
    if not isinstance(signs, (list, tuple)):
        return []
    return [f"{sign['name']} ({sign['count']})" for sign in signs if isinstance(sign, Mapping)]


def _same_language(one: str, other: str) -> bool:
    first, second = (re.split(r"[-_]", value.lower())[0] for value in (one, other))
    return first == second or any({first, second} <= group for group in _ONE_LANGUAGE)
