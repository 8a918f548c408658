"""A name in a declined form leads to its outlet in the languages that decline so, and nowhere else."""

import pytest

from archiver.outlets import default_registry


@pytest.mark.parametrize(
    ("language", "name", "outlet"),
    [
        ("sr", "Slobodne Evrope", "rfe-rl"),
        ("sr", "Radija Slobodna Evropa", "rfe-rl"),
        ("sr", "Tanjuga", "tanjug"),
        ("hr", "Večernjeg lista", "vecernji-list"),
        ("pl", "Gazety Wyborczej", "gazeta-wyborcza"),
        ("cs", "Hospodářských novin", "hospodarske-noviny"),
        ("cs", "Respektu", "respekt"),
        ("de", "Süddeutschen Zeitung", "suddeutsche-zeitung"),
        ("fi", "Helsingin Sanomissa", "helsingin-sanomat"),
        ("hu", "Népszavában", "nepszava"),
        ("el", "Καθημερινής", "kathimerini"),
        ("sv", "Aftenpostens", "aftenposten"),
        ("sr", "The Guardianu", "the-guardian"),
        ("pl", "rzeczpospolitej", None),
        ("de", "Hafenzeitungen", None),
        ("en", "Slobodne Evrope", None),
        (None, "Tanjuga", None),
        ("pl", "PAP-u 24", None),
    ],
)
def test_a_declined_name_leads_to_its_outlet(language: str | None, name: str, outlet: str | None) -> None:
    """Endings belong to families of languages; names with numbers and words in lower case are no forms of a name."""
    found = default_registry().resolve(name, language=language).outlet
    assert (found.id if found else None) == outlet


def test_the_quick_look_lets_every_declined_name_pass() -> None:
    """What `resolve` finds, `may_open` never rules out by its first word."""
    registry = default_registry()
    for language, name in (("sr", "Slobodne Evrope"), ("pl", "Gazety Wyborczej"), ("de", "Deutschen Welle")):
        assert registry.may_open(name.split()[0], language)
        assert registry.may_name(f"tekst {name}", language)
