"""Which kind does a source's own code mean? One table per source, each row with its reason; shown as it stands.

Sources: CAMEO codebook 1.1b3 (GDELT 2.0); UCDP GED codebook 24.1; OASIS CAP 1.2; GDACS event
types; US State Department levels.
"""

from dataclasses import dataclass

from legation.intelligence.rules.kinds import NO_KIND


@dataclass(frozen=True, slots=True)
class CameoRow:
    """An event code or the start of one: the longest prefix that fits decides."""

    prefix: str
    kind: str
    why: str


CAMEO: tuple[CameoRow, ...] = (
    CameoRow("1125", "espionage_case", "accuse of espionage, treason"),
    CameoRow("137", "repression", "threaten with repression"),
    CameoRow("138", "military_threat", "threaten with military force, blockade, occupation"),
    CameoRow("139", "military_threat", "give ultimatum"),
    CameoRow("14", "protest", "protest, demonstrate, rally"),
    CameoRow("142", "protest", "hunger strike"),
    CameoRow("143", "strike", "strike or boycott"),
    CameoRow("144", "protest", "obstruct passage"),
    CameoRow("145", "riot", "protest violently, riot"),
    CameoRow("15", "force_posture", "exhibit military or police power, raise alert, mobilise"),
    CameoRow("151", "", "increase police alert status: everyday policing, says little of a mission's threat"),
    CameoRow("160", "", "reduce relations, not specified: mostly words between persons and firms"),
    CameoRow("161", "diplomatic_rupture", "reduce or break diplomatic relations"),
    CameoRow("162", "sanctions", "reduce or stop aid"),
    CameoRow("163", "sanctions", "impose embargo, boycott or sanctions"),
    CameoRow("164", "diplomatic_rupture", "halt negotiations"),
    CameoRow("165", "diplomatic_rupture", "halt mediation"),
    CameoRow("166", "diplomatic_rupture", "expel or withdraw peacekeepers, inspectors, aid agencies"),
    CameoRow("170", "repression", "coerce, not specified"),
    CameoRow("171", "robbery", "seize or damage property"),
    CameoRow("1721", "emergency_rule", "restrict political freedoms"),
    CameoRow("1722", "emergency_rule", "ban parties or politicians"),
    CameoRow("1723", "emergency_rule", "impose curfew"),
    CameoRow("1724", "emergency_rule", "impose state of emergency or martial law"),
    CameoRow("172", "", "administrative sanctions: fines, bans, dismissals"),
    CameoRow("173", "arrest", "arrest, detain, charge: mostly crime news"),
    CameoRow("174", "", "expel or deport individuals"),
    CameoRow("175", "repression", "violent repression"),
    CameoRow("176", "cyber_attack", "attack cybernetically"),
    CameoRow("180", "assault", "unconventional violence, not specified"),
    CameoRow("181", "kidnapping", "abduct, hijack, take hostage"),
    CameoRow("182", "assault", "physically assault, torture, kill by assault"),
    CameoRow("183", "bombing", "suicide, car or other non-military bombing"),
    CameoRow("184", "state_violence", "use as human shield"),
    CameoRow("185", "assassination", "attempt to assassinate"),
    CameoRow("186", "assassination", "assassinate"),
    CameoRow("190", "armed_clash", "use conventional military force, not specified; the coder's catch-all"),
    CameoRow("191", "blockade", "impose blockade, restrict movement"),
    CameoRow("192", "armed_clash", "occupy territory"),
    CameoRow("193", "armed_clash", "fight with small arms"),
    CameoRow("194", "shelling", "fight with artillery and tanks"),
    CameoRow("195", "air_strike", "employ aerial weapons"),
    CameoRow("196", "armed_clash", "violate ceasefire"),
    CameoRow("20", "attack_on_civilians", "mass expulsion, mass killing, ethnic cleansing, mass-destruction weapons"),
)
"""Every other root code (01–13: statements, appeals, consultation, aid, demands, disapproval) is NO_KIND: words, not
happenings that threaten a mission. Their signals are kept and searchable."""


@dataclass(frozen=True, slots=True)
class UcdpRow:
    """type_of_violence with a word that must occur in side A or the dyad ("" = any), first row that fits decides."""

    type_of_violence: int
    word: str
    kind: str
    why: str


CRIMINAL_GROUP_WORDS: tuple[str, ...] = (
    "cartel", "zetas", "la familia", "guerreros unidos", "caballeros templarios", "los rojos", "los ardillos",
    "la linea", "mara salvatrucha", "barrio 18", "comando vermelho", "primeiro comando", "gang", "tren de aragua",
)  # fmt: skip
"""Groups that UCDP codes as parties to violence and that a security officer books under organised crime."""

UCDP: tuple[UcdpRow, ...] = (
    UcdpRow(1, "", "armed_clash", "state-based conflict"),
    UcdpRow(2, "criminal", "cartel_clash", "non-state conflict between organised criminal groups"),
    UcdpRow(2, "", "armed_clash", "non-state conflict between armed groups"),
    UcdpRow(3, "government of", "state_violence", "one-sided violence by a state's forces"),
    UcdpRow(3, "criminal", "cartel_violence", "one-sided violence by an organised criminal group"),
    UcdpRow(3, "", "attack_on_civilians", "one-sided violence by an armed group"),
)
"""The word "criminal" stands for any of CRIMINAL_GROUP_WORDS."""

