"""What a name that signs comes to: author, account or agency, how firm, and never the page's own subject."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from archiver.attribution.byline_names import fold
from archiver.model import Block, Candidate, Meant, Page, Zone
from archiver.outlets import Outlet, default_registry

NOT_SHOWN = 45
_FIRM_BARE = 64  # a bare name with a date beside it
_BARE = ("byline/bare-name@1", "byline/name-nearby@1")
_PEN_NAME = "byline/pen-name@1"
_EMAIL = re.compile(r"[\w.+-]{1,60}@([\w-]{1,60}(?:\.[\w-]{1,30}){1,3})")
_NO_LETTERS = re.compile(r"[\W_]+")
_CRUMB = re.compile(r"\s[>»›/→]\s")
_COPYRIGHT_PART = re.compile(r"©|\([cC]\)|[–—|,.](?:\s|$)|\b(?:19|20)\d\d\b")
_SIGN_OF_ITSELF = re.compile(r"@|©|\([cC]\)")
_GLUED = re.compile(r"(.{3,40})\1")  # a name printed twice without a space
_ENDING = re.compile(r"\.(?:com|org|net|info|news|media|press|tv|co|eu|[a-z]{2})$", re.I)
_NOT_OF_ITSELF = frozenset({Zone.BODY, Zone.TITLE, Zone.DEK, Zone.RELATED, Zone.COMMENTS, Zone.CAPTION})


@dataclass(frozen=True, slots=True)
class Name:
    """A name read at a place: for which property, by which rule, how firmly."""

    property: str
    start: int
    end: int
    rule: str
    weight: int
    meant: Meant = Meant.STATED


def weaken_bare(page: Page, found: Iterable[Name], own: frozenset[str]) -> list[Name]:
    """Where a label names the author, names that merely stand near the headline are not shown."""
    names = list(found)
    weak = (*_BARE, "byline/sign-off@1", "byline/people-link@1")
    authors = [n for n in names if n.property == "author" and identity_of(page.text[n.start : n.end]) not in own]
    labelled = any(n.weight >= 65 and n.rule not in weak for n in authors)
    named = {_only_letters(page, n) for n in authors if n.weight > NOT_SHOWN and n.rule != _PEN_NAME}
    firm = max((n.weight for n in authors if n.rule != "byline/sign-off@1"), default=0)
    return [
        _with_weight(n, min(n.weight, NOT_SHOWN))
        if (labelled and n.rule in weak)
        or (n.rule == _PEN_NAME and _only_letters(page, n) in named)
        or (firm >= _FIRM_BARE and n.rule == "byline/sign-off@1")
        or (firm >= 75 and n in authors and n.weight < 75)
        else n
        for n in names
    ]


def _only_letters(page: Page, name: Name) -> str:
    """What "Ann Lee" and her handle "AnnLee1" have in common."""
    return "".join(c for c in fold(page.text[name.start : name.end]) if c.isalpha())


def without_subjects(page: Page, names: list[Name]) -> list[Name]:
    """A bare name that the headline or the text itself speaks of is whom the article is about, not who wrote it."""
    if not any(name.rule in _BARE for name in names):
        return names
    head = " ".join(page.quote(block) for block in page.blocks if block.zone in (Zone.TITLE, Zone.DEK))
    prose = " ".join(page.quote(block) for block in page.blocks if _is_prose(block))
    out = []
    for name in names:
        quote = page.text[name.start : name.end]
        if name.rule in _BARE and (quote in head or (quote in prose and name.weight < _FIRM_BARE)):
            out.append(_with_weight(name, min(name.weight, NOT_SHOWN)))
        else:
            out.append(name)
    return out


def _is_prose(block: Block) -> bool:
    return block.zone is Zone.BODY and block.end - block.start > 80


def _with_weight(name: Name, weight: int) -> Name:
    return Name(name.property, name.start, name.end, name.rule, weight, name.meant)


def made_candidate(page: Page, name: Name, own: frozenset[str]) -> Candidate:
    quote = page.text[name.start : name.end]
    prop, rule, weight = name.property, name.rule, name.weight
    if prop == "author":
        outlet = outlet_of(quote)
        if identity_of(quote) in own:
            prop, rule, weight = "posted_by", "byline/own-account@1", 80
        elif outlet is not None and outlet.type == "agency":
            prop, rule, weight = "agency", "byline/agency@1", min(weight, 75)
        elif outlet is not None:
            return _made(page, name, prop, rule, weight, "the name of an outlet, not of a person")
    return _made(page, name, prop, rule, weight, None)


def _made(page: Page, name: Name, prop: str, rule: str, weight: int, rejected: str | None) -> Candidate:
    quote = page.text[name.start : name.end]
    return Candidate(
        property=prop,
        value=" ".join(quote.split()),
        quote=quote,
        space=page.space,
        rule=rule,
        meant=name.meant,
        weight=weight,
        start=name.start,
        end=name.end,
        rejected=rejected,
    )


def outlet_of(name: str) -> Outlet | None:
    found = default_registry().resolve(name)
    return found.outlet if found.how in ("name", "domain") and not found.common else None


def identity_of(name: str) -> str:
    """Letters and digits of a name in one case, without the end of an address: Post.Media meets PostMedia."""
    bare = _ENDING.sub("", name.strip())
    whole = _NO_LETTERS.sub("", fold(name))
    short = _NO_LETTERS.sub("", fold(bare))
    return whole if len(short) < 4 else short


def own_identities(page: Page, own_names: frozenset[str]) -> frozenset[str]:
    """Everything the page calls itself, in the forms bylines are compared with."""
    own: set[str] = set()
    for name in own_names:
        own |= _forms(name)
    home = next((block for block in page.blocks if block.zone is Zone.BREADCRUMB), None)
    if home is not None:
        own |= _forms(_CRUMB.split(page.quote(home)[:300], maxsplit=1)[0])
    for block in _with_signs(page):
        own |= _said_by(page.text[block.start : min(block.end, block.start + 300)])
    for block in page.blocks:
        half = (block.end - block.start) // 2
        if 3 <= half <= 40 and page.text[block.start] == page.text[block.start + half]:
            glued = _GLUED.match(page.text, block.start, block.end)
            if glued and glued.end() == block.end and block.zone not in _NOT_OF_ITSELF:
                own |= _forms(glued.group(1))
    return frozenset(form for form in own if len(form) > 2)


def _with_signs(page: Page) -> list[Block]:
    """The blocks of the page's own furniture that hold an address or a copyright."""
    found: list[Block] = []
    blocks = iter(page.blocks)
    block = next(blocks, None)
    for sign in _SIGN_OF_ITSELF.finditer(page.text):
        while block is not None and block.end <= sign.start():
            block = next(blocks, None)
        if block is None:
            break
        if block.start <= sign.start() and block.zone not in _NOT_OF_ITSELF and block not in found[-1:]:
            found.append(block)
    return found


def _said_by(line: str) -> set[str]:
    """Names of the site in one line: an address or a copyright."""
    forms: set[str] = set()
    if "@" in line:
        for match in _EMAIL.finditer(line):
            forms |= _forms(match.group(1))
    if "©" in line or "(c)" in line or "(C)" in line:
        for part in _COPYRIGHT_PART.split(line):
            forms |= _forms(part)
    return forms


def _forms(name: str) -> set[str]:
    """A name with and without the end of an address; what ``identity_of`` of any spelling of it can be."""
    whole = _NO_LETTERS.sub("", fold(name))
    return {whole, identity_of(name)} if 2 < len(whole) <= 40 else set()
