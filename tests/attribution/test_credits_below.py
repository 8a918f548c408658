"""A dump shows no pictures: the short line under its text credits the text, unless it speaks of a picture."""

from dataclasses import replace

import pytest

from archiver.attribution import Own, candidates
from archiver.model import Zone
from archiver.outlets import default_registry
from tests.attribution.pages import PARAGRAPH, page


def origins(line: str, language: str) -> list[str]:
    body = [(Zone.BODY, PARAGRAPH.replace("Monday", day)) for day in ("Monday", "Tuesday", "Friday")]
    made = page((Zone.TITLE, "Lighthouse stays open"), *body, (Zone.CAPTION, line))
    dump = replace(made, blocks=tuple(replace(block, tag="line") for block in made.blocks))
    found = candidates(dump, Own(domains=frozenset({"port.example"})), language, default_registry())
    return sorted(c.value for c in found if c.property == "origin" and c.weight >= 50 and c.rejected is None)


@pytest.mark.parametrize(
    ("language", "line", "names"),
    [
        ("de", "(dpa/reuters)", ["dpa", "reuters"]),
        ("de", "Quelle: dpa", ["dpa"]),
        (
            "en",
            "This article is republished from The Harbour Review under a Creative Commons license. Read the original.",
            ["The Harbour Review"],
        ),
        ("de", "Foto: dpa/reuters", []),
        ("en", "A gull on the pier (Photo: Reuters)", []),
        ("en", "© Reuters", []),
    ],
)
def test_a_line_below_the_text_credits_it(language: str, line: str, names: list[str]) -> None:
    """Agencies in brackets, sources and licences count; pictures' credits do not."""
    assert origins(line, language) == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("© 2021 AFP", ["AFP"]),
        ("This article was first published by Reuters.", ["Reuters"]),
        ("© 2021 Port Example Media. About us", []),
        ("Home | News | Contact", []),
    ],
)
def test_what_looks_like_the_foot_of_a_dump_may_be_that_of_its_text(line: str, names: list[str]) -> None:
    """Right below the text a line of rights or a credit counts by the name that it bears."""
    body = [(Zone.BODY, PARAGRAPH.replace("Monday", day)) for day in ("Monday", "Tuesday", "Friday")]
    made = page((Zone.TITLE, "Lighthouse stays open"), *body, (Zone.FOOTER, line))
    dump = replace(made, blocks=tuple(replace(block, tag="line") for block in made.blocks))
    found = candidates(dump, Own(domains=frozenset({"port.example"})), "en", default_registry())
    assert sorted(c.value for c in found if c.property == "origin" and c.weight >= 50 and not c.rejected) == names
