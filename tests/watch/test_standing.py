"""Signed beforehand, used by who is on call, told at once, reviewed afterwards, and never beyond what was signed."""

from datetime import UTC, datetime, timedelta

import pytest
from tests import given
from tests.abuse.given import signed_in, with_key
from tests.watch.given import authority, planned
from typer.testing import CliRunner

from legation.foundations.decisions import Refused
from legation.foundations.posture import PostureLevel
from legation.missions.models import Mission
from legation.platform import clock
from legation.platform.authority.actor import Actor, Forbidden, ServiceAccount
from legation.platform.authority.actors import service
from legation.platform.authority.markings import intern
from legation.platform.authority.resolve import claim
from legation.platform.deadlines import fire_due
from legation.platform.ledger.log import entries_after
from legation.platform.subscribers import deliver_all
from legation.platform.writing import Urgency, writing
from legation.watch.actions import standing as actions
from legation.watch.cli import app
from legation.watch.events.roster import DutyKind
from legation.watch.events.standing import AuthorityKind, AuthorityState, Verdict
from legation.watch.models import AuthorityUse, QueuedAlarm, StandingAuthority
from legation.watch.queries import roster, standing

pytestmark = pytest.mark.django_db(transaction=True)

START = datetime(2018, 2, 5, 6, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WHY = "Shots at the gate, nobody answers"


@pytest.fixture(autouse=True)
def _node() -> None:
    given.keys()
    clock.start_demonstration(START)
    intern(roster.MARKING)


def world() -> tuple[Mission, Actor, Actor]:
    """A mission with its head and the watch officer on call, who may raise its posture to 4."""
    damascus, _ = given.missions()
    head, walt = given.operator("head_of_mission", name="head"), given.operator("watch_officer", name="walt")
    planned(head, damascus, DutyKind.DUTY_OFFICER, walt, START, START + 5 * DAY)
    return damascus, head, walt


def use(row: StandingAuthority, who: Actor, *, level: int = 4, reason: str = WHY) -> AuthorityUse:
    return actions.use(claim(StandingAuthority, row.pk, "watch.use_authority", who), level=level, reason=reason)


def refused(run: object) -> str:
    with pytest.raises(Refused) as told:
        run()  # type: ignore[operator]
    return told.value.refusal.reason


def test_who_is_on_call_raises_the_posture_within_what_was_signed_and_the_record_says_why() -> None:
    damascus, head, walt = world()
    row = authority(head, damascus)
    done = use(row, walt)
    damascus.refresh_from_db()
    assert (damascus.posture_level, damascus.posture_reason) == (4, f"Standing authority: {WHY}")
    used, posture = entries_after(-1, facts=("watch.AuthorityUsed/", "missions.PostureChanged/"), limit=9)
    assert (used.body.actor, posture.body.actor) == (walt.id, "service/standing_authority")
    assert posture.body.caused_by == used.entry_id, "the posture names the use as its cause"
    deliver_all()
    assert QueuedAlarm.objects.get(kind=actions.USED).subject_id == done.pk


def test_beyond_what_was_signed_nothing_is_written_at_all() -> None:
    damascus, head, walt = world()
    row = authority(head, damascus)
    bo = given.operator("rso", name="bo")
    assert refused(lambda: use(row, walt, level=5)) == "authority_exceeded"
    assert refused(lambda: use(row, bo)) == "authority_not_yours"
    assert refused(lambda: use(row, walt, reason=" ")) == "reason_missing"
    with writing(Urgency.PERSON):
        clock.advance(START + 6 * DAY)
    assert refused(lambda: use(row, walt)) == "authority_not_yours", "his turn is over"
    damascus.refresh_from_db()
    assert (damascus.posture_level, AuthorityUse.objects.count()) == (1, 0)


def test_where_the_act_itself_is_refused_the_use_is_not_recorded_either(monkeypatch: pytest.MonkeyPatch) -> None:
    damascus, head, walt = world()
    row = authority(head, damascus)

    def fails(order: actions.Order) -> None:
        raise RuntimeError("the posture cannot be set")

    monkeypatch.setitem(actions._carried_out, AuthorityKind.RAISE_POSTURE, fails)
    with pytest.raises(RuntimeError):
        use(row, walt)
    assert AuthorityUse.objects.count() == 0


def test_lockdown_leaves_the_level_and_what_people_do_is_only_recorded() -> None:
    damascus, head, walt = world()
    lock = authority(head, damascus, kind=AuthorityKind.LOCKDOWN, level=0)
    use(lock, walt, level=0)
    damascus.refresh_from_db()
    assert (damascus.posture_level, damascus.lockdown) == (int(PostureLevel.NORMAL), True)
    use(authority(head, damascus, kind=AuthorityKind.CALL_HOST_POLICE, level=0), walt, level=0)
    assert AuthorityUse.objects.count() == 2


def test_a_use_is_reviewed_by_the_head_within_72_hours() -> None:
    damascus, head, walt = world()
    done = use(authority(head, damascus), walt)
    with pytest.raises(Forbidden):
        claim(AuthorityUse, done.pk, "watch.review_use", walt)
    actions.review(claim(AuthorityUse, done.pk, "watch.review_use", head), Verdict.APPROVED, note="Rightly so")
    assert fire_due(START + 4 * DAY) == 0
    again = claim(AuthorityUse, done.pk, "watch.review_use", head)
    assert refused(lambda: actions.review(again, Verdict.APPROVED, note="x")) == "use_reviewed_already"
    assert not standing.uses(head, waiting=True).exists()


def test_what_nobody_reviews_becomes_an_alarm() -> None:
    damascus, head, walt = world()
    done = use(authority(head, damascus), walt)
    with writing(Urgency.PERSON):
        clock.advance(START + 73 * HOUR)
    deliver_all()
    fire_due(START + 73 * HOUR)
    deliver_all()
    assert QueuedAlarm.objects.get(kind=actions.UNREVIEWED).subject_id == done.pk
    late = claim(AuthorityUse, done.pk, "watch.review_use", head)
    assert actions.review(late, Verdict.NOT_APPROVED, note="Ask first next time").verdict == Verdict.NOT_APPROVED
    worker = service(ServiceAccount.WORKER)
    assert actions.miss_review(claim(AuthorityUse, done.pk, "watch.escalate_review", worker)).verdict


def test_an_authority_ends_by_its_time_or_by_the_head_of_mission() -> None:
    damascus, head, walt = world()
    row, other = authority(head, damascus), authority(head, damascus)
    actions.revoke(claim(StandingAuthority, other.pk, "watch.revoke_authority", head), reason="I am back")
    assert refused(lambda: use(other, walt)) == "authority_not_in_force"
    with writing(Urgency.PERSON):
        clock.advance(START + 40 * DAY)
    fire_due(START + 40 * DAY)
    row.refresh_from_db()
    other.refresh_from_db()
    assert (row.state, other.state) == (AuthorityState.EXPIRED, AuthorityState.REVOKED)
    worker = service(ServiceAccount.WORKER)
    ended = actions.end(claim(StandingAuthority, other.pk, "watch.end_authority", worker))
    assert ended.state == AuthorityState.REVOKED, "what was revoked did not expire"


def test_only_a_head_of_mission_signs() -> None:
    damascus, head, walt = world()
    with pytest.raises(Forbidden):
        authority(walt, damascus)
    assert refused(lambda: authority(head, damascus, level=1)) == "authority_without_level"


def test_pages_show_the_limits_to_who_may_use_it_and_take_use_and_review() -> None:
    damascus, head, walt = world()
    signer = signed_in(head)
    form = {"kind": "raise_posture", "level": "4", "by": "duty_officer", "until": "2018-03-05", "norm": "VCDR 22"}
    at = f"/watch/authorities/at/{damascus.pk}/"
    assert signer.post(at + "sign/", {**form, "conditions": "Shots within 500 m"}).status_code == 302
    row = StandingAuthority.objects.get()
    page = f"/watch/authorities/{row.pk}/"
    assert b"Use it now" not in signer.get(page).content
    user = signed_in(walt)
    assert b"Use it now" in user.get(page).content
    user.post(page + "use/", {"level": "4", "reason": WHY})
    assert b"review by" in user.get(f"/missions/{damascus.pk}/").content
    done = AuthorityUse.objects.get()
    home = signer.get("/").content.decode()
    assert "Done without asking" in home
    signer.post(f"/watch/uses/{done.pk}/review/", {"verdict": "approved", "note": "Rightly so"})
    assert b"Rightly so" in user.get(f"/watch/uses/{done.pk}/").content
    signer.post(page + "revoke/", {"reason": "I am back"})
    assert b"revoked" in user.get("/watch/authorities/").content


def test_the_api_and_the_terminal_do_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    damascus, head, walt = world()
    key, mine = with_key(head), with_key(walt)
    body = {"kind": "raise_posture", "level": 3, "duty": "duty_officer", "until": "2018-03-05T00:00Z"}
    at = f"/api/watch/authorities/at/{damascus.pk}"
    made = key.post(at, {**body, "conditions": "Shots", "norm": "VCDR 22"}, content_type="application/json")
    row = made.json()["id"]
    use_it = f"/api/watch/authorities/{row}/use"
    too_far = mine.post(
        f"/api/watch/authorities/{row}/use", {"reason": WHY, "level": 4}, content_type="application/json"
    )
    assert (too_far.status_code, too_far.json()["reason"]) == (409, "authority_exceeded")
    assert too_far.json()["norm"] == "VCDR 22"
    done = mine.post(use_it, {"reason": WHY, "level": 3}, content_type="application/json")
    verdict = {"verdict": "approved", "note": "Rightly so"}
    reviewed = key.post(f"/api/watch/uses/{done.json()['id']}/review", verdict, content_type="application/json")
    assert reviewed.json()["verdict"] == "approved"
    monkeypatch.setattr("legation.watch.cli.standing.at_terminal", lambda: head)
    run = CliRunner().invoke
    words = ["--level", "4", "--until", "2018-03-05", "--conditions", "Shots", "--norm", "VCDR 22"]
    signed = run(app, ["sign-authority", "Damascus", "raise_posture", "duty_officer", *words])
    assert signed.exit_code == 0, signed.output
    assert "raise_posture" in run(app, ["authorities", "--json"]).output
    assert run(app, ["use-authority", signed.output.split()[-1].rstrip("."), "--reason", WHY]).exit_code == 3
    assert run(app, ["revoke-authority", row, "--reason", "I am back"]).exit_code == 0
    assert (
        key.post(f"/api/watch/authorities/{row}/revoke", {"reason": "x"}, content_type="application/json").status_code
        == 409
    )
