"""Which norms answer a question in everyday words?

A ranked search over some hundreds of short texts: words weigh by how few norms hold them (Spärck Jones 1972), more
where they name an object than where they stand in a sentence. No index, no learning; the tables below say all it knows.
"""

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from legation.law.events.norms import Covers, NormValue

SUBJECT, OBJECT, KEYWORD, TEXT = 4.0, 3.0, 2.0, 1.0
"""Where a word stands: a norm about the bag (its first object) comes before one that mentions a bag."""
MEANT = 0.7  # a synonym is nearly as good as the word itself
SAID = 0.1  # of two that fit alike, the one that says what police may do is asked for more often
POLICE = 2.0  # a question of what police may do is answered by norms that say what police may do
ARTICLE = 12.0  # who writes an article wants that article

STOP = frozenset(
    re.findall(
        r"\w+",
        """a an and any are as at be by can do does for from has have how i if in into is it its may me must my not of
        on or our shall should someone something that the their they this to us was we what when where which who whose
        why with""",
    )
)

SYNONYMS: dict[str, tuple[str, ...]] = {
    "gate": ("premises", "enter"),
    "door": ("premises", "enter"),
    "inside": ("premises", "enter"),
    "come": ("enter",),
    "building": ("premises",),
    "chancery": ("premises",),
    "compound": ("premises",),
    "office": ("premises",),
    "wall": ("premises",),
    "embassy": ("premises",),
    "consulate": ("premises",),
    "car": ("vehicle",),
    "driver": ("vehicle", "staff"),
    "tow": ("vehicle", "seize"),
    "traffic": ("vehicle", "accident"),
    "parking": ("vehicle", "law"),
    "home": ("residence",),
    "house": ("residence",),
    "flat": ("residence",),
    "apartment": ("residence",),
    "pouch": ("bag",),
    "parcel": ("bag",),
    "file": ("archives", "documents"),
    "paper": ("archives", "documents"),
    "record": ("archives", "recording"),
    "laptop": ("archives", "documents"),
    "phone": ("communication",),
    "internet": ("communication",),
    "wifi": ("communication", "radio"),
    "transmitter": ("radio",),
    "wireless": ("radio",),
    "weapon": ("arms",),
    "gun": ("arms",),
    "pistol": ("arms",),
    "cctv": ("camera",),
    "video": ("camera",),
    "film": ("camera", "recording"),
    "uav": ("drone",),
    "fingerprint": ("biometrics",),
    "face": ("biometrics",),
    "wife": ("family",),
    "husband": ("family",),
    "spouse": ("family",),
    "child": ("family",),
    "dependant": ("family",),
    "ambassador": ("head of mission", "person"),
    "diplomat": ("person",),
    "consul": ("head of post", "person"),
    "colleague": ("staff",),
    "employee": ("staff",),
    "cook": ("household staff", "staff"),
    "nanny": ("household staff",),
    "citizen": ("nationals",),
    "traveller": ("nationals",),
    "tourist": ("nationals",),
    "prisoner": ("nationals", "detention"),
    "arrest": ("detention",),
    "jail": ("detention",),
    "prison": ("detention",),
    "evacuate": ("departure",),
    "evacuation": ("departure",),
    "leave": ("departure",),
    "expel": ("persona non grata", "departure"),
    "demonstration": ("protest", "premises"),
    "protest": ("protest", "premises"),
    "crowd": ("protest", "premises"),
    "mob": ("protest", "attack"),
    "fire": ("fire",),
    "firefighter": ("fire", "enter"),
    "bomb": ("attack", "threat"),
    "kidnap": ("kidnap", "hostage"),
    "luggage": ("baggage",),
    "suitcase": ("baggage",),
    "spy": ("collection", "information"),
    "informant": ("collection", "information"),
    "tax": ("taxes",),
    "vat": ("taxes",),
    "court": ("jurisdiction",),
    "lawsuit": ("jurisdiction",),
    "witness": ("witness", "jurisdiction"),
    "airport": ("airport", "transit"),
    "soldier": ("police",),
    "officer": ("police",),
    "guard": ("guard", "police"),
}
"""What people say → how norms say it. A word stands for itself too."""

