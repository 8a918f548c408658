"""Pages that are no articles are told from articles that only speak of such things."""

import tomllib
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.fetch.pages import fold, judge_page
from archiver.model import Outcome

KINDS = {
    "blocked": Outcome.BLOCKED,
    "missing": Outcome.SOFT_404,
    "removed": Outcome.SOFT_404,
    "consent": Outcome.CONSENT,
}
WORDINGS: dict[str, Any] = tomllib.loads(files("archiver.fetch").joinpath("pages.toml").read_text("utf-8"))
MENU = "Home\nNews\nWorld\nContacts\n© Example Daily"
# An article of ours, of ordinary length: five long paragraphs.
PARAGRAPH = (
    "The council of Riverton met on Tuesday to discuss the new bridge, and for the third time this year the members "
    "could not agree on who should pay for the foundations, which an engineer had called the soundest in the region."
)
ARTICLE = "\n".join([PARAGRAPH] * 9)


def every_wording(*fields: str) -> list[Any]:
    return [
        pytest.param(kind, phrase, id=f"{kind}-{language}-{phrase[:30]}")
        for kind, languages in WORDINGS.items()
        for language, table in languages.items()
        for field in fields
        for phrase in table.get(field, ())
    ]


def outcome(text: str, title: str | None = None, status: int = 200) -> Outcome | None:
    judged = judge_page(status, (), text, title)
    assert judged is None or judged[1]
    return judged[0] if judged else None


@pytest.mark.parametrize(
    ("kind", "phrase"), [p for p in every_wording("titles", "only_titles") if p.values[0] != "consent"]
)
def test_every_title_is_recognised(kind: str, phrase: str) -> None:
    """Before or after the site's name, with a number or in capitals, on a page of menus."""
    for title in (phrase, f"{phrase} | Example Daily", f"Example Daily - {phrase}", phrase.upper()):
        assert outcome(MENU, title) is KINDS[kind], title
    if kind == "missing":
        assert outcome(MENU, f"404 - {phrase}") is KINDS[kind]
        assert outcome(MENU, f"Error 404: {phrase}") is KINDS[kind]


@pytest.mark.parametrize(("kind", "phrase"), [p for p in every_wording("lines") if p.values[0] != "consent"])
def test_every_line_is_recognised(kind: str, phrase: str) -> None:
    """As the heading or sentence of a short page, under a title that says nothing."""
    assert outcome(f"{MENU}\n{phrase}, and more.\n{MENU}", "Example Daily") is KINDS[kind]


@pytest.mark.parametrize(
    ("kind", "phrase"), every_wording("lines") + every_wording("titles") + every_wording("only_titles")
)
def test_no_wording_condemns_an_article(kind: str, phrase: str) -> None:
    """Inside a sentence, as a subheading, in a comment below: an article of ordinary length stays one."""
    sentence = f"{PARAGRAPH} “{phrase}”, the screen said when readers came back. {PARAGRAPH}"
    for text in (f"{ARTICLE}\n{sentence}", f"{ARTICLE}\n{phrase}\n{ARTICLE}", f"{ARTICLE}\nComments\n{phrase}."):
        assert outcome(text, "Council fails to agree on bridge | Example Daily") is None
    assert outcome(ARTICLE, f"“{phrase}”: what it means when a page says so | Example Daily") is None


CONSENT_WALLS = {
    "en": """Example Daily
Before you continue to Example Daily
We and our 842 partners use cookies to store and access personal data, such as your browsing, on your device.
If you click "Accept all", you agree to the use of cookies for advertising and personalised content.
You can change your choices at any time in the privacy settings.
Accept all
Reject all
Manage preferences""",
    "de": """Wir und unsere bis zu 200 Partner nutzen Cookies, um personenbezogene Daten zu verarbeiten.
Mit Ihrer Einwilligung können wir Werbung anzeigen. Sie können Ihre Einwilligung widerrufen.
Alle akzeptieren
Einstellungen
Datenschutz
Impressum""",
    "tr": """Gizliliğinize değer veriyoruz
Biz ve ortaklarımız, kişisel verileri işlemek için çerezler kullanıyoruz.
Tümünü kabul et
Reddet""",
    "ru": """Мы используем файлы cookie
Нажимая «Принять все», вы даёте согласие на обработку персональных данных нашими партнёрами.
Принять все
Отклонить""",
    "az": """Biz kukilərdən istifadə edirik
Davam etməklə kukilərdən istifadəyə razılıq verirsiniz. Məxfilik siyasəti ilə tanış olun.
Hamısını qəbul et""",
}


@pytest.mark.parametrize("language", CONSENT_WALLS)
def test_a_page_of_consent_alone_is_a_wall(language: str) -> None:
    """There is nothing to read on it but what one should agree to."""
    assert outcome(CONSENT_WALLS[language], "Example Daily") is Outcome.CONSENT


