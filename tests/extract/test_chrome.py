"""Promises of the furniture detector: the article is told from its page by lines alone, in any script and layout."""

from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.extract.chrome import clean, zone_dump
from archiver.extract.chrome_lines import describe
from archiver.formats.textdump import open_textdump
from archiver.model import Capture, Zone
from tests.extract.dumps import NEWS_SITE, PARAGRAPHS, lines_in, zoned
from tests.shared_data import needs_shared, seeds


def test_every_part_of_a_news_page_gets_its_zone() -> None:
    """Consent, menus, breadcrumb, label, headline, standfirst, byline, picture, text, tail, lists, comments, footer."""
    page = zoned(NEWS_SITE)
    assert lines_in(page, Zone.BODY) == list(PARAGRAPHS)
    assert lines_in(page, Zone.TITLE) == ["Harbour of Port Ellery reopens in spring"]
    assert lines_in(page, Zone.TAIL) == ["Leyla Hart", "Translated from seaside.example"]
    assert lines_in(page, Zone.SECTION) == ["News"]
    assert lines_in(page, Zone.BREADCRUMB) == ["Coast.Example > News > Harbour of Port Ellery reopens in spring"]
    assert lines_in(page, Zone.BYLINE) == ["CoastExample", "By CoastExample Published March 3, 2024 4 Min Read"]
    assert lines_in(page, Zone.DEK) == ["After two years of repairs the council sets a date for the first ferry."]
    assert "Img 20240302 1536x948.jpg" in lines_in(page, Zone.CAPTION)
    assert "News May 22, 2025" in lines_in(page, Zone.RELATED)
    assert "Your email address will not be published." in lines_in(page, Zone.COMMENTS)
    assert lines_in(page, Zone.FOOTER).count("© 2021 Coast.Example – Daily Review") == 2
    assert lines_in(page, Zone.CONSENT) == ["By using this site, you agree to the Privacy Policy and Terms of Use."]


def test_clean_text_keeps_every_place() -> None:
    """The clean text is body and tail; each piece of it stands letter by letter at its place in the page."""
    page = zoned(NEWS_SITE)
    text, pieces = clean(page)
    assert text == "\n\n".join((*PARAGRAPHS, "Leyla Hart", "Translated from seaside.example"))
    for piece in pieces:
        there = page.text[piece.page_start : piece.page_start + piece.length]
        assert text[piece.start : piece.start + piece.length] == there


def test_a_headline_repeated_in_a_list_stays_above_the_text() -> None:
    """Only the line above the text is the headline; the same words in a related list are a link."""
    page = zoned(NEWS_SITE)
    title = next(block for block in page.blocks if block.zone is Zone.TITLE)
    assert title.start < page.text.index(PARAGRAPHS[0]) < page.text.rindex(page.quote(title))


def test_a_clean_dump_is_its_text() -> None:
    """Where somebody copied only the article, the first line is the headline and nothing is lost."""
    page = zoned("Harbour of Port Ellery reopens in spring\n\n" + "\n\n".join(PARAGRAPHS))
    assert lines_in(page, Zone.TITLE) == ["Harbour of Port Ellery reopens in spring"]
    assert lines_in(page, Zone.BODY) == list(PARAGRAPHS)


def test_hard_wrapped_text_reads_as_paragraphs() -> None:
    """Line breaks inside a wrapped paragraph become spaces of the clean text, their places stay."""
    wrapped = (
        "The harbour of Port Ellery will reopen to passenger ships in\n"
        "spring, the city council decided on Monday after a debate that\n"
        "lasted until midnight and divided both of the large parties in\n"
        "the council.\n\n"
        "Mayor Ines Corvo said that the new pier had cost less than was\n"
        "planned, and that the first ferry would leave in March, if the\n"
        "weather allowed the last repairs."
    )
    page = zoned("Harbour reopens\n\n" + wrapped)
    text, pieces = clean(page)
    assert text == "\n\n".join(part.replace("\n", " ") for part in wrapped.split("\n\n"))
    assert all(text[p.start : p.start + p.length] == page.text[p.page_start : p.page_start + p.length] for p in pieces)


def test_an_article_in_one_line_is_kept() -> None:
    """A whole article in a single line is body."""
    assert clean(zoned(" ".join(PARAGRAPHS)))[0] == " ".join(PARAGRAPHS)


