"""How does a note verbale read in English, French, Spanish and Arabic?

The words stand in data/notes, one table a language; here is only how they are joined: articles, contractions, the
gender of the mission, the citation, the date. What goes into a note is its kind, its norm and what an officer typed
for the note itself: nothing else of a request is a parameter, so nothing else can leave with it.
"""

import csv
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import cast

from legation.foundations.decisions import Decision, Grant, Refusal
from legation.law.events.host import Language, NoteForm, NoteText, RequestKind, Wording

CONSULAR = frozenset({"consulate_general", "consulate", "honorary_consulate"})
"""Kinds of mission to which the Convention on Consular Relations speaks."""

type Table = Mapping[str, str]
type Words = Mapping[str, str | list[str] | Table | Mapping[str, Table]]


@dataclass(frozen=True, slots=True)
class Parties:
    """Who writes to whom. kind: a mission's kind; codes ISO 3166-1 alpha-2, empty where the list has none."""

    kind: str
    sending_code: str
    sending_state: str
    receiving_code: str
    receiving_state: str
    city: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A norm as a note cites it: paragraph "2", "1(b)" or empty; title: of an instrument that the tables lack."""

    instrument: str
    article: str
    paragraph: str = ""
    title: str = ""

    @classmethod
    def of_code(cls, code: str) -> "Citation | None":
        """The citation that a code of the register spells (`vcdr-22-2`), None where it spells none."""
        found = re.fullmatch(r"([a-z0-9]+)-(\d+)(?:-(\d+))?-?([a-z])?", code)
        if found is None:
            return None
        instrument, article, paragraph, letter = found.groups()
        return cls(instrument, article, (paragraph or "") + (f"({letter})" if letter else ""))

    @property
    def key(self) -> str:
        """The key of what it says in data/notes: `vccr-36-1b`."""
        part = "".join(re.findall(r"[0-9a-z]", self.paragraph))
        return "-".join(filter(None, (self.instrument, self.article, part)))


@dataclass(frozen=True, slots=True)
class Earlier:
    """The note that a reminder or a protest refers to; answered: the day of the answer, None where none came."""

    number: str
    dated: date
    answered: date | None


@dataclass(frozen=True, slots=True)
class Matter:
    """What a note says, whatever its language. by: until when an answer is hoped for."""

    form: NoteForm
    kind: RequestKind
    number: str
    dated: date
    by: date
    citation: Citation | None
    earlier: Earlier | None = None


def compose(parties: Parties, matter: Matter, wording: Wording, language: Language) -> NoteText:
    """The whole note in one language."""
    words = _words(language)
    names = _names(parties, matter, wording, language)
    plain = cast(Mapping[str, str], words)
    own = cast(Mapping[str, str], words[matter.form.value]) if matter.form is not NoteForm.REQUEST else {}
    says = [own.get("opening", plain["opening"]), *_because(matter, own)]
    if wording.concerns.strip():
        says.append(plain["concerns"])
    if matter.citation is not None:
        says.append(plain["recalls"] if names["clause"] else plain["rests"])
    before = [_filled(text, names) for text in says]
    after = [_filled(own.get(name, plain[name]), names) for name in ("wish", "closing")]
    typed = [line.strip() for line in wording.paragraph.splitlines() if line.strip()]
    page, copy, reader = cast(list[str], words["sheet"])
    return NoteText(
        names["Mission_name"],
        _filled(plain["number"], names),
        (*before, *typed, *after),
        _filled(plain["dated"], names),
        tuple(_filled(plain["addressed"], names).splitlines()),
        plain["initials"],
        plain["seal"],
        (page, copy, reader),
    )


def may_carry(wording: Wording, assessment: str) -> Decision:
    """Whether these words may go to the host state: no sentence of the internal assessment may stand in them.

    A sentence of four words and more counts, and so does any run of six out of it; case, spaces and punctuation do
    not hide it.
    """
    said = f" {_bare(' '.join((wording.concerns, wording.paragraph, wording.addressee, wording.place)))} "
    for sentence in re.split(r"[.!?;:\n؟]+", assessment):
        words = _bare(sentence).split()
        run = min(len(words), RUN)
        runs = (" ".join(words[i : i + run]) for i in range(len(words) - run + 1))
        if run >= SHORTEST_SENTENCE and any(f" {one} " in said for one in runs):
            return Refusal("internal_words_in_note", "law.note_carries", params={"sentence": sentence.strip()[:120]})
    return Grant("law.note_carries")


SHORTEST_SENTENCE = 4
"""Three words stand in any two texts by chance ("at the gate"); four seldom do."""

RUN = 6
"""Six words in a row are copied, not met by chance; a changed beginning does not make a sentence another."""


SPEAKS: Mapping[Language, str] = {
    Language.AR: "AE BH DJ DZ EG IQ JO KM KW LB LY MA MR OM PS QA SA SD SO SY TN YE",
    Language.ES: "AR BO CL CO CR CU DO EC ES GQ GT HN MX NI PA PE PY SV UY VE",
    Language.FR: "BE BF BI BJ CD CF CG CH CI CM FR GA GN HT LU MC MG ML NE RW SN TD TG",
}
"""Receiving states in whose ministries a note in this language is read without a translator; elsewhere English."""


def language_for(receiving_code: str) -> Language:
    """The language to propose for a note to this state."""
    found = (language for language, codes in SPEAKS.items() if receiving_code and receiving_code in codes.split())
    return next(found, Language.EN)


def numbered(number: int, year: int) -> str:
    """`014/2018`: three digits at least, as registries write it."""
    return f"{number:03d}/{year}"


def _because(matter: Matter, own: Mapping[str, str]) -> list[str]:
    """Why a reminder or a protest is sent: no answer, a promise that was not kept, or an entry."""
    if matter.form is NoteForm.REQUEST:
        return []
    if matter.earlier is None:
        return [own["intrusion"]]
    return [own["unkept" if matter.earlier.answered else "unanswered"]]


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _names(parties: Parties, matter: Matter, wording: Wording, language: Language) -> dict[str, str]:
    """What stands for each name in braces."""
    words = _words(language)
    masculine = parties.kind in _list(words, "masculine", "missions")
    style = _table(words, "consular" if parties.kind in CONSULAR else "diplomatic")
    host, sending = _state(parties, language, host=True), _state(parties, language, host=False)
    place = wording.place.strip() or place_in(parties.city, language)
    names = {
        **_gender(language, masculine=masculine),
        **style,
        "li_premises": _li(style["premises"]),
        "n": matter.number,
        "place": place,
        "concerns": wording.concerns.strip(),
        "day": _day(matter.dated, parties, language),
        "by": _day(matter.by, parties, language),
        "clause": _clause(matter.citation, words),
    }
    ministry = _ministry(parties, wording, language, host)
    forms = {
        "mission": _mission(words, parties.kind),
        "mission_full": _mission_full(words, parties, language, sending, place),
        "ministry_full": ministry,
        "host": host,
        "sending": sending,
        "citation": _cite(matter.citation, words) if matter.citation else "",
    }
    for name, noun in forms.items():
        names |= _forms(name, noun, language)
    names["addressed_to"] = wording.addressee.strip() or cast(str, words.get("honoured", "{ministry}")).replace(
        "{ministry}", ministry
    )
    names["again"] = "" if wording.addressee.strip() else str(words.get("again", ""))
    names["Mission_name"] = _without_article(names["mission_full"], language)
    if matter.earlier is not None:
        names["earlier"] = _filled(str(words["number"]), {"n": matter.earlier.number})
        if language is Language.AR:
            names["earlier"] = matter.earlier.number
        names["earlier_day"] = _day(matter.earlier.dated, parties, language)
        if matter.earlier.answered:
            names["answered_day"] = _day(matter.earlier.answered, parties, language)
    kind = _table(cast(Words, words["kinds"]), matter.kind.value)
    names["ask"] = _filled(kind["ask"], names)
    return names | _forms("topic", _filled(kind["topic"], names), language)


def _forms(name: str, noun: str, language: Language) -> dict[str, str]:
    """A noun with its article as a sentence needs it: plain, capital, after "of", after "to"."""
    of, to = _OF[language](noun), _TO[language](noun)
    capital = noun[:1].upper() + noun[1:]
    return {
        name: noun,
        name[:1].upper() + name[1:]: capital,
        f"de_{name}": of,
        f"a_{name}": to,
        f"A_{name}": to[:1].upper() + to[1:],
    }


def _french_of(noun: str) -> str:
    if noun.startswith("le "):
        return "du " + noun[3:]
    if noun.startswith("les "):
        return "des " + noun[4:]
    return ("d’" if noun[:1].casefold() in "aâeéèêiîoôuh" else "de ") + noun


def _french_to(noun: str) -> str:
    if noun.startswith("le "):
        return "au " + noun[3:]
    return "aux " + noun[4:] if noun.startswith("les ") else "à " + noun


def _spanish_of(noun: str) -> str:
    return "del " + noun[3:] if noun.startswith("el ") else "de " + noun


def _spanish_to(noun: str) -> str:
    return "al " + noun[3:] if noun.startswith("el ") else "a " + noun


def _li(noun: str) -> str:
    """The preposition ل with its noun: it swallows the alif of the article (ل + الجمهورية = للجمهورية)."""
    return "لل" + noun[2:] if noun.startswith("ال") else "ل" + noun


def _english_of(noun: str) -> str:
    return "of " + noun


def _english_to(noun: str) -> str:
    return "to " + noun


def _construct(noun: str) -> str:
    """In Arabic the noun simply follows."""
    return noun


type Joined = Callable[[str], str]
_OF: Mapping[Language, Joined] = {
    Language.EN: _english_of,
    Language.FR: _french_of,
    Language.ES: _spanish_of,
    Language.AR: _construct,
}
_TO: Mapping[Language, Joined] = {
    Language.EN: _english_to,
    Language.FR: _french_to,
    Language.ES: _spanish_to,
    Language.AR: _li,
}
_ARTICLES: Mapping[Language, tuple[str, ...]] = {
    Language.EN: ("the ",),
    Language.FR: ("le ", "la ", "l’", "les "),
    Language.ES: ("el ", "la "),
    Language.AR: (),
}


def _without_article(noun: str, language: Language) -> str:
    """For the head of the page: EMBASSY OF …, AMBASSADE DE …"""
    return next((noun[len(one) :] for one in _ARTICLES[language] if noun.startswith(one)), noun)


def _gender(language: Language, *, masculine: bool) -> dict[str, str]:
    """Endings and prefixes that agree with the mission."""
    if language is Language.FR:
        return {"e": "" if masculine else "e"}
    if language is Language.AR:
        return {"t": "ي", "h": "ه", "e": "اً", "at": ""} if masculine else {"t": "ت", "h": "ها", "e": "ة", "at": "ت"}
    return {}


def _mission(words: Words, kind: str) -> str:
    known = _table(words, "missions")
    return known.get(kind, known["other"])


def _mission_full(words: Words, parties: Parties, language: Language, sending: str, place: str) -> str:
    """The mission with its state; a consular post with its city too, for a state may keep several."""
    if language is Language.AR:
        construct = _table(words, "construct").get(parties.kind)
        full = f"{construct} {sending}" if construct else f"{_mission(words, parties.kind)} {_li(sending)}"
    else:
        full = f"{_mission(words, parties.kind)} {_OF[language](sending)}"
    if parties.kind not in CONSULAR or not place:
        return full
    return f"{full} {_IN[language]} {place}"


_IN = {Language.EN: "in", Language.FR: "à", Language.ES: "en", Language.AR: "في"}


def _ministry(parties: Parties, wording: Wording, language: Language, host: str) -> str:
    """The addressee with its article and state: what was typed, or the ministry of foreign affairs by its own name."""
    if wording.addressee.strip():
        return wording.addressee.strip()
    known = _table(_words(language), "ministries")
    name = known.get(parties.receiving_code, known["default"])
    return name.replace("{host}", host) if language is Language.AR else f"{name} {_OF[language](host)}"


def _state(parties: Parties, language: Language, *, host: bool) -> str:
    """A state's formal name with its article; where the table has none, the name that the list of missions writes."""
    code, name = (
        (parties.receiving_code, parties.receiving_state) if host else (parties.sending_code, parties.sending_state)
    )
    return _states().get(code, {}).get(language.value, name)