@pytest.mark.parametrize("language", CONSENT_WALLS)
def test_an_article_under_a_consent_banner_is_an_article(language: str) -> None:
    """A banner before or after it changes nothing; nor does an article about cookies."""
    for text in (f"{CONSENT_WALLS[language]}\n{ARTICLE}", f"{ARTICLE}\n{CONSENT_WALLS[language]}"):
        assert outcome(text, "Council fails to agree on bridge") is None


NOT_ARTICLES: dict[str, tuple[str, str | None, Outcome]] = {
    "a bare number": (MENU, "404", Outcome.SOFT_404),
    "a number and the site": (MENU, "404 | Example Daily", Outcome.SOFT_404),
    "a 404 page full of other news": (
        "Səhifə tapılmadı\n" + "\n".join(f"Headline number {n} of the day" for n in range(60)),
        "Example Daily",
        Outcome.SOFT_404,
    ),
    "a takedown": (
        "Example Daily\nThis article has been removed at the request of the author.",
        None,
        Outcome.SOFT_404,
    ),
    "a capital I with a dot": (MENU, "SAYFA BULUNAMADI", Outcome.SOFT_404),
    "a challenge": (
        "news.example\nVerifying you are human. This may take a few seconds.",
        "Just a moment...",
        Outcome.BLOCKED,
    ),
    "a block page": (
        "Sorry, you have been blocked\nYou are unable to access news.example",
        "Attention Required! | Shield",
        Outcome.BLOCKED,
    ),
}


@pytest.mark.parametrize("name", NOT_ARTICLES)
def test_pages_that_are_no_articles(name: str) -> None:
    """Under status 200."""
    text, title, expected = NOT_ARTICLES[name]
    assert outcome(text, title) is expected


ARTICLES: dict[str, tuple[str, str | None]] = {
    "a short brief": (
        "Minister resigns\n10 March 2026\nThe minister resigned on Tuesday.",
        "Minister resigns | Example Daily",
    ),
    "a brief about a removed post": (
        "Post removed\nThe post in which the minister announced it has been removed, the agency reports.",
        "Minister's post has been removed from the network | Example Daily",
    ),
    "an article with a removed comment": (
        f"{ARTICLE}\nComments\nThis post has been removed.",
        "Bridge | Example Daily",
    ),
    "an article that quotes a challenge": (f"{ARTICLE}\nVerify you are human\n{PARAGRAPH}", "How captchas changed us"),
    "an article on denied access": (
        f"Access denied\n{ARTICLE}",
        "Access denied: reporters kept out of court | Example Daily",
    ),
    "an article about page 404": (ARTICLE, "The story of 404 | Example Daily"),
    "one long line": (ARTICLE.replace("\n", " ") + " Page not found.", None),
    "a brief above a form and a search box": (
        f"Search\nNothing found\nMinister resigns\n{PARAGRAPH}\nLeave a comment\nI'm not a robot\n{MENU}",
        "Minister resigns | Example Daily",
    ),
    "a brief with a video that did not load": (
        f"Minister resigns\nThe minister resigned on Tuesday.\nContent not available\n{MENU}",
        "Minister resigns | Example Daily",
    ),
    "a brief above a form that asks for proof": (
        f"Министр ушёл в отставку\n{PARAGRAPH}\n{PARAGRAPH}\nОставить комментарий\nПодтвердите, что вы не робот",
        "Министр ушёл в отставку",
    ),
    "nothing": ("", None),
}


@pytest.mark.parametrize("name", ARTICLES)
def test_articles_that_look_a_little_like_it(name: str) -> None:
    """None: the caller decides on what else it knows."""
    assert outcome(*ARTICLES[name]) is None


def test_a_challenge_is_recognised_under_any_status_and_by_its_header() -> None:
    """403 and 503 are how challenges usually come; the header says it even when the page is in code."""
    assert outcome("Checking your browser before accessing news.example", "Just a moment...", 503) is Outcome.BLOCKED
    judged = judge_page(403, [("CF-Mitigated", "challenge")], "", None)
    assert judged
    assert judged[0] is Outcome.BLOCKED


def test_the_reason_quotes_the_page() -> None:
    """In the page's own letters."""
    for text, title in ((MENU, "Səhifə Tapılmadı | Example Daily"), (f"{MENU}\nSəhifə Tapılmadı", "Example Daily")):
        judged = judge_page(200, (), text, title)
        assert judged
        assert "Səhifə Tapılmadı" in judged[1]


def test_a_status_that_says_so_needs_no_words() -> None:
    """404 has its own outcome already; its page is not judged a second time."""
    assert outcome("Page not found", "Page not found", 404) is None


@given(st.text(max_size=300), st.text(max_size=80))
def test_any_text_is_judged(text: str, title: str) -> None:
    """No exception, and the same answer twice."""
    assert judge_page(200, (), text, title) == judge_page(200, (), text, title)


def test_wordings_are_told_apart_by_letters_alone() -> None:
    """Case, dots, quotes and the Turkish i."""
    assert fold("  “SAYFA  BULUNAMADI!” ") == fold("Sayfa bulunamadı") == "sayfa bulunamadi"
