"""Where on the page a credit stands decides what it can mean; menus, related lists and footers mean nothing here.

``title`` the headline; ``head`` the short lines around it (standfirst, byline, date); ``lead`` the first paragraph;
``body`` paragraphs; ``last`` the last paragraph; ``tail`` the short lines after it; ``caption``; ``outside`` all else.
A fragment's blocks say nothing of their place, so its own zone and the length of its lines do.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, pairwise
from typing import NamedTuple

from archiver.model import Block, Page, Zone

_LONG = 140
_SENTENCE = re.compile(r"[.!?…։。！？»”\"]\s{0,2}$|[.!?։]\s[^\W\d_]")
_PICTURE = (
    r"photos?|photographs?|images?|pictures?|foto|fotos|fotograf|fotoğraf|görsel|фото|фотография|снимок|изображение|"
    r"світлина|bild|bilder|illustration|crédit photo|imagen|imagem|immagine|zdjęcie|լուսանկար\w{0,4}|ფოტო|عکس|صورة|"
    r"الصورة|تصوير|图|图片|图为|圖|写真|사진|şəkil|açıq mənbələrdən foto|above|file photo|getty"
)
_CAPTION = re.compile(
    rf"^\W{{0,3}}(?:{_PICTURE})\b[^\n]{{0,40}}?[:/©|]|"
    r"^(?:[^\n]{0,60}\s)?(?:image|photo|picture)s? (?:credit|source|by|courtesy)\b",
    re.I,
)
_PICTURE_WORD = re.compile(rf"\b(?:{_PICTURE}|getty|shutterstock|caption|video|kuva|kép|slika)\b|©", re.I)
_APART = 170  # the longest sentence that is taken for a credit by itself
_MOST_APART = 3  # sentences at an end of the text that can be credits
_STOP = re.compile(r"(?:(?<=[^\W\d_][^\W_])|(?<=[^\W\d_][»”“\"]))[.!?…։][»”\")]{0,2}\s{1,3}(?=\S)|[。！？]\s?(?=\S)")
_CLOSING_BRACKET = re.compile(r"[(\[（【](?P<apart>[^()\[\]（）【】\n]{3,160})[)\]）】][.\s]{0,3}$")
_IN_BRACKETS = re.compile(r"\W{0,2}[(\[（【](?P<apart>[^()\[\]（）【】\n]{3,140})[)\]）】]\W{0,2}$")
_OPENING_BRACKET = re.compile(r"\W{0,3}[(\[（【](?P<apart>[^()\[\]（）【】\n]{3,160})[)\]）】]")
_LABELLED = re.compile(r"[^\n:：|]{2,30}?\s?(?:[:：]\s?[^\s].{0,40}$|\|.{0,60}\d)")
_WORDS_OF_NO_TITLE = 2
_RIGHT_BELOW = 2  # blocks below it in which what was taken for furniture may
_FURNITURE_ZONES = frozenset({Zone.FOOTER, Zone.FURNITURE})
_BELOW = 4  # blocks below the last paragraph in which a credit may stand
_FURNITURE = re.compile(
    r"^(?:you (?:might|may) also like|related|read (?:more|also|next)|more (?:from|on|stories)|"
    r"leave a (?:reply|comment|review)|"
    r"comments?\b|share\b|tags?:|filed under|follow |sign up|subscribe|newsletter|advertisement|recommended|"
    r"читайте также|по теме|комментари|поделиться|теги|загрузка|oxşar xəbərlər|digər xəbərlər|şərhlər|paylaş|"
    r"ilgili haberler|benzer haberler|yorumlar|etiketler|önerilen|en çok|mehr zum thema|kommentare|neueste beiträge|"
    r"lesen sie auch|à lire aussi|lire aussi|te puede interesar|czytaj także|zobacz także)",
    re.I,
)
_AREA_OF_ZONE = {
    Zone.CONSENT: "outside",
    Zone.NAVIGATION: "outside",
    Zone.RELATED: "outside",
    Zone.COMMENTS: "outside",
    Zone.FOOTER: "outside",
    Zone.FURNITURE: "outside",
    Zone.META: "outside",
    Zone.BREADCRUMB: "outside",
    Zone.SECTION: "outside",
    Zone.TITLE: "title",
    Zone.DEK: "head",
    Zone.BYLINE: "head",
    Zone.CAPTION: "caption",
    Zone.TAIL: "tail",
}
_TEXT = frozenset({"lead", "body", "last"})
HEADS = frozenset({"title", "head", "lead"})
TAILS = frozenset({"last", "tail"})


class Line(NamedTuple):
    """A block, its text, its place in the page's order and the area it belongs to."""

    block: Block
    text: str
    number: int
    area: str
    leads: bool = False  # among the first two paragraphs, whatever its area

    @property
    def areas(self) -> tuple[str, ...]:
        """Every area the line belongs to: in a short text the last paragraph is a lead too."""
        return (self.area, "lead") if self.leads and self.area in {"last", "body"} else (self.area,)

    @property
    def short(self) -> bool:
        """True for a line that is no paragraph."""
        return is_short(self.text)


