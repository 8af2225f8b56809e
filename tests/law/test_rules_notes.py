"""Does a note verbale read as a foreign ministry writes it, in four languages, and carry nothing of ours?"""

from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from legation.foundations.decisions import Grant, Refusal
from legation.law.events.host import Language, NoteForm, NoteText, RequestKind, Wording
from legation.law.rules import host, notes
from legation.law.rules.notes import Citation, Earlier, Matter, Parties

DAMASCUS = Parties("embassy", "BR", "Brazil", "SY", "Syria", "Damascus")
MEXICO = Parties("consulate_general", "BR", "Brazil", "MX", "Mexico", "Mexico City")
LIAISON = Parties("liaison_office", "BR", "Brazil", "EG", "Egypt", "Cairo")
NOWHERE = Parties("embassy", "", "Ruritania", "", "Sokovia", "Streslau")
DAY = date(2018, 2, 5)
SENT = Earlier("012/2018", date(2018, 2, 1), None)
PROMISED = Earlier("012/2018", date(2018, 2, 1), date(2018, 2, 3))


def written(
    language: Language,
    parties: Parties = DAMASCUS,
    *,
    form: NoteForm = NoteForm.REQUEST,
    kind: RequestKind = RequestKind.POLICE_PROTECTION,
    norm: str = "vcdr-22-2",
    earlier: Earlier | None = None,
    wording: Wording = Wording(),  # noqa: B008  # frozen
) -> NoteText:
    matter = Matter(form, kind, "014/2018", DAY, date(2018, 2, 8), Citation.of_code(norm), earlier)
    return notes.compose(parties, matter, wording, language)


def test_english_formulas() -> None:
    text = written(Language.EN)
    assert text.mission == "Embassy of the Federative Republic of Brazil"
    assert text.number == "No. 014/2018"
    assert text.paragraphs[0].startswith(
        "The Embassy of the Federative Republic of Brazil presents its compliments to "
    )
    assert "of the Syrian Arab Republic and has the honour to request" in text.paragraphs[0]
    assert "under Article 22, paragraph 2, of the Vienna Convention on Diplomatic Relations" in text.paragraphs[1]
    assert "avails itself of this opportunity to renew to the Ministry" in text.paragraphs[-1]
    assert text.paragraphs[-1].endswith("the assurances of its highest consideration.")
    assert text.dated == "Damascus, 5 February 2018"


def test_french_formulas_agree_and_contract() -> None:
    text = written(Language.FR)
    assert text.paragraphs[0].startswith(
        "L’Ambassade de la République fédérative du Brésil présente ses compliments au "
    )
    assert "serait reconnaissante" in text.paragraphs[-2]
    assert "les assurances de sa très haute considération" in text.paragraphs[-1]
    consulate = written(Language.FR, MEXICO, norm="vccr-31-3")
    assert consulate.paragraphs[0].startswith("Le Consulat général de la République fédérative du Brésil à Mexico")
    assert "des États-Unis du Mexique" in consulate.paragraphs[0]
    assert "serait reconnaissant de" in consulate.paragraphs[-2]
    assert "l’État de résidence" in consulate.paragraphs[1], "the consular convention's own word"
    assert (
        written(Language.FR, earlier=SENT, form=NoteForm.REMINDER)
        .paragraphs[0]
        .endswith("N° 012/2018 du 1er février 2018, relative à la protection des locaux de la mission par la police.")
    )


def test_spanish_formulas_agree_and_contract() -> None:
    assert "saluda muy atentamente al Ministerio de Relaciones Exteriores" in written(Language.ES).paragraphs[0]
    mexico = written(Language.ES, MEXICO, norm="vccr-31-3")
    assert (
        "saluda muy atentamente a la Secretaría de Relaciones Exteriores de los Estados Unidos" in mexico.paragraphs[0]
    )
    assert mexico.paragraphs[0].startswith(
        "El Consulado General de la República Federativa del Brasil en Ciudad de México"
    )
    assert "las seguridades de su más alta y distinguida consideración" in mexico.paragraphs[-1]
    assert mexico.dated == "Ciudad de México, 5 de febrero de 2018"
    assert "en virtud del artículo 31, párrafo 3, de la Convención" in mexico.paragraphs[1]


def test_arabic_formulas_agree_with_the_mission() -> None:
    text = written(Language.AR)
    assert text.paragraphs[0].startswith("تهدي سفارة جمهورية البرازيل الاتحادية أطيب تحياتها إلى وزارة الخارجية")
    assert "الجمهورية العربية السورية الموقرة، وتتشرف بأن تطلب" in text.paragraphs[0]
    assert "بموجب الفقرة 2 من المادة 22 من اتفاقية فيينا للعلاقات الدبلوماسية" in text.paragraphs[1]
    assert text.paragraphs[-1].endswith("لتعرب للوزارة الموقرة مجدداً عن فائق تقديرها واحترامها.")
    assert text.number == "الرقم: 014/2018"
    assert text.dated == "دمشق، في 5 شباط 2018", "months as Damascus writes them"
    office = written(Language.AR, LIAISON)
    assert office.paragraphs[0].startswith("يهدي مكتب الاتصال لجمهورية البرازيل الاتحادية أطيب تحياته")
    assert "5 فبراير 2018" in office.dated
    assert "شباط/فبراير" in written(Language.AR, MEXICO).dated, "both names where the host writes none"
    assert "للمباني القنصلية" in written(Language.AR, MEXICO).paragraphs[0], "ل swallows the alif of the article"


