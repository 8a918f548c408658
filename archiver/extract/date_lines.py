"""What kind of line a date stands in: one about the date, a dateline, by a byline, in a list, named for its date."""

import re
from collections.abc import Iterator, Sequence

from archiver.extract.date_places import POST, Placed, by_block
from archiver.extract.date_words import fold, weekdays_named, word_list
from archiver.model import Block, Page, Zone

SHORT_BLOCK = 200
_NEAR_TITLE = 6
_LINE_ROOM = 48  # letters that may stand beside a date in a line that is about the date
_PROSE = 80  # letters of a line that is a paragraph
_BARE = 4
_NEXT_PARAGRAPH = 5
_LIST = 3
_CHAPTERS = 2
_TEXT = frozenset({Zone.BODY, Zone.FURNITURE, Zone.SECTION, Zone.DEK, Zone.TAIL})
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_OPENING = 2
_SIGN_ROOM = 60
_LONGEST_CITY = 6  # words

_MARKED_MODIFIED = re.compile(
    r"(?<![a-z])(?:date-?modified|modified|updated|last-?updated|update-?date|mod-?date)(?![a-z])"
)
_MARKED_PUBLISHED = re.compile(
    r"(?<![a-z])(?:date-?published|published|publish(?:ed)?-?(?:date|time|on)|pub-?date|date-?created|entry-date|post(?:ed)?-?(?:date|on|time)|"
    r"article-?(?:date|time)|news-?(?:date|time)|create-?(?:date|time))(?![a-z])"
)
_DATELINE_BEFORE = re.compile(r"[(/]?[^\W\d_][^\d\n.!?;:]{1,44}[,/]\s{0,2}$")
_DATELINE_BEHIND = re.compile(
    r"\s{0,2}(?:[/–—(:]|-\s|\.\s{0,2}[/(–—-]|\.\s[A-ZА-ЯЁԱ-Ֆ]{3,}|,\s[A-ZА-ЯЁԱ-Ֆ]{3,12}\b|[^\W\d_]{0,4}\.?\s?[/–—(])"
)
_MINUTES = re.compile(
    r"(?<![\d:.,])\d{1,3}\s?[-–]?\s?(?:min(?:ute|uten|utos|uti|ut|uts)?s?\b\.?|dk\b|dəq|мин\b|хв\b|분|分(?:钟|鐘|で)|րոպե|წუთ|دقيق|دقائق)"
    r"(?!\s?[:\d])",
    re.I,
)
_SIGNED = re.compile(
    r"(?:by|written by|von|par|por|escrito por|di|a cura di|door|av|af|autor|autorin|auteur|author|автор|автори|"
    r"müəllif|yazar|հեղինակ|ავტორი|συντάκτης|بقلم|作者|記者|记者|기자)\s?[:：]?\s(?=[^\W\d_])",
    re.I,
)
_ELSEWHERE_ROOM = 90
_ELSEWHERE = re.compile(
    r"(?<!\w)(?:in|im|at|bei|auf|dans|sur|chez|en|em|no|na|su|sul|nel|nella|в|во|на|у|в газеті|w|v|ve|på|i)\s{1,3}"
    r"(?:(?:the|la|le|el|der|die|das|dem|den|газете|журнале|издании|газеті|виданні)\s{1,3})?[«\"“„‘']?[A-ZÀ-ÞА-ЯЁІЇЄ]"
)
_CUT = re.compile(r"[^\W\d_]\s?(?:…|\.{3})\s{0,3}(?:[|•·\-–—]\s?)?$")
_NOTE_ROOM = 60
_ENTRY_POSTED = re.compile(
    r"(?<!\w)(?:this (?:entry|post|article|story) was (?:first )?(?:posted|published|written|filed)|"
    r"dieser (?:eintrag|beitrag|artikel) wurde|dieser (?:beitrag|artikel) ist erschienen|"
    r"(?:cette entrée|cet article|ce billet) a été (?:publiée?|postée?)|"
    r"est[ae] (?:entrada|art[ií]culo|post|artigo) (?:fue|foi) (?:publicad[ao]|escrit[ao])|"
    r"quest[oa] (?:articolo|voce) è stat[oa] pubblicat[oa]|"
    r"dit (?:bericht|artikel) (?:is|werd) (?:geplaatst|gepubliceerd)|"
    r"(?:эта )?запись (?:была )?опубликована|ten wpis został opublikowany|wpis opublikowano|"
    r"denne (?:posten|artikkelen) ble publisert|det här inlägget (?:publicerades|postades)|bu yazı)",
    re.I,
)
_FILED_UNDER = re.compile(
    r"(?<!\w)(?:filed under|posted in|abgelegt unter|kategorie[n:]|classé dans|archivado en|guardado en|archiviato in|"
    r"arquivado em|geplaatst in|рубрик[аи]|zaszufladkowano|arkivert under|kategori altında)",
    re.I,
)
_REVISION = re.compile(
    r"(?<!\w)(?:page revision|revision history|(?:this|the) (?:page|article|file) was last (?:edited|modified|changed)|"
    r"diese seite wurde zuletzt|letzte bearbeitung dieser seite|(?:dernière modification|modifiée?) de cette page|"
    r"la dernière modification de cette page|cette page a été modifiée|esta página se editó|última edición de esta|"
    r"esta página foi editada|esta página foi modificada|questa pagina è stata modificata|"
    r"deze pagina is voor het laatst|tę stronę ostatnio|последнее изменение этой страницы|"
    r"эта страница (?:в последний|последний)|останнє редагування цієї сторінки|bu sayfa en son|"
    r"bu səhifə sonuncu dəfə|本页面最后)",
    re.I,
)
# What the embedding code of social networks leaves of a post where no script draws it.
_POSTED_BY = re.compile(
    r"(?:posted by|gepostet von|publiée? par|publicad[oa] por|pubblicat[oa] da|geplaatst door|opublikowany przez|"
    r"опубликовано|опубліковано|gönderen|posté par)\s(?=.{2,60}$)",
    re.I,
)
_BARS = re.compile(r"[|•·]")
_WORDS = re.compile(r"[^\W\d_]{2,}|©|\d{4}")
_SENTENCE = re.compile(r"[.!?…。]\s?$|[.!?]\s[^\W\d_]{2}.{0,200}[.!?]", re.S)


