"""A text that came here double-encoded is named, and a text with such letters of its own is not."""

import pytest

from archiver.extract.garbled import double_encoded
from archiver.model import Capture
from archiver.statements import read

FRENCH = "Le café de la gare était fermé.\nÀ cause d’une grève, l’élève rentra.\nOù étaient les garçons ?\nPrès d’ici."
ENGLISH = "They don’t know what’s next.\nShe wasn’t “here” today.\nIt’s a five–six o’clock train.\nWe’re off."
RUSSIAN = "Сегодня в городе открылся парк.\nЖители ждали его десять лет.\nВход свободный.\nИ ещё: фонтан."
CHINESE = "今天市里开了一座公园。\n居民等了十年。\n入场免费。\n还有喷泉。"
VIETNAMESE = "Hà Nội mở một công viên mới.\nNgười dân đã chờ mười năm.\nVào cửa miễn phí.\nCó cả đài phun nước."
TURKISH = "Şehirde bugün yeni bir park açıldı.\nHalk on yıl bekledi.\nGiriş ücretsiz.\nBir de çeşme var, çok güzel."


def again(text: str, codec: str) -> str:
    """``text`` as UTF-8, read as ``codec``; bytes without a letter are control characters, as browsers have it."""
    return "".join(bytes([byte]).decode(codec, "ignore") or chr(byte) for byte in text.encode())


@pytest.mark.parametrize("text", [FRENCH, ENGLISH, RUSSIAN, CHINESE, VIETNAMESE, TURKISH])
@pytest.mark.parametrize("codec", ["cp1252", "cp1251", "cp1250", "cp1254", "mac_roman", "latin_1"])
def test_double_encoded_text_is_named(text: str, codec: str) -> None:
    """Whatever the language and the encoding that UTF-8 was taken for; the text itself is none."""
    (note,) = double_encoded(again(text, codec))
    assert "looks double-encoded" in note
    assert double_encoded(text) == ()


def test_a_text_encoded_three_times_is_named() -> None:
    """Once more is no better."""
    assert double_encoded(again(again(FRENCH, "cp1252"), "cp1252"))


def test_the_note_shows_a_word_and_what_it_may_have_been() -> None:
    """Enough for a person to judge."""
    assert "'cafÃ©' for 'café'" in double_encoded(again(FRENCH, "cp1252"))[0]


SOUND = {
    "Portuguese in capitals": "À IRMÃ DA NAÇÃO\nSÃO PAULO, © 2024\nA CORAÇÃO E A MÃE\nÉ À NOITE\nNÃO",
    "Icelandic": "Það er góður dagur í Þórshöfn.\nÐ og þ eru stafir.\n© Ægir Örn\nÁin var há.\nÍs.",
    "Ukrainian": "Різдво і Рік.\nСічень — місяць.\nРідна мова.\nСіль і рис.\nРіка.",
    "Russian in guillemets": "«СССР» и «Р»\n«С» № 5\nРёв мотора\n«Автор»\nСъезд",
    "French with signs": "Prix : 5 € — « bon marché »\n© Éditions de l’Île\nN° 4 ¼ litre\nÂge : 5\nÊtre",
    "Chinese": CHINESE,
    "a page on such letters": (
        "When “é” shows as “Ã©”, bytes were read wrongly.\nAn apostrophe (’) becomes â€™ then.\n"
        "The letter ü turns into Ã¼.\nNo “Ã±” stands for ñ.\nA dash – comes out as â€“.\ncafé becomes cafÃ©."
    ),
    "a list of such letters": 'Look for "Ã©".\nLook for "Ã¼".\nLook for "Ã±".\nLook for "â€™".\nOr for "Ã§".\n"Ã¶".',
    "one quotation": FRENCH * 3 + "\nHe wrote: the cafÃ© was fermÃ©.\n" + FRENCH * 3,
    "plain": "Nothing beyond ASCII.\n" * 9,
    "empty": "",
}


@pytest.mark.parametrize("text", SOUND.values(), ids=SOUND)
def test_sound_text_is_not_named(text: str) -> None:
    """Letters that stand for themselves, and pages that speak of garbled ones."""
    assert double_encoded(text) == ()


def test_nothing_is_repaired() -> None:
    """The record says it, and its text is what the page shows."""
    garbled = again(FRENCH, "cp1252")
    paragraphs = "".join(f"<p>{line} {line}</p>" for line in garbled.split("\n"))
    reading = read(Capture(f"<meta charset=utf-8><article><h1>Gare</h1>{paragraphs}</article>".encode(), format="html"))
    assert "cafÃ©" in reading.text
    assert [note for note in reading.notes if "double-encoded" in note]
