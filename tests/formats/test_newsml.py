"""Items of agencies are read as their text; what is broken or hostile is refused in words."""

import pytest

from archiver.errors import FormatError
from archiver.formats import detect, open_page
from archiver.model import Capture
from tests.formats.test_wrappings import NEWSML, NITF, TEXT, TITLE

_ITEM = NEWSML.partition("?>\n")[2]

KINDS = {
    "an item": (NEWSML, "newsml"),
    "an item without a declaration": (_ITEM, "newsml"),
    "an item behind a comment": (f"<!-- sent by wire -->\n{_ITEM}", "newsml"),
    "a text about one": ("The root of such a file is <newsItem> or <nitf>, says the standard.", "textdump"),
    "a page that shows one": (f"<html><body><pre>{NITF}</pre></body></html>", "html"),
}


@pytest.mark.parametrize("case", sorted(KINDS))
def test_an_item_is_known_by_its_root(case: str) -> None:
    """Not by its name, and not by what it mentions."""
    body, kind = KINDS[case]
    assert detect(Capture(body.encode())) == kind


def test_the_first_item_with_a_text_is_read_from_a_message() -> None:
    """A picture may come first; the note says how many there are."""
    picture = '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/"><contentMeta/></newsItem>'
    message = f'<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>{picture}{_ITEM}{_ITEM}</itemSet></newsMessage>'
    page = open_page(Capture(message.encode()))
    assert page.text.startswith(f"{TITLE}\n")
    assert TEXT[2] in page.text
    assert page.notes == ("only the first of its 2 items with a text was read",)


REFUSED = {
    "broken XML": NEWSML[:-20],
    "entities": '<!DOCTYPE nitf><nitf><!ENTITY a "b"></nitf>',
    "a message without items": "<newsMessage></newsMessage>",
    "nested deep": "<nitf>" + "<p>" * 5_000 + "</p>" * 5_000 + "</nitf>",
}


@pytest.mark.parametrize("case", sorted(REFUSED))
def test_what_is_no_item_is_refused_in_words(case: str) -> None:
    """The error says what, where and what to do."""
    with pytest.raises(FormatError, match=r"^item.xml ") as caught:
        open_page(Capture(REFUSED[case].encode(), filename="item.xml", format="newsml"))
    assert caught.value.hint


def test_the_office_of_a_signature_stands_apart_from_its_name() -> None:
    """Two elements are two words."""
    nitf = NITF.replace("</byline>", "<byttl>Staff writer</byttl></byline>")
    assert "<byttl>" in nitf
    assert any(value.endswith(" Staff writer") for path, value in open_page(Capture(nitf.encode())).declared)


def test_an_item_held_back_was_published_when_it_was_let_go() -> None:
    """Its embargo dates it before the clocks of its making do."""
    item = NEWSML.replace("<itemMeta>", "<itemMeta><embargoed>2024-05-09T12:00:00Z</embargoed>", 1)
    assert item != NEWSML
    dates = [value for path, value in open_page(Capture(item.encode())).declared if path == "news[published]"]
    assert dates[0] == "2024-05-09T12:00:00Z"
