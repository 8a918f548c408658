"""Signs of machine translation are suspected from three kinds on, and never in edited text."""

import pytest

from archiver.extract import residue
from archiver.model import Candidate, Capture, Meant, Page, Zone
from tests.extract.cut_pages import cut
from tests.shared_data import needs_shared, seeds

PLAIN = (
    "The council met on Tuesday to talk about the bridge, and the mayor said that the work would be done by autumn. "
    "Builders who had waited for years were glad, but some of those who live near the river fear the noise. "
)
# Slips as machines make them, in sentences of our own.
SLIPS = [
    "The governor noted that, The road will be ready before the winter and He thanked the builders for their work.",
    "It is known that, The money was given by the bank and There is no reason to doubt what was promised in spring.",
    "The engineer said that, During the works the old bridge stays open: “We will not close it for anybody at all. “",
    "According to wrote the newspaper, the price of the bridge has risen twice since the first stone was laid there.",
    "Cement, sand and s. were brought from the hills by the men of the village, who did not want any wages for it.",
    "Undoubtedly that, The bridge is needed, and Not everybody who uses it today will be able to pay for crossing.",
]


def suspected(page: Page, language: str | None = "en") -> list[Candidate]:
    """Candidates for ``page``, its prose taken for the clean text."""
    return residue.candidates(page.text, page, language)


def test_three_kinds_in_enough_text() -> None:
    """The quote stands at its place, the value is a suspicion, every sign is listed with its places."""
    page = cut(*((Zone.BODY, line) for line in SLIPS), (Zone.BODY, PLAIN), (Zone.BODY, PLAIN), (Zone.BODY, PLAIN))
    (found,) = suspected(page)
    assert (found.value, found.meant) == ("suspected", Meant.SUSPECTED)
    assert page.text[found.start : found.end] == found.quote
    signs = found.detail["signs"]
    assert isinstance(signs, list)
    assert found.detail["kinds"] == len(signs) >= residue.LEAST_KINDS
    for sign in signs:
        assert isinstance(sign, dict)
        places = sign["places"]
        assert isinstance(places, list)
        assert len(places) == sign["count"]


def test_too_little_text_says_nothing() -> None:
    """Below two hundred words even many slips prove nothing."""
    assert suspected(cut(*((Zone.BODY, line) for line in SLIPS))) == []


def test_few_signs_in_a_long_text_say_nothing() -> None:
    """Four in a thousand words are asked for."""
    assert (
        suspected(
            cut(*((Zone.BODY, line) for line in SLIPS), *[(Zone.BODY, f"{number} {PLAIN}") for number in range(200)])
        )
        == []
    )


@pytest.mark.parametrize("language", ["ka", None, "xx"])
def test_languages_without_a_list_say_nothing(language: str | None) -> None:
    """What the slips of a language are must be known first."""
    assert suspected(cut(*((Zone.BODY, line) for line in SLIPS), *[(Zone.BODY, PLAIN)] * 3), language) == []


def test_furniture_is_not_judged() -> None:
    """Menus, comments and related lists are nobody's translation."""
    assert suspected(cut(*((Zone.COMMENTS, line) for line in SLIPS), *[(Zone.BODY, PLAIN)] * 6)) == []


@pytest.mark.parametrize(
    "line",
    [
        "“We said that, I think, and He who made the world knows it,” the priest told those who had come to listen.",
        "The iPhone and the eBay page that macOS users of YouTube know well were shown to the visitors of the fair.",
        "According to The Daily Example, and The Evening Example, the two papers of the town, nothing has happened.",
        "In the e.g. and i.e. of lawyers, as in the etc. of writers, there is more hidden than a reader will suspect.",
        "Blinken met Blinkov, and neither of the two men, who had never met before, knew what the other one wanted.",
    ],
)
def test_edited_text_has_few_signs(line: str) -> None:
    """Turns of edited English that come near a sign never add up to three kinds."""
    page = cut((Zone.BODY, line), *[(Zone.BODY, PLAIN)] * 6)
    assert len({sign.kind for sign in residue.find(page, "en")}) < residue.LEAST_KINDS


def test_other_languages() -> None:
    """English words left in a Russian text, capitals inside sentences and quotes apart are slips as well."""
    slips = (
        "Министр сообщил the что мост будет построен и Он поблагодарил всех строителей за работу of которую сделали. "
        "Губернатор отметил сегодня Однако что дорога не готова и Они будут ждать весны, “чтобы открыть её всем. “"
    )
    plain = (
        "Совет собрался во вторник, чтобы обсудить мост, и мэр сказал, что работы закончат к осени, если будет тепло. "
    )
    page = cut(
        *((Zone.BODY, f"{number} {slips}") for number in range(3)),
        *((Zone.BODY, f"{number} {plain}") for number in range(9)),
    )
    assert [c.value for c in suspected(page, "ru")] == ["suspected"]
    assert suspected(cut(*[(Zone.BODY, plain * 2)] * 12), "ru") == []


@needs_shared
@pytest.mark.shared
@pytest.mark.parametrize(("number", "expected"), [(0, 0), (1, 0), (2, 1), (3, 0), (4, 0)])
def test_development_texts(number: int, expected: int) -> None:
    """One of the development dumps shows the signs, four do not."""
    from archiver import formats
    from archiver.extract import chrome, zones

    capture = Capture(seeds()[number].read_bytes())
    page = zones.assign(formats.open_page(capture), capture)
    text, _ = chrome.clean(page)
    assert len(residue.candidates(text, page, "en")) == expected
