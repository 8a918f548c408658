"""What a sheet of paper shows is read as people read it, and what the file says of itself stays testimony."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.errors import FormatError
from archiver.formats import detect, open_page
from archiver.model import Capture, Page, Reading, Space, Statement
from archiver.statements import read
from tests.formats.printed import drawn, lines, objects, pdf, wrapped

FIRST = (
    "The ferry between Kelmet and the islands stayed in port on Thursday because of strong winds, the harbour office "
    "said. Passengers waited in the hall until the evening, and some of them went home by bus."
)
SECOND = (
    "The office expects the next departure on Saturday morning, if the wind turns to the north as the weather service "
    "forecasts. Tickets stay valid for a week, the company told travellers on its notice boards."
)
THIRD = (
    "The last time that ferries stood still for two days was in the winter of the great flood, when the pier of the "
    "old harbour was damaged. It has since been rebuilt with stone from the quarries of the island."
)
BROWSER = "Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/150.0"


def _article(**info: str) -> bytes:
    texts = [
        *wrapped("By Anna Leeman", 80),
        *wrapped("2 May 2024", 80),
        "",
        *wrapped(FIRST, 80),
        "",
        *wrapped(SECOND, 80),
    ]
    return pdf([[("Ferry stays in port for a second day", 60, 740, 22), *lines(texts)]], **info)


def _open(body: bytes) -> Page:
    return open_page(Capture(body, filename="page.pdf"))


def _paragraphs(page: Page) -> list[str]:
    return [page.quote(block) for block in page.blocks]


def _shown(reading: Reading, name: str) -> Statement | None:
    found = reading.shown(name)
    return found[0] if found else None


def test_a_printed_article_is_read_like_any_text() -> None:
    """Headline, author, day and paragraphs, each quote at its place in the text that was read."""
    reading = read(Capture(_article(), filename="page.pdf"))
    shown = {name: s.value for name in ("title", "author", "published") if (s := _shown(reading, name))}
    assert shown == {
        "title": "Ferry stays in port for a second day",
        "author": "Anna Leeman",
        "published": "2024-05-02",
    }
    assert reading.text == f"{FIRST}\n\n{SECOND}"
    assert (reading.format, reading.page_space) == ("pdf", Space.VISIBLE)
    placed = [s for s in reading.statements if s.start is not None and s.space is Space.VISIBLE]
    assert placed
    assert all(reading.page_text[s.start : s.end] == s.quote for s in placed)


def test_document_information_is_testimony_too_weak_to_be_shown_alone() -> None:
    """Whoever was logged in is no author, the day of the file no day of publication; both are kept with their path."""
    body = pdf(
        [lines([*wrapped(FIRST, 80), "", *wrapped(SECOND, 80)])],
        Title="Ferry stays in port",
        Author="Bo Ek",
        CreationDate="D:20240502101112+02'00'",
    )
    reading = read(Capture(body))
    kept = {(s.property, s.value, s.path) for s in reading.statements if (s.path or "").startswith("pdf info")}
    assert kept == {
        ("title", "Ferry stays in port", "pdf info[Title]"),
        ("author", "Bo Ek", "pdf info[Author]"),
        ("published", "2024-05-02T10:11:12", "pdf info[CreationDate]"),
    }
    assert not reading.shown("author")
    assert not reading.shown("published")


@pytest.mark.parametrize("title", ["Microsoft Word - ferry.docx", "untitled", "Layout 1", "page-4.indd"])
def test_what_programs_write_as_a_title_is_none(title: str) -> None:
    """The name of a file or of an empty form is not the name of a text."""
    reading = read(Capture(pdf([lines(wrapped(FIRST, 80))], Title=title)))
    assert not [s for s in reading.statements if s.path == "pdf info[Title]"]


def test_what_a_browser_prints_round_a_page_is_none_of_its_words() -> None:
    """Moment, address and page number of the printing are not in the text; the address is a claim, the day a bound."""
    rim = [("11/22/26, 10:43 AM", 24, 824, 8), ("https://tidewater-post.example/ferry 1/1", 24, 16, 8)]
    body = pdf(
        [[*rim, *lines([*wrapped(FIRST, 80), "", *wrapped(SECOND, 80)])]],
        Creator=BROWSER,
        CreationDate="D:20261122104322+00'00'",
    )
    reading = read(Capture(body))
    assert "10:43" not in reading.page_text
    address, bound = _shown(reading, "canonical_url"), _shown(reading, "published_not_after")
    assert address is not None
    assert bound is not None
    assert (address.value, bound.value) == ("https://tidewater-post.example/ferry", "2026-11-22")
    assert not reading.shown("published")


def test_running_heads_and_page_numbers_stand_behind_the_text() -> None:
    """What each sheet repeats cuts no sentence in two, is said once, and nothing of it is lost."""
    text = wrapped(f"{FIRST} {SECOND} {THIRD}", 60)
    sheets = [
        [
            ("Kelmet Harbour Gazette, Thursday 2 May 2024", 60, 800, 9),
            *lines(text[i : i + 4]),
            (f"- {number} -", 290, 30, 9),
        ]
        for number, i in enumerate(range(0, len(text), 4), 7)
    ]
    page = _open(pdf(sheets))
    assert _paragraphs(page)[0] == f"{FIRST} {SECOND} {THIRD}"
    assert _paragraphs(page)[1:] == ["Kelmet Harbour Gazette, Thursday 2 May 2024", "- 7 -"]


def test_a_note_says_where_each_sheet_begins() -> None:
    """Sheets are numbered from one; places are those of the text that was read."""
    page = _open(pdf([lines([FIRST[:70] + "."]), lines([SECOND[:70] + "."])]))
    assert page.notes == (f"where its pages begin in the text: 1 at 0, 2 at {page.text.index(SECOND[:20])}",)


@pytest.mark.parametrize("order", ["column by column", "row by row"])
def test_two_columns_are_read_one_after_the_other(order: str) -> None:
    """Whichever way the file draws them."""
    left, right = wrapped(f"{FIRST} {SECOND}", 38), wrapped(f"{THIRD} {FIRST}", 38)
    columns = lines(left, x=40), lines(right, x=310)
    rows = [line for pair in zip(*columns, strict=False) for line in pair]
    rows += columns[0][len(columns[1]) :] + columns[1][len(columns[0]) :]
    sheet = [*columns[0], *columns[1]] if order == "column by column" else rows
    page = _open(pdf([[("Ferry stays in port for a second day", 40, 740, 22), *sheet]]))
    assert page.text.replace("\n", " ") == (f"Ferry stays in port for a second day {FIRST} {SECOND} {THIRD} {FIRST}")


JOINTS: dict[str, tuple[list[str], str]] = {
    "a broken word": (["The office forbade all inter-", "national departures."], "all international departures"),
    "a compound that the text writes elsewhere": (
        ["The well-known ferry is a well-", "known sight in the harbour."],
        "a well-known sight",
    ),
    "a name with a hyphen": (["The ferry was built by Lund-", "Berg in the harbour of Kelmet."], "by Lund- Berg"),
    "a dash": (["The ferry of Kelmet stayed in port -", "nobody sailed on that Thursday."], "port - nobody"),
}


@pytest.mark.parametrize("case", sorted(JOINTS))
def test_words_broken_at_the_end_of_a_line_grow_together(case: str) -> None:
    """A hyphen of the page goes, a hyphen of the word stays."""
    given_as, wanted = JOINTS[case]
    assert wanted in _open(pdf([lines(given_as)])).text


def test_a_ligature_is_its_letters() -> None:
    """So that a search for "office" finds it; the font names the sign, the text its letters."""
    body = drawn([b"BT /F1 12 Tf 1 0 0 1 60 700 Tm (The of\x01ce) Tj ET"])
    font = b"/Encoding<</Differences[1/fi]>>"
    body = body.replace(b"/Encoding/WinAnsiEncoding", font)
    assert _open(body).text == "The office"


KINDS: dict[str, tuple[dict[str, Any], str]] = {
    "by its bytes and not its name": ({"body": _article(), "filename": "page.html"}, "pdf"),
    "behind a little that a server added": ({"body": b"\r\n\r\n" + _article()}, "pdf"),
    "a text about PDF": ({"body": b"A file begins with %PDF-1.7 and then come objects."}, "textdump"),
    "a text called so": ({"body": b"The ferry stayed in port.", "filename": "a.pdf"}, "textdump"),
}


@pytest.mark.parametrize("case", sorted(KINDS))
def test_a_pdf_is_known_by_its_first_bytes(case: str) -> None:
    """Neither the name of a file nor the type that a server gives makes one."""
    given_as, kind = KINDS[case]
    assert detect(Capture(**given_as)) == kind


def test_pictures_of_text_are_kept_with_a_note() -> None:
    """A scanned cutting is worth keeping; its record has no text and says why."""
    reading = read(Capture(drawn([b"q 595 0 0 842 0 0 cm Q", b""], Title="Cutting of 2 May")))
    assert reading.text == reading.page_text == ""
    assert any("text recognition" in note for note in reading.notes)


LOCKED = b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O(%s)/U(%s)>>/ID[(a)(a)]" % (b"x" * 32, b"y" * 32)
REFUSED = {
    "a password": (_article().replace(b"/Info 3 0 R", LOCKED + b"/Info 3 0 R"), "locked with a password"),
    "a header and nothing": (b"%PDF-1.7\n", "damaged beyond reading"),
    "no page": (objects([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 0/Kids[]>>"]), "holds no page"),
    "pages in a circle": (
        objects([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 9/Kids[2 0 R 2 0 R]>>"]),
        "damaged beyond reading",
    ),
}


@pytest.mark.parametrize("case", sorted(REFUSED))
def test_what_cannot_be_read_is_refused_in_words(case: str) -> None:
    """The error says what, where and what to do."""
    body, words = REFUSED[case]
    with pytest.raises(FormatError, match=words) as caught:
        open_page(Capture(body, filename="page.pdf"))
    assert caught.value.message.startswith("page.pdf ")
    assert caught.value.hint


WORD = b"(some words) Tj "
BOMBS = {
    "a stream that swells": drawn([b" " * 20_000_000]),
    "operands without end": drawn([b"BT /F1 9 Tf " + b"1 " * 200_000] * 60),
    "one string": drawn([b"BT /F1 9 Tf (" + b"a" * 3_000_000 + b") Tj ET"] * 5),
    "forms that call each other": drawn([b"/X0 Do " * 300] * 40, [b"/X1 Do " * 40, b"/X0 Do " * 40]),
    "arrays in arrays": drawn([b"BT /F1 9 Tf " + b"[" * 5_000 + b"]" * 5_000 + b" TJ ET"] * 3),
}


@pytest.mark.parametrize("case", sorted(BOMBS))
def test_what_would_fill_a_machine_is_cut_short_with_a_note(case: str) -> None:
    """Small files that unfold into much: what was not read is said."""
    assert len(BOMBS[case]) < 100_000
    assert any("not read" in note or "cannot be read" in note for note in _open(BOMBS[case]).notes)


def test_one_broken_sheet_does_not_cost_the_others() -> None:
    """The rest is read, the note names the sheet."""
    good = b"BT /F1 12 Tf 1 0 0 1 60 700 Tm (The ferry stayed in port.) Tj ET"
    page = _open(drawn([good, b" " * 20_000_000, good]))
    assert page.text.count("stayed in port") == 2
    assert any(note.startswith("pages that cannot be read: 2 of 3") for note in page.notes)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_damage_to_a_file_makes_a_traceback(data: st.DataObject) -> None:
    """Cut, doubled and overwritten anywhere, a file is read or refused in words."""
    body = _article(Title="Ferry", CreationDate="D:2024")
    for _ in range(data.draw(st.integers(1, 5))):
        start, end = sorted(data.draw(st.integers(0, len(body))) for _ in range(2))
        put = data.draw(st.sampled_from([b"", b"\x00", b"<<", b"]", b"9999999999", b" 0 R", body[start:end] * 2]))
        body = body[:start] + put + body[end:]
    answer = _open_or_refuse(body)
    if isinstance(answer, FormatError):
        assert answer.hint
    else:
        assert all(block.start < block.end <= len(answer.text) for block in answer.blocks)


def _open_or_refuse(body: bytes) -> Page | FormatError:
    try:
        return open_page(Capture(body, format="pdf"))
    except FormatError as refused:
        return refused
