"""How firmly each kind of credit speaks at each place: the published table, 0 to 100; 50 and more is shown.

Zone times grammar, then subtractions. A label or verb in the tail or around the headline is as firm as it gets; the
same words inside the text must speak of "this article" to count; a name that nobody knows weighs less.
"""

from archiver.attribution.cited import calls_itself_outlet
from archiver.attribution.phrases import Phrase
from archiver.attribution.printed import Printed

#            says               title head lead body last tail
_TABLE = {
    "translated_from": {"title": 85, "head": 95, "lead": 80, "body": 40, "last": 85, "tail": 95},
    "translated_by": {"title": 80, "head": 88, "lead": 70, "body": 30, "last": 75, "tail": 90},
    "reprinted_from": {"title": 70, "head": 92, "lead": 82, "body": 40, "last": 85, "tail": 95},
    "original_at": {"title": 50, "head": 88, "lead": 70, "body": 30, "last": 82, "tail": 92},
    "source_label": {"title": 40, "head": 90, "lead": 60, "body": 30, "last": 75, "tail": 92},
    "contributed": {"title": 40, "head": 80, "lead": 60, "body": 45, "last": 85, "tail": 88},
    "excerpt_of": {"title": 40, "head": 75, "lead": 65, "body": 40, "last": 80, "tail": 85},
    "adapted_from": {"title": 60, "head": 85, "lead": 75, "body": 40, "last": 85, "tail": 90},
    "via": {"title": 50, "head": 75, "lead": 45, "body": 30, "last": 60, "tail": 75},
    "interview_given": {"title": 0, "head": 60, "lead": 60, "body": 0, "last": 0, "tail": 0},
    "self_formula": {"title": 0, "head": 56, "lead": 56, "body": 35, "last": 35, "tail": 45},
    "dateline": {"title": 60, "head": 88, "lead": 92, "body": 60, "last": 60, "tail": 50},
    "byline": {"title": 0, "head": 82, "lead": 60, "body": 0, "last": 0, "tail": 60},
    "bare": {"title": 0, "head": 65, "lead": 0, "body": 0, "last": 0, "tail": 75},
    "brackets": {"title": 72, "head": 70, "lead": 70, "body": 0, "last": 86, "tail": 86},
    "rights": {"title": 0, "head": 0, "lead": 0, "body": 0, "last": 0, "tail": 72},
    "signed": {"title": 0, "head": 0, "lead": 0, "body": 0, "last": 0, "tail": 72},
    "cut_off": {"title": 0, "head": 0, "lead": 0, "body": 0, "last": 0, "tail": 66},
    "affix": {"title": 58, "head": 0, "lead": 0, "body": 0, "last": 0, "tail": 0},
    "handed_over": {"title": 60, "head": 76, "lead": 76, "body": 60, "last": 60, "tail": 70},
    "article_in": {"title": 60, "head": 60, "lead": 60, "body": 60, "last": 60, "tail": 60},
    "citation": {"title": 60, "head": 60, "lead": 60, "body": 60, "last": 60, "tail": 60},
}
OWN_TEXT_IN_BODY = 72  # a wording that speaks of "this article", in the middle of the text
UNKNOWN_NAME = 12  # taken off when the registry does not know the name and it is no address
UNKNOWN_AFTER_VERB = 6
UNKNOWN = {
    "source_label": UNKNOWN_NAME,
    "contributed": 45,
    "excerpt_of": 28,
    "via": 40,
    "self_formula": 40,
    "interview_given": 60,
}
ORDINARY_WORD = 30  # taken off when the name is also an ordinary word and nothing marks it as a name
MIXED_SCRIPTS = 60  # taken off when letters imitate another alphabet
SHOWN = 50


def of_phrase(phrase: Phrase, areas: tuple[str, ...], name: Printed | None) -> int:
    """The weight of ``phrase`` in the best of ``areas`` with ``name`` (None: the origin is stated and not named)."""
    return max(_of_phrase(phrase, area, name) for area in areas)


def _of_phrase(phrase: Phrase, area: str, name: Printed | None) -> int:
    weight = _TABLE[phrase.says].get(area, 0) if phrase.says in _TABLE else 0
    if phrase.own_text and area in {"body", "lead", "last"}:
        weight = max(weight, OWN_TEXT_IN_BODY)
    if phrase.areas is not None and area not in phrase.areas:
        return 0
    penalty = unknown_penalty(name, UNKNOWN.get(phrase.says, UNKNOWN_AFTER_VERB))
    return bounded(weight + phrase.weight - penalty)


def of(grammar: str, area: str, name: Printed | None = None, extra: int = 0) -> int:
    """The weight of a grammar that is no wording: dateline, byline, bare, brackets, affix."""
    return bounded(_TABLE[grammar].get(area, 0) + extra - unknown_penalty(name, UNKNOWN_NAME))


def unknown_penalty(name: Printed | None, unknown: int) -> int:
    """What is taken off for a name that cannot be tied to an outlet."""
    if name is None:
        return 0
    if name.found.how == "mixed_scripts":
        return MIXED_SCRIPTS
    if name.found.known or name.domain:
        return 0
    # Nobody knows the Harbour Times, but its name says what it is.
    return min(unknown, UNKNOWN_NAME) if calls_itself_outlet(name.text) else unknown


def bounded(weight: int) -> int:
    """``weight`` within 0..100."""
    return max(0, min(100, weight))