def test_a_reminder_and_a_protest_have_formulas_of_their_own() -> None:
    reminder = written(Language.EN, form=NoteForm.REMINDER, earlier=SENT)
    assert "has the honour to refer to its Note No. 012/2018 of 1 February 2018" in reminder.paragraphs[0]
    assert reminder.paragraphs[1] == "The Embassy has not yet received a reply to that Note."
    assert "3 February 2018" in written(Language.EN, form=NoteForm.REMINDER, earlier=PROMISED).paragraphs[1]
    protest = written(Language.EN, form=NoteForm.PROTEST, earlier=PROMISED)
    assert "The Embassy protests at this failure." in protest.paragraphs[1]
    assert "reserves all the rights of the Federative Republic of Brazil" in protest.paragraphs[-2]
    assert protest.paragraphs[-1].endswith("the assurances of its high consideration."), "high, no longer highest"
    entry = written(Language.EN, form=NoteForm.PROTEST, kind=RequestKind.INTRUSION, norm="vcdr-22-1")
    assert "protests in the strongest terms at the entry into the premises of the mission" in entry.paragraphs[1]


@pytest.mark.parametrize(("language", "kind", "form"), list(product(Language, RequestKind, NoteForm)))
def test_every_kind_is_worded_in_every_language_for_each_kind_of_mission(
    language: Language, kind: RequestKind, form: NoteForm
) -> None:
    before = (None,) if form is NoteForm.REQUEST else (SENT, PROMISED)
    for parties, earlier in product((DAMASCUS, MEXICO, LIAISON, NOWHERE), before):
        norm = host.ground_of(kind, parties.kind)
        text = written(language, parties, form=form, kind=kind, norm=norm, earlier=earlier)
        whole = "\n".join((*text.paragraphs, *text.addressed, text.mission, text.number, text.dated))
        assert "{" not in whole
        assert "  " not in whole
        if form is NoteForm.REQUEST and kind is not RequestKind.OTHER:
            citation = Citation.of_code(norm)
            assert citation is not None
            assert citation.article in text.paragraphs[1], "the article is cited"


@pytest.mark.parametrize("language", list(Language))
def test_what_is_typed_stands_as_it_was_typed(language: Language) -> None:
    typed = Wording("{mission} <b>", "one {host}\n\n two <img src=http://169.254.169.254>", "", "")
    text = written(language, wording=typed)
    assert "one {host}" in text.paragraphs
    assert "two <img src=http://169.254.169.254>" in text.paragraphs
    assert any("{mission} <b>" in paragraph for paragraph in text.paragraphs)


def test_another_addressee_and_another_instrument() -> None:
    to = Wording(addressee="la Mission permanente de la Suisse")
    assert (
        "présente ses compliments à la Mission permanente de la Suisse et a"
        in written(Language.FR, wording=to).paragraphs[0]
    )
    matter = Matter(
        NoteForm.REQUEST,
        RequestKind.OTHER,
        "1/2018",
        DAY,
        DAY,
        Citation("br-sy", "4", "2", "Agreement with Syria"),
    )
    said = notes.compose(DAMASCUS, matter, Wording(), Language.EN).paragraphs[1]
    assert said == "The Embassy bases this request on Article 4, paragraph 2, of “Agreement with Syria”."


def test_citations_are_spelled_out_of_codes() -> None:
    assert Citation.of_code("vccr-36-1b") == Citation("vccr", "36", "1(b)")
    assert Citation.of_code("vccr-36-1-b") == Citation("vccr", "36", "1(b)")
    assert Citation.of_code("vcdr-29") == Citation("vcdr", "29")
    assert Citation.of_code("our own standard") is None


ASSESSMENT = "The police post is unreliable; officers leave at night. Source in the ministry says they are bribed."


@pytest.mark.parametrize(
    "words",
    [
        "Officers leave at night",
        "we note that OFFICERS,  leave at\nnight and ask",
        "source in the ministry says they are bribed",
        "Our source in the ministry says they are poor",
    ],
)
def test_no_sentence_of_the_internal_assessment_goes_out(words: str) -> None:
    for wording in (Wording(paragraph=words), Wording(concerns=words), Wording(addressee=words)):
        found = notes.may_carry(wording, ASSESSMENT)
        assert isinstance(found, Refusal)
        assert found.reason == "internal_words_in_note"


def test_other_words_may_go() -> None:
    assert isinstance(notes.may_carry(Wording(paragraph="Two officers at the gate at all hours"), ASSESSMENT), Grant)
    assert isinstance(notes.may_carry(Wording(paragraph="At night"), "At night."), Grant), "two words are nobody's"


@settings(max_examples=60)
@given(st.text(max_size=80), st.sampled_from(list(Language)))
def test_no_typed_text_breaks_a_note(text: str, language: Language) -> None:
    written(language, wording=Wording(text, text, text, text))


def test_the_language_proposed_is_the_hosts() -> None:
    assert notes.language_for("SY") is Language.AR
    assert notes.language_for("MX") is Language.ES
    assert notes.language_for("SN") is Language.FR
    assert notes.language_for("MM") is Language.EN
    assert notes.language_for("") is Language.EN
