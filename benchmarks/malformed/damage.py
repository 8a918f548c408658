"""Ways in which a good page goes bad, each a function of its bytes and of a seeded chance."""

import random
import re
from collections.abc import Callable
from typing import TypeAlias

Damage: TypeAlias = "Callable[[random.Random, bytes, bytes], bytes]"  # chance, page, another page

_CHARSETS = (
    *("utf-16", "utf-32", "utf-7", "x-user-defined", "undefined", "idna", "punycode", "rot13", "base64", "zlib"),
    *("unicode_escape", "raw_unicode_escape", "mbcs", "hex", "", "utf-8;", "ansi_x3.110-1983", "iso-2022-jp", "hz"),
    *("iso-2022-kr", "cp037", "gb18030", "big5hkscs", "tis-620", "\x00", "utf-8\x00", "U" * 300),
)  # fmt: skip
_ODD = (
    *("\x00", "\x01", "\x1b[2J", "\x7f", "\x85", "\u2028", "\u2029", "\ufeff", "\ufffe", "\uffff", "\u202e", "\u200b"),
    *("\U000e0041", "\U0010ffff", "\u0300" * 50, "\ufdfa" * 9, "İ", "ſ", "ŉ", "ß", "ΐ", "\u1e9e", "０１２３", "١٢٣٤"),
    *("&#0;", "&#xD800;", "&#x110000;", "&#99999999999999999999;", "&#-1;", "&;", "&#x;", "&NotAnEntity;", "&#13;"),
    *("<![CDATA[", "<!--", "-->", "<?", "?>", "</", "<", ">", '"', "'", "<plaintext>", "<svg>", "</body>"),
    *("<script>", "</script>", "<style>", "<title>", "<textarea>", "<xmp>", "<template>", "<base href=:>"),
    *("http://[", "http://[::1", "//", "javascript:", "http://\u2100.example/", "http://a:99999/", "http://%zz@/"),
    *("0000-00-00", "9999-99-99T99:99:99+99:99", "-0001-01-01", "2024-02-30", "10000-01-01", "1e999", "٣٠/٠٢/٢٠٢٤"),
)  # fmt: skip
_SURROGATES = (b"\xed\xa0\x80", b"\xed\xbf\xbf", b"\xc0\x80", b"\xf8\x88\x80\x80\x80", b"\xff", b"\xfe", b"\x80")
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff", b"+/v8-")


def truncated(rng: random.Random, body: bytes, _other: bytes) -> bytes:
    """Cut off at any byte."""
    return body[: rng.randrange(1, len(body))]


def beheaded(rng: random.Random, body: bytes, _other: bytes) -> bytes:
    """Only what follows any byte."""
    return body[rng.randrange(len(body) - 1) :]


def holed(rng: random.Random, body: bytes, _other: bytes) -> bytes:
    """Some stretches are missing."""
    for _ in range(rng.randint(1, 20)):
        start = rng.randrange(len(body))
        body = body[:start] + body[start + rng.randint(1, 2_000) :] or b"<"
    return body


