"""Two views of a text that ignore what does not matter: its editorial form, and its search key.

``editorial_form`` is what versions are compared by. ``fold`` is what search compares: a lossy key under
which the spellings of a name in several scripts meet (Əliyev, Aliyev, Eliyev, Алиев, Ալիև). Both take time
linear in the length of the text.

The key, and what it merges on purpose:

* case, diacritics, compatibility forms (NFKD), apostrophes, soft hyphens and invisible characters;
* Cyrillic, Armenian, Georgian, Greek and Arabic letters become Latin ones (vowels that are not written
  stay unwritten); other scripts stay as they are, Han and kana one character a word;
* a = e = ə = ä = æ; i = ı = y = j; o = ö = oe; u = ü = ue; v = w; f = ph;
* k = q = g = ğ = x = kh = gh = h = ks, because one name is Qarabağ, Karabakh, Гарабаг and Ղարաբաղ, and
  another Heydər and Гейдар;
* s = ş = sh = щ; c = ç = ch = дж (so Cavid meets Джавид); z = zh; t = th; d = dh;
* "y" before "e" at the start of a word, "y" between two vowels, soft and hard signs and doubled letters go.

What merges too much is ranked last: search puts exact spelling first.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache


def _span(first: int, last: int) -> str:
    return f"{chr(first)}-{chr(last)}"


_INVISIBLE_RANGES = (
    (0x00AD, 0x00AD),  # soft hyphen
    (0x034F, 0x034F),  # combining grapheme joiner
    (0x061C, 0x061C),  # Arabic letter mark
    (0x115F, 0x1160),  # Hangul fillers
    (0x17B4, 0x17B5),  # Khmer inherent vowels
    (0x180B, 0x180F),  # Mongolian variation selectors
    (0x200B, 0x200F),  # zero width, direction marks
    (0x202A, 0x202E),  # bidi embeddings
    (0x2060, 0x206F),  # word joiner, invisible operators, bidi isolates
    (0xFE00, 0xFE0F),  # variation selectors
    (0xFEFF, 0xFEFF),  # byte order mark
    (0x1BCA0, 0x1BCA3),  # shorthand controls
    (0x1D173, 0x1D17A),  # musical controls
    (0xE0000, 0xE0FFF),  # tags, supplementary variation selectors
)
_MARK_RANGES = (
    (0x0300, 0x036F),  # Latin, Greek, Cyrillic
    (0x0483, 0x0489),
    (0x0591, 0x05BD),  # Hebrew points
    (0x05BF, 0x05BF),
    (0x05C1, 0x05C2),
    (0x05C4, 0x05C5),
    (0x05C7, 0x05C7),
    (0x0610, 0x061A),  # Arabic
    (0x0640, 0x0640),  # Arabic tatweel
    (0x064B, 0x065F),
    (0x0670, 0x0670),
    (0x06D6, 0x06DC),
    (0x1AB0, 0x1AFF),
    (0x1DC0, 0x1DFF),
    (0x20D0, 0x20F0),
    (0xFE20, 0xFE2F),
)
_INVISIBLE = re.compile("[" + "".join(_span(*pair) for pair in _INVISIBLE_RANGES) + "]")
_APOSTROPHES = "'’‘ʼʻʹʺ`´ˈ＇՚"  # modifier letters among them; a word may contain them
_SINGLE = "".join(
    _span(*pair)
    for pair in ((0x3040, 0x30FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x323AF))
)
_JOINERS = "".join(_span(*pair) for pair in (*_INVISIBLE_RANGES, *_MARK_RANGES)) + _APOSTROPHES
# One token: a Han or kana character, or a run of letters and digits with what may stand inside it.
_WORD = re.compile(rf"[{_SINGLE}]|[^\W_{_SINGLE}][^\W_{_SINGLE}]*(?:[{_JOINERS}]+[^\W_{_SINGLE}]*)*")

_CYRILLIC = {
    **dict(zip("абвгдезийклмнопрстуфэыі", "abvgdeziiklmnoprstufeii", strict=True)),
    "ё": "e",
    "ж": "zh",
    "х": "kh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "sh",
    "ъ": "",
    "ь": "",
    "ю": "iu",
    "я": "ia",
    "є": "e",
    "ї": "i",
    "ґ": "g",
    "ў": "u",
    "ә": "a",
    "ө": "o",
    "ү": "u",
    "ұ": "u",
    "һ": "h",
    "ҳ": "h",
    "қ": "k",
    "ҝ": "g",
    "ғ": "g",
    "ҹ": "c",
    "ҷ": "c",
    "ң": "n",
    "ј": "j",
    "љ": "li",
    "њ": "ni",
    "ћ": "c",
    "ђ": "c",
    "џ": "c",
    "ѓ": "g",
    "ќ": "k",
    "ѕ": "z",
    "ԛ": "k",
    "ӏ": "",
}
_ARMENIAN = {
    **dict(zip("աբգդեզէըթիլկհմյնոպվրստքօֆ", "abgdezeitilkhminopvrstkof", strict=True)),
    "ժ": "zh",
    "խ": "kh",
    "ծ": "ts",
    "ձ": "dz",
    "ղ": "gh",
    "ճ": "ch",
    "շ": "sh",
    "չ": "ch",
    "ջ": "c",
    "ռ": "r",
    "ց": "ts",
    "ւ": "v",
    "փ": "p",
}
_GEORGIAN = {
    **dict(zip("აბგდევზთიკლმნოპრსტუფქყჰ", "abgdevztiklmnoprstupkqh", strict=True)),
    "ჟ": "zh",
    "ღ": "gh",
    "შ": "sh",
    "ჩ": "ch",
    "ც": "ts",
    "ძ": "dz",
    "წ": "ts",
    "ჭ": "ch",
    "ხ": "kh",
    "ჯ": "c",
}
_GREEK = {
    **dict(zip("αβγδεζηικλμνοπρσςτυφω", "avgdeziiklmnoprsstifo", strict=True)),
    "θ": "th",
    "ξ": "ks",
    "χ": "kh",
    "ψ": "ps",
}
_ARABIC = {
    **dict(zip("ابپتحدرزسصطظضذثفقکكگلمنوهیيىے", "abpthdrzsstzzzsfqkkglmnvhiiii", strict=True)),
    "ج": "c",
    "چ": "ch",
    "خ": "kh",
    "ژ": "zh",
    "ش": "sh",
    "غ": "gh",
    "ع": "",
    "ء": "",
    "ة": "a",
    "ہ": "h",
    "ھ": "h",
    "ۀ": "h",
    "ں": "n",
    "ٱ": "a",
}
_LATIN = {
    "ə": "a",
    "ɛ": "e",
    "æ": "a",
    "œ": "o",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "ı": "i",
    "ħ": "h",
    "ŋ": "n",
    "ĸ": "k",
    "ɑ": "a",
    "ʒ": "z",
    "ß": "ss",
    "þ": "th",
}
# Letters whose mark changes the sound: read before the marks are taken off.
_MARKED = {"ş": "sh", "ș": "sh", "š": "sh", "ś": "sh", "ç": "ch", "č": "ch", "ć": "ch", "ž": "zh", "ğ": "g", "ż": "z"}
_MARKED |= {"й": "i", "ї": "i", "ё": "e", "ў": "u", "ѓ": "g", "ќ": "k"}

# Applied in this order to lower-case Latin letters, one word a line. Plain replacements: they cost a tenth of
# what patterns cost, and this runs over every text.
_DIGRAPHS = (
    *(("dzh", "c"), ("dj", "c"), ("aij", "aic"), ("ph", "f"), ("sh", "s"), ("ch", "c"), ("zh", "z"), ("kh", "k")),
    *(("gh", "g"), ("th", "t"), ("dh", "d"), ("rh", "r"), ("ks", "k"), ("ae", "a"), ("oe", "o")),
)
_MERGED = str.maketrans("qgxhej", "kkkkai")
_DOUBLES = tuple((letter * 2, letter) for letter in "abcdfiklmnoprstuvz")
_MUELLER = re.compile(r"(?<=[a-z]u)e(?=[a-z]{2})")  # but not "blue", "duel"
_YE_AT_START = re.compile(r"^i(?=a)", re.M)  # Yerevan, Ереван, Erevan
_Y_BETWEEN_VOWELS = re.compile(r"(?<=[a-z][a-z][aou])i(?=[aou])")  # Mustafayev, Мустафаев
_NEITHER_LETTER_NOR_LINE = re.compile(r"[^\w\n]|_")


def editorial_form(text: str) -> str:
    """``text`` as versions are compared: NFC, every run of white space one space, invisible characters out.

    Idempotent; two texts that look and read the same have the same form.
    """
    # To search for such a character is several times cheaper than to look every letter up, and few texts hold one.
    visible = text.translate(_invisible()) if _INVISIBLE.search(text) else text
    return " ".join(unicodedata.normalize("NFC", visible).split())


def words(text: str) -> Iterator[tuple[int, int]]:
    """The places (start, end) of the words of ``text``, in order: what ``fold`` makes one token of each."""
    return (match.span() for match in _WORD.finditer(text))


def fold(text: str) -> str:
    """The search key of ``text``: folded words with one space between them, in the order of the text."""
    found = _WORD.findall(text)
    unique = list(dict.fromkeys(found))
    key = dict(zip(unique, fold_words(unique), strict=True))
    return " ".join(filter(None, map(key.__getitem__, found)))


def fold_words(found: Sequence[str]) -> list[str]:
    """The search key of each word (none holds a line break), in order; "" for one of which nothing is left."""
    if not found:
        return []
    lines = "\n".join(found).lower()
    if not lines.isascii():
        lines = unicodedata.normalize("NFKD", lines.translate(_sounding())).lower()
        lines = lines.replace("ու", "u").replace("ου", "u").translate(_letters())
    lines = lines.replace("w", "v").replace("y", "i")
    for written, sound in _DIGRAPHS:
        lines = lines.replace(written, sound)
    lines = _MUELLER.sub("", lines).translate(_MERGED)
    lines = _without_doubles(_YE_AT_START.sub("", _without_doubles(lines)))
    lines = _without_doubles(_Y_BETWEEN_VOWELS.sub("", lines))
    return _NEITHER_LETTER_NOR_LINE.sub("", lines).split("\n")


def _without_doubles(lines: str) -> str:
    for double, letter in _DOUBLES:
        while double in lines:
            lines = lines.replace(double, letter)
    return lines


@cache
def _invisible() -> dict[int, None]:
    return {code: None for first, last in _INVISIBLE_RANGES for code in range(first, last + 1)}


@cache
def _sounding() -> dict[int, str | None]:
    return {**_invisible(), **{ord(letter): sound for letter, sound in _MARKED.items()}}


@cache
def _letters() -> dict[int, str | None]:
    table: dict[int, str | None] = {code: None for first, last in _MARK_RANGES for code in range(first, last + 1)}
    table |= {ord(letter): None for letter in _APOSTROPHES}
    for letters in (_CYRILLIC, _ARMENIAN, _GEORGIAN, _GREEK, _ARABIC, _LATIN):
        table |= {ord(letter): sound for letter, sound in letters.items()}
    return table


_ESCAPED_SURROGATE = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[dD][89a-fA-F][0-9a-fA-F]{2}"
)


def whole_escapes(source: str) -> str:
    """JSON ``source`` with U+FFFD for the escaped halves of characters that have no other half (RFC 8259, section 8.2).

    What they stand for is no character, and no text that holds one can be written down as UTF-8.
    """
    if "\\ud" not in source and "\\uD" not in source:
        return source
    return _ESCAPED_SURROGATE.sub(lambda found: found[0] if len(found[0]) > len(r"\ud800") else r"\ufffd", source)
