"""How are requests to the host state, their steps and their refusals said in plain words?"""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_noop as _

from legation.law.events.host import HandoverMeans, Language, NoteForm, Raised, RequestKind, RequestState, Step
from legation.pages.panels import register_address
from legation.pages.sentences import register_sentences

KINDS: Mapping[RequestKind, str] = {
    RequestKind.POLICE_PROTECTION: _("Police protection of the premises"),
    RequestKind.EXTRA_PATROL: _("More patrols"),
    RequestKind.ESCORT: _("Police escort"),
    RequestKind.INTRUSION: _("Protest at an intrusion"),
    RequestKind.ATTACK_INVESTIGATION: _("Investigation of an attack"),
    RequestKind.ACCREDITATION: _("Visa or accreditation"),
    RequestKind.BAG_CLEARANCE: _("Customs clearance of the bag"),
    RequestKind.FIREARMS_PERMIT: _("Firearms permit"),
    RequestKind.RADIO_TRANSMITTER: _("Consent to a radio transmitter"),
    RequestKind.CAMERA_CONSENT: _("Consent to cameras"),
    RequestKind.DETAINED_NATIONAL: _("Information on a detained national"),
    RequestKind.OTHER: _("Something else"),
}
STATES: Mapping[RequestState, str] = {
    RequestState.DRAFTED: _("Drafted"),
    RequestState.NUMBERED: _("Note numbered"),
    RequestState.DELIVERED: _("Delivered"),
    RequestState.REMINDED: _("Reminded"),
    RequestState.ESCALATED: _("Escalated"),
    RequestState.PROTESTED: _("Protested"),
    RequestState.ANSWERED: _("Answered"),
    RequestState.KEPT: _("Kept"),
    RequestState.PARTLY_KEPT: _("Partly kept"),
    RequestState.NOT_KEPT: _("Not kept"),
    RequestState.WITHDRAWN: _("Withdrawn"),
}
STEPS: Mapping[Step, str] = {
    Step.NUMBER: _("Number the note"),
    Step.DELIVER: _("Record the delivery"),
    Step.ANSWER: _("Record the answer"),
    Step.JUDGE: _("Say whether it was kept"),
    Step.REMIND: _("Send a reminder note"),
    Step.ESCALATE: _("Escalate"),
    Step.PROTEST: _("Send a protest note"),
    Step.WITHDRAW: _("Withdraw the request"),
}
WHY: Mapping[Step, str] = {
    Step.NUMBER: _("The number follows the last one of this mission's year. The words below go into the note."),
    Step.DELIVER: _("From the delivery on, an answer is expected and its absence shows itself."),
    Step.ANSWER: _("Write what was said and by when something was promised: the promise is looked at on that day."),
    Step.JUDGE: _("What was not kept adds points to the mission's risk until it is made good."),
    Step.REMIND: _("A reminder note refers to the first one and gets a number of its own."),
    Step.ESCALATE: _("The desk does not answer: the capital, the minister, or the host's ambassador at home."),
    Step.PROTEST: _("A protest note reserves the rights of the sending state. It is not taken back."),
    Step.WITHDRAW: _("Nothing is asked any more; what was recorded stays."),
}
FORMS: Mapping[NoteForm, str] = {
    NoteForm.REQUEST: _("Note verbale"),
    NoteForm.REMINDER: _("Reminder note"),
    NoteForm.PROTEST: _("Protest note"),
}
LANGUAGES: Mapping[Language, str] = {
    Language.EN: _("English"),
    Language.FR: _("French"),
    Language.ES: _("Spanish"),
    Language.AR: _("Arabic"),
}
MEANS: Mapping[HandoverMeans, str] = {
    HandoverMeans.BY_HAND: _("By hand"),
    HandoverMeans.COURIER: _("By courier"),
    HandoverMeans.E_MAIL: _("By e-mail"),
    HandoverMeans.PORTAL: _("Through the ministry's portal"),
}
RAISED: Mapping[Raised, str] = {
    Raised.CAPITAL: _("Our capital"),
    Raised.AMBASSADOR_SUMMONED: _("The host's ambassador, summoned at home"),
    Raised.MINISTER: _("The minister, seen by the head of mission"),
}

SENTENCES = {
    "law.HostRequestDrafted": _("Request to the host state drafted: {kind}, resting on {norm}"),
    "law.NoteNumbered": _("Note {number} numbered"),
    "law.NoteWorded": _("Note {number} worded in another language"),
    "law.NotePrinted": _("Note {number} printed"),
    "law.NoteDelivered": _("Note {number} handed over ({means}); an answer is expected by {answer_by}"),
    "law.HostAnswered": _("The host state answered. Promised: {promised}"),
    "law.PromiseJudged": _("Judged {verdict}: {why}"),
    "law.RequestEscalated": _("Escalated to {to}: {note}"),
    "law.HostRequestWithdrawn": _("Request withdrawn: {why}"),
    "law.HostStepDue": _("A time ran out; next step proposed: {step}"),
    "law.PackTaken": _("Evidence pack taken: {entries} entries"),
    "law.answer_due": _("Answer of the host state expected"),
    "law.step_due": _("Next step towards the host state proposed"),
    "law.promise_due": _("What the host state promised falls due"),
    "law.host_late_number": _("The note on “{subject}” has no number yet"),
    "law.host_late_deliver": _("A note on “{subject}” waits to be handed over"),
    "law.host_late_answer": _("No answer to note {number} on “{subject}”"),
    "law.host_late_remind": _("No answer to note {number} on “{subject}”: send a reminder note"),
    "law.host_late_escalate": _("No answer to the reminder of note {number} on “{subject}”: escalate"),
    "law.host_late_protest": _("No answer after escalation of note {number} on “{subject}”: send a protest note"),
    "law.host_late_judge": _("The day promised in answer to note {number} on “{subject}” has passed: was it kept?"),
    "step_does_not_follow": _("This does not follow here: the request stands at “{state}”."),
    "nothing_to_deliver": _("Every note of this request was handed over already."),
    "note_not_delivered": _("The latest note still waits to be handed over; record its delivery first."),
    "note_went_already": _("This note was handed over; its words stand as they went."),
    "note_not_worded": _("The note is not worded in this language yet ({language})."),
    "delivered_in_future": _("A delivery lies in the past; look at day and hour again."),
    "request_without_subject": _("Say what the request is about, in one line."),
    "answer_without_words": _("Write down what the host state said."),
    "verdict_without_reason": _("Choose a verdict and write what it rests on: the reason stands in the record."),
    "internal_words_in_note": _(
        "The note would carry a sentence of the internal assessment to the host state: “{sentence}”. "
        "Write it otherwise."
    ),
}


WORDS: dict[str, Mapping[Any, str]] = {
    "kind": KINDS,
    "state": STATES,
    "step": STEPS,
    "why": WHY,
    "form": FORMS,
    "language": LANGUAGES,
    "means": MEANS,
    "raised": RAISED,
}
"""Each table by the name under which pages say its words: `law.kind.escort`."""


def register() -> None:
    register_sentences(SENTENCES)
    for name, table in WORDS.items():
        register_sentences({f"law.{name}.{one.value}": words for one, words in table.items()})
    register_address("HostRequest", lambda key: reverse("law-host-request", args=[key]))
    register_address("HostNote", lambda key: reverse("law-host-note", args=[key]))
