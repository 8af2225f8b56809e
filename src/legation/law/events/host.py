"""What can happen between the mission and the host state, and the images of it that travel in the ledger."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar


class RequestKind(StrEnum):
    """What is asked of the receiving state."""

    POLICE_PROTECTION = "police_protection"  # police who stand at the premises
    EXTRA_PATROL = "extra_patrol"  # more patrols around premises and residences
    ESCORT = "escort"  # police who go along with a movement
    INTRUSION = "intrusion"  # a protest at agents or a crowd who came in
    ATTACK_INVESTIGATION = "attack_investigation"  # who attacked, and bring them to justice
    ACCREDITATION = "accreditation"  # visas, cards and notification of members
    BAG_CLEARANCE = "bag_clearance"  # the bag goes through customs unopened
    FIREARMS_PERMIT = "firearms_permit"  # service arms under the host's law
    RADIO_TRANSMITTER = "radio_transmitter"  # consent to install and use a transmitter
    CAMERA_CONSENT = "camera_consent"  # consent to cameras that see the street
    DETAINED_NATIONAL = "detained_national"  # information on, and access to, a national in custody
    OTHER = "other"  # what none of these says; the officer words it alone


class RequestState(StrEnum):
    """Where a request stands."""

    DRAFTED = "drafted"  # decided on, no note yet
    NUMBERED = "numbered"  # its note has a number and can be printed
    DELIVERED = "delivered"  # the host has it; an answer is awaited
    REMINDED = "reminded"  # a reminder note went; an answer is awaited
    ESCALATED = "escalated"  # raised above the ministry's desk: the capital, or the host's ambassador summoned
    PROTESTED = "protested"  # a protest note went
    ANSWERED = "answered"  # the host said something; nothing is judged yet
    KEPT = "kept"  # the host did what it owed
    PARTLY_KEPT = "partly_kept"  # it did some of it
    NOT_KEPT = "not_kept"  # it did not do what it owed or promised
    WITHDRAWN = "withdrawn"  # no longer asked for


class Step(StrEnum):
    """What a person does next about a request; each is an act of its own."""

    NUMBER = "number"  # give the note its number and its words
    DELIVER = "deliver"  # say how and when it was handed over
    ANSWER = "answer"  # write down what the host said
    JUDGE = "judge"  # say whether the promise was kept
    REMIND = "remind"  # number a reminder note
    ESCALATE = "escalate"  # raise it above the ministry's desk
    PROTEST = "protest"  # number a protest note
    WITHDRAW = "withdraw"  # ask no longer


class NoteForm(StrEnum):
    """Which formulas a note is written in."""

    REQUEST = "request"  # asks
    REMINDER = "reminder"  # recalls a note that was not answered, or a promise not kept
    PROTEST = "protest"  # protests, and reserves the rights of the sending state


class Language(StrEnum):
    """Languages that a note can be written in."""

    EN = "en"  # English
    FR = "fr"  # French
    ES = "es"  # Spanish
    AR = "ar"  # Arabic


class HandoverMeans(StrEnum):
    """How a note was handed over."""

    BY_HAND = "by_hand"  # at the ministry's desk, against a receipt
    COURIER = "courier"  # by the mission's messenger or the post
    E_MAIL = "e_mail"  # to the ministry's address
    PORTAL = "portal"  # into the ministry's own web form


class Raised(StrEnum):
    """To whom a matter was raised."""

    CAPITAL = "capital"  # one's own capital takes it up
    AMBASSADOR_SUMMONED = "ambassador_summoned"  # the host's ambassador was called in at home
    MINISTER = "minister"  # the head of mission saw the minister or his deputy


@dataclass(frozen=True, slots=True)
class Attached:
    """A document that came with a step: the name of its blob here, the SHA-256 of its content, its own name."""

    blob: str = ""
    sha256: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class HostRequestImage:
    """A request as replicas are built from it. norm: the code of the obligation that it rests on; late: what was due
    has not come; entry_id: the entry into the premises that it protests at."""

    kind: RequestKind
    norm: str
    subject: str
    assessment: str
    state: RequestState
    late: bool
    due_at: datetime | None
    asked_at: datetime | None
    answered_at: datetime | None
    answer: str
    promised: str
    promised_by: date | None
    attached: Attached
    judged_why: str
    raised: str
    entry_id: str


@dataclass(frozen=True, slots=True)
class Wording:
    """What an officer typed for one language: what the note concerns, a free paragraph, the place as written there,
    and an addressee where it is not the ministry of foreign affairs."""

    concerns: str = ""
    paragraph: str = ""
    place: str = ""
    addressee: str = ""


@dataclass(frozen=True, slots=True)
class NoteText:
    """A note in one language, ready to be set: lines and paragraphs in reading order, all of it plain text."""

    mission: str
    number: str
    paragraphs: tuple[str, ...]
    dated: str
    addressed: tuple[str, ...]
    initials: str
    seal: str
    sheet: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class HostNoteImage:
    """A note: its number in its year, its text by language as it went, how it was handed over. Who took it in is
    personal and apart."""

    request_id: str
    form: NoteForm
    year: int
    number: int
    dated: date
    texts: dict[str, NoteText]
    means: str
    delivered_at: datetime | None
    receipt: str
    attached: Attached


@dataclass(frozen=True, slots=True)
class Official:
    """An official of the host state, as he was named to us: personal."""

    name: str
    office: str


@dataclass(frozen=True, slots=True)
class HostRequestDrafted:
    """Something is to be asked of the receiving state."""

    version: ClassVar[int] = 1
    kind: RequestKind
    norm: str


@dataclass(frozen=True, slots=True)
class NoteNumbered:
    """A note has its number in the year's row of its mission."""

    version: ClassVar[int] = 1
    form: NoteForm
    number: str
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoteWorded:
    """A note was worded in a language, before it went."""

    version: ClassVar[int] = 1
    number: str
    language: Language


@dataclass(frozen=True, slots=True)
class NotePrinted:
    """A copy of a note was printed. outward: the copy that is handed over."""

    version: ClassVar[int] = 1
    number: str
    language: Language
    outward: bool


@dataclass(frozen=True, slots=True)
class NoteDelivered:
    """A note was handed over; an answer is awaited until `answer_by`."""

    version: ClassVar[int] = 1
    number: str
    means: HandoverMeans
    delivered_at: datetime
    answer_by: datetime


@dataclass(frozen=True, slots=True)
class HostAnswered:
    """The host state answered. promised_by: the day it named."""

    version: ClassVar[int] = 1
    promised: str
    promised_by: date | None


@dataclass(frozen=True, slots=True)
class PromiseJudged:
    """Somebody said whether the host state did what it owed."""

    version: ClassVar[int] = 1
    before: RequestState
    verdict: RequestState
    why: str


@dataclass(frozen=True, slots=True)
class RequestEscalated:
    """A request was raised above the ministry's desk."""

    version: ClassVar[int] = 1
    to: Raised
    note: str


@dataclass(frozen=True, slots=True)
class HostRequestWithdrawn:
    """A request is no longer made."""

    version: ClassVar[int] = 1
    why: str


@dataclass(frozen=True, slots=True)
class HostStepDue:
    """A time ran out: the next step is proposed."""

    version: ClassVar[int] = 1
    step: Step
    number: str


@dataclass(frozen=True, slots=True)
class PackTaken:
    """The whole course of a request was written to a file that can be checked elsewhere. attachments: the documents
    that belong to it, by their hashes."""

    version: ClassVar[int] = 1
    entries: int
    attachments: tuple[Attached, ...]
