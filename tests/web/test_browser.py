"""In a real browser: what is seen is what is stored, nothing acts, nothing leaves, everybody can use it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from archiver.store import rows
from archiver.store.archive import Archive

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


def axe_source() -> str:
    """axe-core from npm (node_modules) or from the Python package that carries it; skips without either."""
    found = ROOT / "node_modules" / "axe-core" / "axe.min.js"
    if not found.is_file():
        carrier = pytest.importorskip("axe_playwright_python", reason="axe-core is not installed")
        found = Path(str(carrier.__file__)).parent / "axe.min.js"
    return found.read_text("utf-8")


class Watched:
    """A page whose requests, dialogs and errors are kept."""

    def __init__(self, page: Any, address: str) -> None:
        self.page = page
        self.address = address
        self.outside: list[str] = []
        self.errors: list[str] = []
        page.on("request", self._request)
        page.on("dialog", lambda dialog: (self.errors.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)

    def _request(self, request: Any) -> None:
        if not request.url.startswith((self.address, "data:")):
            self.outside.append(request.url)

    def open(self, path: str) -> Any:
        """The page at ``path``, loaded."""
        self.page.goto(self.address + path, wait_until="load")
        return self.page


@pytest.fixture
def watched(browser: Any, served: str) -> Iterator[Watched]:
    """A wide light page over the samples."""
    context = browser.new_context(viewport=WIDE)
    yield Watched(context.new_page(), served)
    context.close()


def articles(folder: Path) -> list[tuple[str, int, str]]:
    """(id, versions, clean text) of every article held."""
    with Archive.open(folder, read_only=True) as archive:
        return [
            (row.id, row.versions, rows.load_dossier(archive.conn, row.id).reading.text)
            for row in rows.list_articles(archive.conn).rows
        ]


def pages_of(folder: Path, *, everything: bool) -> list[str]:
    """One address of each kind of page, and articles with their captures and differences: all, or the odd ones."""
    paths = [
        "/",
        "/articles",
        "/articles?only=attempts",
        "/audit",
        "/search",
        "/search?q=river",
        "/search?q=zzzz",
        "/none",
    ]
    paths.append("/outlet/ilsencourier.example")
    held = articles(folder)
    for ident, versions, text in held if everything else _odd(held):
        paths += [f"/article/{ident}", f"/article/{ident}/capture"]
        paths += [f"/article/{ident}/diff/1..2", f"/article/{ident}/v/1"] if versions > 1 else []
        assert text
    return paths


def _odd(held: list[tuple[str, int, str]]) -> list[tuple[str, int, str]]:
    """An article that changed and one that is written from right to left."""
    changed = next(article for article in held if article[1] > 1)
    leftwards = next(article for article in held if "\u0600" <= article[2][:1] <= "\u06ff")
    return [changed, leftwards]


def stored(folder: Path) -> dict[str, tuple[str, str]]:
    """path -> (id of an element, the text that must stand in it), for articles and whole captures."""
    texts = {}
    with Archive.open(folder, read_only=True) as archive:
        for row in rows.list_articles(archive.conn).rows:
            reading = rows.load_dossier(archive.conn, row.id).reading
            texts[f"/article/{row.id}"] = ("av-text", reading.text)
            texts[f"/article/{row.id}/capture"] = ("av-page-text", reading.page_text)
    return texts


LOOKS = {
    "light": {"viewport": WIDE, "color_scheme": "light"},
    "dark": {"viewport": WIDE, "color_scheme": "dark"},
    "phone": {"viewport": PHONE, "color_scheme": "light"},
    "dark phone": {"viewport": PHONE, "color_scheme": "dark"},
}


@pytest.mark.parametrize(
    ("look", "everything"), [*((look, False) for look in LOOKS), pytest.param("light", True, marks=pytest.mark.slow)]
)
def test_everybody_can_use_every_page(browser: Any, served: str, samples: Path, look: str, everything: bool) -> None:
    """axe-core finds nothing to object to, and no page scrolls sideways."""
    source = axe_source()
    context = browser.new_context(bypass_csp=True, **LOOKS[look])
    watched = Watched(context.new_page(), served)
    for path in pages_of(samples, everything=everything):
        page = watched.open(path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        page.evaluate(source)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']}).then(r => r.violations)")
        told = [(v["id"], [n["html"][:120] for n in v["nodes"]][:3]) for v in found]
        assert not told, (path, look, told)
    context.close()


@pytest.mark.parametrize("look", ["light", "phone"])
def test_everybody_can_use_the_tables(browser: Any, served: str, samples: Path, look: str) -> None:
    """Datasette's own pages of an archive, too: with every menu open, axe-core finds nothing to object to."""
    source = axe_source()
    context = browser.new_context(bypass_csp=True, **LOOKS[look])
    watched = Watched(context.new_page(), served)
    row = f"/archive/articles/{articles(samples)[0][0]}"
    paths = ["/archive", "/archive/articles", row, "/archive/origins_shown", "/archive?sql=select+*+from+origins_shown"]
    for path in paths:
        page = watched.open(path)
        page.wait_for_function(
            "[...document.querySelectorAll('.CodeMirror textarea, .cm-content')].every(e => e.ariaLabel)"
        )
        page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")
        # Datasette 1.0's own search box has a shadow tree, at which older releases of axe-core stumble.
        page.evaluate("document.querySelectorAll('navigation-search').forEach(box => box.remove())")
        page.evaluate(source)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']}).then(r => r.violations)")
        told = [(v["id"], [n["html"][:120] for n in v["nodes"]][:3]) for v in found]
        assert not told, (path, look, told)
    context.close()


