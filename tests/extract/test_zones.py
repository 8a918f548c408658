"""Every block of a page stands in its zone, and credit lines never fall out of the article."""

import pytest

from archiver.extract import article, zones
from archiver.formats.html import open_html
from archiver.model import Capture, Page, Zone

PARAGRAPHS = [
    "The council of the town of Hill voted on Monday to build a new bridge over the river after ten years of debate.",
    "Members said that the old bridge could not carry the lorries which pass through the town every day of the week.",
    "The work is to begin in the spring and will cost four million, half of which the region has promised to pay.",
    "Residents who spoke at the meeting asked for a path for bicycles and for lamps that do not shine into bedrooms.",
]
TEXT = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
TITLE = "Town of Hill votes for a new bridge"


def zoned(body: str, *, title: str = TITLE, fragment: str | None = None) -> dict[str, Zone]:
    """The zone of each line of a page with this body, lines as keys."""
    markup = f"<html><head><title>{title} | Hill News</title></head><body>{body}</body></html>"
    capture = Capture(body=markup.encode(), url="https://hill.example/a", format="html", zone=fragment)
    opened = open_html(capture)
    page = zones.assign(opened, capture)
    assert [block.start for block in page.blocks] == [block.start for block in opened.blocks]
    return {page.quote(block): block.zone for block in page.blocks}


def test_a_plain_article_falls_into_its_parts() -> None:
    """Menu, headline, dek, byline, text, sign-off, related list, comments, footer."""
    found = zoned(
        "<nav><a href=/>Home</a></nav><article>"
        f"<h1>{TITLE}</h1><p class=standfirst>Ten years of debate are over in the hills</p>"
        "<div class=meta>By Ann Lee<br>5 May 2024</div>"
        f"<figure><img src=a.jpg><figcaption>The old bridge. Photo: Bob Ray</figcaption></figure>{TEXT}"
        "<p>Translated from Valley Post</p></article>"
        '<div class="related"><h3>More</h3><a href=/b>Other story about rivers</a><time>1 January 2020</time></div>'
        '<div id="comments"><p>Great news</p></div><footer>© 2024 Hill News</footer>'
    )
    assert found == {
        "Home": Zone.NAVIGATION,
        TITLE: Zone.TITLE,
        "Ten years of debate are over in the hills": Zone.DEK,
        "By Ann Lee": Zone.BYLINE,
        "5 May 2024": Zone.BYLINE,
        "The old bridge. Photo: Bob Ray": Zone.CAPTION,
        **dict.fromkeys(PARAGRAPHS, Zone.BODY),
        "Translated from Valley Post": Zone.TAIL,
        "More": Zone.RELATED,
        "Other story about rivers": Zone.RELATED,
        "1 January 2020": Zone.RELATED,
        "Great news": Zone.COMMENTS,
        "© 2024 Hill News": Zone.FOOTER,
    }


CREDITS = {
    "a paragraph of its own": "<p>Translated from Valley Post</p>",
    "a block that is not the article's": "</div><div>Translated from Valley Post</div><div>",
    "after the tags": '<div class="tags"><a href=/t>bridges</a></div><p>Translated from Valley Post</p>',
    "after share buttons": '<div class="share">Share</div><div><em>Translated from Valley Post</em></div>',
    "a link": '<p><a href="https://valley.example">Translated from Valley Post</a></p>',
    "in the article's footer": "<div class=entry-footer>Translated from Valley Post</div>",
    "before a sign-off": "<p>Translated from Valley Post</p><p>Hill News</p>",
}


@pytest.mark.parametrize("credit", CREDITS.values(), ids=CREDITS)
def test_a_credit_after_the_text_is_in_the_tail(credit: str) -> None:
    """However the credit is wrapped, it stands where attribution looks for it."""
    found = zoned(
        f"<div class=post><h1>{TITLE}</h1>{TEXT}{credit}</div>"
        "<h3>You may also like</h3><ul class=related-list><li><a href=/b>Another story from the hills</a></li></ul>"
    )
    assert found["Translated from Valley Post"] is Zone.TAIL
    assert found["Another story from the hills"] is Zone.RELATED


def test_a_credit_below_the_related_list_is_not_the_articles() -> None:
    """What stands after related stories begins is not the article's tail."""
    found = zoned(
        f"<h1>{TITLE}</h1>{TEXT}<aside><h3>Related</h3></aside><div>Source: Elsewhere Agency</div><footer>x</footer>"
    )
    assert found["Source: Elsewhere Agency"] is not Zone.TAIL


