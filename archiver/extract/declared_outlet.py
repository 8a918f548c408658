"""The name a page gives its own house: the candidate that its address bears out weighs most.

Names come from Open Graph, JSON-LD, microdata, application names and the outer part of the title. Slogans, addresses
and legal names of companies are stated there too; a name that shares its stem with the host of the page is the one
that readers know (measured: 94-95 % exact against 90-92 % for the first source that has a name).
"""

import re
from collections.abc import Iterator

from archiver.extract.declared import WEIGHTS, Declared, candidate, tidy
from archiver.extract.headline import outer_parts
from archiver.model import Candidate
from archiver.outlets.names import fold

_METAS = (
    ("outlet-og", ("og:site_name", "og:sitename", "twitter:site_name")),
    ("outlet-citation", ("citation_journal_title", "citation_publisher")),
    ("outlet-dc", ("dc.publisher", "dcterms.publisher", "dc:publisher", "article:publisher_name", "publisher", "cre")),
    (
        "outlet-application",
        ("application-name", "apple-mobile-web-app-title", "al:ios:app_name", "al:android:app_name"),
    ),
    ("outlet-copyright", ("copyright", "rights", "dcterms.rightsholder")),
)
_PUBLISHERS = frozenset({"organization", "newsmediaorganization", "corporation"})
_URL = re.compile(r"https?:|www\.|^/|^@")
_DOMAIN = re.compile(r"^[\w-]{1,63}(?:\.[\w-]{2,63}){1,3}$")
_LEGAL = re.compile(
    r"\b(?:GmbH|AG|Inc|LLC|Ltd|Limited|KG|S\.?A\.?|S\.?L\.?|S\.?p\.?A|A/S|ASA?|Oy|B\.?V|Verlag\w{0,12}|Verlags\w{0,12}|Co|Corp"
    r"|Company|Corporation|Holding|ООО|ЗАО|ОАО|АО|MMC)\b\.?",
    re.I,
)
_NOT_A_NAME = frozenset(
    {"home", "news", "blog", "website", "homepage", "my blog", "wordpress", "index", "article", "startseite"}
)
_COPYRIGHT = re.compile(
    r"^(?:©|\(c\)|copyright)?\s{0,3}(?:©|\(c\))?\s{0,3}(?:\d{4}(?:\s?[-–]\s?\d{4})?)?[\s,.:]{0,3}(?:by )?", re.I
)
_LONGEST = 60
_LONGEST_NAME = 120
# Where pages are shared or published; at an address of another's they are no house (folded names).
_PLATFORMS = frozenset(
    {
        *("facebook", "twitter", "x", "xcom", "xtwitter", "youtube", "instagram", "telegram", "tiktok", "whatsapp"),
        *(
            "linkedin",
            "pinterest",
            "reddit",
            "threads",
            "vk",
            "vkontakte",
            "вконтакте",
            "одноклассники",
            "odnoklassniki",
        ),
        *("blogger", "blogspot", "tumblr", "googlenews", "flipboard", "disqus", "wix", "wixcom", "squarespace"),
    }
)
_PLATFORM = 30  # less than any other name a page gives
_IMITATES = "imitates another name: letters of two scripts that look alike"
_WORD = re.compile(r"[^\W\d_]{2,60}")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_OTHER = re.compile(r"[\u0370-\u03ff\u0400-\u052f]")
_LATIN_DOUBLES = frozenset("aceiopsxyjhvABCEHIJKMNOPSTXYZ")
_OTHER_DOUBLES = frozenset("асеіорѕхујһԁԛԝАВСЕНІЈКМОРЅТХУΑΒΕΖΗΙΚΜΝΟΡΤΥΧνορ")

# What agreement with the address is worth, added to a rule's weight.
_SAME_AS_HOST = 24
_SHARES_STEM = 16
_SPELLS_HOST = 12
_SLOGAN = -20
_PLAIN_DOMAIN = -8
_LEGAL_FORM = -14


def names(page: Declared) -> tuple[str, ...]:
    """Every name the page gives its house, heaviest first; none is invented from the address."""
    found = sorted(candidates(page), key=lambda each: -each.weight)
    return tuple(dict.fromkeys(each.value for each in found if each.rejected is None))


def candidates(page: Declared) -> Iterator[Candidate]:
    """Candidates for ``outlet``, each with the host of the page as ``detail["domain"]`` where that is known."""
    seen: set[tuple[str, str]] = set()
    for rule, raw, path in _sources(page):
        value = tidy(raw)
        if rule == "outlet-copyright":
            value = _COPYRIGHT.sub("", value, count=1).split(".")[0].strip()
        key = (rule, value)
        if not _is_name(value) or key in seen:
            continue
        seen.add(key)
        borne_out = support(value, page.host)
        weight = max(1, min(98, WEIGHTS[rule] + borne_out))
        if borne_out <= 0 and fold(value) in _PLATFORMS:
            weight = min(weight, _PLATFORM)
        reason = _IMITATES if imitates(value) else None
        detail = {"domain": page.host}
        yield candidate("outlet", rule, value, raw, path, weight=weight, detail=detail, rejected=reason)


