"""A mistake in one rule ends neither an `add` nor an audit: it is named, with its place, and nothing else is lost."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import archiver.jobs.read
from archiver.audit import RULES, Observation, Rule, audit
from archiver.canonical import sha256_hex
from archiver.jobs.add import Added, Options, add
from archiver.jobs.audit import run as findings
from archiver.jobs.targets import Given, Target
from archiver.jobs.verify import run as verify
from archiver.model import PROPERTIES, Capture, Dossier, Outcome, Reading, Severity
from archiver.outlets import Registry
from archiver.statements import read
from tests.audit.build import dossier, reading, says

TEXT = "Ferry {} is back\n\nThe ferry left the harbour on Monday and came back with all who had waited for it.\n" * 2


def _breaks(of: Dossier) -> Iterable[Observation]:
    """A rule with a mistake in it, for the texts of one ferry."""
    if "Ferry 2" in of.reading.text:
        raise KeyError("what nobody thought of")
    return ()


BROKEN = Rule("broken", Severity.LOW, "A promise.", "Never.", "Mend it.", _breaks)


def _add(folder: Path) -> list[Added]:
    for number in (1, 2, 3):
        (folder / f"{number}.txt").write_text(TEXT.format(number, number))
    targets = [Target(str(number), Given(), path=folder / f"{number}.txt") for number in (1, 2, 3)]
    return list(add(folder / "archive", targets, Options()))


def test_a_rule_of_the_audit_that_breaks_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All is kept; one finding names rule, capture and place; verify finds the same again."""
    monkeypatch.setattr("archiver.audit.RULES", (*RULES, BROKEN))
    assert [one.outcome for one in _add(tmp_path)] == [Outcome.KEPT] * 3
    second = sha256_hex((tmp_path / "2.txt").read_bytes())
    (found,) = findings(tmp_path / "archive", None, rule="rule-broke-off")
    assert f"The rule broken broke off on this article (version 1, SHA-256 {second}): " in found["message"]
    assert "KeyError at audit/" in found["message"]
    assert not [verdict for verdict in verify(tmp_path / "archive") if verdict["judgement"] == "mismatch"]


def test_a_rule_of_reading_that_breaks_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The others are kept; the one answers what happened and where."""

    def breaks(capture: Capture, registry: Registry | None = None) -> Reading:
        if b"Ferry 2" in capture.body:
            raise IndexError("what nobody thought of")
        return read(capture, registry)

    monkeypatch.setattr(archiver.jobs.read, "read", breaks)
    answers = _add(tmp_path)
    assert [one.outcome for one in answers] == [Outcome.KEPT, None, Outcome.KEPT]
    reason = answers[1].reason or ""
    assert "reading broke off (IndexError at jobs/read.py, line " in reason


ODD = st.text(st.characters(codec="utf-8"), max_size=30) | st.sampled_from(
    ["0000", "9999-12-31", "2024-13", "http://[", "//", "\u202e", "2024-01-01T00:00", "0001-01-01"]
)
DETAILS = st.dictionaries(
    st.sampled_from(["kind", "zone", "precision", "domain", "requires", "signs", "machine", "url"]),
    st.none() | ODD | st.integers(0, 9) | st.lists(ODD, max_size=2),
    max_size=3,
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from([one for one in PROPERTIES if one != "origin"]), ODD, DETAILS, st.booleans()),
        max_size=6,
    ),
    st.lists(st.tuples(st.sampled_from(["published", "modified", "title"]), ODD), max_size=3),
    st.sampled_from([None, datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)]),
)
def test_an_audit_always_answers(
    said: list[tuple[str, str, dict[str, object], bool]], before: list[tuple[str, str]], moment: datetime | None
) -> None:
    """Whatever statements hold, and whenever the capture was: findings, and never an error."""
    newer = reading(*(says(name, value, detail=detail, shown=shown) for name, value, detail, shown in said))
    older = reading(*(says(name, value) for name, value in before))
    for finding in audit(dossier(older, newer, captured_at=moment)):
        assert finding.message
