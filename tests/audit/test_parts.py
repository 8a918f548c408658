"""Names, wordings and sentences of the audit: stable, plain, and fit to be printed."""

import re
import tomllib
from datetime import date, timedelta
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.audit import RULES, audit, from_verification
from archiver.audit.dates import OUTVOTED, days_between
from archiver.audit.describe import rules_markdown
from archiver.audit.rule import listed
from archiver.audit.text import _phrases
from archiver.audit.words import quoted
from archiver.formats import open_page
from archiver.model import Candidate, Capture, Severity, Space
from archiver.statements import settle
from archiver.timepoint import TimePoint
from tests.audit.build import dossier, reading, says

NAMES = [
    "snapshot-altered",
    "snapshot-missing",
    "database-altered",
    "quote-not-in-place",
    "credit-removed",
    "date-moved",
    "author-removed",
    "headline-changed",
    "silent-change",
    "no-outlet",
    "mixed-scripts",
    "canonical-elsewhere",
    "posting-account-only",
    "no-author",
    "no-date",
    "date-conflict",
    "date-bounds-only",
    "origin-not-held",
    "origin-unnamed",
    "conflicting-origins",
    "undated-translation",
    "declared-machine-translation",
    "credit-without-link",
    "licence-asks-link",
    "suspected-machine-translation",
    "hidden-characters",
    "text-lost",
    "soft-404-like",
    "consent-wall-like",
    "decoding-trouble",
    "language-disagrees",
    "capture-failed-last",
    "judgement-disputed",
    "judgement-contested",
    "rule-broke-off",
]
PHRASES = tomllib.loads(files("archiver.audit").joinpath("no_article.toml").read_text("utf-8"))


def test_rule_names_are_stable() -> None:
    """Others rely on these names; add to the list, take nothing away."""
    assert [rule.name for rule in RULES] == NAMES
    assert len(set(NAMES)) == len(NAMES)


def test_rules_speak_of_observations() -> None:
    """No verdict in any sentence a rule may print about itself."""
    verdicts = re.compile(r"\b(?:fake|false|lie|fraud|plagiari\w*|ai[- ]written|propaganda|disinformation)\b", re.I)
    for rule in RULES:
        for sentence in (rule.promise, rule.silent, rule.advice):
            assert sentence.endswith(".")
            assert not verdicts.search(sentence)


def test_the_rules_page_holds_every_rule_with_what_to_do() -> None:
    """docs/rules.md can be written from the rules alone, and twice the same."""
    page = rules_markdown()
    assert page == rules_markdown()
    for rule in RULES:
        assert f"### {rule.name}\n\n*{rule.severity}* · {rule.promise}" in page
        assert rule.advice in page
    assert all(f"| {severity} |" in page for severity in Severity)


@pytest.mark.parametrize(
    ("subject", "judgement", "missing", "rule"),
    [
        ("snapshot", "mismatch", False, "snapshot-altered"),
        ("record", "mismatch", False, "snapshot-altered"),
        ("file", "mismatch", True, "snapshot-missing"),
        ("quote", "mismatch", False, "quote-not-in-place"),
        ("row", "mismatch", True, "database-altered"),
        ("text", "mismatch", False, "database-altered"),
        ("snapshot", "match", False, None),
        ("quote", "match", False, None),
        ("quote", "uncheckable", False, None),
        ("file", "uncheckable", True, None),
    ],
)
def test_what_verify_saw_becomes_a_finding(subject: str, judgement: str, missing: bool, rule: str | None) -> None:
    """A mismatch or a loss is critical; a match and what could not be checked are no findings."""
    message = "has another digest"
    found = from_verification(
        subject, judgement, message, place="a.warc.gz, byte 3", missing=missing, statements=["s", "s"]
    )
    if rule is None:
        assert found is None
        return
    assert found is not None
    assert (found.rule, found.severity, found.statements) == (rule, Severity.CRITICAL, ("s",))
    assert found.message == "has another digest (a.warc.gz, byte 3)"


def test_every_subject_that_verify_knows_has_a_rule() -> None:
    """No mismatch that the store can report falls through."""
    for subject in ("file", "record", "capture", "snapshot", "text", "version", "quote", "row", "schema", "database"):
        assert from_verification(subject, "mismatch", "differs") is not None


