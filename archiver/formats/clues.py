"""What an element's own markup says about the part of the page it holds, before anything is known of the text.

Tag names and roles follow the HTML standard (section 4.3) and WAI-ARIA landmarks; the class and id words are those
that page templates around the world share. A clue is a hint: ``archiver.extract.zones`` has the last word.
"""

import re
from functools import lru_cache

from archiver.model import Zone

# Parts that swallow everything inside them: a byline inside a related list is not the article's byline.
STICKY = frozenset(
    {
        Zone.CONSENT,
        Zone.NAVIGATION,
        Zone.BREADCRUMB,
        Zone.CAPTION,
        Zone.RELATED,
        Zone.COMMENTS,
        Zone.FOOTER,
        Zone.FURNITURE,
    }
)

_BY_TAG = {
    "nav": Zone.NAVIGATION,
    "menu": Zone.NAVIGATION,
    "footer": Zone.FOOTER,
    "aside": Zone.RELATED,
    "figcaption": Zone.CAPTION,
    "caption": Zone.CAPTION,
    "button": Zone.FURNITURE,
    "form": Zone.FURNITURE,
    "label": Zone.FURNITURE,
    "dialog": Zone.FURNITURE,
    "h1": Zone.TITLE,
    "address": Zone.BYLINE,
}
_BY_ROLE = {
    "navigation": Zone.NAVIGATION,
    "banner": Zone.NAVIGATION,
    "menu": Zone.NAVIGATION,
    "menubar": Zone.NAVIGATION,
    "search": Zone.FURNITURE,
    "dialog": Zone.FURNITURE,
    "alertdialog": Zone.FURNITURE,
    "complementary": Zone.RELATED,
    "contentinfo": Zone.FOOTER,
}
_BY_ITEMPROP = {
    "headline": Zone.TITLE,
    "author": Zone.BYLINE,
    "creator": Zone.BYLINE,
    "datepublished": Zone.BYLINE,
    "datemodified": Zone.BYLINE,
    "articlebody": Zone.BODY,
    "alternativeheadline": Zone.DEK,
    "caption": Zone.CAPTION,
    "breadcrumb": Zone.BREADCRUMB,
}

# Words of class and id, one row a zone, the first row that matches wins. A hyphen stands for any joint or none
# ("read-also" is also "readalso" and "read_also"); an asterisk lets the word go on, "=" takes it only alone.
_WORDS = (
    (Zone.CONSENT, "cookie* consent* gdpr* onetrust* ot-sdk* cmp didomi* usercentrics* ccpa* truste* qc-cmp*"),
    (Zone.COMMENTS, "comment comments comment-list* disqus* discussion* respond fb-comments* reader-comments*"),
    (Zone.BREADCRUMB, "breadcrumb* crumb crumbs pathway you-are-here*"),
    (
        Zone.RELATED,
        (
            "related* recommend* recirc* outbrain* taboola* also-read* read-also* see-also* similar* popular* "
            "trending* most-read* most-viewed* latest-news* latest-posts* recent-posts* more-news* more-from* "
            "more-stories* read-more* read-next* up-next* you-may* may-like* sidebar* side-bar* right-col* right-rail* "
            "widget-area* post-navigation* nav-links* teaser* teasers promo*"
            " jp-related* top-stories* news-list* news-feed*"
        ),
    ),
    (
        Zone.CAPTION,
        (
            "caption* figcaption* photo-credit* image-credit* img-credit* photo-caption* image-caption* media-caption* "
            "picture-caption* img-caption* image-source* photo-source* legend"
        ),
    ),
    (
        Zone.TAIL,
        (
            "entry-footer* article-footer* post-footer* story-footer* article-source* source-link* article-end* "
            "article-bottom* author-bio* author-box* about-author* about-the-author* author-info*"
        ),
    ),
    (Zone.FOOTER, "footer site-footer* page-footer* global-footer* main-footer* copyright* colophon* bottom-bar*"),
    (
        Zone.FURNITURE,
        (
            "share shares sharebar* share-bar* share-button* sharethis* sharing* sharedaddy* =social socials "
            "social-share* social-media* social-link* social-icon* "
            "social-button* social-bar* addthis* addtoany* ad ads advert* adsbygoogle* adv sponsor* banner* "
            "newsletter* subscribe* subscription* signup* sign-up* paywall* print login* log-in* search* rating* likes "
            "counter* popup* modal* tags tag-list* tag-cloud* post-tags* entry-tags* article-tags* keywords player* "
            "tooltip* donate* donation* poll weather* currency* app-download*"
        ),
    ),
    (
        Zone.NAVIGATION,
        (
            "nav navbar* navigation* menu* megamenu* main-menu* topbar* top-bar* toolbar* offcanvas* drawer* skip "
            "skip-link* pagination* pager* hamburger* site-header* masthead* global-header* page-header* top-menu* "
            "submenu* lang-switch* language-switch*"
        ),
    ),
    (
        Zone.BYLINE,
        (
            "byline* by-line* author authors author-name* post-author* article-author* entry-author* dateline* posted* "
            "published* publish-date* pub-date* date datetime timestamp* time-stamp* post-date* entry-date* news-date* "
            "article-date* post-meta* entry-meta* article-meta* story-meta* meta-info* article-info* reading-time* "
            "read-time* contributor* vcard hcard"
        ),
    ),
    (
        Zone.DEK,
        (
            "dek deck standfirst* subtitle* sub-title* subheadline* sub-headline* subhead article-summary* "
            "article-lead* story-summary* post-excerpt* article-intro* article-subtitle* strapline* "
            "article-description*"
        ),
    ),
    (Zone.SECTION, "kicker* eyebrow* rubric* rubrik section-name* article-section* cat-links* category-name* overline"),
)
_CAMEL = re.compile(r"([a-z])([A-Z])")