def _sources(page: Declared) -> Iterator[tuple[str, str, str]]:
    for rule, keys in _METAS:
        for mark in list(page.marks.meta_or_slip(*keys))[:3]:
            yield rule, mark.value, mark.path
    for path, value in list(page.article_values("publisher"))[:3]:
        yield from _name("outlet-jsonld-publisher", value, path)
    for node in page.graph.nodes:
        kinds = {name.lower() for name in node.types}
        if node.aside or node.path.count(".") > 2:
            continue
        if "website" in kinds:
            for key in ("name", "alternateName"):
                yield from _name("outlet-jsonld-website", node.data.get(key), f"jsonld {node.path}", key)
        elif kinds & _PUBLISHERS and not node.path.endswith(("author", "publisher", "creator")):
            yield from _name("outlet-jsonld-website", node.data.get("name"), f"jsonld {node.path}", "name")
    for mark in page.marks.prop("publisher", "name"):
        if mark.key == "publisher" or "organization" in mark.scope.split(" ", 1)[0]:
            yield "outlet-dc", mark.value, mark.path
    for part in _beside_headline(page):
        yield "outlet-title-rest", part, "title"
    for part in outer_parts(page.marks.title):
        # Without an address nothing tells a site's name from half a headline.
        if page.host and support(part, page.host) > 0:
            yield "outlet-title-part", part, "title"


def _beside_headline(page: Declared) -> Iterator[str]:
    """What the title element says beside the headline that metadata declare: "Name: headline", "headline | Name"."""
    title = tidy(page.marks.title or "")
    for mark in list(page.marks.meta("og:title", "twitter:title"))[:2]:
        headline = tidy(mark.value)
        if len(headline) < 12 or headline == title:
            continue
        for rest in (title.removesuffix(headline), title.removeprefix(headline)):
            name = rest.strip(" \t:|·•»«–—-/")
            # A sign must stand between: "Names" of "Namesake opens" is none.
            if rest != title and name != rest.strip() and len(name) <= 40 and len(name.split()) <= 5:
                yield name


def _name(rule: str, value: object, path: str, key: str = "name") -> Iterator[tuple[str, str, str]]:
    if isinstance(value, dict):
        value, path = value.get("name"), f"{path}.{key}"
    elif key and not path.endswith("publisher"):
        path = f"{path}.{key}"
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, str) and value.strip():
        yield rule, value, path


def _is_name(value: str) -> bool:
    return (
        1 < len(value) <= 120
        and not _URL.search(value)
        and value.casefold() not in _NOT_A_NAME
        and any(character.isalpha() for character in value)
    )


def imitates(name: str) -> bool:
    """True for a word that Latin letters and their Cyrillic or Greek doubles make up: it looks like another name.

    After Unicode Technical Standard 39, section 5 (mixed scripts, confusable characters). A word that joins parts of
    two scripts in the open, as names of broadcasters do, has letters of both that no other script has a double of.
    """
    return any(
        latin and others and (latin <= _LATIN_DOUBLES or others <= _OTHER_DOUBLES)
        for word in _WORD.findall(name[:_LONGEST_NAME])
        for latin, others in [(set(_LATIN.findall(word)), set(_OTHER.findall(word)))]
    )


def support(value: str, host: str | None) -> int:
    """What the host of the page says for or against ``value`` being the name that readers know."""
    score = _SLOGAN if len(value) > _LONGEST or len(value.split()) > 7 else 0
    if _LEGAL.search(value):
        score += _LEGAL_FORM
    if host is None:
        return score
    if _DOMAIN.match(value) and fold(value) in fold(host):
        return score + _SAME_AS_HOST + _PLAIN_DOMAIN
    name = _plain(value)
    stems = [_plain(label) for label in host.split(".")[:-1] if label not in {"www", "m", "amp", "co", "com", "org"}]
    if not name or not stems:
        return score
    whole = _plain(host)
    if name in {*stems, whole}:
        return score + _SAME_AS_HOST
    for label in stems:
        short, long = sorted((name, label), key=len)
        if len(short) >= 4 and short in long and len(short) * 3 >= len(long):
            return score + _SHARES_STEM
    if _initials(value) in stems:
        return score + _SPELLS_HOST
    return score


def _plain(name: str) -> str:
    """A folded name without a leading article, in ASCII where German and Nordic hosts write it so."""
    folded = fold(name)
    for article in ("the", "der", "die", "das", "le", "la", "el", "il"):
        if folded.startswith(article) and name.casefold().startswith(article + " "):
            return folded[len(article) :]
    return folded


def _initials(name: str) -> str:
    return "".join(word[0] for word in re.findall(r"[^\W\d_]+", name)).casefold()
