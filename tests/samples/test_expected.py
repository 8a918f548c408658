"""Every sample is read as a careful person would read it: nothing missed, nothing invented, every quote in place."""

from dataclasses import replace
from typing import Any

import pytest

from archiver.audit import audit
from archiver.jobs.records import unheld
from archiver.model import Capture, Dossier, Reading, Statement
from archiver.outlets import Registry, default_registry, load_registry
from archiver.statements import read
from tests.samples.collection import OUTLETS, captures, expected

CAPTURES = captures()
EXPECTED = expected()
REGISTRIES = {"packaged": default_registry(), "with-outlets": load_registry([OUTLETS])}
_READINGS: dict[tuple[str, str], Reading] = {}


def _reading(number: str, registry: str) -> Reading:
    """The reading of a sample, made once a test run; reading is pure, so sharing it hides nothing."""
    key = (number, registry)
    if key not in _READINGS:
        _READINGS[key] = _read(CAPTURES[number], REGISTRIES[registry])
    return _READINGS[key]


def _read(capture: Capture, registry: Registry) -> Reading:
    return read(capture, registry)


@pytest.fixture(params=sorted(REGISTRIES))
def registry(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


def _having(key: str) -> list[str]:
    return [number for number, sample in EXPECTED.items() if key in sample]


def _one(found: tuple[Statement, ...]) -> Statement | None:
    assert len(found) <= 1, [s.value for s in found]
    return found[0] if found else None


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


@pytest.mark.parametrize("number", _having("title"))
def test_the_title_is_the_headline_and_nothing_else(number: str, registry: str) -> None:
    """The headline alone: no site name, no section, no script."""
    title = _one(_reading(number, registry).shown("title"))
    assert title is not None
    assert title.value in EXPECTED[number]["title"]


@pytest.mark.parametrize("number", _having("outlet_domain"))
def test_the_outlet_is_who_the_page_says_or_unknown(number: str, registry: str) -> None:
    """An outlet is named by its own page; the address alone never makes up a name."""
    sample = EXPECTED[number]
    outlet = _one(_reading(number, registry).shown("outlet"))
    if sample.get("forbid", {}).get("outlet"):
        assert outlet is None
        return
    domain = outlet.detail.get("domain") if outlet else None
    assert domain not in sample["forbid"].get("outlet_domains", [])
    if sample["outlet_domain"] is None:
        return
    assert outlet is not None
    named = outlet.value.casefold() in [name.casefold() for name in sample.get("outlet_names", [])]
    assert domain == sample["outlet_domain"] or (domain is None and named), (outlet.value, domain)


@pytest.mark.parametrize("number", _having("published"))
def test_the_date_is_the_one_the_article_states(number: str, registry: str) -> None:
    """As precise as stated, with the zone that was stated, and no date where there is none."""
    sample = EXPECTED[number]
    date = _one(_reading(number, registry).shown("published"))
    forbidden = sample["forbid"].get("published", [])
    if sample["published"] is None:
        assert date is None
        return
    assert date is not None
    assert any(date.value.startswith(value) for value in _as_list(sample["published"])), date.value
    assert not any(date.value.startswith(value) for value in forbidden)
    assert sample.get("precision", date.detail["precision"]) == date.detail["precision"]
    assert date.detail.get("zone") in sample.get("zone", [date.detail.get("zone")])


@pytest.mark.parametrize("number", _having("captured_not_before"))
def test_a_dump_tells_since_when_it_can_exist(number: str, registry: str) -> None:
    """The latest date in the furniture bounds the moment of capture from below."""
    bound = _one(_reading(number, registry).shown("captured_not_before"))
    assert bound is not None
    assert EXPECTED[number]["captured_not_before"].startswith(bound.value)


@pytest.mark.parametrize(
    ("key", "name"),
    [("authors", "author"), ("posted_by", "posted_by"), ("translators", "translator")],
)
def test_people_are_exactly_those_who_sign(key: str, name: str, registry: str) -> None:
    """Authors, house accounts and translators are told apart, and nobody is invented."""
    wanted = {number: EXPECTED[number][key] for number in _having(key)}
    found = {number: [s.value for s in _reading(number, registry).shown(name)] for number in wanted}
    assert found == wanted


@pytest.mark.parametrize("number", _having("origins"))
def test_origins_are_those_the_page_states(number: str, registry: str) -> None:
    """Kind, domain and the words, for each origin, and none besides them."""
    sample = EXPECTED[number]
    found = _reading(number, registry).shown("origin")
    assert len(found) <= sample.get("most_origins", len(sample["origins"])), [(s.value, s.quote) for s in found]
    for wanted in sample["origins"]:
        if wanted.get("needs_outlets") and registry == "packaged" and not found:
            continue  # a bare name that no registry knows may be read as an origin, and need not
        assert any(_is_origin(s, wanted, registry) for s in found), [(s.value, dict(s.detail), s.quote) for s in found]


def _is_origin(s: Statement, wanted: dict[str, Any], registry: str) -> bool:
    domain = s.detail.get("domain")
    unresolved = wanted.get("needs_outlets") and registry == "packaged" and domain is None
    meant = wanted.get("meant", s.meant)
    return (
        s.detail["kind"] in _as_list(wanted["kind"])
        and (domain == wanted["domain"] or bool(unresolved))
        and wanted["quote"] in s.quote
        and s.meant == meant
    )


@pytest.mark.parametrize("number", sorted(EXPECTED))
def test_nothing_forbidden_is_shown(number: str, registry: str) -> None:
    """The traps: other people's dates, house accounts as authors, hidden credits, invented origins."""
    forbid, reading = EXPECTED[number]["forbid"], _reading(number, registry)
    dates = [s.value for s in reading.shown("published")]
    assert forbid.get("published") != ["any"] or not dates
    assert not [d for d in dates for bad in forbid.get("published", []) if d.startswith(bad)]
    assert not set(forbid.get("authors", [])) & {s.value for s in reading.shown("author")}
    assert not set(forbid.get("title", [])) & {s.value for s in reading.shown("title")}
    origins = reading.shown("origin")
    assert not (forbid.get("origin_any") and origins), [(s.value, s.quote) for s in origins]
    assert not (forbid.get("origin_stated") and [s for s in origins if s.meant == "stated"])
    named = {str(v) for s in origins for v in (s.value, s.detail.get("domain"))}
    assert not set(forbid.get("origin_names", [])) & named


@pytest.mark.parametrize("number", _having("licence_quote"))
def test_a_licence_line_is_kept_with_what_it_asks(number: str, registry: str) -> None:
    """The line word for word, and that it asks for a link."""
    licence = _one(_reading(number, registry).shown("licence"))
    assert licence is not None
    assert EXPECTED[number]["licence_quote"] in licence.quote
    requires = licence.detail.get("requires")
    assert isinstance(requires, (list, tuple))
    assert set(EXPECTED[number].get("licence_requires", [])) <= set(requires)


@pytest.mark.parametrize("number", _having("text_has"))
def test_the_clean_text_is_the_article_whole_and_alone(number: str, registry: str) -> None:
    """From the first sentence to the last, without a word of furniture."""
    text = " ".join(_reading(number, registry).text.replace("“", '"').replace("”", '"').split())
    sample = EXPECTED[number]
    assert [w for w in sample["text_has"] if w.replace("“", '"').replace("”", '"') not in text] == []
    assert [w for w in sample["text_lacks"] if w in text] == []


@pytest.mark.parametrize("number", sorted(set(EXPECTED) - {"17", "18"}))
def test_the_language_is_that_of_the_article(number: str, registry: str) -> None:
    """The article's own words decide, not the menu's."""
    language = _one(_reading(number, registry).shown("language"))
    assert language is not None
    assert language.value == EXPECTED[number]["language"]


@pytest.mark.parametrize("number", sorted(set(EXPECTED) - {"17", "18"}))
def test_machine_translation_is_suspected_only_where_it_shows(number: str, registry: str) -> None:
    """One page of the samples is residue; all others, translations by people among them, are clean."""
    suspected = bool(_reading(number, registry).shown("suspected_machine_translation"))
    assert suspected == EXPECTED[number].get("suspected_machine_translation", False)


@pytest.mark.parametrize("number", sorted(EXPECTED))
def test_hidden_characters_are_reported_where_they_are(number: str, registry: str) -> None:
    """Zero-width and bidi characters in the hostile page; none in honest ones, half-spaces of Persian included."""
    found = bool(_reading(number, registry).shown("hidden_characters"))
    assert found == EXPECTED[number].get("hidden_characters", False)


@pytest.mark.parametrize("number", sorted(EXPECTED))
def test_every_quote_stands_at_its_place(number: str, registry: str) -> None:
    """Letter by letter, for every statement, shown or not."""
    reading = _reading(number, registry)
    texts = {"source": reading.page_text, "visible": reading.page_text, "text": reading.text}
    for s in reading.statements:
        if s.space in texts and s.start is not None:
            assert texts[s.space][s.start : s.end] == s.quote, s


@pytest.mark.parametrize("number", sorted(EXPECTED))
def test_the_audit_says_what_a_careful_reader_would_ask(number: str) -> None:
    """Each sample read alone raises the findings it was written for, and not those it was written to avoid."""
    sample = EXPECTED[number]
    found = {finding.rule for finding in audit(unheld(CAPTURES[number], _reading(number, "with-outlets")))}
    assert set(sample["findings"]) <= found
    assert not set(sample["findings_not"]) & found


def _life(*numbers: str) -> Dossier:
    """The samples of one address as the versions of one article."""
    newest = unheld(CAPTURES[numbers[-1]], _reading(numbers[-1], "packaged"))
    versions = tuple(
        replace(newest.latest, id=number, number=place, reading=_reading(number, "packaged"))
        for place, number in enumerate(numbers, start=1)
    )
    return replace(newest, versions=versions)


def test_a_moved_date_and_a_removed_credit_are_found_between_versions() -> None:
    """11 and 12: ten days later, and the origin is not named any more."""
    found = {finding.rule: finding for finding in audit(_life("11", "12"))}
    assert "hovit.example" in found["credit-removed"].message
    assert "2024-06-06" in found["date-moved"].message
    assert "2024-06-16" in found["date-moved"].message
    assert "headline-changed" not in found


def test_a_softer_headline_and_a_silent_change_are_found_between_versions() -> None:
    """07 and 08: another headline and another figure under the same date."""
    found = {finding.rule: finding for finding in audit(_life("07", "08"))}
    assert "аварийным" in found["headline-changed"].message
    assert "silent-change" in found
    assert not {"date-moved", "credit-removed", "author-removed"} & set(found)


def test_versions_follow_the_article_and_not_its_furniture() -> None:
    """A, B, A is two contents; a ticker, a view counter and a comment make no new one; a moved date does."""
    digests = {number: _reading(number, "packaged").content_digest for number in EXPECTED}
    assert digests["07"] == digests["24"] != digests["08"]
    assert digests["01"] == digests["25"]
    assert digests["11"] != digests["12"]


def test_reading_a_sample_twice_gives_the_same() -> None:
    """Same bytes, same answer, also after everything else was read."""
    for number, capture in CAPTURES.items():
        assert _read(capture, REGISTRIES["packaged"]) == _reading(number, "packaged")
