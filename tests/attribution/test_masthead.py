"""Who published a page: from what it shows around its article, and unknown where it shows nothing."""

import pytest

from archiver.attribution.masthead import outlet_candidates
from archiver.model import Capture, Page, Space, Zone
from archiver.outlets import Registry
from archiver.outlets.load import parse_outlets
from tests.attribution.pages import PARAGRAPH, page

REGISTRY = Registry(
    tuple(
        parse_outlets(
            '[[outlet]]\nid = "gull"\nname = "Gull.Media"\naliases = ["Gull Media"]\ndomains = ["gull.example"]\n'
            '[[outlet]]\nid = "blogs"\nname = "Blogs"\ndomains = ["blogs.example"]\ntype = "platform"\n',
            "test",
        )
    )
)


def shown(of: Page, url: str | None = None) -> list[tuple[str, object]]:
    found = outlet_candidates(of, Capture(b"", url=url), REGISTRY)
    for c in found:
        if c.space is not Space.URL:
            assert of.text[c.start : c.end] == c.quote
    return [(c.value, c.detail["domain"]) for c in found if c.weight >= 50][:1]


BODY = [(Zone.TITLE, "The lighthouse stays open"), (Zone.BODY, PARAGRAPH)]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([(Zone.FOOTER, "© 2021 Gull.Media – Daily Digest")], [("Gull.Media", "gull.example")]),
        ([(Zone.FOOTER, "© 2021 Kelp Daily. All rights reserved")], [("Kelp Daily", None)]),
        ([(Zone.NAVIGATION, "Kelp.Example © 2024.")], [("Kelp.Example", "kelp.example")]),
        ([(Zone.FOOTER, "© 2021 Kelp"), (Zone.FOOTER, "Email: desk@kelp.example")], [("Kelp", "kelp.example")]),
        ([(Zone.NAVIGATION, "Gull.Media > Sea > The lighthouse stays open")], [("Gull.Media", "gull.example")]),
        (
            [(Zone.NAVIGATION, "Any use of materials is allowed only if there is a hyperlink to Kelp.example")],
            [("Kelp.example", "kelp.example")],
        ),
        ([(Zone.FOOTER, "Harbour news")], []),
        ([(Zone.NAVIGATION, "Home > Sea > The lighthouse stays open")], []),
        ([(Zone.FOOTER, "Email: someone@gmail.com")], []),
        ([(Zone.TAIL, "Gull Media")], []),
        ([(Zone.COMMENTS, "© 2020 Kelp Daily")], []),
        ([(Zone.FOOTER, "© 2020")], []),
        ([(Zone.FOOTER, "All rights reserved")], []),
    ],
)
def test_witnesses(lines: list[tuple[Zone, str]], expected: list[tuple[str, object]]) -> None:
    """Copyright, breadcrumb, e-mail and licence speak; labels, mailboxes, comments and a lone sign-off do not."""
    assert shown(page(*BODY, *lines)) == expected


def test_agreement_makes_it_firmer() -> None:
    """A name in two kinds of places weighs more than in one."""
    one = page(*BODY, (Zone.FOOTER, "© 2021 Gull.Media"))
    two = page(*BODY, (Zone.NAVIGATION, "Gull.MediaGull.Media"), (Zone.FOOTER, "© 2021 Gull.Media"))
    weights = [max(c.weight for c in outlet_candidates(p, Capture(b""), REGISTRY)) for p in (one, two)]
    assert weights[0] < weights[1]


def test_a_copyright_sign_in_a_headline_is_a_joke() -> None:
    """ "(c)" in the title names nobody."""
    assert shown(page((Zone.TITLE, "No menace to the South (c)"), (Zone.BODY, PARAGRAPH))) == []


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.gull.example/a", [("Gull.Media", "gull.example")]),
        ("https://jane.blogs.example/a", []),
        ("https://unknown.example/a", [("unknown.example", "unknown.example")]),
        ("http://192.0.2.7/a", []),
        ("http://intranet/a", []),
    ],
)
def test_an_address_names_the_outlet_it_leads_to(url: str, expected: list[tuple[str, object]]) -> None:
    """A host that nobody knows stands for itself, a number names nobody, a platform is not who publishes."""
    assert shown(page(*BODY), url) == expected


def test_a_name_on_the_page_is_better_than_a_host_that_nobody_knows() -> None:
    """The footer names the outlet; its address then speaks for it, or is at least no rival."""
    footer = [*BODY, (Zone.FOOTER, "© 2021 Kelp Daily. All rights reserved")]
    assert shown(page(*footer), "https://www.kelpdaily.example/a") == [("Kelp Daily", "kelpdaily.example")]
    assert [name for name, _ in shown(page(*footer), "https://unknown.example/a")] == ["Kelp Daily"]


@pytest.mark.parametrize(
    ("footer", "url", "expected"),
    [
        ("© 2021 Gull Media", "https://gull.example/a", "Gull Media"),
        ("© 2021 GULL MEDIA", "https://gull.example/a", "Gull.Media"),
        ("© 2021 Kelp Daily", "https://gull.example/a", "Gull.Media"),
        ("Copyright by Kelp Daily", "https://kelpdaily.example/a", "Kelp Daily"),
    ],
)
def test_an_outlet_is_called_what_its_page_calls_it(footer: str, url: str, expected: str) -> None:
    """An address says whose page it is; the page's own spelling of that name is the name."""
    assert shown(page(*BODY, (Zone.FOOTER, footer)), url)[0][0] == expected


def test_a_name_spelt_like_the_address_weighs_more() -> None:
    """ "Kelp Daily" at kelpdaily.example has a witness more than "Kelp Daily" at shore.example."""
    of = page(*BODY, (Zone.FOOTER, "© 2021 Kelp Daily"))
    weights = [
        max(c.weight for c in outlet_candidates(of, Capture(b"", url=url), REGISTRY) if c.value == "Kelp Daily")
        for url in ("https://kelpdaily.example/a", "https://shore.example/a")
    ]
    assert weights[0] > weights[1]
