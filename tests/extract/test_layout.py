"""The cell of a layout table that holds the article is found, and a table of data is left alone."""

import lxml.html
import pytest

from archiver.extract import article
from archiver.extract.layout import alone, main_cell
from archiver.formats import open_page
from archiver.model import Capture

_SENTENCE = "The ferry of Lomar was late again on Tuesday because its second gearbox had been sold. "
_PARAGRAPHS = "".join(f"<p>{_SENTENCE * 3}{number}</p>" for number in range(5))
_LAID_OUT = (
    "<html><body><table><tr><td colspan=2><a href=/>Front</a> | <a href=/t>Tides</a></td></tr>"
    f"<tr><td class=side>High water 05:41<br>High water 18:02</td><td><h1>Late ferry</h1>{_PARAGRAPHS}</td></tr>"
    "<tr><td colspan=2>&copy; 2024 Quay Post. Visitors: 312</td></tr></table></body></html>"
)
_DATA = f"<html><body>{_PARAGRAPHS}<table><tr><td>Fare</td><td>4 crowns</td></tr></table></body></html>"


def test_the_cell_with_the_running_text_is_found_and_the_page_stays_as_it_is() -> None:
    """The innermost cell that holds the article; its copy is a page of its own."""
    tree = lxml.html.document_fromstring(_LAID_OUT)
    before = lxml.html.tostring(tree)
    cell = main_cell(tree)
    assert cell is not None
    assert cell.find("h1") is not None
    copy = alone(cell)
    assert copy.findtext(".//h1") == "Late ferry"
    assert lxml.html.tostring(tree) == before


@pytest.mark.parametrize("markup", [_DATA, "<p>short</p>", "<table><tr><td>a<td>b</table>"])
def test_pages_without_layout_tables_have_no_such_cell(markup: str) -> None:
    """Data tables, pages without tables, empty pages."""
    assert main_cell(lxml.html.document_fromstring(f"<html><body>{markup}</body></html>")) is None


def test_menu_side_column_and_footer_of_a_table_page_are_no_text() -> None:
    """The clean text is the article, whole and alone."""
    text, _ = article.clean(open_page(Capture(_LAID_OUT.encode())), None)
    assert text.count("second gearbox") == 15
    assert not [word for word in ("Tides", "High water", "Visitors") if word in text]


def test_templates_and_hidden_lines_are_no_text_but_a_whole_hidden_article_is() -> None:
    """A reader never sees a template; an article that waits for a script is kept."""
    page = f"<html><body><article>{_PARAGRAPHS}<p hidden>Published 1 January 2020</p>"
    page += "<template><p>Source: template.example</p></template></article></body></html>"
    text, _ = article.clean(open_page(Capture(page.encode())), None)
    assert "January 2020" not in text
    assert "template.example" not in text
    walled = f"<html><body><article><p>{_SENTENCE}</p><div hidden>{_PARAGRAPHS}</div></article></body></html>"
    assert article.clean(open_page(Capture(walled.encode())), None)[0].count("second gearbox") >= 15
