"""Which of several readings of one headline is shown: what readers see, with the kicker that the page gives it."""

import pytest

from archiver.model import Capture
from archiver.statements import read

TEXT = "The bridge over the Ilsen stays closed until the autumn, the council of the town said on Monday evening. " * 4
LINE = "Council of Hill closes the bridge for repairs"


def titled(h1: str, og: str = "", jsonld: str = "", element: str = "") -> str | None:
    """The title shown for a page with this headline and these titles in its head."""
    head = f"<title>{element}</title>" if element else ""
    head += f'<meta property="og:title" content="{og}">' if og else ""
    stated = f'{{"@context": "https://schema.org", "@type": "NewsArticle", "headline": "{jsonld}"}}'
    head += f'<script type="application/ld+json">{stated}</script>' if jsonld else ""
    body = f"<html><head>{head}</head><body><article><h1>{h1}</h1><p>{TEXT}</p></article></body></html>"
    reading = read(Capture(body.encode(), format="html"))
    return next((statement.value for statement in reading.shown("title")), None)


AUTUMN = "Town of Hill closes its bridge until autumn"
KENYA = "Kenia: Nairobi von unten gesehen"
NEWS = f"{LINE} - latest news"
LEASING = "Wie teuer ist das Leasing eines Fahrrads wirklich?"
SHOWN = {
    "a kicker that JSON-LD and Open Graph give": (("Nairobi von unten gesehen", KENYA, KENYA), KENYA),
    "a kicker that only one of them gives": ((LINE, f"Repairs: {LINE}", LINE), LINE),
    "two kickers that differ": ((LINE, f"Repairs: {LINE}", f"Hill: {LINE}"), LINE),
    "words for search engines behind it": ((LINE, NEWS, NEWS), LINE),
    "a search engine's title beside a sentence": ((LEASING, "Fahrrad-Leasing: Kosten und Tipps"), LEASING),
    "a section over the text": (("Bridge repairs", AUTUMN, AUTUMN), AUTUMN),
    "a notice over the text": (("Sign up to our list now", AUTUMN, AUTUMN), AUTUMN),
    "a Chinese name of the house behind a hyphen": (
        ("", "", "", "山谷小镇宣布关闭大桥直到秋天-山谷网"),
        "山谷小镇宣布关闭大桥直到秋天",
    ),
    "a Chinese headline with a stroke of its own": (
        ("", "", "", "北京-上海高速列车时刻表公布"),
        "北京-上海高速列车时刻表公布",
    ),
}


@pytest.mark.parametrize(("stated", "expected"), SHOWN.values(), ids=SHOWN)
def test_the_title_shown(stated: tuple[str, ...], expected: str) -> None:
    """Each case is what a page states: headline, Open Graph, JSON-LD, title element."""
    assert titled(*stated) == expected
