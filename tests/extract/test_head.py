"""Promises of the visible head: the headline as printed, and its short form where the page proves what was added."""

import pytest

from archiver.extract.head import candidates
from archiver.formats.textdump import open_textdump
from archiver.model import Block, Candidate, Capture, Page, Space, Zone
from tests.extract.dumps import NEWS_SITE, PARAGRAPHS, zoned

BODY = "\n\n".join(PARAGRAPHS)


def best(page: Page, name: str) -> Candidate | None:
    return max((c for c in candidates(page) if c.property == name), key=lambda c: c.weight, default=None)


def test_headline_standfirst_and_section_of_a_page() -> None:
    """Each is quoted letter by letter at its place, from the zone it stands in."""
    page = zoned(NEWS_SITE)
    found = {name: best(page, name) for name in ("title", "dek", "section")}
    assert {name: c and c.value for name, c in found.items()} == {
        "title": "Harbour of Port Ellery reopens in spring",
        "dek": "After two years of repairs the council sets a date for the first ferry.",
        "section": "News",
    }
    for candidate in candidates(page):
        assert page.text[candidate.start : candidate.end] == candidate.quote
        assert candidate.rule.endswith("@1")


@pytest.mark.parametrize(
    ("name", "dump", "shown"),
    [
        (
            "a site name that the footer repeats",
            f"Harbour reopens in spring | Coast\n\n{BODY}\n\n© 2024 Coast\nCoast",
            "short",
        ),
        ("a suffix nobody repeats", f"Harbour reopens in spring – 24 hours\n\n{BODY}", "whole"),
        ("a headline with a dash of its own", f"Harbour reopens – at last\n\n{BODY}", "whole"),
    ],
)
def test_a_suffix_goes_only_with_proof(name: str, dump: str, shown: str) -> None:
    """The form without suffix is shown only where the page says the suffix elsewhere; both forms stay candidates."""
    page = zoned(dump)
    title = best(page, "title")
    whole = dump.partition("\n")[0]
    assert title is not None
    assert title.value == (whole.split(" | ")[0] if shown == "short" else whole), name
    assert whole in {c.value for c in candidates(page) if c.property == "title"}


def test_a_kicker_glued_before_the_headline_goes_where_a_breadcrumb_shows_it() -> None:
    """Software prints kicker and headline in one line; a line above that holds the rest alone tells them apart."""
    page = zoned(
        f"Home\n• News\n• Harbour of Port Ellery reopens in spring\n\n"
        f"Sea traffic Harbour of Port Ellery reopens in spring\n\n4 March 2024\n\n{BODY}"
    )
    title = best(page, "title")
    assert title is not None
    assert title.value == "Harbour of Port Ellery reopens in spring"


@pytest.mark.parametrize("bullet", ["• ", "›", "→ "])
def test_a_bullet_is_no_part_of_a_headline(bullet: str) -> None:
    """The quote begins behind the bullet or arrow."""
    text = f"{bullet}Harbour of Port Ellery reopens in spring\n{PARAGRAPHS[0]}"
    at = text.index("\n")
    page = Page(
        "textdump",
        Space.SOURCE,
        text,
        (Block(0, at, Zone.TITLE), Block(at + 1, len(text), Zone.BODY)),
        encoding="utf-8",
    )
    title = best(page, "title")
    assert title is not None
    assert (title.start, title.value) == (len(bullet), "Harbour of Port Ellery reopens in spring")


def test_of_two_headings_of_a_page_the_one_the_text_speaks_of_weighs_more() -> None:
    """An HTML page may have a heading for its logo: the text never speaks of it."""
    lines = ["Daily Gazette of the Coast", "Harbour of Port Ellery reopens in spring", *PARAGRAPHS]
    text = "\n".join(lines)
    places = [(text.index(line), text.index(line) + len(line)) for line in lines]
    tags = [("h1", Zone.TITLE), ("h1", Zone.TITLE), *(("p", Zone.BODY) for _ in PARAGRAPHS)]
    blocks = tuple(Block(*place, zone, tag) for place, (tag, zone) in zip(places, tags, strict=True))
    titles = {c.value: c.weight for c in candidates(Page("html", Space.VISIBLE, text, blocks, "utf-8"))}
    assert titles == {lines[1]: 80, lines[0]: 55}


def test_the_first_step_of_a_breadcrumb_is_no_section() -> None:
    """The step before the headline names the section; the site or "Home" does not."""
    page = zoned(
        f"Home > Harbour of Port Ellery reopens in spring\n\nHarbour of Port Ellery reopens in spring\n\n{BODY}"
    )
    assert best(page, "section") is None


def test_fragments_have_no_headline() -> None:
    """A credit line cut from a page is not read as its headline."""
    assert candidates(open_textdump(Capture(body=b"Source: Coast", zone="bottom"))) == []
