"""Bytes that ids hang on never change: frozen vectors, and the properties of canonical JSON."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.canonical import Json, canonical_json, sha256_hex, short_id, text_digest

# Made once; a change here would orphan every id in every archive.
VECTORS: list[tuple[Json, str]] = [
    ({"b": 1, "a": [True, False, None]}, '{"a":[true,false,null],"b":1}'),
    ({"é": "ü", "e": "€"}, '{"e":"€","é":"ü"}'),
    ('\u2028\u2029/\\"\n\t\x01\x7f', '"\u2028\u2029/\\\\\\"\\n\\t\\u0001\x7f"'),
    # RFC 8785, section 3.2.3: keys are sorted by UTF-16 code units, so the emoji stands before U+FB33.
    (
        {"\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\U0001f600": 5, "\u0080": 6, "\u00f6": 7},
        '{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\U0001f600":5,"\ufb33":3}',
    ),
    ([], "[]"),
    ({}, "{}"),
    (2**53 - 1, "9007199254740991"),
    (-(2**53) + 1, "-9007199254740991"),
    ((1, "a"), '[1,"a"]'),
]
IDS = [
    (("article", "https://news.example/a"), "fzf7qnb4fuqi62ez"),
    (("article", None), "4toprbwjhzaf6ehk"),
    (("statement", "a", "b.c"), "s4pyqquqblpen57w"),
    (("statement", "a.b", "c"), "qkqzn2ugquiyafa5"),
    (("statement", "Əliyev", "\U0001f600"), "l5robshtehik4oqf"),
]


@pytest.mark.parametrize(("value", "written"), VECTORS)
def test_frozen_json(value: Json, written: str) -> None:
    """One spelling, as RFC 8785 has it."""
    assert canonical_json(value) == written.encode()


@pytest.mark.parametrize(("parts", "made"), IDS)
def test_frozen_ids(parts: tuple[str, ...], made: str) -> None:
    """The same parts give the same id on every machine, for ever."""
    assert short_id(*parts) == made


def test_frozen_digests() -> None:
    """SHA-256 as ``sha256sum`` prints it."""
    assert sha256_hex(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert text_digest("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@pytest.mark.parametrize("value", [1.0, float("nan"), {1: "a"}, {"a": {2.5}}, object(), b"x", [0.1]])
def test_what_has_no_canonical_form(value: object) -> None:
    """Floats, sets, bytes and keys that are no strings are refused."""
    with pytest.raises(TypeError):
        canonical_json(value)  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [2**53, -(2**53), 10**30])
def test_integers_beyond_json(value: int) -> None:
    """Larger integers lose digits in other readers and are refused."""
    with pytest.raises(ValueError, match="RFC 8785"):
        canonical_json(value)


_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=5), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(_JSON)
def test_json_comes_back(value: Json) -> None:
    """Any JSON reader reads the same value from the canonical bytes, and writing it again gives them again."""
    written = canonical_json(value)
    assert json.loads(written) == value
    assert canonical_json(json.loads(written)) == written


@given(
    st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=5), st.integers(0, 9), max_size=6),
    st.randoms(),
)
def test_order_of_keys_does_not_matter(value: dict[str, int], chance: object) -> None:
    """However a dictionary was built, its bytes are the same."""
    keys = list(value)
    chance.shuffle(keys)  # type: ignore[attr-defined]
    assert canonical_json({key: value[key] for key in keys}) == canonical_json(dict(value))


def test_lone_surrogates_have_bytes_of_their_own() -> None:
    """Broken text is kept apart from every other text and does not fail."""
    assert text_digest("\ud800") != text_digest("\ufffd")
    assert canonical_json("\ud800") == b'"\xed\xa0\x80"'
    assert canonical_json({"\ud800": 1})


@given(st.lists(st.text() | st.none(), max_size=4), st.lists(st.text() | st.none(), max_size=4))
def test_different_parts_never_meet(one: list[str | None], other: list[str | None]) -> None:
    """Ids differ unless the parts are the same, and are sixteen lower-case characters."""
    made = short_id("kind", *one)
    assert (made == short_id("kind", *other)) == (one == other)
    assert len(made) == 16
    assert made.isalnum()
    assert made == made.lower()
