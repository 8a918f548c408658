"""Characters that deceive are named; characters that a script or a picture needs are left in peace."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.extract import hidden
from archiver.model import Meant, Zone
from tests.extract.cut_pages import cut


def found(text: str) -> dict[str, int]:
    """Name and count of what is reported in ``text``."""
    page = cut((Zone.BODY, text))
    names: dict[str, int] = {}
    for each in hidden.candidates(page):
        assert each.start is not None
        assert page.text[each.start : each.end] == each.quote
        assert each.meant is Meant.INFERRED
        names[str(each.detail["name"])] = int(str(each.detail["count"]))
    return names


def smuggle(data: bytes) -> str:
    """``data`` as variation selectors, one a byte, as C2PA does for plain text."""
    return "".join(chr(0xFE00 + byte if byte < 16 else 0xE0100 + byte - 16) for byte in data)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("pass\u200bword and pass\u200bport", {"zero width space": 2}),
        ("a\u2060b", {"word joiner": 1}),
        ("inside\ufeff a text", {"zero width no-break space": 1}),
        ("invoice_\u202efdp.exe", {"bidirectional override": 1}),
        ("plain \u200fLatin", {"right-to-left mark": 1}),
        ("odd \u00ad hyphen", {"soft hyphen": 1}),
        ("tail\U000e0041\U000e0042", {"tag character": 2}),
        ("Hangul\u3164filler", {"Hangul filler": 1}),
        ("bell\u0007", {"control character": 1}),
        ("a\ufe0f", {"variation selector": 1}),
        ("News." + smuggle(b"C2PATXT\x00\x01data"), {"C2PA manifest in variation selectors": 1}),
        ("News." + smuggle(b"hello"), {"text in variation selectors": 1}),
        ("Latin\u200cLatin", {"zero width non-joiner": 1}),
        ("Аrmenia says", {"Cyrillic letters that look Latin": 1}),
        ("the Pоlice, the Pоlice", {"Cyrillic letters that look Latin": 2}),
        ("Прeзидент сказал", {"Latin letters that look Cyrillic": 1}),
        ("Εxample", {"Greek letters that look Latin": 1}),
    ],
)
def test_reported(text: str, names: dict[str, int]) -> None:
    """Invisible, smuggled, reordering and look-alike characters, by name and count."""
    assert found(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "plain text, nothing else",
        "می‌خواهم و نمی‌خواهم",
        "क्‍ष और क्षेत्र",
        "👨‍👩‍👧 family, ❤️ heart, 1️⃣ key, ©️ sign",
        "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f England",
        "שלום \u200f(a) עולם",
        "قال \u200eABC\u200e اليوم",
        "Donau\u00addampf\u00adschiff",
        "葛\U000e0100城市",
        "ภาษา\u200bไทย",
        "YouTube'да, IT-шник, Newsкраткие",
        "м'ята, п’ять, об'єкт",
        "Əliyev Əlcəzair",
        "µm, α-helix, Ω, № 5",
        "한국어 日本語 中文",
    ],
)
def test_left_in_peace(text: str) -> None:
    """Joiners of scripts and emoji, marks of direction in right-to-left text, hyphenation, glued words."""
    assert found(text) == {}


def test_byte_order_mark_is_no_character_of_the_text() -> None:
    """At the very start of a text it is a mark of encoding."""
    assert found("\ufeffText") == {}


@given(st.text(max_size=120))
def test_any_text_is_survived(text: str) -> None:
    """No text makes it fail, and quotes stand at their place."""
    if text:
        found(text)


@given(st.text(alphabet=st.characters(codec="ascii", categories=["L", "N", "P", "Zs"]), min_size=1))
def test_printable_ascii_hides_nothing(text: str) -> None:
    """Letters, digits, punctuation and spaces of ASCII are never reported."""
    assert found(text) == {}