UCDP_PRECISION_KM: dict[int, float] = {
    1: 3.0,  # exact place: a town is a few km across
    2: 25.0,  # within about 25 km of a known point: the codebook's own figure
    3: 50.0,  # second-order division, district
    4: 120.0,  # first-order division, province
    5: 120.0,  # line or area feature, fuzzy
    6: 400.0,  # country only
    7: 1000.0,  # international waters or airspace
}

GDELT_PRECISION_KM: dict[int, float] = {
    1: 800.0,  # country centroid
    2: 250.0,  # US state centroid
    3: 15.0,  # US city
    4: 15.0,  # world city
    5: 250.0,  # world state
}

GDACS: dict[str, tuple[str, str]] = {
    "EQ": ("earthquake", "earthquake"),
    "TS": ("tsunami", "tsunami"),
    "TC": ("cyclone", "tropical cyclone"),
    "FL": ("flood", "flood"),
    "VO": ("volcano", "volcano"),
    "DR": ("drought", "drought"),
    "WF": ("wildfire", "wildfire"),
}
"""GDACS event type -> (kind, what it stands for)."""

CAP_CATEGORY: dict[str, tuple[str, str]] = {
    "Geo": ("earthquake", "geophysical; the event word tells volcano, landslide, tsunami apart"),
    "Met": ("severe_weather", "meteorological, floods told apart by the event word"),
    "Safety": ("accident", "general emergency and public safety"),
    "Security": ("bomb_threat", "law enforcement and homeland security alerts"),
    "Rescue": (NO_KIND, "rescue and recovery: says that help moves, not what threatens"),
    "Fire": ("wildfire", "fire suppression and rescue"),
    "Health": ("disease_outbreak", "medical and public health"),
    "Env": ("accident", "pollution and other environmental"),
    "Transport": ("accident", "public and private transportation"),
    "Infra": ("infrastructure_failure", "utilities and telecommunication"),
    "CBRNE": ("attack_on_civilians", "chemical, biological, radiological, nuclear or explosive threat or attack"),
    "Other": (NO_KIND, "other"),
}
"""OASIS CAP 1.2 category -> (kind, reason); used where no event word below fits."""

CAP_EVENT_WORDS: tuple[tuple[str, str], ...] = (
    ("tsunami", "tsunami"),
    ("earthquake", "earthquake"),
    ("volcan", "volcano"),
    ("landslide", "landslide"),
    ("hurricane", "cyclone"),
    ("cyclone", "cyclone"),
    ("typhoon", "cyclone"),
    ("flood", "flood"),
    ("bushfire", "wildfire"),
    ("bush fire", "wildfire"),
    ("wildfire", "wildfire"),
    ("fire", "wildfire"),
    ("abduction", "kidnapping"),
    ("civil disturbance", "riot"),
    ("bomb", "bomb_threat"),
    ("power outage", "infrastructure_failure"),
)
"""A word of <event> in lower case -> kind; the first that occurs decides, before the category."""

ADVISORY_WORDS: tuple[tuple[str, str], ...] = (
    ("armed conflict", "advisory_conflict"),
    ("terrorism", "advisory_terrorism"),
    ("crime", "advisory_crime"),
    ("kidnapping", "advisory_crime"),
    ("civil unrest", "advisory_unrest"),
    ("wrongful detention", "advisory_detention"),
    ("natural disaster", "advisory_hazard"),
    ("health", "advisory_hazard"),
)
"""A phrase of the advisory's first lines -> kind; one advisory may name several. None: advisory_general."""


def cameo_kind(event_code: str) -> CameoRow:
    """The row whose prefix fits the event code longest; a NO_KIND row where none does."""
    for length in range(len(event_code), 1, -1):
        row = _CAMEO_BY_PREFIX.get(event_code[:length])
        if row is not None:
            return row
    return CameoRow(event_code[:2], NO_KIND, "statements, consultation, aid, demands: words, not happenings")


def ucdp_kind(type_of_violence: int, parties: str) -> UcdpRow:
    """The first row that fits. parties: side A, or side A and B, as written. KeyError for a type that is not 1–3."""
    said = parties.casefold()
    criminal = any(word in said for word in CRIMINAL_GROUP_WORDS)
    for row in UCDP:
        if row.type_of_violence != type_of_violence:
            continue
        if not row.word or (criminal if row.word == "criminal" else row.word in said):
            return row
    raise KeyError(type_of_violence)


def cap_kind(category: str, event: str) -> str:
    """The kind of a CAP alert by its event word, else by its category; NO_KIND where neither is in the tables."""
    said = event.casefold()
    for word, kind in CAP_EVENT_WORDS:
        if word in said:
            return kind
    return CAP_CATEGORY.get(category, (NO_KIND, ""))[0]


def advisory_kinds(text: str) -> list[str]:
    """The kinds that an advisory's opening names, each once, in table order; advisory_general where it names none."""
    said = text.casefold()
    return list(dict.fromkeys(kind for word, kind in ADVISORY_WORDS if word in said)) or ["advisory_general"]


_CAMEO_BY_PREFIX = {row.prefix: row for row in CAMEO}