def bits_flipped(rng: random.Random, body: bytes, _other: bytes) -> bytes:
    """Some bits are wrong."""
    data = bytearray(body)
    for _ in range(rng.choice((1, 10, 100, 1_000, len(data) // 50 + 1))):
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    return bytes(data)


def bytes_swapped(rng: random.Random, body: bytes, _other: bytes) -> bytes:
    """Stretches stand at each other's place."""
    data = bytearray(body)
    for _ in range(rng.randint(1, 50)):
        size = rng.randint(1, 200)
        one, two = (rng.randrange(max(1, len(data) - size)) for _ in range(2))
        data[one : one + size], data[two : two + size] = data[two : two + size], data[one : one + size]
    return bytes(data)


def overwritten(rng: random.Random, body: bytes, _other: bytes) -> bytes:
    """A stretch is noise."""
    data = bytearray(body)
    start = rng.randrange(len(data))
    size = rng.randint(1, 4_000)
    data[start : start + size] = rng.randbytes(size)
    return bytes(data)


def spliced(rng: random.Random, body: bytes, other: bytes) -> bytes:
    """One page ends in the middle of another."""
    return body[: rng.randrange(len(body))] + other[rng.randrange(len(other)) :] or b"<"


def nested_pages(rng: random.Random, body: bytes, other: bytes) -> bytes:
    """A whole page stands inside another."""
    place = rng.randrange(len(body))
    return body[:place] + other + body[place:]


def with_nuls(rng: random.Random, body: bytes, _other: bytes) -> bytes:
    """NUL bytes here and there, or after every byte of a stretch."""
    if rng.random() < 0.3:
        return bytes(byte for each in body for byte in (each, 0))
    parts = [body[i : i + 97] for i in range(0, len(body), 97)]
    return b"".join(part + b"\x00" * rng.choice((0, 0, 1, 7)) for part in parts)


def oddly_marked(rng: random.Random, body: bytes, _other: bytes) -> bytes:
    """Byte order marks that are doubled, contradict each other or stand in the middle."""
    marks = b"".join(rng.choices(_BOMS, k=rng.randint(1, 4)))
    place = rng.choice((0, rng.randrange(len(body))))
    return marks + body[:place] + rng.choice(_BOMS) + body[place:]


def declared_wrongly(rng: random.Random, body: bytes, _other: bytes) -> bytes:
    """The page names another encoding than its own, or none that exists."""
    said = rng.choice(_CHARSETS).encode()
    return b'<meta charset="' + said + b'">' + re.sub(rb"charset\s{0,5}=[\"']?[\w-]{1,40}", b"charset=" + said, body)


def encoded_anew(rng: random.Random, body: bytes, _other: bytes) -> bytes:
    """The bytes are in another encoding than the one that they name."""
    names = ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "cp037", "cp1251", "gb18030", "shift_jis", "cp864")
    return body.decode("utf-8", "replace").encode(rng.choice(names), "replace")


def mixed_bytes(rng: random.Random, body: bytes, _other: bytes) -> bytes:
    """Surrogates, overlong and truncated sequences between the letters."""
    for _ in range(rng.randint(1, 60)):
        place = rng.randrange(len(body))
        body = body[:place] + rng.choice(_SURROGATES) + body[place:]
    return body


def odd_characters(rng: random.Random, body: bytes, _other: bytes) -> bytes:
    """Characters, entities, tags, addresses and dates that trip readers."""
    for _ in range(rng.randint(1, 60)):
        place = rng.randrange(len(body))
        body = body[:place] + rng.choice(_ODD).encode() + body[place:]
    return body


def stuttering(rng: random.Random, body: bytes, _other: bytes) -> bytes:
    """A stretch stands there hundreds of times."""
    place = rng.randrange(len(body))
    piece = body[place : place + rng.choice((1, 8, 40, 300))]
    return body[:place] + piece * min(3_000, 60_000 // max(1, len(piece))) + body[place:]


def without(rng: random.Random, body: bytes, _other: bytes) -> bytes:
    """One kind of character is gone everywhere."""
    return body.replace(rng.choice((b"<", b">", b'"', b"/", b"=", b" ", b"\n", b"{", b"}", b"</")), b"") or b"<"


def recased(rng: random.Random, body: bytes, _other: bytes) -> bytes:
    """All letters large, or all small."""
    return body.upper() if rng.random() < 0.5 else body.lower()


def in_one_line(_rng: random.Random, body: bytes, other: bytes) -> bytes:
    """No line ends, and much text without markup."""
    return re.sub(rb"<[^<>]{0,2000}>", b" ", body + other).replace(b"\n", b" ") or b"a"


WAYS: tuple[Damage, ...] = (
    truncated,
    beheaded,
    holed,
    bits_flipped,
    bytes_swapped,
    overwritten,
    spliced,
    nested_pages,
    with_nuls,
    oddly_marked,
    declared_wrongly,
    encoded_anew,
    mixed_bytes,
    odd_characters,
    stuttering,
    without,
    recased,
    in_one_line,
)
