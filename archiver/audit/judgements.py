"""Where people and rules part, and where people part among themselves."""

from collections.abc import Iterator, Sequence

from archiver import judged
from archiver.audit.rule import Observation, listed, seen
from archiver.audit.words import quoted
from archiver.model import Decision, Dossier, Meant


def judgement_contested(dossier: Dossier) -> Iterator[Observation]:
    """The rules read something else now than when a person decided about the value."""
    as_read = dossier.read or dossier.reading
    for one in judged.in_force(dossier.judgements):
        if one.property is None or one.first_capture > dossier.latest.first_capture:
            continue
        now = [s for s in as_read.shown(one.property) if s.meant is not Meant.PERSON]
        values = [s.value for s in now]
        agrees = one.decision in {Decision.SET, Decision.CONFIRM} and one.value in values
        if set(values) == set(one.read) or agrees:
            continue
        message = (
            f"{one.who} decided on {one.made_at.date()} about {_words(one.property)}, when the rules read "
            f"{_values(one.read)}; now they read {_values(values)}."
        )
        yield seen(message, now)


def judgement_disputed(dossier: Dossier) -> Iterator[Observation]:
    """Somebody who looked at a judgement does not agree with it."""
    in_force = {one.id: one for one in judged.in_force(dossier.judgements)}
    for review in dossier.judgements:
        if review.decision is Decision.DISAGREE and review.about in in_force:
            one = in_force[review.about]
            about = _words(one.property or "")
            yield seen(f"{review.who} does not agree with what {one.who} decided about {about}: {quoted(review.why)}.")


def _words(name: str) -> str:
    return name.replace("_", " ")


def _values(values: Sequence[str]) -> str:
    return listed([quoted(value) for value in values]) or "nothing"
