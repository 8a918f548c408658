"""The text fits the page: named furniture goes, paragraphs left out come back, places stay true."""

import pytest

from archiver.extract.fitting import fit
from archiver.extract.pieces import pieces
from archiver.formats.html import open_html
from archiver.model import Capture, Page

FIRST = "The harbour board of Lomar will close the old ferry pier for repairs from the first Monday of October on."
SECOND = "Passengers are asked to use the northern pier, which the board has lengthened by two berths for the purpose."
THIRD = "A shuttle bus will run between the two piers every ten minutes until the work is done, the board's chair said."
ASIDE = "Readers of this page have also liked our long report about the fishing quota and the boats that ignore it."
NEWSLETTER = (
    "Whoever wants to know when the ferries run can subscribe to a newsletter that the board has sent every Friday "
    "since the spring, and read it aloud to the neighbours who have no address of their own, as many on the islands do."
)


def page(body: str) -> Page:
    """An HTML page with ``body``."""
    return open_html(Capture(body=f"<html><body>{body}</body></html>".encode(), format="html"))


def fitted(body: str, *extracted: str) -> list[str]:
    """The paragraphs of ``extracted`` lines after fitting; every piece is checked to be the page's own characters."""
    opened = page(body)
    text = "\n".join(extracted)
    result, found = fit(opened, text, pieces(text, opened.text))
    for piece in found:
        assert (
            result[piece.start : piece.start + piece.length]
            == opened.text[piece.page_start : piece.page_start + piece.length]
        )
    return result.split("\n\n")


P1, P2, P3 = (f"<p>{text}</p>" for text in (FIRST, SECOND, THIRD))
CASES = {
    "a related box inside the article goes": (
        f"<article>{P1}<div class='related-stories'><p>{ASIDE}</p></div>{P2}</article>",
        (FIRST, ASIDE, SECOND),
        [FIRST, SECOND],
    ),
    "a paragraph between two others comes back": (
        f"<article>{P1}{P2}{P3}</article>",
        (FIRST, THIRD),
        [FIRST, SECOND, THIRD],
    ),
    "a paragraph after the last stays out": (f"<article>{P1}{P2}{P3}</article>", (FIRST, SECOND), [FIRST, SECOND]),
    "a paragraph of links stays out": (
        f"<article>{P1}<p><a href=/x>{ASIDE}</a></p>{P2}</article>",
        (FIRST, SECOND),
        [FIRST, SECOND],
    ),
    "a paragraph that is part of a longer line does not come twice": (
        f"<article>{P1}{P2}{P3}</article>",
        (f"{FIRST} {SECOND}", THIRD),
        [f"{FIRST} {SECOND}", THIRD],
    ),
    "a linked headline of another article goes, with its label": (
        f"<article>{P1}<p>Read also: <a href=/q>{ASIDE}</a></p>{P2}<p><a href=/r>{ASIDE}</a></p>{P3}</article>",
        (FIRST, f"Read also: {ASIDE}", SECOND, ASIDE, THIRD),
        [FIRST, SECOND, THIRD],
    ),
    "a source with a linked name stays": (
        f"<article>{P1}{P2}<p>Source: <a href=https://gull.example/>Gull Media</a></p></article>",
        (FIRST, SECOND, "Source: Gull Media"),
        [FIRST, SECOND, "Source: Gull Media"],
    ),
    "a short first line is a section or a day": (
        f"<article><p>Harbour</p>{P1}{P2}</article>",
        ("Harbour", FIRST, SECOND),
        [FIRST, SECOND],
    ),
    "a line of the byline goes, a paragraph with such a name stays": (
        f"<article><p class=byline>By Ann Lee</p>{P1}<p class=byline>{SECOND}</p>{P3}</article>",
        ("By Ann Lee", FIRST, SECOND, THIRD),
        [FIRST, SECOND, THIRD],
    ),
    "what follows a named end goes, however short": (
        f"<article>{P1}{P2}</article><aside class=related><h3>More</h3></aside><div>Source: Elsewhere</div>",
        (FIRST, SECOND, "Source: Elsewhere"),
        [FIRST, SECOND],
    ),
    "the list of links at the end goes with its heading": (
        f"<main>{P1}{P2}<h4>Latest</h4><ul><li>09:30 <a href=/a>The spring timetable of the Lomar ferry</a></li></ul>",
        (FIRST, SECOND, "Latest", "- 09:30 The spring timetable of the Lomar ferry"),
        [FIRST, SECOND],
    ),
    "a page whose names are all wrong keeps its text": (
        f"<div class='sidebar'>{P1}{P2}</div>",
        (FIRST, SECOND),
        [FIRST, SECOND],
    ),
    "lines that software writes into texts go": (
        f"<article>{P1}<p>Sign up for our newsletter</p>{P2}<p>Lesen Sie auch</p>{P3}<p>Читайте также</p></article>",
        (FIRST, "Sign up for our newsletter", SECOND, "Lesen Sie auch", THIRD, "Читайте также"),
        [FIRST, SECOND, THIRD],
    ),
    "a sentence that speaks of such things stays": (
        f"<article>{P1}<p>{NEWSLETTER}</p>{P2}</article>",
        (FIRST, NEWSLETTER, SECOND),
        [FIRST, NEWSLETTER, SECOND],
    ),
    "a day over the text goes, one inside it stays": (
        f"<article><p>Published on 12 October 2024 at 10:15</p>{P1}{P2}{P3}<p>12 October 2024:</p>{P2}</article>",
        ("Published on 12 October 2024 at 10:15", FIRST, SECOND, THIRD, "12 October 2024:", SECOND),
        [FIRST, SECOND, THIRD, "12 October 2024:", SECOND],
    ),
    "a copy of the text for another screen goes": (
        f"<article><div class=wide>{P1}{P2}{P3}</div><div class=narrow>{P1}{P2}{P3}</div></article>",
        (FIRST, SECOND, THIRD, FIRST, SECOND, THIRD),
        [FIRST, SECOND, THIRD],
    ),
    "a refrain stays": (
        f"<article>{P1}{P2}{P1}{P3}</article>",
        (FIRST, SECOND, FIRST, THIRD),
        [FIRST, SECOND, FIRST, THIRD],
    ),
    "a text that is nowhere on the page stays as it is": (P1, ("Words behind a script.",), ["Words behind a script."]),
    "no text at all": (P1, (), [""]),
}


@pytest.mark.parametrize(("body", "extracted", "expected"), CASES.values(), ids=CASES)
def test_the_text_fits_the_page(body: str, extracted: tuple[str, ...], expected: list[str]) -> None:
    """Each case is a page, the lines an extractor took from it, and the paragraphs that stay."""
    assert fitted(body, *extracted) == expected


def test_items_of_a_list_stay_together() -> None:
    """Items follow each other line by line; paragraphs have an empty line between them."""
    body = f"<article>{P1}<ul><li>Northern pier: open</li><li>Southern pier: closed</li></ul>{P2}</article>"
    assert fitted(body, FIRST, "- Northern pier: open", "- Southern pier: closed", SECOND) == [
        FIRST,
        "- Northern pier: open\n- Southern pier: closed",
        SECOND,
    ]
