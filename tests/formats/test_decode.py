"""Bytes are read as a browser reads them, and what is doubtful is said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.formats.decode import decode
from archiver.formats.labels import codec_for
from tests.shared_data import SHARED, needs_shared

RUSSIAN = "Президент подписал указ о мерах поддержки, сообщает агентство. Решение принято вчера вечером. "
AZERBAIJANI = "Nazirlik bildirib ki, müqavilə gələn həftə imzalanacaq. "

LABELS = {
    "an old Turkish label is the Windows one": ("iso-8859-9", "cp1254"),
    "latin1 is windows-1252": ("latin1", "cp1252"),
    "ascii is windows-1252": ("US-ASCII", "cp1252"),
    "gb2312 is gb18030": ("gb2312", "gb18030"),
    "case and space do not matter": (" Windows-1251 ", "cp1251"),
    "quotes are no part of a label": ('"koi8-r"', None),
    "shift_jis is its Windows form": ("Shift_JIS", "cp932"),
    "nobody knows it": ("utf-9", None),
    "empty": ("", None),
}


@pytest.mark.parametrize(("label", "codec"), LABELS.values(), ids=LABELS)
def test_labels_mean_what_browsers_take_them_for(label: str, codec: str | None) -> None:
    """A label leads to the codec of the WHATWG table."""
    assert codec_for(label) == codec


DECLARED = {
    "byte order mark beats everything": (
        b"\xef\xbb\xbf" + RUSSIAN.encode(),
        "windows-1251",
        "utf-8",
        "byte order mark",
    ),
    "UTF-16 without a mark, Russian": (
        f"<html><p class=a>{RUSSIAN}".encode("utf-16-le"),
        None,
        "utf-16-le",
        "content",
    ),
    "UTF-16 big endian without a mark": (
        f"<html><p class=a>{RUSSIAN}".encode("utf-16-be"),
        None,
        "utf-16-be",
        "content",
    ),
    "UTF-16 whatever is declared in it": (
        f'<html><meta charset="utf-8"><p class=a>{RUSSIAN}'.encode("utf-16-le"),
        "utf-8",
        "utf-16-le",
        "content",
    ),
    "a few empty bytes are no UTF-16": (f"<p>a\x00b\x00c {RUSSIAN}".encode(), None, "utf-8", "content"),
    "UTF-16 by its mark": (b"\xff\xfe" + RUSSIAN.encode("utf-16-le"), None, "utf-16-le", "byte order mark"),
    "the header beats the meta element": (
        b'<meta charset="utf-8">' + RUSSIAN.encode("cp1251"),
        "windows-1251",
        "cp1251",
        "HTTP header",
    ),
    "a quoted label in the header": (RUSSIAN.encode("koi8-r"), '"koi8-r"', "koi8-r", "HTTP header"),
    "meta charset": (b'<meta charset="koi8-r">' + RUSSIAN.encode("koi8-r"), None, "koi8-r", "meta element"),
    "meta http-equiv": (
        b'<META HTTP-EQUIV=Content-Type CONTENT="text/html; charset=windows-1251">' + RUSSIAN.encode("cp1251"),
        None,
        "cp1251",
        "meta element",
    ),
    "meta that says UTF-16 cannot be": (b'<meta charset="utf-16">' + RUSSIAN.encode(), None, "utf-8", "meta element"),
    "XML declaration": (
        b'<?xml version="1.0" encoding="windows-1251"?>' + RUSSIAN.encode("cp1251"),
        None,
        "cp1251",
        "meta element",
    ),
    "a meta inside a comment does not count": (
        b'<!-- <meta charset="koi8-r"> -->' + RUSSIAN.encode(),
        None,
        "utf-8",
        "content",
    ),
    "a late meta counts, as it does when a browser meets it": (
        b" " * 5000 + b'<meta charset="koi8-r">' + RUSSIAN.encode("koi8-r"),
        None,
        "koi8-r",
        "meta element",
    ),
    "but not one that a late script writes": (
        b" " * 1100 + b"<script>w('<meta charset=koi8-r>')</script>" + RUSSIAN.encode("cp1251") * 4,
        None,
        "cp1251",
        "guess",
    ),
    "a content without its http-equiv does not count": (
        b'<meta name="x" content="text/html; charset=koi8-r">' + RUSSIAN.encode(),
        None,
        "utf-8",
        "content",
    ),
    "nor a meta inside the value of an attribute": (
        b'<p title="<meta charset=koi8-r>">' + RUSSIAN.encode(),
        None,
        "utf-8",
        "content",
    ),
    "nor a meta that is cut off": (b"<meta charset=koi8-r", None, "utf-8", "content"),
    "an unknown label leads on to the next": (
        b'<meta charset="bogus"><meta charset="windows-1251">' + RUSSIAN.encode("cp1251"),
        None,
        "cp1251",
        "meta element",
    ),
    "nothing declared, UTF-8 by itself": (AZERBAIJANI.encode(), None, "utf-8", "content"),
}


@pytest.mark.parametrize(("body", "charset", "encoding", "how"), DECLARED.values(), ids=DECLARED)
def test_the_order_is_that_of_the_standard(body: bytes, charset: str | None, encoding: str, how: str) -> None:
    """Mark, header, meta, content: the first that speaks decides, and the text comes out whole."""
    decoded = decode(body, charset)
    assert (decoded.encoding, decoded.how) == (encoding, how)
    assert "\ufffd" not in decoded.text
    assert decoded.text.endswith((RUSSIAN, AZERBAIJANI, "koi8-r"))


def test_a_replacement_character_in_utf8_is_one_of_its_characters() -> None:
    """A page may hold U+FFFD, written by whoever garbled its text before; its bytes are UTF-8 as it says."""
    decoded = decode('<meta charset="utf-8"><p>caf\u00e9 \ufffd'.encode())
    assert (decoded.text[-6:], decoded.how, decoded.notes) == ("caf\u00e9 \ufffd", "meta element", ())


def test_an_undeclared_cyrillic_page_is_guessed_and_the_guess_is_noted() -> None:
    """Statistics find windows-1251, and the notes call it a guess."""
    decoded = decode(b"<html><body>" + (RUSSIAN * 5).encode("cp1251"))
    assert decoded.text == "<html><body>" + RUSSIAN * 5
    assert decoded.how == "guess"
    assert "guess" in " ".join(decoded.notes)


@pytest.mark.parametrize("declared", ["shift_jis", "iso-8859-15", "windows-1251", "utf-16"])
def test_a_wrong_declaration_gives_way_to_what_the_bytes_are(declared: str) -> None:
    """A page that says something else and is UTF-8 is read as UTF-8, with a note that says so."""
    decoded = decode(RUSSIAN.encode(), declared)
    assert decoded.text == RUSSIAN
    assert any("which these bytes are not" in note for note in decoded.notes)


def test_a_scratch_in_utf8_stays_one_scratch() -> None:
    """One bad byte costs one character, not the encoding."""
    decoded = decode(RUSSIAN.encode() + b"\xff" + RUSSIAN.encode())
    assert decoded.encoding == "utf-8"
    assert decoded.text.count("\ufffd") == 1
    assert decoded.notes == ("1 place could not be decoded as utf-8 and show as \ufffd",)


def test_an_unknown_label_is_passed_over_and_named() -> None:
    """What nobody knows is said, and the next witness is asked."""
    decoded = decode(AZERBAIJANI.encode(), "x-made-up")
    assert decoded.encoding == "utf-8"
    assert "x-made-up" in decoded.notes[0]


@given(
    st.binary(max_size=400), st.sampled_from([None, "utf-8", "gb18030", "iso-2022-jp", "utf-16le", "x-user", "big5"])
)
def test_no_bytes_can_break_it(body: bytes, charset: str | None) -> None:
    """Any bytes under any label give a text."""
    assert isinstance(decode(body, charset).text, str)


@pytest.mark.shared
@needs_shared
def test_the_public_suite_of_encoding_cases_agrees() -> None:
    """html5lib's cases: every one agrees but a page that is UTF-8 and says EUC-JP, read as UTF-8 with a note."""
    unlike = []
    for suite in sorted((SHARED / "bench/attacks/html5lib/encoding").glob("*.dat")):
        for case in suite.read_bytes().split(b"#data\n")[1:]:
            body, _, rest = case.partition(b"\n#encoding\n")
            wanted = codec_for(rest.split(b"\n")[0].decode())
            decoded = decode(body)
            undeclared = wanted == "cp1252" and decoded.how in {"content", "guess"}
            if decoded.encoding != wanted and not undeclared:
                unlike.append((wanted, decoded.notes))
    assert [wanted for wanted, notes in unlike if not notes] == []
    assert len(unlike) <= 1
