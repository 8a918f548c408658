"""An address has one spelling, and becomes no other address by it."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.errors import InputError
from archiver.urls import ascii_host, host, is_web_address, normalise, without_credentials

SPELT = [
    ("HTTP://News.Example/A", "http://news.example/A"),
    ("https://news.example", "https://news.example/"),
    ("https://news.example:443/a", "https://news.example/a"),
    ("http://news.example:80/a", "http://news.example/a"),
    ("http://news.example:8080/a", "http://news.example:8080/a"),
    ("https://news.example/a#top", "https://news.example/a"),
    ("https://news.example/a?utm_source=x&id=5&fbclid=y", "https://news.example/a?id=5"),
    ("https://news.example/a?utm_source=x", "https://news.example/a"),
    ("https://news.example/a?b=2&a=1", "https://news.example/a?b=2&a=1"),
    ("https://news.example/a?q=%20&r=+", "https://news.example/a?q=%20&r=+"),
    ("https://news.example/a?empty=&flag", "https://news.example/a?empty=&flag"),
    ("https://user:secret@news.example/a", "https://news.example/a"),
    ("https://хабар.example/а", "https://xn--80aac5dva.example/а"),
    ("https://news.example./a", "https://news.example/a"),
    ("  https://news.example/a\n", "https://news.example/a"),
    ("https://news.example/a b", "https://news.example/a%20b"),
    ("https://[2001:DB8::1]:8443/a", "https://[2001:db8::1]:8443/a"),
    ("//News.example/a", "https://news.example/a"),
    ("https://news.example/%D0%B0/./..//x", "https://news.example/%D0%B0/./..//x"),
]


@pytest.mark.parametrize(("given_", "spelt"), SPELT)
def test_one_spelling(given_: str, spelt: str) -> None:
    """Scheme, host, port, fragment, credentials and tracking are levelled; path and query stay."""
    assert normalise(given_) == spelt


@pytest.mark.parametrize("spelt", [spelt for _, spelt in SPELT])
def test_spelling_twice_is_spelling_once(spelt: str) -> None:
    """The one spelling is its own."""
    assert normalise(spelt) == spelt


@pytest.mark.parametrize(
    "url",
    [
        "",
        "news.example/a",
        "ftp://news.example/a",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://",
        "https:///a",
        "mailto:a@b.example",
        "https://news.example:99999/a",
        "https://news.example:x/a",
        "https://[::1/a",
        "https://" + "a" * 70 + ".example/",
        "https://..example/",
    ],
)
def test_what_is_no_web_address(url: str) -> None:
    """Refused with a sentence for a person, never with another error."""
    with pytest.raises(InputError) as caught:
        normalise(url)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.News.example/a", "news.example"),
        ("https://хабар.example", "xn--80aac5dva.example"),
        ("https://www.example", "example"),
        ("news.example", None),
        ("https://", None),
        ("https://[::1/a", None),
        ("https://" + "ä" * 80 + ".example", None),
    ],
)
def test_hosts(url: str, name: str | None) -> None:
    """Lower-case ASCII without www., or None where there is none."""
    assert host(url) == name


def test_ascii_host_refuses_what_cannot_be_a_name() -> None:
    """A label of 64 characters is no label."""
    assert ascii_host("BÜCHER.example") == "xn--bcher-kva.example"
    with pytest.raises(ValueError):
        ascii_host("ü" * 64 + ".example")


def test_is_web_address() -> None:
    """Scheme and a host are asked for."""
    assert is_web_address("HTTPS://news.example")
    assert not is_web_address("https://")
    assert not is_web_address("news.example")


def test_credentials_never_reach_a_log() -> None:
    """User name and password are taken out, all else stays."""
    assert without_credentials("https://u:p@news.example:8080/a?b#c") == "https://news.example:8080/a?b#c"
    assert without_credentials("https://u:p@x@news.example/a") == "https://news.example/a"


_HOST = st.from_regex(r"[a-z][a-z0-9]{0,10}(\.[a-z][a-z0-9]{0,8}){1,2}", fullmatch=True)
_PATH = st.text(alphabet=string.ascii_letters + string.digits + "/-_.~%+ äж", max_size=20)
_PAIRS = st.lists(
    st.tuples(
        st.text(string.ascii_letters, min_size=1, max_size=5), st.text(string.ascii_letters + "%20+ж", max_size=5)
    ),
    max_size=4,
)


@given(_HOST, _PATH, _PAIRS)
def test_normalising_is_idempotent(name: str, path: str, pairs: list[tuple[str, str]]) -> None:
    """Whatever the path and query: once is as good as twice."""
    query = "&".join(f"{key}={value}" for key, value in pairs)
    once = normalise(f"https://{name}/{path}?{query}")
    assert normalise(once) == once


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_an_input_error(text: str) -> None:
    """Nothing else is ever raised."""
    try:
        once = normalise(text)
    except InputError:
        return
    assert normalise(once) == once
    assert is_web_address(once)


@given(st.text(max_size=40))
def test_host_of_any_text(text: str) -> None:
    """A host or None, whatever the text."""
    found = host("https://" + text)
    assert found is None or found.isascii()