def test_what_is_seen_is_what_is_stored(watched: Watched, samples: Path) -> None:
    """The browser shows, and copies, the clean text and the whole capture letter by letter; nothing leaves or fails.

    Nothing in the console either: the policy allows what the pages need.
    """
    texts = stored(samples)
    hidden = "[...document.querySelectorAll('#av-text *')].filter(e => getComputedStyle(e).display === 'none').length"
    for path in pages_of(samples, everything=True):
        page = watched.open(path)
        if path not in texts:
            continue
        name, text = texts[path]
        assert page.evaluate(f"document.getElementById('{name}').textContent") == text
        if name == "av-text":
            assert page.evaluate(f"document.getElementById('{name}').innerText") == text
            assert page.evaluate(hidden) == 0
    assert watched.outside == []
    assert [e for e in watched.errors if "404" not in e] == []


def test_a_difference_shows_both_texts(watched: Watched, samples: Path) -> None:
    """Without what is gone the newer text is read; nothing of it is hidden in the whole view."""
    for ident, versions, _ in articles(samples):
        if versions == 1:
            continue
        with Archive.open(samples, read_only=True) as archive:
            newer = rows.load_dossier(archive.conn, ident).versions[1].reading.text
        page = watched.open(f"/article/{ident}/diff/1..2?show=all")
        read = "(() => {const d = document.getElementById('av-diff').cloneNode(true);"
        read += "d.querySelectorAll('del').forEach(e => e.remove()); return d.textContent})()"
        assert page.evaluate(read) == newer


def test_a_link_to_evidence_frames_the_quote(watched: Watched, samples: Path) -> None:
    """From a statement to its words in the capture, and back."""
    page = watched.open(f"/article/{articles(samples)[0][0]}")
    page.locator(".av-quote a").first.click()
    page.wait_for_load_state()
    assert "/capture#s-" in page.url
    framed = page.locator(".av-at:target")
    assert framed.count() == 1
    assert framed.is_visible()


def test_a_mark_shows_its_statement_beside_it(watched: Watched, samples: Path) -> None:
    """Following a mark far down in a text, the reader sees the statement and keeps the place."""
    ident = next(i for i, _, text in articles(samples) if "suyolu.example" in text)
    page = watched.open(f"/article/{ident}")
    mark = page.locator("#av-text a.av-mark").last
    mark.scroll_into_view_if_needed()
    mark.click()
    seen = "e => { const b = e.getBoundingClientRect(); return b.bottom > 0 && b.top < innerHeight; }"
    assert mark.evaluate(seen)
    assert page.locator(".av-value:target").evaluate(seen)


def test_keys_walk_the_evidence_and_can_be_switched_off(watched: Watched, samples: Path) -> None:
    """j and k move from mark to mark, never while somebody types, and not at all when switched off."""
    ident = next(i for i, _, text in articles(samples) if "suyolu.example" in text)
    page = watched.open(f"/article/{ident}")
    page.keyboard.press("j")
    first = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.className").startswith("av-mark")
    assert page.evaluate("document.activeElement.textContent") != first
    page.keyboard.press("/")
    page.keyboard.type("jk/")
    assert page.evaluate("document.activeElement.value") == "jk/"
    page.locator(".av-keys-switch").click()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") != "av-q"