def _word(entry: str) -> str:
    whole = entry.startswith("=")
    spelt = re.escape(entry.strip("=*")).replace(r"\-", "[-_ ]{0,2}")
    if whole:
        return rf"(?<![-_]){spelt}(?![-_a-z])"
    return spelt if entry.endswith("*") else f"{spelt}(?![a-z])"


def _expression(entries: str) -> str:
    return "(?<![a-z])(?:" + "|".join(_word(entry) for entry in entries.split()) + ")"


_TOKEN = re.compile("[a-z]+")
_ROWS = tuple((zone, re.compile(_expression(entries))) for zone, entries in _WORDS)


def _starts() -> dict[str, list[tuple[str, int]]]:
    """By the first three letters (or two, where there are no more): what words begin with, and the row of each."""
    rows: dict[str, set[tuple[str, int]]] = {}
    for number, (_, entries) in enumerate(_WORDS):
        for entry in entries.split():
            start = re.split(r"[-*\[]", entry.lstrip("="))[0]
            rows.setdefault(start[:3], set()).add((start, number))
    return {key: sorted(starts) for key, starts in rows.items()}


# Most words begin like none of these, which is much cheaper to see than to search for all of them.
_STARTS = _starts()


def words_of(*attributes: str | None) -> str:
    """Class, id and other words as one lower-case line of at most 300 characters, humps opened."""
    joined = " ".join(filter(None, attributes))[:300]
    lower = joined.lower()
    return lower if lower == joined else _CAMEL.sub(r"\1 \2", joined).lower()


def clue(tag: str, words: str, role: str | None, itemprop: str | None) -> Zone | None:
    """The zone that an element's name, class and id words, role and itemprop speak for, or None.

    ``words`` is what ``words_of`` gave.
    """
    if tag in {"html", "body", "main", "article"}:
        return None  # these carry the words of everything the page may hold
    if itemprop and (zone := _BY_ITEMPROP.get(itemprop.lower())):
        return zone
    if role and (zone := _BY_ROLE.get(role.lower())):
        return zone
    named = by_words(words) if words else None
    if named is Zone.TAIL and tag in {"footer", "aside", "div", "section", "p", "span", "ul"}:
        return named
    return _BY_TAG.get(tag) or named


def by_words(words: str) -> Zone | None:
    """The zone that class and id words speak for, or None."""
    rows = {row for token in _TOKEN.findall(words) for row in _rows_of(token)}
    for row in sorted(rows):
        zone, expression = _ROWS[row]
        if expression.search(words):
            return zone
    return None


@lru_cache(maxsize=4096)
def _rows_of(token: str) -> tuple[int, ...]:
    """The rows that hold a word which begins like ``token``; pages of all outlets share most of their words."""
    alike = (*_STARTS.get(token[:3], ()), *_STARTS.get(token[:2], ()))
    return tuple({row for start, row in alike if token.startswith(start)})
