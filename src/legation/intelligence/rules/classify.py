"""Of which kind is a report that carries no code? Words of its title and text decide, by one table in six languages.

The first row of which a word occurs decides, so the graver kinds stand first. A word matches at the start of a word
("explo" finds explosion, explosión, explosão); Arabic also after the particles written onto a word. Whoever typed or
reads the report may choose another kind; the machine's choice names the word it rests on.
"""

import re
from dataclasses import dataclass

from legation.intelligence.rules.kinds import NO_KIND


@dataclass(frozen=True, slots=True)
class WordRow:
    """A kind and the beginnings of words that mean it: English, French, Spanish and Portuguese, Russian, Arabic."""

    kind: str
    words: str


WORDS: tuple[WordRow, ...] = (
    WordRow("coup", "coup d|coup attempt|coup in|military coup|golpe de estado|golpe militar|переворот|انقلاب"),
    WordRow("hostage_taking", "hostage|otage|rehén|rehenes|refém|reféns|заложник|رهائن|رهينة"),
    WordRow("assassination", "assassinat|asesinato de|asesinado el|убийство посл|اغتيال"),
    WordRow("kidnapping", "kidnap|abduct|enlèvement|enlevé|secuestr|sequestr|похищ|اختطاف|خطف|مخطوف"),
    WordRow("bomb_threat", "bomb threat|alerte à la bombe|amenaza de bomba|ameaça de bomba|угроза взрыва|تهديد بقنبلة"),
    WordRow(
        "bombing",
        "bomb|explosi|explosé|blast|suicide attack|attentat|atentado|coche bomba|carro-bomba|взрыв|теракт|"
        "انفجار|تفجير|عبوة ناسفة",
    ),
    WordRow(
        "air_strike",
        "air strike|airstrike|frappe aérienne|raid aérien|ataque aéreo|bombardeo aéreo|авиаудар|غارة|قصف جوي",
    ),
    WordRow(
        "shelling",
        "shelling|mortar|artillery|rocket|bombardement|obus|mortero|artillería|morteiro|обстрел|قصف|هاون|قذيفة",
    ),
    WordRow(
        "armed_clash",
        "clash|firefight|gunfight|combats|affrontement|enfrentamiento|tiroteo|confronto|tiroteio|бои|"
        "столкновен|اشتباك|معارك",
    ),
    WordRow("attack_on_civilians", "massacre|mass shooting|tuerie|masacre|массов|مجزرة|مذبحة|هجوم"),
    WordRow("riot", "riot|looting|émeute|pillage|disturbios|saqueo|motín|tumulto|беспорядк|погром|شغب|نهب"),
    WordRow(
        "protest",
        "protest|demonstrat|manifestation|manifestaci|manifestaç|marcha|протест|митинг|مظاهر|احتجاج|تظاهر",
    ),
    WordRow("strike", "general strike|on strike|grève|huelga|greve|забастовк|إضراب|اضراب"),
    WordRow(
        "emergency_rule",
        "state of emergency|martial law|curfew|état d'urgence|couvre-feu|estado de emergencia|toque de queda|"
        "estado de emergência|toque de recolher|чрезвычайное положение|комендантский час|حالة الطوارئ|"
        "حظر تجول|حظر التجول",
    ),
    WordRow(
        "hostile_surveillance",
        "surveillance of|hostile surveillance|filature|vigilancia sospechosa|слежк|مراقبة مشبوهة",
    ),
    WordRow("espionage_case", "espionage|spying|espionnage|espionaje|espionagem|шпион|تجسس|جاسوس"),
    WordRow("cyber_attack", "cyber|ransomware|hacker|cyberattaque|ciberataque|кибератак|هجوم إلكتروني|هجوم سيبراني"),
    WordRow("phishing", "phishing|hameçonnage|фишинг|تصيد"),
    WordRow(
        "robbery",
        "robber|carjack|armed theft|braquage|vol à main armée|asalto|atraco|robo|assalto|roubo|ограблен|грабеж|سطو|سلب",
    ),
    WordRow(
        "assault",
        "assault|stabb|shooting|agression|fusillade|agresión|apuñal|agressão|нападен|стрельб|اعتداء|طعن|إطلاق نار",
    ),
    WordRow("theft", "theft|stolen|pickpocket|burglar|vol de|cambriolage|hurto|furto|краж|سرقة|مسروق"),
    WordRow("arrest", "arrest|detain|arrestation|detenid|preso|арест|задержан|اعتقال|توقيف"),
    WordRow("tsunami", "tsunami|цунами|تسونامي"),
    WordRow("earthquake", "earthquake|séisme|tremblement de terre|terremoto|sismo|землетряс|زلزال|هزة أرضية"),
    WordRow("volcano", "volcan|volcán|vulcão|вулкан|بركان"),
    WordRow("cyclone", "hurricane|cyclone|typhoon|ouragan|huracán|furacão|ciclón|ураган|циклон|إعصار"),
    WordRow("flood", "flood|inondation|inundaci|inundaç|enchente|наводнен|паводк|فيضان|سيول"),
    WordRow(
        "wildfire",
        "wildfire|forest fire|bushfire|feu de forêt|incendio forestal|incêndio florestal|лесной пожар|حرائق الغابات",
    ),
    WordRow("landslide", "landslide|mudslide|glissement de terrain|deslizamiento|deslizamento|оползен|انهيار أرضي"),
    WordRow("severe_weather", "storm|tempête|tormenta|tempestade|blizzard|шторм|عاصفة"),
    WordRow("disease_outbreak", "outbreak|epidemic|cholera|ebola|épidémie|epidemia|brote de|эпидеми|холер|وباء|كوليرا"),
    WordRow(
        "infrastructure_failure",
        "power outage|blackout|panne d'électricité|apagón|apagão|отключение электр|انقطاع الكهرباء",
    ),
    WordRow("accident", "accident|crash|derail|collision|accidente|acidente|авари|дтп|حادث"),
)


@dataclass(frozen=True, slots=True)
class Guess:
    """The kind and the word it rests on; NO_KIND and "" where no word of the table occurs."""

    kind: str
    word: str


def kind_in_text(title: str, text: str = "") -> Guess:
    """The kind of a report by the words of its title, or else of the first 1,000 characters of its text."""
    for said in (title, text[:1000]):
        for kind, pattern in _PATTERNS:
            found = pattern.search(said)
            if found:
                return Guess(kind, found.group(1).casefold())
    return Guess(NO_KIND, "")


def _pattern(words: str) -> re.Pattern[str]:
    starts = "|".join(re.escape(word) for word in sorted(words.split("|"), key=len, reverse=True))
    return re.compile(rf"(?:\b|\b[وفبلك]?(?:ال)?)({starts})", re.IGNORECASE)


_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple((row.kind, _pattern(row.words)) for row in WORDS)
