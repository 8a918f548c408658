"""Documents of office programs are read as their text, and what they say of themselves stays testimony."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.errors import FormatError
from archiver.formats import detect, open_page
from archiver.model import Capture, Page, Space
from archiver.statements import read
from tests.formats.office import docx, paragraph, rtf, rtf_text
from tests.formats.test_pdf import FIRST, SECOND, THIRD

TITLE = "Ferry stays in port for a second day"
HEAD = [paragraph(TITLE, "Tytu"), paragraph("By Anna Leeman"), paragraph("2 May 2024")]
LETTER = docx("".join([*HEAD, paragraph(FIRST), paragraph("What comes next", "Nagwek2"), paragraph(SECOND)]))
BODY = r"\pard {\b\fs40 %s}\par By Anna Leeman\par 2 May 2024\par\par %s\par %s\par"
RICH = rtf(BODY % (TITLE, FIRST, SECOND), info=r"{\title Ferry stays in port}{\author Bo Ek}{\creatim\yr2024\mo5\dy2}")


def _open(body: bytes, kind: str | None = None) -> Page:
    return open_page(Capture(body, filename="text.docx" if body.startswith(b"PK") else "text.rtf", format=kind))


def test_the_readings_beside_characters_are_no_part_of_a_document() -> None:
    """A word processor's ruby holds the reading before the base: the base alone is the word."""
    reading, base = (
        "<w:rt><w:r><w:t>とうきょう</w:t></w:r></w:rt>",
        "<w:rubyBase><w:r><w:t>東京</w:t></w:r></w:rubyBase>",
    )
    body = f"<w:p><w:r><w:ruby>{reading}{base}</w:ruby></w:r><w:r><w:t>都は</w:t></w:r></w:p>"
    assert _lines(_open(docx(body))) == ["東京都は"]


def _lines(page: Page) -> list[str]:
    return [page.quote(block) for block in page.blocks]


@pytest.mark.parametrize(("body", "kind"), [(LETTER, "docx"), (RICH, "rtf")], ids=["docx", "rtf"])
def test_a_document_is_read_like_any_text(body: bytes, kind: str) -> None:
    """Its kind is seen from its bytes; headline, author, day and text stand at their places."""
    reading = read(Capture(body, filename="page.html"))
    assert (reading.format, reading.page_space) == (kind, Space.VISIBLE)
    shown = {name: reading.shown(name)[0].value for name in ("title", "author", "published")}
    assert shown == {"title": TITLE, "author": "Anna Leeman", "published": "2024-05-02"}
    assert FIRST in reading.text
    assert reading.text.endswith(SECOND)


def test_who_was_logged_in_is_no_author() -> None:
    """Properties are kept with their path and too weak to be shown alone."""
    for body in (
        docx(paragraph(FIRST), creator="Bo Ek", title="Ferry stays in port"),
        rtf(FIRST, info=r"{\title Ferry stays in port}{\author Bo Ek}"),
    ):
        reading = read(Capture(body))
        stated = [(s.property, s.value, s.shown) for s in reading.statements if s.path and "[" in s.path]
        assert ("author", "Bo Ek", False) in stated
        assert ("title", "Ferry stays in port", True) in stated


DOCX: dict[str, tuple[str, list[str]]] = {
    "text in several runs": (
        "<w:p><w:r><w:t>Ferry</w:t></w:r><w:r><w:t xml:space='preserve'> stays</w:t></w:r></w:p>",
        ["Ferry stays"],
    ),
    "a break ends a line": ("<w:p><w:r><w:t>One</w:t><w:br/><w:t>Two</w:t></w:r></w:p>", ["One", "Two"]),
    "a tab is a space": (
        "<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>A</w:t><w:tab/><w:t>B</w:t></w:r></w:p>",
        ["A B"],
    ),
    "deleted text is gone": (
        "<w:p><w:del><w:r><w:delText>old</w:delText></w:r></w:del><w:ins><w:r><w:t>new</w:t></w:r></w:ins></w:p>",
        ["new"],
    ),
    "hidden text is not read": (
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>no</w:t></w:r><w:r><w:t>yes</w:t></w:r></w:p>",
        ["yes"],
    ),
    "cells of a table are lines": (
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>A</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>B</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
        ["A", "B"],
    ),
    "a picture for old programs is not said twice": (
        (
            "<w:p><mc:AlternateContent xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'><mc:Choice>"
            "<w:r><w:t>One</w:t></w:r></mc:Choice><mc:Fallback><w:r><w:t>One</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p>"
        ),
        ["One"],
    ),
    "a field gives its result": (
        "<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>Page one</w:t></w:r></w:p>",
        ["Page one"],
    ),
}


@pytest.mark.parametrize("case", sorted(DOCX))
def test_what_a_document_shows_is_read_and_nothing_else(case: str) -> None:
    """Runs, breaks, tables, tracked changes."""
    body, wanted = DOCX[case]
    assert _lines(_open(docx(body))) == wanted


