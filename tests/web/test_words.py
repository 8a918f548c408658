"""Words on pages: dates keep their precision, links are web addresses alone."""

import pytest

from archiver.model import Grade, Meant, OriginKind, Outcome, Space
from archiver.web import words
from archiver.web.links import host_words, outward
from tests.audit.build import edge, origin
from tests.web.hostile import PAYLOADS


@pytest.mark.parametrize(
    ("value", "zone", "said"),
    [
        ("2024", None, "2024"),
        ("2024-12", None, "December 2024"),
        ("2024-12-19", None, "19 December 2024"),
        ("2024-12-19T10:00", None, "19 December 2024, 10:00 (time zone not stated)"),
        ("2024-12-19T10:00:05", "+04:00", "19 December 2024, 10:00:05 (UTC+04:00)"),
        ("2024-12-19T10", "Z", "19 December 2024, 10h (UTC)"),
        ("2024-99", None, "2024-99"),
        ("<b>", None, "<b>"),
    ],
)
def test_dates_in_words(value: str, zone: str | None, said: str) -> None:
    """Nothing is said that was not stated, neither a day nor a zone."""
    assert words.date_words(value, zone) == said


def test_every_kind_has_its_words() -> None:
    """No page shows a name of the code where people expect words."""
    assert set(words.MEANT) == set(words.MEANT_SHORT) == set(Meant)
    assert set(words.CAME_FROM) == set(OriginKind)
    assert set(words.GRADES) == set(Grade)
    assert set(words.OUTCOMES) == set(Outcome)
    assert all(words.place_words(space, None) for space in Space)


def test_a_declared_machine_is_named_where_a_text_came_from() -> None:
    """A page that says a machine translated it is never shown as a translation by people."""
    people = origin("translation", "Su Yolu", "Translated from Su Yolu")
    machine = origin("translation", "Su Yolu", "Translated by machine from Su Yolu", detail={"machine": True})
    assert words.came_from(edge(people)) == "translated from"
    assert words.came_from(edge(machine)) == "translated by a machine from"


@pytest.mark.parametrize("url", [p for p in PAYLOADS if not p.startswith("https://")])
def test_no_payload_becomes_a_link(url: str) -> None:
    """javascript: and its kin are text."""
    assert outward(url) is None
    host_words(url)


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://news.example/a", "https://news.example/a"),
        ("HTTPS://news.example/a", "https://news.example/a"),
        ("https://user:secret@news.example/a", "https://news.example/a"),
        ("https://news.example/a b", None),
        ("ftp://news.example/", None),
        ("//news.example/", None),
        ("", None),
        (None, None),
        ("https://[broken/", None),
    ],
)
def test_only_web_addresses_become_links(url: str | None, link: str | None) -> None:
    """Passwords never leave, and nothing but http and https is followed."""
    assert outward(url) == link


def test_look_alike_hosts_are_ascii() -> None:
    """A Cyrillic letter in a host name shows as punycode."""
    assert host_words("https://vеlmara.example/").startswith("xn--")


@pytest.mark.parametrize(("value", "tag"), [("az", "az"), ("az-Latn", "az-Latn"), ('en" onload="x', None), ("", None)])
def test_lang_attributes_are_language_tags(value: str, tag: str | None) -> None:
    """A page may declare anything; only tags reach our markup."""
    assert words.language_tag(value) == tag
