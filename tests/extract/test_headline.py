"""The visible headline is the heading that agrees best with what the page calls itself."""

import pytest

from archiver.extract import headline
from archiver.formats.html import open_html
from archiver.model import Capture, Page

TITLE = "Town of Hill votes for a new bridge"
PAGES = {
    "one h1": (f"<h1>{TITLE}</h1>", [TITLE], TITLE),
    "a logo first": (f"<h1>Hill News</h1><h1>{TITLE}</h1>", [f"{TITLE} | Hill News"], TITLE),
    "metadata is shorter": (f"<h1>{TITLE}</h1>", ["Hill votes for bridge"], TITLE),
    "a kicker in the same element": (f"<h1>Politics<br>{TITLE}</h1>", [TITLE], TITLE),
    "two lines": ("<h1>Town of Hill votes<br>for a new bridge</h1>", [TITLE], TITLE),
    "no h1 but an h2": (f"<h2>Weather</h2><h2>{TITLE}</h2>", [TITLE], TITLE),
    "nothing to compare with": (f"<h1>{TITLE}</h1>", [], TITLE),
    "a search engine is told it otherwise": (f"<h1>{TITLE}</h1>", ["Cost of Hill crossing: what we know"], TITLE),
    "no heading": (f"<p>{TITLE}</p>", [TITLE], None),
}


@pytest.mark.parametrize(("body", "declared", "expected"), PAGES.values(), ids=PAGES)
def test_the_headline_is_found_at_its_place(body: str, declared: list[str], expected: str | None) -> None:
    """Its value is one line, its span leads to the very words."""
    page = open_html(Capture(body=f"<html><body>{body}<p>Text</p></body></html>".encode(), format="html"))
    found = headline.find(page, declared)
    assert (found.value if found else None) == expected
    if found:
        assert " ".join(page.text[found.start : found.end].split()) == found.value


def _page(body: str) -> Page:
    return open_html(Capture(body=f"<html><body>{body}</body></html>".encode(), format="html"))


SUFFIXES = {
    "bar": ("Bridge opens | Hill News", ["hillnews"], "Bridge opens"),
    "dash": ("Bridge opens - Hill News", ["hillnews"], "Bridge opens"),
    "first": ("Hill News: Bridge opens", ["hillnews"], "Hill News: Bridge opens"),
    "first with bar": ("Hill News | Bridge opens", ["hillnews"], "Bridge opens"),
    "unknown name stays": ("Bridge opens - at last", ["hillnews"], "Bridge opens - at last"),
    "a Chinese name behind a low line": ("山谷小镇宣布关闭大桥直到秋天_山谷网", [], "山谷小镇宣布关闭大桥直到秋天"),
    "a long part behind a stroke": (
        "山谷小镇宣布关闭大桥-直到秋天才会重新开放",
        [],
        "山谷小镇宣布关闭大桥-直到秋天才会重新开放",
    ),
    "no separator": ("Bridge opens", ["hillnews"], "Bridge opens"),
}


@pytest.mark.parametrize(("title", "names", "expected"), SUFFIXES.values(), ids=SUFFIXES)
def test_only_a_known_site_name_is_cut_off(title: str, names: list[str], expected: str) -> None:
    """Half a headline is never taken for a site's name."""
    assert headline.without_site_name(title, names)[0] == expected


def test_the_sites_name_over_the_page_is_no_headline() -> None:
    """Only the title element, which holds it besides, agrees with it."""
    opened = _page("<h1>Quay Blog</h1><h2>Ferry late for the third day</h2><p>Text of the ferry.</p>")
    found = headline.find(opened, ["Ferry late for the third day"], "Quay Blog: Ferry late for the third day")
    assert found is not None
    assert found.value == "Ferry late for the third day"


def test_kicker_and_site_name_in_one_line_with_the_headline_are_cut_off() -> None:
    """Where metadata has the headline word for word; a headline that goes on is left whole."""
    for line in ("River Ferry late for the third day", "Ferry late for the third day | Quay Blog"):
        found = headline.find(_page(f"<h1>{line}</h1>"), ["Ferry late for the third day"])
        assert found is not None
        assert found.value == "Ferry late for the third day"
    longer = "Ferry late for the third day as gearbox fails"
    found = headline.find(_page(f"<h1>{longer}</h1>"), ["Ferry late for the third day"])
    assert found is not None
    assert found.value == longer


def test_the_wide_space_of_east_asian_headlines_stays() -> None:
    """It sets phrases apart where no comma does."""
    assert headline.one_line(" 橋が\u3000閉鎖 \n ") == "橋が\u3000閉鎖"
