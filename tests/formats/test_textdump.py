"""Promises of the text dump reader: every character keeps its place, no byte is lost, trouble is said in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.formats.textdump import cut_blocks, decode_text, open_textdump, recognises
from archiver.model import Capture, Page, Space, Zone

RUSSIAN = "Председатель комиссии сообщил журналистам, что решение будет принято в ближайшие дни. " * 4
TURKISH = "Bakanlık açıklamasında görüşmelerin sürdüğünü, çalışmaların yakında biteceğini söyledi. " * 4


def opened(text: str) -> Page:
    return open_textdump(Capture(body=text.encode()))


def quotes(page: Page) -> list[str]:
    return [page.quote(block) for block in page.blocks]


@pytest.mark.parametrize(
    ("name", "body", "declared", "text", "encoding"),
    [
        ("plain ASCII", b"Harbour opens", None, "Harbour opens", "utf-8"),
        ("UTF-8", "Şuşada yağış".encode(), None, "Şuşada yağış", "utf-8"),
        ("UTF-8 with a mark, which is no character", b"\xef\xbb\xbfHarbour", None, "Harbour", "utf-8"),
        ("UTF-16 little endian with a mark", "Əhali".encode("utf-16"), None, "Əhali", "utf-16-le"),
        ("UTF-16 big endian with a mark", b"\xfe\xff" + "Əhali".encode("utf-16-be"), None, "Əhali", "utf-16-be"),
        ("UTF-16 without a mark", "Harbour opens early".encode("utf-16-le"), None, "Harbour opens early", "utf-16-le"),
        ("a declared encoding", "Öffnung".encode("latin-1"), "iso-8859-1", "Öffnung", "iso8859-1"),
        ("a mark beats what was declared", b"\xef\xbb\xbf\xc3\xa9", "koi8-r", "é", "utf-8"),
        ("windows-1251 by its letters", RUSSIAN.encode("cp1251"), None, RUSSIAN, "cp1251"),
        ("koi8-r by its letters", RUSSIAN.encode("koi8_r"), None, RUSSIAN, "koi8_r"),
        ("an empty file", b"", None, "", "utf-8"),
    ],
)
def test_a_text_is_decoded(name: str, body: bytes, declared: str | None, text: str, encoding: str) -> None:
    """Marks, declarations and the bytes themselves lead to the encoding, in this order."""
    decoded, found, _ = decode_text(body, declared)
    assert (decoded, found) == (text, encoding), name


def test_turkish_without_a_declaration_is_readable() -> None:
    """A guess may pick a neighbour of windows-1254, but the notes say that it was a guess."""
    text, _, notes = decode_text(TURKISH.encode("cp1254"))
    assert "Bakanl" in text
    assert any("guessed" in note for note in notes)


def test_undecodable_bytes_are_shown_and_counted() -> None:
    """A UTF-8 text with a few bad bytes stays UTF-8: each bad place is U+FFFD, and a note counts them."""
    body = "Şəhər ".encode() * 20 + b"\xff" + "günü ".encode() * 20 + b"\xfe"
    text, encoding, notes = decode_text(body)
    assert (encoding, text.count("\ufffd")) == ("utf-8", 2)
    assert "2 places could not be decoded" in notes[0]


def test_a_replacement_character_in_the_source_is_no_trouble() -> None:
    """U+FFFD that somebody typed is a character like any other."""
    assert decode_text("a \ufffd b".encode()) == ("a \ufffd b", "utf-8", ())


def test_a_wrong_declaration_is_named_and_passed_over() -> None:
    """What a server says of the encoding is testimony: where it does not fit, the bytes decide and a note says so."""
    text, encoding, notes = decode_text("Şuşa və Ağdam".encode(), "ascii")
    assert (text, encoding) == ("Şuşa və Ağdam", "utf-8")
    assert "does not fit" in notes[0]
    assert "not known" in decode_text(b"x", "no-such-charset")[2][0]


def test_line_ends_stay_as_they_came() -> None:
    """CRLF is two characters of the text; blocks leave the white space round a line out."""
    page = opened("Title\r\n\r\n  • Home \r\nBody")
    assert page.text == "Title\r\n\r\n  • Home \r\nBody"
    assert [(b.start, b.end) for b in page.blocks] == [(0, 5), (11, 17), (20, 24)]
    assert quotes(page) == ["Title", "• Home", "Body"]


def test_a_page_is_a_source_of_lines() -> None:
    """Offsets count in the decoded source; every line starts as BODY."""
    page = opened("One\nTwo")
    assert (page.format, page.space, page.tree, page.fragment) == ("textdump", Space.SOURCE, None, None)
    assert {(b.zone, b.tag) for b in page.blocks} == {(Zone.BODY, "line")}
    assert open_textdump(Capture(body=b"x", zone="bottom")).fragment == "bottom"


def test_hard_wrapped_paragraphs_are_one_block() -> None:
    """Lines that an editor broke at a fixed width belong together; short lines and lists do not."""
    paragraph = (
        "The ferry company said on Tuesday that the morning crossing\n"
        "would be cancelled until the end of the month because the pier\n"
        "has to be repaired after the storm that hit the coast at night\n"
        "and damaged two of its pillars."
    )
    text = f"Ferry cancelled\n\n{paragraph}\n\n{paragraph}\n\nHome\nNews\nSport"
    page = opened(text)
    assert [q.count("\n") for q in quotes(page)] == [0, 3, 3, 0, 0, 0]
    assert page.text == text


def test_paragraphs_of_equal_length_stay_apart() -> None:
    """Short reports without empty lines: every line ends a sentence, so none was broken by an editor."""
    line = "The ferry company said on Tuesday that the morning crossing would be cancelled."
    assert len(cut_blocks("\n".join([line] * 6))) == 6


@pytest.mark.parametrize(
    "text",
    ["Home\nNews\nSport\nWorld\nCulture", "a" * 70 + "\n" + "b" * 70 + "\n" + "c" * 70, "One sentence.\nAnother one."],
)
def test_other_lines_are_not_joined(text: str) -> None:
    """Menus, words without spaces and paragraphs of one line stay lines."""
    assert len(cut_blocks(text)) == text.count("\n") + 1


@pytest.mark.parametrize(
    ("capture", "expected"),
    [
        (Capture(body=b"Just words."), True),
        (Capture(body=b"<!doctype html><html><body>x"), False),
        (Capture(body=b"<html>", media_type="text/plain; charset=utf-8"), True),
        (Capture(body=b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR\x00\x01"), False),
        (Capture(body=b"<html>", format="textdump"), True),
        (Capture(body=b"words", format="html"), False),
        (Capture(body="слово".encode("utf-16")), True),
    ],
)
def test_text_is_told_from_markup_and_binary(capture: Capture, expected: bool) -> None:
    """Text is what is neither marked up nor binary, unless somebody says what it is."""
    assert recognises(capture) is expected


@given(st.binary(max_size=400))
def test_any_bytes_open(body: bytes) -> None:
    """No byte string fails, and blocks tile the text in order, never empty, without space round them."""
    page = open_textdump(Capture(body=body))
    last = 0
    for block in page.blocks:
        assert last <= block.start < block.end <= len(page.text)
        quote = page.quote(block)
        assert quote == quote.strip()
        last = block.end


@given(st.text(max_size=400))
def test_utf8_text_comes_back_whole(text: str) -> None:
    """A UTF-8 text is its own decoding, but for a leading byte order mark."""
    try:
        body = text.encode()
    except UnicodeEncodeError:
        return
    assert decode_text(b"\xef\xbb\xbf" + body)[0] == text
