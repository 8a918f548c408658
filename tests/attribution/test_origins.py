"""Origins by place and grammar: what is stated, by whom, where the words stand, and what is no origin at all."""

import pytest

from archiver.attribution import Own, candidates
from archiver.model import Candidate, Meant, Page, Zone
from archiver.outlets import Registry, default_registry
from archiver.outlets.load import parse_outlets
from tests.attribution.pages import PARAGRAPH, article, page

OURS = parse_outlets(
    """
[[outlet]]
id = "gull"
name = "Gull Times"
aliases = ["Чайка таймс"]
domains = ["gull.example"]
languages = ["en"]

[[outlet]]
id = "kelp"
name = "Kelp"
domains = ["kelp.example"]
languages = ["en"]
common = ["Kelp"]

[[outlet]]
id = "tide"
name = "Tide Agency"
aliases = ["TIDE", "ТАЙД", "TİDE"]
domains = ["tide.example"]
languages = ["en"]
type = "agency"

[[outlet]]
id = "port"
name = "Port Paper"
aliases = ["PP"]
domains = ["port.example", "port.example.az"]
languages = ["en", "az"]
""",
    "test",
)
OWN = Own(domains=frozenset({"port.example"}))


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry((*default_registry().outlets, *OURS))


def origins(registry: Registry, of: Page, language: str = "en", own: Own = OWN) -> list[tuple[object, str]]:
    found = candidates(of, own, language, registry)
    for candidate in found:
        assert of.text[candidate.start : candidate.end] == candidate.quote
        assert candidate.quote
    return [(c.detail["kind"], c.value) for c in found if firm(c)]


def firm(candidate: Candidate) -> bool:
    return candidate.property == "origin" and candidate.weight >= 50 and candidate.rejected is None


@pytest.mark.parametrize(
    ("of", "language", "expected"),
    [
        (article("Jane Roe", "Translated from gull.example"), "en", [("translation", "gull.example")]),
        (article("Source: Gull Times"), "en", [("reprint", "Gull Times")]),
        (article("Source: Tide Agency"), "en", [("wire", "Tide Agency")]),
        (article("Source: Unheard-of Herald"), "en", [("reprint", "Unheard-of Herald")]),
        (article("Source:", "Gull Times"), "en", [("reprint", "Gull Times")]),
        (article("Source: news agencies"), "en", [("wire", "")]),
        (article("Gull Times"), "en", [("reprint", "Gull Times")]),
        (article("(Tide Agency)"), "en", [("wire", "Tide Agency")]),
        (article("This article originally appeared on Gull Times."), "en", [("reprint", "Gull Times")]),
        (article("Translated by Jane Roe"), "en", [("translation", "")]),
        (article("Source: Gull Times", "Translated by Jane Roe"), "en", [("translation", "Gull Times")]),
        (article("Источник: Чайка таймс"), "ru", [("reprint", "Чайка таймс")]),
        (article("gull.example saytından tərcümə"), "az", [("translation", "gull.example")]),
        (article("Kaynak: Gull Times"), "tr", [("reprint", "Gull Times")]),
        (article("TIDE/AFP"), "en", [("wire", "TIDE"), ("wire", "AFP")]),
        (article("Sources: TIDE, AFP"), "en", [("wire", "TIDE"), ("wire", "AFP")]),
        (article("Staff and agencies"), "en", [("wire", "")]),
        (article("The original appeared in Gull Times."), "en", [("reprint", "Gull Times")]),
        (article("Article original : Gull Times", "Traduit par Jane Roe"), "fr", [("translation", "Gull Times")]),
        (article("Mit Informationen der Nachrichtenagentur Tide Agency"), "de", [("wire", "Tide Agency")]),
        (
            article("A joint publication", "This story is a joint publication of Port Paper and Gull Times."),
            "en",
            [("reprint", "Gull Times")],
        ),
        (article("Quelle: Verein der Möwen (VdM), 2. Februar 2022, Hafen"), "de", [("reprint", "Verein der Möwen")]),
        (article(lead="【5月5日 AFP】" + PARAGRAPH), "ja", [("wire", "AFP")]),
        (article(lead="[서울=뉴시스] " + PARAGRAPH), "ko", [("wire", "뉴시스")]),
        (article("(PAP)"), "pl", [("wire", "PAP")]),
        (article("Աղբյուրը՝ gull.example"), "hy", [("reprint", "gull.example")]),
        (article("Quelle: PP, jro/Tide Agency"), "de", [("wire", "Tide Agency")]),
        (article(byline="Tide Agency | 5 May 2024 | Updated 6:12"), "en", [("wire", "Tide Agency")]),
        (article(byline="By Gull Times | Friday, 18 March 2016"), "en", [("reprint", "Gull Times")]),
        (article(lead="HARBOUR (TIDE) — " + PARAGRAPH), "en", [("wire", "TIDE")]),
        (article(lead="ГАВАНЬ, 5 мая. /ТАЙД/. " + PARAGRAPH), "ru", [("wire", "ТАЙД")]),
        (article(lead="HARBOUR, MAY 5, TIDE. " + PARAGRAPH), "en", [("wire", "TIDE")]),
        (article(lead="(Tide Agency) - " + PARAGRAPH), "en", [("wire", "Tide Agency")]),
        (article(title="Lighthouse stays open (Gull Times)"), "en", [("reprint", "Gull Times")]),
    ],
)
def test_stated_origins(registry: Registry, of: Page, language: str, expected: list[tuple[str, str]]) -> None:
    """Label and value, verb and outlet, dateline, bare name, byline, brackets, headline."""
    assert origins(registry, of, language) == expected