def test_the_skip_link_is_the_first_stop(watched: Watched) -> None:
    """Tab, Enter: past the header."""
    page = watched.open("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "av-skip-link"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#av-main"


def test_everything_is_there_without_javascript(browser: Any, served: str, samples: Path) -> None:
    """Text, statements, search and differences need no script."""
    context = browser.new_context(viewport=WIDE, java_script_enabled=False)
    page = context.new_page()
    ident, _, text = next(a for a in articles(samples) if a[2])
    page.goto(f"{served}/article/{ident}")
    assert page.locator("#av-text").inner_text() == text
    assert page.locator(".av-copy").first.is_hidden()
    page.locator("#av-q").fill("Kelmet")
    page.locator("#av-q").press("Enter")
    page.wait_for_url("**/search?q=Kelmet")
    assert page.locator("mark").count() > 0
    context.close()


def test_print_hides_the_furniture_of_the_site(watched: Watched, samples: Path) -> None:
    """On paper: the record first, the text after it, no menus."""
    page = watched.open(f"/article/{articles(samples)[0][0]}")
    page.emulate_media(media="print")
    assert page.locator(".av-top").is_hidden()
    assert page.locator("#av-text").is_visible()
    assert page.pdf()[:4] == b"%PDF"


@pytest.mark.slow
def test_no_payload_acts(browser: Any, served_attacks: str, attacks: tuple[Path, list[str]]) -> None:
    """Hostile values in every field, on every page, every element poked: nothing runs, no line is too long."""
    context = browser.new_context(viewport=WIDE)
    watched = Watched(context.new_page(), served_attacks)
    paths = ["/", "/articles", "/audit", "/search?q=window", "/archive/articles", "/archive/statements_shown"]
    paths += ["/archive/failed_captures", "/archive/findings_of_articles"]
    for ident in attacks[1]:
        paths += [
            f"/article/{ident}",
            f"/article/{ident}/capture",
            f"/article/{ident}/diff/1..2",
            f"/archive/articles/{ident}",
        ]
    poke = """() => { for (const e of document.querySelectorAll('*')) for (const n of
        ['mouseover', 'focus', 'click', 'error', 'load', 'toggle', 'animationend'])
        if (!(n === 'click' && e.closest('a, button, summary, input'))) e.dispatchEvent(new Event(n)); }"""
    for path in paths:
        page = watched.open(path)
        page.evaluate(poke)
        assert page.evaluate("[window.hit, typeof window.hit]") == [None, "undefined"], path
        assert not page.evaluate("[...document.links].filter(a => !/^https?:/.test(a.protocol)).map(a => a.href)"), path
        for size in (PHONE, WIDE):
            page.set_viewport_size(size)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth") or path.startswith("/archive"), (
                path
            )
    assert watched.outside == []
    context.close()


def test_a_bidi_control_turns_nothing_around(
    browser: Any, served_attacks: str, attacks: tuple[Path, list[str]]
) -> None:
    """Letters after an override stand to the right of it, as they were written."""
    context = browser.new_context(viewport=WIDE)
    page = context.new_page()
    with Archive.open(attacks[0], read_only=True) as archive:
        ident = next(
            r.id for r in rows.list_articles(archive.conn, limit=200).rows if (r.title or "").startswith("\u202e")
        )
    page.goto(f"{served_attacks}/article/{ident}")
    places = page.evaluate(
        """() => { const line = document.querySelectorAll('#av-text .av-line')[1];
        const walk = document.createTreeWalker(line, NodeFilter.SHOW_TEXT); const found = [];
        for (let n = walk.nextNode(); n; n = walk.nextNode()) if (!n.parentElement.closest('.av-unseen'))
        for (let i = 0; i < Math.min(n.length, 8); i++) {
            const r = document.createRange(); r.setStart(n, i); r.setEnd(n, i + 1);
            found.push(r.getBoundingClientRect().left); } return found; }"""
    )
    assert len(places) >= 8
    assert places[:8] == sorted(places[:8])
    context.close()