def is_date_line(dates: Sequence[Placed]) -> bool:
    """True when the block of ``dates`` is about them: little else stands in it."""
    block = dates[0].block
    words = sum(each.printed.end - each.printed.start for each in dates)
    return block.end - block.start - words <= _LINE_ROOM + 24 * sum(each.printed.role is not None for each in dates)


def is_bare(dates: Sequence[Placed]) -> bool:
    """True when nothing but a sign or two stands beside the dates of a block."""
    block = dates[0].block
    return block.end - block.start - sum(each.printed.end - each.printed.start for each in dates) <= _BARE


def stands_apart(page: Page, dates: Sequence[Placed]) -> bool:
    """True when no words stand beside the dates of a block, or a bar parts them from each: "Rivers | 5 May 2024"."""
    if not is_date_line(dates):
        return False
    line, last = page.quote(dates[0].block), 0
    beside = []
    for each in dates:
        beside.append(line[last : each.printed.start].strip())
        last = each.printed.end
    beside.append(line[last:].strip())
    return not any(_has_word(part) for part in _next_to_dates(beside))


def _next_to_dates(beside: Sequence[str]) -> Iterator[str]:
    """What stands next to a date, up to the bar that parts it from the rest of the line."""
    for number, part in enumerate(beside):
        pieces = _BARS.split(part)
        if number > 0:
            yield pieces[0]
        if number < len(beside) - 1:
            yield pieces[-1]


def _has_word(words: str) -> bool:
    return any(not weekdays_named(word) for word in _WORDS.findall(words))


def is_paragraph(block: Block) -> bool:
    """True for a line of the text that is long enough to be prose."""
    return block.zone is Zone.BODY and block.end - block.start > _PROSE


def first_paragraph(page: Page) -> int:
    """The index of the first paragraph, or of the end of the page."""
    return next((index for index, block in enumerate(page.blocks) if is_paragraph(block)), len(page.blocks))


def opens_with_moment(page: Page, dates: Sequence[Placed]) -> bool:
    """True for a short line that opens with a day and a time of day, whatever follows: source, photographer."""
    first = dates[0].printed
    if first.start > _OPENING or first.value is None or len(first.value.value) <= 10:
        return False
    line = page.quote(dates[0].block)
    return len(line) <= SHORT_BLOCK and line[first.end :].lstrip()[:1] in tuple("-–—|•·/,")


def is_beside(page: Page, index: int, title: int) -> bool:
    """True for a block near the title with no paragraph of the text between them."""
    between = page.blocks[title + 1 : index]
    return abs(index - title) <= _NEAR_TITLE and not any(is_paragraph(block) for block in between)


def is_below_dek(page: Page, index: int, title: int) -> bool:
    """True between the one paragraph below a title, its dek, and the next: the line that opens the text."""
    if not title < index <= title + _NEAR_TITLE:
        return False
    above = sum(is_paragraph(block) for block in page.blocks[title + 1 : index])
    return above == 1 and any(is_paragraph(block) for block in page.blocks[index + 1 : index + 1 + _NEXT_PARAGRAPH])


def is_near(index: int, titles: Sequence[int]) -> bool:
    """True for a block a few lines from a title."""
    return any(abs(index - title) <= _NEAR_TITLE for title in titles)


def is_prose(line: str) -> bool:
    """True for a line that ends as sentences do, or holds one."""
    return _SENTENCE.search(line) is not None


def is_cut_headline(line: str, before: int) -> bool:
    """True for a date behind a headline that was cut to fit a list: "Visit of the minister … May 22, 2025"."""
    return _CUT.search(line, 0, before) is not None


def is_filing_note(line: str, before: int) -> bool:
    """True for the note below a blog's text: "This entry was posted on", or a day near its start and "Filed under"."""
    if _ENTRY_POSTED.search(line, 0, before) is not None:
        return True
    return before <= _NOTE_ROOM and _FILED_UNDER.search(line, before, before + SHORT_BLOCK) is not None