def place_in(city: str, language: Language) -> str:
    """A city as this language writes it; where the table has none, as the list of missions writes it."""
    return _places().get(city, {}).get(language.value, city)


def _day(day: date, parties: Parties, language: Language) -> str:
    words = _words(language)
    months = cast(list[str], words["months"])
    for name, table in words.items():
        if name.startswith("months_"):
            local = cast(Mapping[str, list[str]], table)
            months = local["names"] if parties.receiving_code in local["countries"] else months
    number = str(words.get("first", "1")) if day.day == 1 else str(day.day)
    return str(words["day"]).format(d=number, month=months[day.month - 1], y=day.year)


def _clause(citation: Citation | None, words: Words) -> str:
    return _table(words, "clauses").get(citation.key, "") if citation else ""


def _cite(citation: Citation, words: Words) -> str:
    """Article and paragraph of an instrument as lawyers of this language write them."""
    said, known = _table(words, "citation"), _table(words, "instruments").get(citation.instrument, "")
    letters = cast(list[str], cast(Mapping[str, object], words["citation"])["letters"])
    number, _, letter = citation.paragraph.rstrip(")").partition("(")
    paragraph = f"{number} {letters['abcdef'.index(letter)]}" if letter and letter in "abcdef" else citation.paragraph
    form = ("" if known else "other_") + ("paragraph" if paragraph else "article")
    template = said["other" if form == "other_article" else form]
    return template.format(
        article=citation.article,
        paragraph=paragraph,
        of_instrument=known,
        title=citation.title or citation.instrument.upper(),
    )


def _filled(text: str, names: Mapping[str, str]) -> str:
    """Names in braces replaced once; what an officer typed is never looked through for names."""
    return re.sub(r"\{(\w+)\}", lambda found: names[found.group(1)], text)


def _table(words: Words, name: str) -> Table:
    return cast(Table, words.get(name, {}))


def _list(words: Words, table: str, name: str) -> list[str]:
    return cast(Mapping[str, list[str]], words.get(table, {})).get(name, [])


@cache
def _words(language: Language) -> Words:
    return tomllib.loads(_read(f"notes/{language.value}.toml"))


@cache
def _states() -> dict[str, Table]:
    return {row["code"]: row for row in csv.DictReader(_read("states.csv").splitlines())}


@cache
def _places() -> dict[str, Table]:
    return {row["en"]: row for row in csv.DictReader(_read("places.csv").splitlines())}


def _read(name: str) -> str:
    return files("legation.law").joinpath("data").joinpath(name).read_text(encoding="utf-8")