def lines_of(page: Page) -> tuple[Line, ...]:
    """All blocks of ``page`` with their areas, in order."""
    texts = [page.quote(block) for block in page.blocks]
    areas = _of_fragment(page.fragment, texts) if page.fragment else _of_page(page.blocks, texts)
    paragraphs = (
        i for i, (text, area) in enumerate(zip(texts, areas, strict=True)) if area in _TEXT and not is_short(text)
    )
    early = [*islice(paragraphs, 2)]
    return tuple(
        Line(
            block,
            text,
            number,
            "caption" if area not in {"outside", "title"} and is_caption(text) else area,
            number in early,
        )
        for number, (block, text, area) in enumerate(zip(page.blocks, texts, areas, strict=True))
    )


def sentences_apart(line: Line) -> list[Line]:
    """The last sentences and the last bracket of a paragraph at the end, the first ones of the lead, each as a line.

    Only short ones; they lie in the tail or in the head, where such a line would stand by itself.
    """
    if line.short and line.area in {"head", "tail"}:
        return [*_cut(line, line.area, _IN_BRACKETS.match(line.text))]
    if line.area not in {"lead", *TAILS} or line.short:
        return []
    if line.area == "lead":
        return [*_sentences(line, "head"), *_cut(line, "head", _OPENING_BRACKET.match(line.text))]
    bracket = _CLOSING_BRACKET.search(line.text, max(0, len(line.text) - _APART))
    return [*_sentences(line, "tail"), *_cut(line, "tail", bracket)]


def _sentences(line: Line, area: str) -> Iterator[Line]:
    """The short sentences at the end (of the tail) or at the beginning (of the head) of ``line``."""
    text = line.text
    if len(text) <= _APART and not _STOP.search(text):
        yield from _part(line, area, 0, len(text.rstrip()))  # a paragraph that is one sentence
        return
    if area == "tail":
        ends = [stop.end() for stop in _STOP.finditer(text, max(0, len(text) - _MOST_APART * _APART))][-_MOST_APART:]
        spans = list(pairwise([*ends, len(text)]))
    else:
        ends = [stop.end() for stop in islice(_STOP.finditer(text, 0, _APART), 2)]
        spans = list(pairwise([0, *ends]))
    for start, end in spans:
        if end - start <= _APART:
            yield from _part(line, area, start, start + len(text[start:end].rstrip()))


def _cut(line: Line, area: str, match: re.Match[str] | None) -> Iterator[Line]:
    if match:
        yield from _part(line, area, *match.span("apart"))


def _part(line: Line, area: str, start: int, end: int) -> Iterator[Line]:
    if end - start > 3:
        block = replace(line.block, start=line.block.start + start, end=line.block.start + end)
        yield line._replace(block=block, text=line.text[start:end], area=area, leads=False)


def is_short(text: str) -> bool:
    """True when ``text`` is a line rather than a paragraph."""
    return len(text) < 60 or (len(text) < _LONG and not _SENTENCE.search(text))


