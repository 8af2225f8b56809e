"""What is done where a person asks to be corrected or forgotten: requests, and erasure by two persons."""

from legation.foundations.decisions import Refusal, Refused, require
from legation.foundations.identity import MissionId, Ref
from legation.foundations.words import Alarm, Due, Severity
from legation.missions.events.erasure import (
    CorrectionAsked,
    CorrectionDecided,
    CorrectionOverdue,
    ErasureProposed,
    ErasureWithdrawn,
    RequestState,
)
from legation.missions.models import Contact, CorrectionRequest, ErasureProposal, Person
from legation.missions.rules import erasure as rules
from legation.platform import deadlines, personal
from legation.platform.act import Context, act
from legation.platform.authority.markings import marking_of
from legation.platform.ledger import erasure as ledger
from legation.platform.personal import Forgotten

ASKED = "missions.correction_asked"
"""The kind of deadline under which a request for correction stands."""

OVERDUE = "missions.correction_overdue"
"""The alarm when nobody answered in time."""


@act("missions.ask_correction")
def ask_correction(ctx: Context, person: Person, text: str) -> CorrectionRequest:
    """Say what is wrong in what is held about oneself. Raises Refused where it is about another, or says nothing."""
    if not person.operator_id or person.operator_id != ctx.actor.id:
        raise Refused(Refusal("not_about_you", "people"))
    if not text.strip():
        raise Refused(Refusal("request_missing", "people"))
    request = CorrectionRequest(
        id=ctx.new_id(),
        mission_id=person.mission_id,
        marking_id=person.marking_id,
        person_id=person.pk,
        text=text.strip()[:1000],
        asked_at=ctx.now,
    )
    at, mission = ctx.now + rules.ANSWER_WITHIN, MissionId(str(person.mission_id))
    due = Due(mission, ASKED, person.ref, at, "rso", request.deadline_key)
    return ctx.write(request, CorrectionAsked(), words=[due], personal=request.personal())


@act("missions.decide_correction")
def decide_correction(ctx: Context, request: CorrectionRequest, *, accepted: bool, answer: str) -> CorrectionRequest:
    """Accept or refuse a request; the person reads the answer. Raises Refused without an answer or when decided."""
    if request.state != RequestState.ASKED:
        raise Refused(Refusal("request_decided", "people"))
    if not answer.strip():
        raise Refused(Refusal("answer_missing", "people"))
    request.state = RequestState.ACCEPTED if accepted else RequestState.REFUSED
    request.answer, request.decided_by = answer.strip()[:1000], ctx.actor.id
    deadlines.settle(request.deadline_key)
    return ctx.write(request, CorrectionDecided(accepted), personal=request.personal())


@act("missions.remind_correction")
def remind_correction(ctx: Context, request: CorrectionRequest) -> None:
    """A month passed: say on the floor that a person waits for his answer. Nothing where he was answered."""
    if request.state != RequestState.ASKED:
        return
    mission, about = MissionId(str(request.mission_id)), Ref("Person", request.person_id)
    alarm = Alarm(mission, OVERDUE, Severity.NOTICE, about, request.deadline_key, {})
    marking = marking_of(request.marking_id)
    ctx.announce(CorrectionOverdue(), mission=mission, marking=marking, words=[alarm], subjects=[about])


@act("missions.propose_erasure")
def propose_erasure(ctx: Context, person: Person, *, reason: str) -> ErasureProposal:
    """Propose that everything about a person be erased. Raises Refused under a legal hold, or where one stands."""
    standing = ErasureProposal.objects.filter(person_id=person.pk).first()
    fresh = standing is not None and ctx.now - standing.proposed_at < rules.STANDS_FOR
    account = person.operator_id
    require(rules.may_propose(reason, actor=ctx.actor.id, subject_account=account, standing=fresh))
    ledger.refuse_held(person.ref, missions={person.mission_id})
    proposal = standing or ErasureProposal(
        id=ctx.new_id(), mission_id=person.mission_id, marking_id=person.marking_id, person_id=person.pk
    )
    proposal.reason, proposal.proposed_by, proposal.proposed_at = reason.strip(), ctx.actor.id, ctx.now
    return ctx.write(proposal, ErasureProposed(proposal.reason))


@act("missions.withdraw_erasure")
def withdraw_erasure(ctx: Context, person: Person) -> None:
    """Take the proposal back; nothing where none stands."""
    proposal = ErasureProposal.objects.filter(person_id=person.pk).first()
    if proposal is not None:
        ctx.delete(proposal, ErasureWithdrawn())


@act("missions.erase_person")
def erase_person(ctx: Context, person: Person) -> int:
    """Confirm another's proposal: the whole house forgets the person. Returns how many sealed parts went.

    Raises Refused where nobody proposed it, where the same person did, or under a legal hold. What stays is the
    tombstone, who proposed and who confirmed, and the proof that what was recorded once was recorded.
    """
    proposal = ErasureProposal.objects.filter(person_id=person.pk).first()
    if proposal is None:
        raise Refused(Refusal("erasure_not_proposed", rules.RULE))
    require(
        rules.may_confirm(
            actors=_known_as(ctx.actor.id),
            proposers=_known_as(proposal.proposed_by),
            subject_account=person.operator_id,
            proposed_at=proposal.proposed_at,
            now=ctx.now,
        )
    )
    ids = [person.pk, *filter(None, person.merged.split(","))]
    subjects = [Ref("Person", key) for key in ids]
    return personal.erase(ctx, subjects, mission=person.mission_id, reason=proposal.reason)


def _known_as(account: str) -> frozenset[str]:
    """An account, and the person at post behind it: two accounts of one person are not two persons."""
    return frozenset({account, *Person.objects.filter(operator_id=account).values_list("pk", flat=True)})


def forget(subject: Ref) -> Forgotten:
    """This room's rows about a person."""
    if subject.type != "Person":
        return Forgotten()
    dependants = list(Person.objects.filter(principal_id=subject.id))
    for one in dependants:
        one.principal_id = ""
    own = Person.objects.filter(pk=subject.id)
    rows = [list(m.objects.filter(person_id=subject.id)) for m in (Contact, CorrectionRequest, ErasureProposal)]
    return Forgotten(
        changed=dependants,
        deleted=[*own, *(row for some in rows for row in some)],
        parts=[Ref("PersonSensitive", subject.id)],
    )
