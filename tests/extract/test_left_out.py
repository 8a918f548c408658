"""What an extractor left out comes back where the page shows that it belongs, and what stands beside it stays out."""

import pytest

from archiver.extract.left_out import left_out
from archiver.formats.html import open_html
from archiver.model import Capture

FIRST = "The harbour board of Lomar will close the old ferry pier for repairs from the first Monday of October on."
SECOND = "Passengers are asked to use the northern pier, which the board has lengthened by two berths for the purpose."
THIRD = "A shuttle bus will run between the two piers every ten minutes until the work is done, the board's chair said."
LEAD = "Commuters between Lomar and the islands must get up earlier for half a year, the board of the harbour warns."
MORE = [
    f"Berth number {number} will be ready by the end of the month, says the plan that the board has shown."
    for number in range(5)
]
BOX = "Readers of this page have also liked our long report about the fishing quota and the boats that ignore it."
P1, P2, P3 = (f"<p>{text}</p>" for text in (FIRST, SECOND, THIRD))
REST = "".join(f"<p>{text}</p>" for text in MORE)


def found(body: str, *extracted: str) -> list[str]:
    """The lines of the page ``body`` that come back when ``extracted`` lines were taken."""
    page = open_html(Capture(body=f"<html><body>{body}</body></html>".encode(), format="html"))
    taken = {index for index, block in enumerate(page.blocks) if page.quote(block) in extracted}
    assert len(taken) == len(extracted)
    return [page.quote(page.blocks[index]) for index in left_out(page, taken, "\n".join(extracted))]


BACK = {
    "a paragraph between two others": (f"<article>{P1}{P2}{P3}</article>", (FIRST, THIRD), [SECOND]),
    "a lead between headline and text, whatever its element": (
        f"<article><h1>Old pier of Lomar closes</h1><h2>{LEAD}</h2><div class=entry>{P1}{P2}</div></article>",
        (FIRST, SECOND),
        [LEAD],
    ),
    "a German lead, not the line of its author": (
        (
            "<article><h1>Alter Anleger schließt</h1><div>Pendler zu den Inseln müssen ein halbes Jahr früher"
            f" aufstehen.</div><div>Von Ada Lind, 3. Oktober 2024, aktualisiert um 10:15 Uhr</div>{P1}{P2}</article>"
        ),
        (FIRST, SECOND),
        ["Pendler zu den Inseln müssen ein halbes Jahr früher aufstehen."],
    ),
    "a first paragraph that stands bare in what holds the others": (
        f"<article><h1>Old pier closes</h1><center>{LEAD}<p>{FIRST}<p>{SECOND}</center></article>",
        (FIRST, SECOND),
        [LEAD],
    ),
    "a first paragraph in a cell of a table, in a font of its own": (
        f"<table><tr><td><h1>Old pier closes</h1><font size=2>{LEAD}</font><p>{FIRST}<p>{SECOND}</td></tr></table>",
        (FIRST, SECOND),
        [LEAD],
    ),
    "a heading over a paragraph of the text": (
        f"<article>{P1}<h3>What it costs</h3>{P2}</article>",
        (FIRST, SECOND),
        ["What it costs"],
    ),
    "a linked heading between paragraphs of the text": (
        f"<article>{P1}<h2><a href=/pier>Northern pier</a></h2>{P2}</article>",
        (FIRST, SECOND),
        ["Northern pier"],
    ),
    "the other items of a list": (
        (
            f"<div class=entry>{P1}{P2}<ul class=stops><li>Quay of the northern ferries and of the pilots"
            "<li>Market square beside the town hall, northern side"
            "<li><a href=/x>Museum of the rivers and of their boats</a></ul>"
            f"{P3}</div>"
        ),
        (
            FIRST,
            SECOND,
            "Quay of the northern ferries and of the pilots",
            "Market square beside the town hall, northern side",
            THIRD,
        ),
        ["Museum of the rivers and of their boats"],
    ),
    "text without an element of its own": (f"<main>{P1}{SECOND}{P3}</main>", (FIRST, THIRD), [SECOND]),
    "the rest of a text that breaks off": (
        f"<div class=entry-content>{P1}{P2}<figure><figcaption>A pier</figcaption></figure>{REST}</div>",
        (FIRST, SECOND),
        MORE,
    ),
    "the rest inside elements that a table left open": (
        f"<div class='rich-text blog-entry column'>{P1}{P2}<div class=wide><table><tr><td>9</table>{REST}",
        (FIRST, SECOND),
        MORE,
    ),
    "the entries of a live blog": (
        f"<article class=text>{P1}{P2}</article><div class=live-blog__entries>{REST}</div>",
        (FIRST, SECOND),
        MORE,
    ),
}


@pytest.mark.parametrize(("body", "extracted", "expected"), BACK.values(), ids=BACK)
def test_what_belongs_to_the_text_comes_back(body: str, extracted: tuple[str, ...], expected: list[str]) -> None:
    """Each case is a page, the lines that an extractor took, and what it left out."""
    assert found(body, *extracted) == expected


OUT = {
    "nothing was taken": (P1, ()),
    "a heading over what is not in the text": (
        f"<article>{P1}<h3>In the shop</h3><div class=promo><p>{BOX}</p></div>{P2}</article>",
        (FIRST, SECOND),
    ),
    "a linked headline between two paragraphs": (
        f"<div class=entry>{P1}<p><a href=/quota>{BOX}</a></p>{P2}</div>",
        (FIRST, SECOND),
    ),
    "a byline between headline and text": (
        (
            f"<article><h1>Old pier closes</h1><div>12.10.2024 10:47 | Auteur : Ada Lind | Lectures : 8816</div>{P1}"
            "</article>"
        ),
        (FIRST,),
    ),
    "a picture's line between headline and text": (
        f"<article><h1>Old pier closes</h1><div>Foto: Ada Lind, Agentur der Flüsse, Lomar</div>{P1}</article>",
        (FIRST,),
    ),
    "a paragraph far above without a headline": (f"<p>{BOX}</p><article>{P1}{P2}</article>", (FIRST, SECOND)),
    "one or two boxes behind the text": (
        f"<div class=entry-content>{P1}{P2}<p>{BOX}</p><p>{LEAD}</p></div>",
        (FIRST, SECOND),
    ),
    "paragraphs behind a list of other articles": (
        (
            f"<div class=entry-content>{P1}{P2}</div><aside class=related><p>Other news of the day</p></aside>"
            f"<div class=entry-content>{REST}</div>"
        ),
        (FIRST, SECOND),
    ),
    "paragraphs in comments": (
        f"<div class=entry>{P1}{P2}</div><div class=comments>{REST}</div>",
        (FIRST, SECOND),
    ),
    "paragraphs of a page without any class": (f"{P1}{P2}<hr>{REST}", (FIRST, SECOND)),
}


@pytest.mark.parametrize(("body", "extracted"), OUT.values(), ids=OUT)
def test_what_stands_beside_the_text_stays_out(body: str, extracted: tuple[str, ...]) -> None:
    """Each case is a page and the lines that an extractor took; nothing else belongs to them."""
    assert found(body, *extracted) == []
