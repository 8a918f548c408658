"""The day a text first appeared is no part of the name of the outlet it appeared in."""

import pytest

from archiver.attribution import Own, candidates
from archiver.outlets import default_registry
from tests.attribution.pages import article


@pytest.mark.parametrize(
    ("language", "line", "name"),
    [
        ("fr", "Article publié initialement dans Hafenblatt le 2 février 2022.", "Hafenblatt"),
        ("es", "Publicado originalmente en Hafenblatt el 2 de febrero de 2022.", "Hafenblatt"),
        ("es", "Publicado originalmente en Hafenblatt el 02/02/2022.", "Hafenblatt"),
        ("it", "Pubblicato originariamente su Hafenblatt il 2 febbraio 2022", "Hafenblatt"),
        ("en", "Originally published in Hafenblatt 2 February 2022.", "Hafenblatt"),
        ("de", "Zuerst erschienen im Hafenblatt am 2. Februar 2022.", "Hafenblatt"),
        ("ru", "Впервые опубликовано в газете Хафенблат 2 февраля 2022 года", "Хафенблат"),
        ("de", "Dieser Text erschien zuerst in der Wochenzeitung „Der Bote“.", "Der Bote"),
        ("en", "Originally published in Channel 9 Herald on 2 February 2022.", "Channel 9 Herald"),
    ],
)
def test_a_name_ends_where_its_date_begins(language: str, line: str, name: str) -> None:
    """Whatever small word stands between the name and the day."""
    found = candidates(article(line), Own(domains=frozenset({"port.example"})), language, default_registry())
    assert [c.value for c in found if c.property == "origin" and c.rejected is None] == [name]