def tells_revision(line: str) -> bool:
    """True for what a wiki prints of the last revision of a page: "This page was last edited on 5 May 2024"."""
    return _REVISION.search(line[:SHORT_BLOCK]) is not None


def appeared_elsewhere(line: str, before: int) -> bool:
    """True when ``line`` says before its date at ``before`` where else the text appeared: "First published in X on"."""
    return _ELSEWHERE.search(line, max(0, before - _ELSEWHERE_ROOM), before) is not None


def tells_reading_time(line: str) -> bool:
    """True for "8 min read": it stands in bylines alone."""
    return len(line) <= SHORT_BLOCK and _MINUTES.search(line) is not None


def is_beside_byline(page: Page, index: int) -> bool:
    """True for a line with a reading time, or next to one or to the line that signs the text."""
    if tells_reading_time(page.quote(page.blocks[index])):
        return True
    around = [*page.blocks[max(0, index - 2) : index], *page.blocks[index + 1 : index + 2]]
    return any(_is_byline_sign(page, block) for block in around)


def _is_byline_sign(page: Page, block: Block) -> bool:
    line = page.quote(block)
    if len(line) > _SIGN_ROOM or is_prose(line):
        return False
    return bool(_SIGNED.match(line)) or _MINUTES.search(line) is not None


def marked(block: Block, *, paired: bool) -> str | None:
    """ "published" or "modified" where the element, or one around it, is named so.

    Many themes call the one day of a post "updated", as hAtom asks for; of two days side by side (``paired``) the
    element's nearest name counts.
    """
    hint = block.hint.lower()
    published, modified = _MARKED_PUBLISHED.search(hint), _MARKED_MODIFIED.search(hint)
    if published and modified and paired and published.start() - modified.end() > 1:
        return "modified"
    return "published" if published else "modified" if modified else None


def chapter_days(page: Page, placed: Sequence[Placed]) -> frozenset[int]:
    """Blocks that are a bare day at the head of a part of the text, as in a chronicle or a diary: "12 May 2024".

    Behind a paragraph a heading element is enough, or a second such line with another day. The line under the title
    is one of them where at least two more follow.
    """
    heads = [dates[0] for dates in by_block(placed) if dates[0].zone in _TEXT and _heads_a_part(page, dates)]
    text = first_paragraph(page)
    inner = [each for each in heads if each.index > text]
    if len({each.printed.value.day for each in inner if each.printed.value}) < _CHAPTERS:
        return frozenset(each.index for each in inner if each.block.tag in _HEADINGS)
    return frozenset(each.index for each in heads)


def _heads_a_part(page: Page, dates: Sequence[Placed]) -> bool:
    first, behind = dates[0], page.blocks[dates[0].index + 1 : dates[0].index + 2]
    if not is_date_line(dates) or first.block.links or not any(map(is_paragraph, behind)):
        return False
    line = page.quote(first.block)
    return not _has_word(line[: first.printed.start] + " " + line[first.printed.end :])


def lists_dates(page: Page, placed: Sequence[Placed]) -> bool:
    """True when bullets list dates, as calendars of events do."""
    bullets = {each.index for each in placed if each.zone is Zone.BYLINE and page.quote(each.block).startswith("•")}
    return len(bullets) >= _LIST


def is_dateline(page: Page, placed: Placed) -> bool:
    """ "City, December 5, 2023 /Agency/", "City/05.12.23/Agency:" or "(05.12.2023)" at the very start of the text."""
    text = page.quote(placed.block)
    before, behind = text[: placed.printed.start], text[placed.printed.end : placed.printed.end + 24]
    if before == "(" and behind.startswith(") "):
        return True
    if not _DATELINE_BEFORE.fullmatch(before) or not _DATELINE_BEHIND.match(behind):
        return False
    words = re.findall(r"[^\W\d_]+", before)
    if not words or len(words) > _LONGEST_CITY or words[0][0] != words[0][0].upper():
        return False
    return fold(words[0]) not in word_list("prepositions")


def is_post(page: Page, placed: Placed) -> bool:
    """True for a date in somebody's post that the page shows."""
    return POST.search(page.quote(placed.block)) is not None


def is_embedded_post(page: Page, placed: Placed) -> bool:
    """True for the line that closes another site's post in a text: "Posted by Rivers on Monday, 5 May 2024"."""
    if placed.printed.weekday is None:
        return False
    return _POSTED_BY.match(page.quote(placed.block)[: placed.printed.start]) is not None


def lonely_byline_lines(page: Page, placed: Sequence[Placed], zones: frozenset[Zone]) -> frozenset[int]:
    """Blocks of ``zones`` that are a date beside a byline, where the page has so few that they list no articles."""
    found = [
        dates[0].index
        for dates in by_block(placed)
        if dates[0].zone in zones
        and not dates[0].block.links
        and is_date_line(dates)
        and not is_post(page, dates[0])
        and is_beside_byline(page, dates[0].index)
    ]
    return frozenset(found[:1]) if len(found) < _LIST else frozenset()