@pytest.mark.parametrize(
    "of",
    [
        article("Source: Port Paper"),
        article("port.example"),
        article("Source: PP"),
        article("Source: port.example.az"),
        article(lead="HARBOUR (PP) — " + PARAGRAPH),
        article("This article was reprinted on Gull Times."),
        article("Read the Spanish version of this article translated by Jane Roe"),
        article("The novel, translated by Jane Roe, has 300 pages."),
        article("Kelp"),
        article("Jane Roe"),
        article("kelp"),
        article("Photo: Tide Agency"),
        article("Image source: Getty Images"),
        article("Sources:", "gull.example"),
        article(lead="According to Gull Times, the port is open. " + PARAGRAPH),
        article(lead="The port is open, Tide Agency reports. " + PARAGRAPH),
        article(byline="Jane Roe/Tide Agency"),
        article(byline="Jane Roe | Tide Agency | Getty Images"),
        page((Zone.TITLE, "A headline"), (Zone.BODY, PARAGRAPH), (Zone.CAPTION, "The lighthouse (Tide Agency)")),
        page((Zone.TITLE, "A headline"), (Zone.BODY, PARAGRAPH), (Zone.RELATED, "Source: Gull Times")),
        page((Zone.TITLE, "A headline"), (Zone.BODY, PARAGRAPH), (Zone.FOOTER, "Tide Agency articles: Copyright")),
        page((Zone.TITLE, "A headline"), (Zone.BODY, PARAGRAPH), (Zone.COMMENTS, "Translated from gull.example")),
    ],
)
def test_what_is_no_origin(registry: Registry, of: Page) -> None:
    """Own names, outbound credits, books, captions, citations, ordinary words, furniture."""
    assert origins(registry, of) == []


def test_a_bare_name_is_inferred_and_a_label_is_stated(registry: Registry) -> None:
    """Only the place of a bare last line speaks, so it is an inference."""
    bare = next(c for c in candidates(article("Gull Times"), OWN, "en", registry) if firm(c))
    label = next(c for c in candidates(article("Source: Gull Times"), OWN, "en", registry) if firm(c))
    assert (bare.meant, label.meant) == (Meant.INFERRED, Meant.STATED)
    assert bare.detail["domain"] == "gull.example"


def test_letters_that_imitate_are_suspected(registry: Registry) -> None:
    """ "Gull Tіmes" with a Ukrainian і is not the outlet; it is shown to nobody and says what it imitates."""
    found = [c for c in candidates(article("Source: Gull Tіmes"), OWN, "en", registry) if c.property == "origin"]
    assert [c.meant for c in found] == [Meant.SUSPECTED]
    assert not any(firm(c) for c in found)
    assert found[0].detail["imitates"] == "gull"


def test_a_citation_becomes_a_reprint_by_one_more_sentence(registry: Registry) -> None:
    """ "... in an article. We present the article" hands the text over."""
    cited = (
        "Liman rəisi bu barədə “Gull Times” qəzetində dərc olunan məqaləsində yazıb, limanın açıq qalacağını deyib. "
        * 2
    )
    alone = article(lead=cited)
    assert origins(registry, alone, "az") == []
    handed = article(lead=cited.strip() + " Həmin məqaləni təqdim edirik.")
    assert origins(registry, handed, "az") == [("reprint", "Gull Times")]


def test_a_chain_is_two_edges(registry: Registry) -> None:
    """Two credits are two origins, each with its own words."""
    found = origins(registry, article("Source: Tide Agency", "This article first appeared in Gull Times"))
    assert sorted(found) == [("reprint", "Gull Times"), ("wire", "Tide Agency")]