def test_settling_words_an_outvoted_date_as_the_audit_expects() -> None:
    """The audit knows a date of weight by the reason that settling gives."""
    place = {"space": Space.VISIBLE, "rule": "test@1", "detail": {"precision": "day"}}
    dates = [
        Candidate("published", "2024-02-08", "8 February", start=0, end=10, weight=90, **place),
        Candidate("published", "2024-02-18", "18 February", start=20, end=31, weight=80, **place),
        Candidate("published", "2025-01-10", "10 January", start=40, end=50, weight=10, **place),
    ]
    reasons = {s.value: s.why or "" for s in settle(dates, capture_id="x")}
    assert reasons["2024-02-18"].startswith(OUTVOTED)
    assert not reasons["2025-01-10"].startswith(OUTVOTED)


def test_notes_of_reading_reach_the_rule_they_are_about() -> None:
    """A page that needs scripts lost its text; a page in an undeclared encoding had trouble in decoding."""
    needs_scripts = Capture(b"<html><body><div id=app hidden>The ferry is back.</div></body></html>", format="html")
    undeclared = Capture("Паром вернулся на линию, сообщили в порту. ".encode("cp1251") * 9, format="textdump")
    notes = [open_page(capture).notes for capture in (needs_scripts, undeclared)]
    assert all(notes)
    unseen = {finding.rule for finding in audit(dossier(reading(notes=notes[0], text="")))}
    guessed = {finding.rule for finding in audit(dossier(reading(notes=notes[1])))}
    assert ("text-lost" in unseen, "decoding-trouble" in unseen) == (True, False)
    assert ("text-lost" in guessed, "decoding-trouble" in guessed) == (False, True)


@pytest.mark.parametrize("headline", PHRASES["examples"])
def test_headlines_of_missing_pages_are_known(headline: str) -> None:
    """In every language that the wording file claims."""
    assert _phrases("not_found").search(headline)


@pytest.mark.parametrize("headline", PHRASES["wall_examples"])
def test_headlines_of_walls_are_known(headline: str) -> None:
    """Consent, payment and robot checks."""
    assert _phrases("wall").search(headline)


@pytest.mark.parametrize("headline", PHRASES["not_examples"])
def test_headlines_of_stories_are_left_alone(headline: str) -> None:
    """Something else may be missing, denied or removed."""
    assert not _phrases("not_found").search(headline)
    assert not _phrases("wall").search(headline)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("plain", "“plain”"),
        ("two\n  lines", "“two lines”"),
        ("a\u202eb\u200bc", "“a<U+202E>b<U+200B>c”"),
        ("می\u200cشود", "“می\u200cشود”"),
        ("\x1b[31mred", "“<U+001B>[31mred”"),
        ("x" * 200, "“" + "x" * 89 + "…”"),
    ],
)
def test_values_from_outside_are_fit_for_a_sentence(value: str, shown: str) -> None:
    """One line, not too long, nothing in it that a reader cannot see."""
    assert quoted(value) == shown


def test_lists_read_like_sentences() -> None:
    """None, one, two, many."""
    many = [listed(list("abcdef"[:n])) for n in (0, 1, 2, 3, 6)]
    assert many == ["", "a", "a and b", "a, b and c", "a, b, c, d and 2 more"]


DAYS = st.dates(min_value=date(1, 1, 1))
POINTS = st.builds(
    lambda day, clock, length, zone: TimePoint(f"{day.isoformat()}T{clock:%H:%M:%S}"[:length], zone),
    DAYS,
    st.times(),
    st.sampled_from([4, 7, 10, 13, 16, 19]),
    st.sampled_from([None, "Z", "+14:00", "-12:00", "+03:30"]),
)


@given(POINTS, POINTS)
def test_the_gap_between_two_dates_is_the_same_from_both_sides(one: TimePoint, other: TimePoint) -> None:
    """Symmetric, never negative, zero against itself, for every date a page can state."""
    assert days_between(one, other) == days_between(other, one) >= 0
    assert days_between(one, one) == 0


@given(DAYS, st.integers(min_value=0, max_value=400))
def test_the_gap_between_days_is_their_distance(day: date, days: int) -> None:
    """Whole days of the calendar."""
    if date.max - day > timedelta(days=days):
        assert days_between(TimePoint(day.isoformat()), TimePoint((day + timedelta(days=days)).isoformat())) == days


@given(st.text(), st.text(), st.text())
def test_whatever_a_page_says_the_audit_answers(title: str, name: str, address: str) -> None:
    """Hostile values never stop an audit, and no control character reaches a message."""
    given_page = reading(
        says("title", title), says("outlet", name), says("author", name), says("canonical_url", address), text=title
    )
    for finding in audit(dossier(given_page)):
        assert finding.message.isprintable() or "\u200c" in finding.message or "\u200d" in finding.message
