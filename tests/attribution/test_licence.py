"""Terms of use are read in the page's own words, wherever they stand, and are no credit."""

import pytest

from archiver.attribution.licence import candidates
from archiver.model import Zone
from tests.attribution.pages import PARAGRAPH, page


@pytest.mark.parametrize(
    ("line", "requires"),
    [
        ("Any use of materials is allowed only if there is a hyperlink to gull.example", ["link"]),
        ("При перепечатке материалов ссылка на «Чайку» обязательна", ["link"]),
        ("Materialdan istifadə zamanı istinad zəruridir", ["link"]),
        ("İçerikler kaynak gösterilmeden kullanılamaz", ["credit"]),
        ("Content licensed under CC BY-ND 4.0", ["credit", "no_changes"]),
        ("All rights reserved", ["permission"]),
        ("Любое копирование строго запрещено", ["permission"]),
        ("記事の無断転載を禁じます", ["permission"]),
    ],
)
@pytest.mark.parametrize("zone", [Zone.FOOTER, Zone.NAVIGATION, Zone.TAIL])
def test_terms_and_what_they_ask(line: str, requires: list[str], zone: Zone) -> None:
    """The value is the sentence, the quote stands at its place, the requirements are named."""
    of = page((Zone.TITLE, "Lighthouse"), (Zone.BODY, PARAGRAPH), (zone, line))
    found = candidates(of)
    assert [c.value for c in found] == [line]
    assert [list(c.detail["requires"]) for c in found] == [requires]  # type: ignore[arg-type]
    assert all(of.text[c.start : c.end] == c.quote for c in found)


@pytest.mark.parametrize("line", ["All rights were denied to them", "The use of credit cards grew", "Ссылка на карту"])
def test_ordinary_sentences_are_no_terms(line: str) -> None:
    """Words that also occur in licences."""
    assert candidates(page((Zone.BODY, line))) == []


def test_only_the_sentence_is_quoted() -> None:
    """A line that holds more than the terms gives the terms alone."""
    of = page((Zone.FOOTER, "© 2020 Gull. All rights reserved. Made with love."))
    assert [c.value for c in candidates(of)] == ["All rights reserved"]


def test_comments_license_nothing() -> None:
    """What a reader writes binds nobody."""
    assert candidates(page((Zone.COMMENTS, "All rights reserved"))) == []