def test_links_heads_and_notes_keep_their_place() -> None:
    """A link leads from its words; notes stand behind the text, what every sheet repeats comes last and once."""
    link = '<w:hyperlink r:id="rId0"><w:r><w:t>the harbour office</w:t></w:r></w:hyperlink>'
    note = '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">%s</w:footnotes>'
    more = {
        "word/header1.xml": note % paragraph("Kelmet Gazette"),
        "word/header2.xml": note % paragraph("Kelmet Gazette"),
    }
    more["word/footnotes.xml"] = note % paragraph("See page four.")
    page = _open(docx(paragraph("Said ", None, link), more=more, links=["https://harbour.example/a?b=1&c=2"]))
    assert _lines(page) == ["Said the harbour office", "See page four.", "Kelmet Gazette"]
    (found,) = page.blocks[0].links
    assert (page.text[found.start : found.end], found.url) == (
        "the harbour office",
        "https://harbour.example/a?b=1&c=2",
    )


RTF: dict[str, tuple[str, list[str]]] = {
    "bytes of a code page": (r"caf\'e9", ["café"]),
    "bytes in the code page of their font": (r"{\f1 \'cf\'e0\'f0\'ee\'ec}", ["Паром"]),
    "Unicode with a stand-in": (rtf_text("Паром 🚢 в порту"), ["Паром 🚢 в порту"]),
    "Unicode with bytes for a stand-in": (r"\uc2\u8364\'80\'80 10", ["€ 10"]),
    "signs by name": (r"\ldblquote Yes\rdblquote\emdash said he", ["“Yes”—said he"]),
    "braces and backslashes": (r"a \{b\} \\c", ["a {b} \\c"]),
    "lines in the file are none of the text": ("one\r\n two", ["one two"]),
    "what ends a line": (r"a\par b\line c\cell d", ["a", "b", "c", "d"]),
    "hidden and deleted text": (r"a{\v hidden}{\deleted gone} b", ["a b"]),
    "unknown destinations": (r"a{\*\secret b{\c d}} e", ["a e"]),
    "a picture": (r"a{\pict\pngblip 89504e470d0a} b", ["a b"]),
    "bytes of a picture": ("a{\\pict\\bin5 }}}{{} b", ["a b"]),
    "a head of each sheet": (r"{\header Gazette\par}text\par", ["text", "Gazette"]),
}


@pytest.mark.parametrize("case", sorted(RTF))
def test_what_a_rich_text_shows_is_read_and_nothing_else(case: str) -> None:
    """Code pages, Unicode, signs, destinations."""
    body, wanted = RTF[case]
    assert _lines(_open(rtf(body))) == wanted


def test_a_field_of_a_rich_text_is_a_link() -> None:
    """From its words to its address."""
    field = r'See {\field{\*\fldinst{HYPERLINK "https://harbour.example/a"}}{\fldrslt{\ul the office}}} now'
    page = _open(rtf(field))
    assert page.text == "See the office now"
    assert [(page.text[a.start : a.end], a.url) for a in page.blocks[0].links] == [
        ("the office", "https://harbour.example/a")
    ]


def _packed(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            packed.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return out.getvalue()


ENTITY = b'<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/hostname">]><w>&a;</w>'
REFUSED = {
    "a part that swells": (_packed(word__document_xml=b"<w>" + b" " * 40_000_000 + b"</w>"), "unpacks to more than"),
    "entities": (_packed(word__document_xml=ENTITY), "entities"),
    "broken XML": (_packed(word__document_xml=b"<w><p></w>"), "cannot be read"),
    "nested deep": (_packed(word__document_xml=b"<p>" * 9_000 + b"</p>" * 9_000), "cannot be read"),
    "cut off": (LETTER[:-30], "cannot be read"),
}


@pytest.mark.parametrize("case", sorted(REFUSED))
def test_what_is_no_document_is_refused_in_words(case: str) -> None:
    """The error says what, where and what to do; nothing is unpacked beyond the limit, no entity is resolved."""
    body, words = REFUSED[case]
    with pytest.raises(FormatError, match=words) as caught:
        _open(body)
    assert caught.value.message.startswith("text.docx ")
    assert caught.value.hint


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"PK\x03\x04" + b"x" * 80, "a ZIP file"),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 80, "an old office program"),
        (b"WARC/1.1\r\nWARC-Type: warcinfo\r\n\r\n", "a WARC file"),
    ],
)
def test_other_containers_are_called_by_their_names(body: bytes, words: str) -> None:
    """So that a person knows what to do."""
    with pytest.raises(FormatError, match=words):
        detect(Capture(body))


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_no_damage_makes_a_traceback(data: st.DataObject) -> None:
    """Cut, doubled and overwritten anywhere, a document is read or refused in words."""
    kind, body = data.draw(st.sampled_from([("docx", LETTER), ("rtf", RICH), ("rtf", rtf(rtf_text(THIRD)))]))
    for _ in range(data.draw(st.integers(1, 4))):
        start, end = sorted(data.draw(st.integers(0, len(body))) for _ in range(2))
        put = data.draw(st.sampled_from([b"", b"}", b"{", b"\\u-9", b"\\'", b"\\yr0", b"\x00", body[start:end] * 2]))
        body = body[:start] + put + body[end:]
    answer = _open_or_refuse(body, kind)
    assert answer.hint if isinstance(answer, FormatError) else len(answer.text) <= 4 * len(body) + 4_000


def _open_or_refuse(body: bytes, kind: str) -> Page | FormatError:
    try:
        return _open(body, kind)
    except FormatError as refused:
        return refused