def test_a_short_report_beats_a_long_legal_notice() -> None:
    """Two sentences under a headline are the article, however long the small print below them is."""
    notice = (
        "All materials of this site may be used only with a link to it, and the editors are not liable for them. " * 6
    )
    page = zoned(
        "Menu\nNews\nSport\nFerry runs again in Port Ellery\n12 March 2024, 15:26\n"
        "The ferry between Port Ellery and the islands runs again, the company said on Tuesday.\n"
        "The first ship left the harbour at noon with forty passengers.\n"
        f"Related news\nLighthouse closed\nFish market opens\n© 2024 Coast\nPrivacy Policy\nTerms of Use\n{notice}"
    )
    assert clean(page)[0].startswith("The ferry between Port Ellery")
    assert "not liable" not in clean(page)[0]


def test_questions_of_an_interview_stay() -> None:
    """Short questions and subheadings between paragraphs belong to the text."""
    body = f"{PARAGRAPHS[0]}\n\nWhy now?\n\n{PARAGRAPHS[1]}\n\nA question of money\n\n{PARAGRAPHS[2]}"
    text, _ = clean(zoned("A talk about the harbour\n\n" + body))
    assert text == body


def test_a_wire_report_without_headline_is_all_text() -> None:
    """Two sentences under no headline: neither becomes one, a short answer is no button."""
    lines = [
        "PORT ELLERY, March 3 (Agency) - The ferry to the islands runs again, the company said on Tuesday morning.",
        "The first ship left the harbour at noon. (Reporting by Leyla Hart; Editing by Tom Abel)",
    ]
    page = zoned("\n".join(lines))
    assert lines_in(page, Zone.BODY) == lines
    body = f"{PARAGRAPHS[0]}\n\nWas it expensive?\n\nNo.\n\n{PARAGRAPHS[1]}\n\n{PARAGRAPHS[2]}"
    assert clean(zoned("A talk about the harbour\n\n" + body))[0] == body


def test_a_read_also_line_inside_the_text_is_no_text() -> None:
    """A link to another article between two paragraphs goes, the paragraphs stay."""
    body = f"{PARAGRAPHS[0]}\n\nRead also: Lighthouse to become a museum\n\n{PARAGRAPHS[1]}\n\n{PARAGRAPHS[2]}"
    text, _ = clean(zoned("Harbour of Port Ellery reopens in spring\n\n" + body))
    assert text == "\n\n".join(PARAGRAPHS)


def test_a_read_also_line_before_the_last_paragraph_ends_nothing() -> None:
    """Short reports without empty lines: a link inside the text is stepped over, the tail is still the tail."""
    dump = (
        f"Harbour of Port Ellery reopens\n{PARAGRAPHS[0]}\nRead also: Lighthouse closed\n{PARAGRAPHS[1]}\nSource: Coast"
    )
    page = zoned(dump)
    assert lines_in(page, Zone.BODY) == list(PARAGRAPHS[:2])
    assert lines_in(page, Zone.TAIL) == ["Source: Coast"]


def test_a_poem_is_text() -> None:
    """Short lines without any prose round them are all there is, so they are the text."""
    poem = "The tide comes in\nthe tide goes out,\nthe gulls above\nthe harbour shout,\nand no one hears."
    assert clean(zoned("Harbour song\n\n" + poem))[0].replace("\n\n", "\n").endswith(poem)


