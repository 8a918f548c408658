"""Readings beside characters leave words whole, and nothing else that bears their name is lost."""

import pytest

from archiver.formats.html import open_html
from archiver.model import Capture
from archiver.statements import read

OUT = {
    "with parentheses": ("<ruby>東京<rp>(</rp><rt>とうきょう</rt><rp>)</rp></ruby>都は", "東京都は"),
    "a reading for each": ("<ruby>漢<rt>かん</rt>字<rt>じ</rt></ruby>です", "漢字です"),
    "bases and readings apart": ("<ruby><rb>漢</rb><rb>字</rb><rtc><rt>かん</rt><rt>じ</rt></rtc></ruby>と", "漢字と"),
    "end tags left out": ("<ruby>漢<rp>(<rt>かん<rp>)</ruby>です", "漢です"),
    "in capitals": ("<RUBY>東<RT>ひがし</RT></RUBY>風", "東風"),
    "in a name": ("<ruby>山田<rt>やまだ</rt></ruby><ruby>花子<rt>はなこ</rt></ruby>", "山田花子"),
    "over Latin letters": ("<ruby>WHO<rt>World Health Organization</rt></ruby> says", "WHO says"),
    "ruby in ruby": ("<ruby><ruby>漢<rt>かん</rt></ruby><rt>hàn</rt></ruby>です", "漢です"),
}
KEPT = {
    "no base": ("<ruby><rt>かん</rt></ruby>です", "かんです"),
    "outside of ruby": ("<rt>lone</rt> words", "lone words"),
    "never closed": ("<ruby>漢<rt>かん<p>The text goes on.</p>", "漢かん\nThe text goes on."),
    "too long for one": (f"<ruby>漢<rt>{'word ' * 20}</rt></ruby>", "漢" + ("word " * 20).strip()),
}


def shown(inside: str) -> tuple[str, tuple[str, ...]]:
    """The visible text of a page, without its headline, and its notes."""
    page = open_html(Capture(f"<meta charset=utf-8><body><h1>T</h1><div>{inside}</div>".encode(), format="html"))
    return page.text.removeprefix("T\n"), page.notes


@pytest.mark.parametrize(("inside", "expected"), OUT.values(), ids=OUT)
def test_readings_are_left_out_and_a_note_says_so(inside: str, expected: str) -> None:
    """The base stays in one piece."""
    text, notes = shown(inside)
    assert text == expected
    assert any("(ruby) left out of the text" in note for note in notes)


@pytest.mark.parametrize(("inside", "expected"), KEPT.values(), ids=KEPT)
def test_what_is_no_reading_is_text(inside: str, expected: str) -> None:
    """Nothing that is no reading is lost with them."""
    text, notes = shown(inside)
    assert text == expected
    assert not any("ruby" in note for note in notes)


def test_the_article_and_its_headline_hold_the_base() -> None:
    """Every reader of the page sees the same words, and every piece of the text keeps its place."""
    line = "<ruby>東京<rp>(</rp><rt>とうきょう</rt><rp>)</rp></ruby>都の議会は月曜日、新しい橋を架けると決めた。"
    body = f"<meta charset=utf-8><article><h1><ruby>橋<rt>はし</rt></ruby>の建設</h1>{f'<p>{line}</p>' * 4}</article>"
    reading = read(Capture(body.encode(), format="html"))
    assert "東京都の議会は" in reading.text
    assert "とうきょう" not in reading.text
    assert [one.value for one in reading.shown("title")] == ["橋の建設"]