def is_caption(text: str) -> bool:
    """True when ``text`` speaks of a picture."""
    return len(text) < 300 and bool(_CAPTION.search(text))


def _of_page(blocks: tuple[Block, ...], texts: list[str]) -> list[str]:
    areas = [_AREA_OF_ZONE.get(block.zone, "body") for block in blocks]
    for i in _credits_below(blocks, texts):
        areas[i] = "tail"
    body = [i for i, area in enumerate(areas) if area == "body"]
    paragraphs = [i for i in body if not is_short(texts[i])] or body
    if not paragraphs:
        return areas
    for i in body:
        if i < paragraphs[0]:
            areas[i] = "head"
        elif i > paragraphs[-1]:
            areas[i] = "tail"
    for i in paragraphs[:2]:
        areas[i] = "lead"
    if len(paragraphs) > 1:
        areas[paragraphs[-1]] = "last"
    return areas


def _credits_below(blocks: tuple[Block, ...], texts: list[str]) -> list[int]:
    """Lines right below the text of a dump that were taken for captions or furniture, and speak of no picture.

    A dump shows no picture: a line such as "(dpa/reuters)" there ends the text. "© 2021 Gull Agency" may be the
    foot of the page as well as that of the text: whose name it bears decides.
    """
    last = max((i for i, block in enumerate(blocks) if block.zone is Zone.BODY), default=len(blocks))
    rights = [
        i
        for i in range(last + 1, min(len(blocks), last + 1 + _RIGHT_BELOW))
        if blocks[i].zone in _FURNITURE_ZONES and blocks[i].tag == "line" and len(texts[i]) <= _APART
    ]
    return rights + [
        i
        for i in range(last + 1, min(len(blocks), last + 1 + _BELOW))
        if blocks[i].zone is Zone.CAPTION and blocks[i].tag == "line" and not _PICTURE_WORD.search(texts[i])
    ]


def _of_fragment(zone: str | None, texts: list[str]) -> list[str]:
    if zone == "caption":
        return ["caption"] * len(texts)
    if zone in {"footer", "meta"}:
        return ["outside"] * len(texts)
    if zone == "bottom":
        return _of_bottom(texts)
    areas = ["body"] * len(texts)
    paragraphs = [i for i, text in enumerate(texts) if not is_short(text)]
    first = paragraphs[0] if paragraphs else len(texts)
    for i in range(min(first, len(texts)) if zone != "inline" else 0):
        areas[i] = "head"
    for i in paragraphs[:2]:
        areas[i] = "lead"
    if zone in {"byline", "top"}:
        for i, text in enumerate(texts):
            areas[i] = "head" if is_short(text) else areas[i]
    if texts and (zone == "title" or (zone not in {"byline", "inline"} and first > 0 and not _is_credit(texts[0]))):
        areas[0] = "title"
    if zone == "inline" and len(paragraphs) > 1:
        areas[paragraphs[-1]] = "last"
    return areas


def _is_credit(text: str) -> bool:
    """True for a first line that is no headline: a label, a sentence, one or two words."""
    return bool(_LABELLED.match(text)) or text.rstrip().endswith(".") or len(text.split()) <= _WORDS_OF_NO_TITLE


def _of_bottom(texts: list[str]) -> list[str]:
    """Paragraphs, then the short lines after them, until the page's furniture begins."""
    areas = ["tail"] * len(texts)
    paragraphs = [i for i, text in enumerate(texts) if not is_short(text)]
    for i in paragraphs:
        areas[i] = "body"
    if paragraphs:
        areas[paragraphs[0]] = "last" if len(paragraphs) == 1 else "body"
        areas[paragraphs[-1]] = "last"
        for i in range(paragraphs[0]):
            areas[i] = "body" if not is_short(texts[i]) else "head"
    for i, text in enumerate(texts):
        if i > 0 and _FURNITURE.search(text):
            areas[i:] = ["outside"] * (len(texts) - i)
            break
    return areas
