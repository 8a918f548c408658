"""A citation names the copy and its digest, and invents nothing."""

import json

import pytest

from archiver.web import cite

FULL = cite.Cited(
    id="abcdefghijklmnop",
    version=2,
    title="Costs & benefits: 100% of {it}",
    authors=("Laman Arkhli", "Odile Brandt"),
    translators=("Jonas Rell",),
    outlet="Ilsen Courier",
    published="2024-03-13T09:20",
    url="https://ilsencourier.example/a_b",
    language="en",
    accessed="2025-01-06T12:00:00Z",
    sha256="a" * 64,
)
EMPTY = cite.Cited("abcdefghijklmnop", 1, None, (), (), None, None, None, None, None, "b" * 64)


def test_the_sentence_says_all_that_is_known() -> None:
    """Who, what, where, when, and which copy."""
    said = cite.sentence(FULL)
    for words in ("Laman Arkhli, Odile Brandt", "translated by Jonas Rell", "13 March 2024", "version 2", "a" * 64):
        assert words in said
    assert "captured 6 January 2025" in said


def test_unknown_is_said_in_words() -> None:
    """No date, outlet or headline is made up."""
    said = cite.sentence(EMPTY)
    assert "[no headline], [outlet not stated], [no date stated]" in said
    assert "captured" not in said


def test_csl_has_no_empty_field() -> None:
    """CSL-JSON leaves out what is not known; the archived copy has its place."""
    item = json.loads(cite.csl_json(FULL))[0]
    assert item["issued"] == {"date-parts": [[2024, 3, 13]]}
    assert item["accessed"] == {"date-parts": [[2025, 1, 6]]}
    assert item["archive_location"].endswith("a" * 64)
    assert set(cite.csl(EMPTY)) == {"id", "type", "archive", "archive_location"}


def test_bibtex_escapes_what_tex_reads() -> None:
    """A headline cannot end its field."""
    entry = cite.bibtex(FULL)
    assert r"title = {{Costs \& benefits: 100\% of \{it\}}}" in entry
    assert "author = {{Laman Arkhli} and {Odile Brandt}}" in entry
    assert entry.count("{") - entry.count(r"\{") == entry.count("}") - entry.count(r"\}")


def test_ris_has_one_line_a_tag() -> None:
    """The format ends lines with CR LF and the record with ER."""
    rows = cite.ris(FULL).split("\r\n")
    assert rows[0] == "TY  - NEWS"
    assert rows[-2] == "ER  - "
    assert [row for row in rows if row.startswith("AU")] == ["AU  - Laman Arkhli", "AU  - Odile Brandt"]


@pytest.mark.parametrize(("published", "parts"), [("2024", [2024]), ("2024-12", [2024, 12])])
def test_precision_is_kept(published: str, parts: list[int]) -> None:
    """A month does not become a day."""
    cited = cite.Cited("x", 1, None, (), (), None, published, None, None, None, "c" * 64)
    assert cite.csl(cited)["issued"] == {"date-parts": [parts]}
    assert f"date = {{{published}}}" in cite.bibtex(cited)