@pytest.mark.parametrize(
    ("language", "title", "first", "second", "related"),
    [
        (
            "Russian",
            "Порт Эллери откроется весной",
            "Городской совет принял решение открыть порт для пассажирских судов весной, сообщил мэр в понедельник.",
            "По его словам, ремонт причала обошёлся дешевле, чем планировалось, и первый паром выйдет в море в марте.",
            "Читайте также",
        ),
        (
            "Azerbaijani",
            "Elleri limanı yazda açılacaq",
            "Şəhər şurası limanın yazda sərnişin gəmiləri üçün açılması barədə qərar qəbul edib, bunu mer bildirib.",
            "Onun sözlərinə görə, körpünün təmiri plandan ucuz başa gəlib və ilk bərə martda yola düşəcək.",
            "Oxşar xəbərlər",
        ),
        (
            "Armenian",
            "Նավահանգիստը կբացվի գարնանը",
            "Քաղաքային խորհուրդը որոշել է գարնանը բացել նավահանգիստը ուղևորատար նավերի համար, հայտնել է քաղաքապետը։",
            "Նրա խոսքով՝ կառամատույցի վերանորոգումը ավելի էժան է եղել, քան նախատեսված էր, և առաջին նավը կմեկնի մարտին։",
            "Կարդացեք նաև",
        ),
        (
            "Georgian",
            "ნავსადგური გაზაფხულზე გაიხსნება",
            "საქალაქო საბჭომ გადაწყვიტა, რომ ნავსადგური სამგზავრო გემებისთვის გაზაფხულზე გაიხსნას, განაცხადა მერმა.",
            "მისი თქმით, ნავმისადგომის რემონტი დაგეგმილზე იაფი დაჯდა და პირველი ბორანი მარტში გავა ზღვაში.",
            "მსგავსი სიახლეები",
        ),
        (
            "Arabic",
            "ميناء إيليري يفتح في الربيع",
            "قرر مجلس المدينة فتح الميناء أمام سفن الركاب في الربيع، وفق ما أعلن رئيس البلدية في مؤتمر صحفي.",
            "وأضاف أن إصلاح الرصيف كلف أقل مما كان مخططا له، وأن أول عبارة ستغادر في مارس إذا سمح الطقس بذلك.",
            "اقرأ أيضا",
        ),
        (
            "Chinese",
            "埃勒里港将于春季重新开放",
            "市议会周一决定，埃勒里港将于春季重新向客船开放。市长表示，新码头的造价低于预算，第一班渡轮将于三月启航。",
            "渔民们希望推迟开放时间。其中一人说，他们上周才得知时刻表，港口无法同时为两支船队服务，这一点大家都清楚。",
            "相关新闻",
        ),
        (
            "Japanese",
            "エレリー港、春に再開へ",
            "市議会は月曜日、エレリー港を春に客船へ再開することを決めた。市長によると、新しい桟橋の費用は予算を下回った。",
            "漁師らは延期を求めていた。そのうちの一人は、時刻表を知らされたのは先週だと話し、港は両方の船団を受け入れられないと述べた。",
            "関連記事",
        ),
    ],
)
def test_other_scripts(language: str, title: str, first: str, second: str, related: str) -> None:
    """Scripts with other stops, without capitals or without spaces are read by the same rules."""
    dump = f"Menu\n• A\n• B\n• C\n\n{title}\n\n2024-03-04\n\n{first}\n\n{second}\n\n{related}\n\n{title}\n\n{title}"
    page = zoned(dump)
    assert lines_in(page, Zone.BODY) == [first, second], language
    assert lines_in(page, Zone.TITLE) == [title], language
    assert related in lines_in(page, Zone.RELATED), language


@pytest.mark.parametrize(
    ("fragment", "zone"),
    [
        ("bottom", Zone.TAIL),
        ("byline", Zone.BYLINE),
        ("footer", Zone.FOOTER),
        ("inline", Zone.BODY),
        ("top", Zone.BODY),
    ],
)
def test_a_fragment_stands_where_it_was_cut_from(fragment: str, zone: Zone) -> None:
    """The zone that came with a fragment is the zone of all its lines."""
    page = zone_dump(open_textdump(Capture(body=b"Source: Coast\nYou might also like", zone=fragment)))
    assert {block.zone for block in page.blocks} == {zone}


def test_an_empty_dump_has_no_zones() -> None:
    """Nothing in, nothing out."""
    page = zoned(" \n\n")
    assert page.blocks == ()
    assert clean(page) == ("", ())


@given(st.lists(st.sampled_from(NEWS_SITE.split("\n")), max_size=40))
def test_any_order_of_lines_is_zoned(lines: list[str]) -> None:
    """Whatever the order of lines, every block has a zone, none moves, and the clean text stays traceable."""
    page = open_textdump(Capture(body="\n".join(lines).encode()))
    after = zone_dump(page)
    assert [(b.start, b.end) for b in after.blocks] == [(b.start, b.end) for b in page.blocks]
    text, pieces = clean(after)
    assert all(text[p.start : p.start + p.length] == after.text[p.page_start : p.page_start + p.length] for p in pieces)


@given(st.text(max_size=300))
def test_any_text_is_zoned(text: str) -> None:
    """No text makes zoning fail."""
    page = open_textdump(Capture(body=text.encode("utf-8", "replace")))
    assert len(zone_dump(page).blocks) == len(page.blocks)


@needs_shared
@pytest.mark.shared
def test_development_texts_lose_their_furniture() -> None:
    """On the development dumps the clean text ends before lists, comments and forms, and begins with prose."""
    for path in seeds():
        page = zone_dump(open_textdump(Capture(body=path.read_bytes())))
        text, _ = clean(page)
        assert len(text) > 1500
        assert not any(word in text for word in ("Leave a Reply", "You Might Also Like", "Min Read", "Follow US"))
        assert len(lines_in(page, Zone.TITLE)) == 1


