"""Metadata and bylines about authors: whom to believe when they differ."""

import json

from archiver import statements
from archiver.model import Capture, Reading

TITLE = "Town of Hill votes for a new bridge"
TEXT = "<p>The council of the town of Hill voted on Monday to build a new bridge over the river, it was said.</p>" * 4


def read(byline: str, *authors: str, meta: str = "") -> Reading:
    """A page with this byline, JSON-LD that names ``authors``, and ``meta`` in its head."""
    data = {
        "@type": "NewsArticle",
        "headline": TITLE,
        "author": [{"@type": "Person", "name": name} for name in authors],
    }
    script = f'<script type="application/ld+json">{json.dumps(data)}</script>' if authors else ""
    body = f'<h1>{TITLE}</h1><div class="byline">{byline}</div><p class="date">5 April 2025</p>{TEXT}'
    page = f"<html><head><title>{TITLE}</title>{script}{meta}</head><body><article>{body}</article></body></html>"
    return statements.read(Capture(page.encode()))


def names(reading: Reading) -> list[str]:
    """The authors shown."""
    return [s.value for s in reading.shown("author")]


def test_a_login_beside_a_name_is_who_put_it_online() -> None:
    """ "a.lee" in metadata that the page never shows gives way to the name the page shows, and keeps its reason."""
    reading = read("Ben Okri", "andrew.lee", meta='<meta name="author" content="andrew.lee">')
    assert names(reading) == ["Ben Okri"]
    hidden = [s for s in reading.statements if s.value == "andrew.lee"]
    assert hidden
    assert all(s.why == "spelt as a login, and the page names “Ben Okri”" for s in hidden)


def test_two_fields_of_one_program_do_not_outweigh_a_byline() -> None:
    """What the site's software says in several fields is one witness: whose account was used."""
    reading = read("By: Ben Okri", "Luke Dale", meta='<meta name="author" content="Luke Dale">')
    assert names(reading) == ["Ben Okri"]


def test_metadata_that_knows_the_byline_is_believed_in_whole() -> None:
    """Where the same field names the byline's author, the others it names wrote, too."""
    assert names(read("By Ben Okri", "Ben Okri", "Luke Dale")) == ["Ben Okri", "Luke Dale"]


def test_a_login_alone_is_all_there_is() -> None:
    """Without a name on the page the login is shown."""
    assert names(read("", "andrew.lee")) == ["andrew.lee"]


def test_a_pen_name_gives_way_to_a_declared_one() -> None:
    """A handle in the byline and a name in metadata are one person under two names: the declared one is shown."""
    link = 'by <a href="/user/bokri">bookworm</a>'
    assert names(read(link, "Ben Okri")) == ["Ben Okri"]
    assert names(read(link)) == ["bookworm"]


PARAGRAPHS = "\n\n".join(
    f"The council of the town of Hill voted for the {n} time on Monday to build a new bridge over the river, and the "
    "mayor said after the session that the work would begin before the autumn."
    for n in ("first", "second", "third", "fourth")
)


def dump(*lines: str, end: str = "") -> list[str]:
    """The authors of a text dump with ``lines`` between headline and text, and ``end`` below it."""
    return names(statements.read(Capture("\n\n".join([TITLE, *lines, PARAGRAPHS, end]).encode())))


def test_in_a_dump_a_name_far_from_the_headline_needs_more_than_its_shape() -> None:
    """Buttons and headings of a page look like names; a date beside it, or a first name that people bear, tells."""
    furniture = ("Share", "Save for later", "Subscribe", "Listen to this article")
    assert dump(*furniture, "Debris Removal", end="Share: Debris Removal") == []
    assert dump(*furniture, "Ann Lee", end="Follow: Ann Lee") == ["Ann Lee"]
    assert dump("Tana Ganeva", "5 April 2025") == ["Tana Ganeva"]


def test_a_name_over_a_credit_signs_a_dump() -> None:
    """Whatever the first name, or one word alone: the credit under it says that the text ended there."""
    assert dump(end="Nurcan\n\nTranslated from hillnews.example") == ["Nurcan"]
    assert dump(end="Nurcun Hillyev\n\nTranslated from hillnews.example") == ["Nurcun Hillyev"]
    assert dump(end="Debris Removal\n\nWhy we are here") == []