def test_a_date_above_the_headline_is_a_byline_and_the_clock_in_the_menu_is_not() -> None:
    """Near the headline a date is the article's, in the page's header it is the page's."""
    found = zoned(
        "<header class=site-header><span class=date>Sunday, 22 November 2026</span></header>"
        f"<div><div>5 May 2024, 10:30</div><h1>{TITLE}</h1>{TEXT}</div>"
    )
    assert found["5 May 2024, 10:30"] is Zone.BYLINE
    assert found["Sunday, 22 November 2026"] is Zone.NAVIGATION


def test_a_byline_in_an_aside_above_the_text_is_a_byline() -> None:
    """Some templates put author and date into an aside; between headline and text it is still the byline."""
    aside = '<aside class="meta"><div class="author">Ann Lee</div></aside>'
    found = zoned(f"<article><h1>{TITLE}</h1>{aside}{TEXT}</article>")
    assert found["Ann Lee"] is Zone.BYLINE


def test_a_page_without_a_headline_keeps_its_text() -> None:
    """No h1 at all: the text is still the body."""
    found = zoned(f"<div>{TEXT}</div>", title="x")
    assert set(found.values()) <= {Zone.BODY, Zone.TAIL}


@pytest.mark.parametrize(
    ("fragment", "zone"),
    [
        ("top", Zone.BYLINE),
        ("byline", Zone.BYLINE),
        ("bottom", Zone.TAIL),
        ("inline", Zone.BODY),
        ("title", Zone.TITLE),
        ("caption", Zone.CAPTION),
        ("footer", Zone.FOOTER),
        ("meta", Zone.META),
    ],
)
def test_a_fragment_has_the_zone_it_was_cut_from(fragment: str, zone: Zone) -> None:
    """Who cut the fragment knows where it stood."""
    assert set(zoned("<p>Source: Valley Post</p><p>Ann Lee</p>", fragment=fragment).values()) == {zone}


def test_text_that_readers_cannot_see_is_noted() -> None:
    """Paragraphs hidden by style may come into the clean text; the notes say that they are not visible."""
    sentence = "Number {0} of the papers says that clause {0} of the contract binds the town for {0} more years."
    hidden = "".join(f"<p>{sentence.format(number)}</p>" for number in range(20))
    markup = (
        f"<html><body><article><h1>{TITLE}</h1>{TEXT}<div style='display:none'>{hidden}</div></article></body></html>"
    )
    capture = Capture(body=markup.encode(), format="html")
    opened = open_html(capture)
    text, pieces = article.clean(opened, None)
    page: Page = zones.assign(opened, capture, (text, pieces))
    assert any("not visible" in note for note in page.notes) == ("Number 3" in text)


DEK = "After ten years of debate the council wants to build where the ferry crosses, and the region will pay half."
MISNAMED = {
    "a day under the headline in a nav": (
        f"<h1>{TITLE}</h1><nav class=pst-by><div>Edited by Ann Lee, Updated: 5 May 2024</div></nav>{TEXT}",
        "Edited by Ann Lee, Updated: 5 May 2024",
        Zone.BYLINE,
    ),
    "a standfirst called teaser": (
        f"<h1>{TITLE}</h1><p class=teaser-text>{DEK}</p>{TEXT}",
        DEK,
        Zone.DEK,
    ),
    "a line that tells the day below the text": (
        f"<article><h1>{TITLE}</h1>{TEXT}</article><p class=teaser__meta>First shown on 5 May 2024</p>",
        "First shown on 5 May 2024",
        Zone.TAIL,
    ),
    "the day of another article below the text": (
        (
            f"<article><h1>{TITLE}</h1>{TEXT}</article><div class=teaser><p>Shown here on 5 May 2024</p>"
            "<a href=/b>Other story about rivers and their bridges</a></div>"
        ),
        "Shown here on 5 May 2024",
        Zone.RELATED,
    ),
    "a bare day below the text": (
        f"<article><h1>{TITLE}</h1>{TEXT}</article><div class=teaser><p>5 May 2024</p></div>",
        "5 May 2024",
        Zone.RELATED,
    ),
    "the menu above the headline": (
        f"<nav><p>Friday 5 May 2024</p></nav><h1>{TITLE}</h1>{TEXT}",
        "Friday 5 May 2024",
        Zone.NAVIGATION,
    ),
}


@pytest.mark.parametrize(("body", "line", "zone"), MISNAMED.values(), ids=MISNAMED)
def test_the_place_outweighs_an_unlucky_name(body: str, line: str, zone: Zone) -> None:
    """Between headline and text, and right below the text, what a line says and where it stands decides."""
    assert zoned(body)[line] is zone