MENU = "Coast Example\n  • Home\n  • News\n  • Sport\n"
HEADS = {
    "the standfirst knows more words of the text, but is not set off from the menu": """
        Harbour reopens in spring
        Mayor Ines Corvo tells the council that the new pier had cost less
        By Leyla Hart
        March 3, 2024""",
    "an alternative text comes back in the longer caption below it": """
        Harbour reopens in spring
        Mayor Ines Corvo on the new pier
        Mayor Ines Corvo on the new pier Photo: Tom Abel""",
    "an arrow leads to another article": """
        « Fish market opens with music
        Harbour reopens in spring
        March 3, 2024""",
    "a note to readers above the headline is no text": """
        This page is kept by the friends of the coast, who live from what their readers give them.

        Harbour reopens in spring
        By Leyla Hart
        March 3, 2024""",
    "the last step of a printed path says the headline": """
          • Harbour reopens in spring
        Harbour reopens in spring
        Ports and council
        Mayor and council on Monday night""",
    "a long list may stand between headline and text": """
        Harbour reopens in spring
        March 3, 2024
        """
    + "Ferry ticket\n" * 90,
}


@pytest.mark.parametrize("promise", HEADS)
def test_the_headline_is_found_among_the_lines_round_it(promise: str) -> None:
    """Standfirsts, pictures, arrows, notes, paths and lists near a headline do not take its place."""
    page = zoned("\n".join((MENU, dedent(HEADS[promise]), *PARAGRAPHS)))
    assert {line.lstrip("• ") for line in lines_in(page, Zone.TITLE)} == {"Harbour reopens in spring"}
    assert lines_in(page, Zone.BODY) == list(PARAGRAPHS)


@pytest.mark.parametrize(
    ("promise", "dump", "dated"),
    [
        ("labelled below the text", "{title}\n{body}\nPosted on 3 March 2024 by Leyla Hart", "Posted on 3 March 2024"),
        ("alone below the text", "{title}\n{body}\n3 March 2024\nRelated\nFish market opens", "3 March 2024"),
        ("swallowed by the text", "{title}\n{sentence}\n3 March 2024 - 14:19\n{body}", "3 March 2024 - 14:19"),
        (
            "among sections and tags",
            "{title}\n3 March 2024 / Coast / Harbours / " + "Ports / " * 10 + "\n{body}",
            "3 March",
        ),
        ("said by the head: the one below is left", "{title}\n3 March 2024\n{body}\nPosted on 5 May 2024", "3 March"),
        ("one of a list of articles", "{title}\n{body}\n3 March 2024\nFish market opens\n1 March 2024\nMusic", ""),
        ("of copyright", "{title}\n{body}\n© 1996-2024 Coast, 3 March 2024", ""),
        (
            "one of several in the text",
            "{title}\n{body}\n3 March 2024\n{sentence}\n4 March 2024\nIt rained, and {sentence}",
            "",
        ),
    ],
)
def test_the_day_of_an_article_stands_in_its_byline(promise: str, dump: str, dated: str) -> None:
    """A day below the text or swallowed by it is a byline where the head has none, and only one that stands alone."""
    title, sentence = "Harbour reopens in spring", "The council of Port Ellery has set a date for the first ferry."
    page = zoned(dump.format(title=title, sentence=sentence, body="\n".join(PARAGRAPHS)))
    found = lines_in(page, Zone.BYLINE)
    assert len(found) == bool(dated), promise
    assert all(line.startswith(dated) for line in found), promise


@pytest.mark.parametrize(
    "sentence",
    [
        "포트 엘러리 항구는 봄에 다시 열린다고 시의회가 발표했고, EBS 방송이 월요일 밤에 이 소식을 전했다.",
        "يعاد فتح ميناء بورت إيليري في الربيع كما قال العمدة لقناة CNN مساء الاثنين.",
    ],
)
def test_a_latin_name_makes_no_list_of_a_sentence(sentence: str) -> None:
    """Where a script has no capitals, one name in another script says nothing about the other words."""
    line, without = describe([sentence, sentence.replace("EBS", "").replace("CNN", "")], [False, False])
    assert line.prose is without.prose is True
    assert line.lower == without.lower


def test_a_list_between_two_parts_of_a_text_takes_neither() -> None:
    """Two paragraphs under the headline, a long table of contents, then the main part: the text is both parts."""
    opening = [
        "Ferries have crossed the bay of Port Ellery for a hundred years, and the timetable has hardly ever changed.",
        "This guide tells which of them run in winter, what a ticket costs, and where the council will build a pier.",
        "It was written with the help of the harbour master, who has seen all of these boats come and most of them go.",
    ]
    contents = [f"Ferry line {number}" for number in range(40)]
    lines = [f"Boat {number} leaves the pier at noon, and {PARAGRAPHS[number % 3]}" for number in range(9)]
    page = zoned("\n".join((MENU, "", "The ferries of Port Ellery", *opening, *contents, *lines)))
    assert lines_in(page, Zone.TITLE) == ["The ferries of Port Ellery"]
    assert lines_in(page, Zone.BODY) == [*opening, *lines]