def test_the_same_origin_is_shown_once(registry: Registry) -> None:
    """A dateline and a label that name one agency are one edge; the other is kept with its reason."""
    of = article("Source: Tide Agency", lead="HARBOUR (TIDE) — " + PARAGRAPH)
    found = [c for c in candidates(of, OWN, "en", registry) if c.property == "origin"]
    assert [c.rejected is None for c in found] == [True, False]


def test_a_linked_credit_keeps_its_address(registry: Registry) -> None:
    """ "Read the original article" names nobody, but its link leads somewhere."""
    of = page(
        (Zone.TITLE, "Lighthouse"),
        (Zone.BODY, PARAGRAPH),
        (Zone.TAIL, "Read the original article"),
        links={"original article": "https://gull.example/a"},
    )
    found = next(c for c in candidates(of, OWN, "en", registry) if firm(c))
    assert (found.value, found.detail["name"]) == ("", None)
    assert found.detail["url"] == "https://gull.example/a"
    assert found.detail["domain"] == "gull.example"


def test_the_source_language_only_where_stated(registry: Registry) -> None:
    """ "from the Russian" gives a language; "Translated from gull.example" gives none."""
    stated = next(c for c in candidates(article("Translated from the Russian"), OWN, "en", registry) if firm(c))
    silent = next(c for c in candidates(article("Translated from gull.example"), OWN, "en", registry) if firm(c))
    assert stated.detail["language"] == "ru"
    assert "language" not in silent.detail


def test_own_names_are_self_credits_and_others_citations(registry: Registry) -> None:
    """Neither is an origin; both are kept as what they are."""
    of = article(lead="The port is open, Port Paper reports. According to Gull Times, it is not. " + PARAGRAPH)
    found = {(c.property, c.value) for c in candidates(of, OWN, "en", registry)}
    assert ("self_credit", "Port Paper") in found
    assert ("citation", "Gull Times") in found


@pytest.mark.parametrize("zone", ["caption", "footer", "meta"])
def test_fragments_of_captions_and_footers_hold_no_origin(registry: Registry, zone: str) -> None:
    """The zone a fragment was cut from decides."""
    of = page((Zone.BODY, "Source: Gull Times"), fragment=zone)
    assert origins(registry, of) == []


@pytest.mark.parametrize("zone", ["bottom", "byline", "top"])
def test_fragments_hold_what_their_lines_say(registry: Registry, zone: str) -> None:
    """Without zones of their own, lines are read by their length and order."""
    of = page((Zone.BODY, PARAGRAPH), (Zone.BODY, "Source: Gull Times"), fragment=zone)
    assert origins(registry, of) == [("reprint", "Gull Times")]


def test_an_empty_page_says_nothing(registry: Registry) -> None:
    """No blocks, no words, no error."""
    assert candidates(page(), OWN, None, registry) == []


@pytest.mark.parametrize("hostile", ["Источник: ", "translated by A ", "Gull Times istinadən ", "(TIDE) — "])
def test_a_page_that_repeats_itself_costs_no_more_for_it(registry: Registry, hostile: str) -> None:
    """What one wording says more often than any article would is not read to its end."""
    counts = [len(candidates(page((Zone.BODY, (hostile * n).strip())), OWN, None, registry)) for n in (500, 1000)]
    assert counts[0] == counts[1]


def test_a_credit_takes_the_link_of_the_same_line_that_bears_its_name(registry: Registry) -> None:
    """ "Source: Gull Times. Read it there": the link that leads to the named outlet is the credit's, others are not."""
    line = "Source: Gull Times. More on lighthouses, and the full story there."
    body = ((Zone.TITLE, "A headline"), (Zone.BODY, PARAGRAPH), (Zone.BODY, PARAGRAPH), (Zone.TAIL, line))
    links = {"lighthouses": "https://port.example/tag", "full story": "https://www.gull.example/a"}
    found = next(c for c in candidates(page(*body, links=links), OWN, "en", registry) if firm(c))
    assert found.detail["url"] == "https://www.gull.example/a"


def test_a_translator_is_kept_where_the_language_is_named(registry: Registry) -> None:
    """ "Traducido del inglés por Jane Roe": an unnamed source, its language, and who translated."""
    found = next(c for c in candidates(article("Traducido del inglés por Jane Roe"), OWN, "es", registry) if firm(c))
    assert (found.detail["language"], found.detail["translator"]) == ("en", "Jane Roe")
