"""A tag of countless attributes keeps the common ones, and everything else on the page stays as it is."""

import pytest

from archiver.formats import open_page
from archiver.formats.tags import thinned
from archiver.model import Capture

MANY = " ".join(f"a{number}=1" for number in range(3_000))
LONG = "x" * 150_000
UNTOUCHED = {
    "a short page": f"<p {MANY[:9_000]}>words</p>",
    "data in one attribute": f'<p data-all=\'{{"a": "b c d"}}{" word" * 50_000}\'>words</p>',
    "a long comment": f"<!-- {MANY} {LONG * 2} -->words",
    "a long text": f"<p>{'words and more ' * 20_000}</p>",
    "signs in a script": f"<script>if (a<b) c('{'word ' * 60_000}')</script><p>words",
}


@pytest.mark.parametrize("case", sorted(UNTOUCHED))
def test_what_a_page_may_hold_is_untouched(case: str) -> None:
    """Long values, comments, texts and programs are no attributes."""
    assert thinned(UNTOUCHED[case]) == (UNTOUCHED[case], 0)


CROWDED = {
    "plain": f"<p {MANY} {LONG}>words</p>{LONG}<p>end</p>",
    "quoted signs between them": f"<p {MANY} b='>' {MANY} c=\"<\" {LONG}>words</p>{LONG}<p>end</p>",
    "without values": f"<p {' '.join(f'a{n}' for n in range(9_000))}>words</p>{LONG * 2}<p>end</p>",
    "never closed": f"<p>words</p>end{LONG * 2}<p {MANY * 10}",
    "a quote never closed": f'<p>words</p>end{LONG * 2}<p {MANY * 10} b="',
}


@pytest.mark.parametrize("case", sorted(CROWDED))
def test_a_crowded_tag_loses_its_uncommon_attributes(case: str) -> None:
    """The text around it is read, and the page says so in a note."""
    markup = CROWDED[case]
    thin, count = thinned(markup)
    assert count == 1
    assert "a0" not in thin
    assert len(thin) < len(markup) - 10_000
    page = open_page(Capture(markup.encode(), format="html"))
    assert page.text.startswith("words")
    assert "end" in page.text
    assert any("attributes kept the common ones only" in note for note in page.notes)


def test_common_attributes_are_kept_wherever_they_stand() -> None:
    """Class and address stay, as they are written."""
    thin, _ = thinned(f'<a {MANY} CLASS="byline a" {MANY} href = /page {MANY}>words</a>')
    assert thin == '<a CLASS="byline a" href = /page>words</a>'