POLICE_WORDS = frozenset({"police", "guard", "soldier", "officer", "gendarme", "customs", "firefighter"})
_WORD = re.compile(r"[a-z0-9][a-z0-9-]*")
_CITED = re.compile(
    r"\b(?:art(?:icle)?\.?\s*|vcdr\s+|vccr\s+|ipp\s+)(?:art\.?\s*)?(\d+)(?:\s*\(?(\d+)\)?)?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Sought:
    """A norm as the search sees it."""

    instrument: str
    value: NormValue


@dataclass(frozen=True, slots=True)
class Hit:
    """An answer. words: those of the question that it was found by."""

    code: str
    score: float
    words: tuple[str, ...]


def search(question: str, norms: Sequence[Sought]) -> list[Hit]:
    """Norms that answer the question, the best first; all of them, as they stand, where nothing is asked."""
    asked = words_of(question)
    if not asked:
        return [Hit(one.value.code, 0.0, ()) for one in norms]
    texts = [_weights(one) for one in norms]
    rarity = _rarity(asked, texts)
    about_police = bool({stem(word) for word in POLICE_WORDS} & set(asked))
    cited = {(found[1], found[2] or "") for found in _CITED.finditer(question)}
    hits = [_hit(one, text, asked, rarity, about_police, cited) for one, text in zip(norms, texts, strict=True)]
    embassies = {one.value.code for one in norms if one.value.covers is Covers.EMBASSY}  # the usual case first
    return sorted((h for h in hits if h.score > 0), key=lambda h: (-h.score, h.code not in embassies, h.code))


def words_of(text: str) -> dict[str, str]:
    """The words of a text that carry meaning, by stem, each once, in small letters and without accents."""
    folded = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    return {stem(word): word for word in _WORD.findall(folded) if word not in STOP}


def stem(word: str) -> str:
    """Without the endings that change most between a question and a norm: vehicles, searched, entering."""
    for ending, rest in (("ies", "y"), ("ing", ""), ("ed", ""), ("es", "e"), ("s", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith(("ss", "us", "is")):
            word = word[: -len(ending)] + rest
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "sle":
        word = word[:-1]  # kidnapp(ing) is kidnap
    return word[:-1] if len(word) > 3 and word.endswith("e") else word


def _weights(one: Sought) -> dict[str, float]:
    """Each word of a norm with the best place it stands in."""
    found: dict[str, float] = {one.instrument: KEYWORD}
    value = one.value
    said = (
        (value.objects[:1], SUBJECT),
        (value.objects[1:], OBJECT),
        (value.keywords, KEYWORD),
        ((value.words, value.may, value.may_not), TEXT),
    )
    for texts, weight in said:
        for word in words_of(" ".join(texts).replace("_", " ")):
            found[word] = max(found.get(word, 0.0), weight)
    return found


def _rarity(asked: Iterable[str], texts: Sequence[dict[str, float]]) -> dict[str, float]:
    wanted = {meant for word in asked for meant, _ in _meanings(word)}
    return {word: math.log(1 + len(texts) / (1 + sum(word in text for text in texts))) for word in wanted}


def _meanings(word: str) -> list[tuple[str, float]]:
    """The word itself, and what else it may be called."""
    others = [(meant, MEANT) for phrase in _meant().get(word, ()) for meant in words_of(phrase) if meant != word]
    return [(word, 1.0), *others]


@cache
def _meant() -> dict[str, tuple[str, ...]]:
    """SYNONYMS by stem."""
    return {stem(word): meant for word, meant in SYNONYMS.items()}


def _hit(
    one: Sought,
    text: dict[str, float],
    asked: Mapping[str, str],
    rarity: dict[str, float],
    about_police: bool,
    cited: set[tuple[str, str]],
) -> Hit:
    score, by = 0.0, list[str]()
    for word, said in asked.items():
        best = max(share * text.get(meant, 0.0) * rarity[meant] for meant, share in _meanings(word))
        if best:
            score += best
            by.append(said)
    if score:
        score += (POLICE if about_police else SAID) * (bool(one.value.may) + bool(one.value.may_not))
    # A norm that meets more of the question comes before one that meets a single word of it very well.
    score *= 0.5 + 0.5 * len(by) / len(asked)
    for article, paragraph in cited:
        if article == one.value.article and (not paragraph or one.value.paragraph.startswith(paragraph)):
            score += ARTICLE
    return Hit(one.value.code, round(score, 4), tuple(by))