def test_the_first_line_of_a_page_is_its_site() -> None:
    """Whoever copies an article begins with the headline; whoever copies a page begins with what stands above it."""
    article = ("Harbour and council of Port Ellery", "A pier for Port Ellery", *PARAGRAPHS)
    assert lines_in(zoned("\n".join(article)), Zone.TITLE) == ["Harbour and council of Port Ellery"]
    menu = ("Fish market", "Lighthouse", "Weather", "Jobs", "Sailing", "Letters", "Museum", "Music", "Tides")
    page = (article[0], *menu, "", *article[1:])
    assert lines_in(zoned("\n".join(page)), Zone.TITLE) == ["A pier for Port Ellery"]


SENTENCES_WITH_A_DAY = {
    "ru": ("Мост построили 5 августа 2019 года.", "Опубликовано 5 августа 2019 года."),
    "pl": ("Most zbudowano 5 sierpnia 2019 roku.", "Opublikowano 5 sierpnia 2019 roku."),
    "uk": ("Міст збудували 5 серпня 2019 року.", "Оновлено 5 серпня 2019 року."),
    "en": ("The bridge was opened on 5 August 2019.", "Posted on 5 August 2019."),
}


@pytest.mark.parametrize(("sentence", "line"), SENTENCES_WITH_A_DAY.values(), ids=SENTENCES_WITH_A_DAY)
def test_a_sentence_with_a_day_is_no_line_of_the_byline(sentence: str, line: str) -> None:
    """A short paragraph that tells of a day stays in the text, and so does all that stands before it."""
    told, dated = describe([sentence, line], [True, True])
    assert (told.date, dated.date) == (False, True)
    dump = "\n\n".join(("Harbour of Port Ellery reopens in spring", PARAGRAPHS[0], sentence, *PARAGRAPHS[1:]))
    assert lines_in(zoned(dump), Zone.BODY) == [PARAGRAPHS[0], sentence, *PARAGRAPHS[1:]]


def test_a_heading_stays_though_the_list_of_contents_has_it() -> None:
    """The entry of the list goes, the heading over its paragraph stays; so does a paragraph said twice, once."""
    heading = "How much the islands will have to pay for all of it"
    again = "The council will vote on the money for the new pier before the summer, it said."
    more = [
        f"The {part} will be paid by the islands, which had asked for it, the mayor said." for part in ("pier", "ferry")
    ]
    lines = (PARAGRAPHS[0], f"• {heading}", again, *PARAGRAPHS[1:], heading, *more, again)
    text, _ = clean(zoned("Harbour of Port Ellery reopens in spring\n3 March 2024\n\n" + "\n\n".join(lines)))
    assert text == "\n\n".join((PARAGRAPHS[0], again, *PARAGRAPHS[1:], heading, *more))


def test_an_alternative_text_beside_its_caption_is_no_text() -> None:
    """Both say the same in neighbouring lines."""
    caption = "A crane lifts the last stone of the old pier of Port Ellery"
    text, _ = clean(
        zoned("\n\n".join(("Harbour reopens", PARAGRAPHS[0], caption, caption, PARAGRAPHS[1], PARAGRAPHS[2])))
    )
    assert caption not in text


@pytest.mark.parametrize(
    ("lead", "kept"),
    [
        ("Nach zwei Jahren setzt der Rat ein Datum für die erste Fähre fest.", False),
        (
            (
                "Nach zwei Jahren Arbeit an den Molen setzt der Rat der Stadt ein Datum für die erste Fähre fest, "
                "und die Fischer, die um einen Aufschub gebeten hatten, sagen, dass sie das aus der Zeitung wissen."
            ),
            True,
        ),
    ],
)
def test_a_long_standfirst_is_the_first_paragraph_of_the_text(lead: str, *, kept: bool) -> None:
    """It stays a standfirst; a short one is a line of the head."""
    page = zoned(
        f"Menü\n\nHafen öffnet im Frühjahr\n\n{lead}\n\nVon Ada Lind, 3. März 2024\n\n" + "\n\n".join(PARAGRAPHS)
    )
    assert lines_in(page, Zone.DEK) == [lead]
    assert clean(page)[0].startswith(lead) is kept
