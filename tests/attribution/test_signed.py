"""A desk signs what it delivered: with a sign of copyright, with initials beside its name, behind "Author:"."""

import pytest

from archiver.attribution import Own, candidates
from archiver.attribution.masthead import outlet_candidates
from archiver.model import Capture
from archiver.outlets import default_registry
from tests.attribution.pages import PARAGRAPH, article

OWN = Own(names=frozenset({"Port Weekly"}), domains=frozenset({"port.example"}))


def origins(line: str, language: str) -> list[str]:
    """The names of the origins that ``line`` under an article states firmly."""
    found = candidates(article(line), OWN, language, default_registry())
    return sorted(c.value for c in found if c.property == "origin" and c.weight >= 50 and c.rejected is None)


@pytest.mark.parametrize(
    ("language", "line", "names"),
    [
        ("en", "© 2021 AFP", ["AFP"]),
        ("en", "© AAP 2021", ["AAP"]),
        ("en", "© Project Syndicate 1995–2023", ["Project Syndicate"]),
        ("en", "Copyright 2021 The Associated Press. All rights reserved.", ["The Associated Press"]),
        ("en", "The-CNN-Wire™ & © 2021 Cable News Network, Inc. All rights reserved.", ["Cable News Network"]),
        ("en", "c.2021 The New York Times Company", ["The New York Times"]),
        ("nl", "© ANP", ["ANP"]),
        ("no", "(©NTB)", ["NTB"]),
        ("en", "© 2021 Port Weekly", []),
        ("en", "© 2021 Gull Media Group", []),
        ("en", "Image © Reuters", []),
        ("en", "© Getty Images", []),
    ],
)
def test_a_foreign_sign_of_copyright_names_the_origin(language: str, line: str, names: list[str]) -> None:
    """Whoever holds the rights of the text wrote it, unless it is the page's own house or a picture's."""
    assert origins(line, language) == names


@pytest.mark.parametrize(
    ("language", "line", "names"),
    [
        ("de", "dpa/js", ["dpa"]),
        ("de", "(Schluss) apa", ["apa"]),
        ("de", "red/APA", ["APA"]),
        ("de", "AFP/dpa/cf", ["AFP", "dpa"]),
        ("es", "EFE/abc", ["EFE"]),
        ("cs", "(čtk)", ["čtk"]),
        ("cs", "Autor: ČTK", ["ČTK"]),
        ("pl", "Autor: PAP", ["PAP"]),
        ("es", "Agencia AP", ["AP"]),
        ("en", "Jane Roe, The Canadian Press", ["The Canadian Press"]),
        ("en", "AFP/Jane Roe", []),
        ("en", "AFP photo desk", []),
        ("de", "js/kl", []),
        ("en", "Jane Roe, The Guardian", []),
        ("de", "Foto: dpa/js", []),
    ],
)
def test_initials_and_ends_of_dispatches_stand_beside_an_agency(language: str, line: str, names: list[str]) -> None:
    """Every other word of the line is a desk's or a person's initials, or says that the dispatch ends."""
    assert origins(line, language) == names


def test_what_an_agency_sold_is_not_published_by_it() -> None:
    """An agency's copyright under an article at another address heads no page; at its own it does."""
    page = article("© 2021 AFP")
    abroad = Capture(PARAGRAPH.encode(), url="https://port.example/a/1")
    at_home = Capture(PARAGRAPH.encode(), url="https://www.afp.com/en/1")
    rules = [{c.rule for c in outlet_candidates(page, capture)} for capture in (abroad, at_home)]
    assert ["masthead/copyright@1" in found for found in rules] == [False, True]


def test_a_paragraph_that_is_one_sentence_is_a_credit_by_itself() -> None:
    """A last paragraph of one short sentence is read like a sentence at the end of a longer one."""
    assert origins("Dieser Beitrag über den Hafen der Stadt wurde von der Deutschen Welle übernommen.", "de") in (
        ["Deutschen Welle"],
        ["Deutsche Welle"],
    )
