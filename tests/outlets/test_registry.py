"""A printed name or an address leads to one outlet, to several, or honestly to none."""

from pathlib import Path

import pytest

from archiver.errors import InputError
from archiver.outlets import Registry, default_registry, load_registry
from archiver.outlets.load import parse_outlets
from archiver.outlets.registry import printed_domain, site_label

TOML = """
[[outlet]]
id = "gull"
name = "Gull News"
aliases = ["Чайка", "Вечерняя гавань", "GN"]
domains = ["gull.example", "gull.example.org"]
languages = ["en", "ru"]
country = "GB"
type = "agency"

[[outlet]]
id = "time-hy"
name = "Ժամանակ"
domains = ["time.example.am"]
languages = ["hy"]
country = "AM"
common = ["Ժամանակ"]

[[outlet]]
id = "time-tr"
name = "Ժամանակ"
domains = ["time.example.tr"]
languages = ["hy", "tr"]
country = "TR"
common = ["Ժամանակ"]

[[outlet]]
id = "report"
name = "Report"
domains = ["report.example"]
languages = ["az"]
common = ["Report"]
"""


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry(tuple(parse_outlets(TOML, "test.toml")))


@pytest.mark.parametrize(
    ("printed", "how"),
    [
        ("Gull News", "name"),
        ("the Gull News", "name"),
        ("«Чайка»", "name"),
        ("gull.example", "domain"),
        ("https://www.gull.example/a/b?c", "domain"),
        ("Вечернюю гавань", "stem"),
        ("GN'nın", "ending"),
    ],
)
def test_names_lead_to_the_outlet(registry: Registry, printed: str, how: str) -> None:
    """In any script, case form or as an address; the resolution says how it matched."""
    found = registry.resolve(printed)
    assert found.outlet is not None
    assert (found.outlet.id, found.how) == ("gull", how)


@pytest.mark.parametrize(
    "printed", ["Gull", "gn", "a report", "report", "the harbour gull.example told", "", "…", "Gull Newspaper"]
)
def test_what_is_no_name_leads_nowhere(registry: Registry, printed: str) -> None:
    """Parts of names, acronyms in lower case, ordinary words and sentences that hold an address."""
    assert not registry.resolve(printed).known


def test_look_alike_letters_are_reported_and_never_matched(registry: Registry) -> None:
    """ "Gull" with a Cyrillic letter is no Gull, but it is said what it imitates."""
    found = registry.resolve("Gull Nеws")
    assert not found.known
    assert found.how == "mixed_scripts"
    assert found.imitates is not None
    assert found.imitates.id == "gull"


def test_an_ordinary_word_counts_only_as_a_name(registry: Registry) -> None:
    """ "Report" with a capital may be the outlet, and says that it may be a word."""
    found = registry.resolve("“Report”a", language="az")
    assert found.outlet is not None
    assert found.common


def test_a_shared_name_stays_ambiguous_until_something_decides(registry: Registry) -> None:
    """Country, an address nearby or nothing: two dailies of one name."""
    assert len(registry.resolve("Ժամանակ").ambiguous) == 2
    by_country = registry.resolve("Ժամանակ", country="AM").outlet
    by_link = registry.resolve("Ժամանակ", near_domain="www.time.example.tr").outlet
    assert by_country is not None
    assert by_link is not None
    assert (by_country.id, by_link.id) == ("time-hy", "time-tr")


@pytest.mark.parametrize(
    ("host", "found"),
    [
        ("gull.example", True),
        ("m.gull.example", True),
        ("WWW.GULL.EXAMPLE.", True),
        ("gull.example.evil.example", False),
        ("notgull.example", False),
        ("rngull.example", False),
        ("gull。example", True),
        (".", False),
        ("[::1]", False),
        ("a" * 300, False),
    ],
)
def test_addresses_lead_to_the_outlet_and_look_alikes_do_not(registry: Registry, host: str, found: bool) -> None:
    """Subdomains belong to it; a name that merely ends or begins alike does not. No host raises."""
    assert (registry.by_domain(host) is not None) is found


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        ("Source gull.example today", "gull.example"),
        ("https://www.gull.example/a", "gull.example"),
        ("F.A.S.", None),
        ("the U.S. said", None),
        ("12.05.2020", None),
        ("чайка.рф", "xn--80aa0ae6d.xn--p1ai"),
    ],
)
def test_printed_addresses_are_found(text: str, domain: str | None) -> None:
    """Abbreviations and dates are no addresses."""
    assert printed_domain(text) == domain


def test_site_label() -> None:
    """The part of a host that names the site."""
    assert [site_label(d) for d in ("m.gull.example", "gull.co.uk", "gull.am")] == ["gull", "gull", "gull"]


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ('id = "A b"\nname = "x"', "lower-case ASCII"),
        ('id = "a"', "`name` must be a text"),
        ('id = "a"\nname = "x"\ntype = "blog"', "none of outlet"),
        ('id = "a"\nname = "x"\ndomains = ["https://x.example"]', "bare host name"),
        ('id = "a"\nname = "x"\ncolour = "red"', "unknown field 'colour'"),
        ('id = "a"\nname = "Gоll"', "mixes Latin"),
        ('id = "a"\nname = "x"\ncommon = ["y"]', "neither name nor alias"),
    ],
)
def test_a_wrong_entry_is_named_with_its_place(entry: str, words: str) -> None:
    """The error says file, number and what is wrong."""
    with pytest.raises(InputError) as caught:
        parse_outlets(f"[[outlet]]\n{entry}\n", "mine.toml")
    assert words in caught.value.message
    assert "mine.toml: outlet 1" in caught.value.message


def test_a_user_may_add_and_replace_outlets(tmp_path: Path) -> None:
    """Own files join the packaged outlets; the same id replaces."""
    path = tmp_path / "outlets.toml"
    path.write_text(
        '[[outlet]]\nid = "tass"\nname = "My Tass"\n[[outlet]]\nid = "gull"\nname = "Gull"\n', encoding="utf-8"
    )
    registry = load_registry([path])
    assert registry.get("gull") is not None
    mine = registry.get("tass")
    assert mine is not None
    assert mine.name == "My Tass"


def test_the_packaged_registry_is_whole() -> None:
    """Every outlet is found by its own name and first address, or shares them with another."""
    registry = default_registry()
    for outlet in registry.outlets:
        found = registry.resolve(outlet.name)
        assert outlet == found.outlet or outlet in found.ambiguous, outlet.id
        for domain in outlet.domains:
            owner = registry.by_domain(domain)
            assert owner == outlet, (outlet.id, domain)


@pytest.mark.parametrize("around", ["{}", "«{}»", "the {}", "{}'nın", "{}ında", "{}-а", "({})"])
def test_a_quick_look_misses_no_name(around: str) -> None:
    """Whatever leads to an outlet, in any case form, passes the quick look that spares the others the long way."""
    registry = default_registry()
    for name in (name for outlet in registry.outlets for name in outlet.names):
        printed = around.format(name)
        for language in ("az", "ru", None):
            if registry.resolve(printed, language=language).known:
                assert registry.may_open(printed.split()[0]), printed
                assert registry.may_name("x " + printed), printed
                break


def test_a_quick_look_refuses_what_opens_no_name(registry: Registry) -> None:
    """A word that begins none of the names leads nowhere, and nothing is looked up."""
    assert not registry.may_open("Lighthouse")
    assert not registry.may_name("Lighthouse keepers, 5 May")
    assert registry.may_name("Lighthouse keepers, Gull News")
