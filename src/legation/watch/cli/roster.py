"""The duty roster at the terminal: who is on call, the gaps, and planning."""

from datetime import timedelta
from typing import Annotated

import typer

from legation.foundations.time import parse_instant
from legation.missions import published as missions
from legation.pages.sentences import said_at_terminal
from legation.platform import clock
from legation.platform.authority.actor import Actor, Authorised
from legation.platform.authority.resolve import House, check_verb, claim, claim_house
from legation.platform.doors import at_terminal
from legation.platform.records import Record
from legation.platform.terminal import answering, console, show_json, show_table
from legation.watch.actions import roster as actions
from legation.watch.events.roster import DutyKind
from legation.watch.models.roster import KeptDuty, Leave, Shift
from legation.watch.queries import roster as queries
from legation.watch.rules import roster as rules
from legation.watch.rules.roster import AHEAD, Away

app = typer.Typer()

AsJson = Annotated[bool, typer.Option("--json", help="Write JSON; fields are described in docs/cli.md.")]
Mission = Annotated[str, typer.Option("--mission", help="A mission; without it, the headquarters desk.")]
Since = Annotated[str, typer.Option("--from", help="From when, UTC; now where it is left out.")]
Why = Annotated[str, typer.Option("--reason", help="Why; it stands in the record.")]


@app.command()
def roster(mission: Mission = "", since: Since = "", days: int = AHEAD.days, as_json: AsJson = False) -> None:
    """Who is on call, whose turns follow, and where the roster has gaps."""
    with answering():
        actor = at_terminal()
        check_verb("watch.read_roster", actor)
        start = parse_instant(since) if since else clock.as_of()
        found = queries.roster(actor, _place(actor, mission), clock.as_of())
        told = queries.told(found, start, start + timedelta(days=days))
        if as_json:
            show_json(told)
            return
        for part, columns in (
            ("on_call", ["duty", "name", "until"]),
            ("turns", ["id", "duty", "name", "begins", "ends"]),
            ("gaps", ["gap", "duty", "begins", "ends", "names"]),
        ):
            show_table(
                f"{part.replace('_', ' ')}: {len(told[part])}", columns, [[r[c] for c in columns] for r in told[part]]
            )


@app.command("on-call")
def on_call(mission: Mission = "", as_json: AsJson = False) -> None:
    """Who is called now on each duty that is kept."""
    with answering():
        actor = at_terminal()
        check_verb("watch.read_roster", actor)
        now = clock.as_of()
        rows = queries.told(queries.roster(actor, _place(actor, mission), now), now, now)["on_call"]
        if as_json:
            show_json(rows)
        else:
            show_table(
                "on call now", ["duty", "who", "until"], [(r["duty"], r["name"] or "nobody", r["until"]) for r in rows]
            )


@app.command("plan")
def plan(
    duty: DutyKind,
    people: Annotated[list[str], typer.Argument(help="Persons in turn, by id (operator/…) or name.")],
    begins: Annotated[str, typer.Option("--from")],
    weeks: int = 4,
    hours: Annotated[int, typer.Option(help="How long one turn is.")] = 12,
    mission: Mission = "",
) -> None:
    """Enter PEOPLE in turn on DUTY for some weeks."""
    with answering(said_at_terminal):
        actor = at_terminal()
        claimed = _claimed(actor, mission, "watch.plan_roster")
        known = queries.roster(actor, _place(actor, mission), clock.as_of()).reachable
        keys = [_person(known, one) for one in people]
        start = parse_instant(begins)
        turns = rules.rotation(duty, keys, start, timedelta(hours=hours), start + weeks * rules.WEEK)
        console.print(f"{len(actions.plan(claimed, turns))} turns entered.")


@app.command("swap")
def swap(shift: str, who: str, reason: Why) -> None:
    """Give the turn SHIFT to WHO."""
    with answering(said_at_terminal):
        claimed = claim(Shift, shift, "watch.swap_shift", at_terminal())
        place = queries.shift(claimed.actor, shift).mission_id
        known = queries.roster(claimed.actor, place, clock.as_of()).reachable
        actions.swap(claimed, _person(known, who), reason=reason)
        console.print("Recorded.")


@app.command("cancel-shift")
def cancel(shift: str, reason: Why) -> None:
    """Take the turn SHIFT out of the roster."""
    with answering(said_at_terminal):
        actions.cancel(claim(Shift, shift, "watch.cancel_shift", at_terminal()), reason=reason)
        console.print("Recorded.")


@app.command("leave")
def leave(
    who: str,
    begins: Annotated[str, typer.Option("--from")],
    ends: Annotated[str, typer.Option("--until")],
    deputy: str = "",
    mission: Mission = "",
) -> None:
    """Say that WHO is away, and who takes his turns."""
    with answering(said_at_terminal):
        actor = at_terminal()
        claimed = _claimed(actor, mission, "watch.enter_leave")
        known = queries.roster(actor, _place(actor, mission), clock.as_of()).reachable
        away = Away(_person(known, who), parse_instant(begins), parse_instant(ends), deputy and _person(known, deputy))
        console.print(f"Entered as {actions.enter_leave(claimed, away).pk}.")


@app.command("withdraw-leave")
def withdraw_leave(leave: str) -> None:
    """Say that somebody is here after all: LEAVE is its id."""
    with answering(said_at_terminal):
        actions.withdraw_leave(claim(Leave, leave, "watch.withdraw_leave", at_terminal()))
        console.print("Recorded.")


@app.command("give-up-duty")
def give_up(duty: DutyKind, reason: Why, mission: Mission = "") -> None:
    """Keep DUTY here no longer."""
    with answering(said_at_terminal):
        actor = at_terminal()
        key = queries.kept(actor, _place(actor, mission), duty)
        actions.give_up(claim(KeptDuty, key, "watch.give_up_duty", actor), reason=reason)
        console.print("Recorded.")


def _place(actor: Actor, mission: str) -> str | None:
    return missions.find(actor, mission).id if mission else None


def _claimed(actor: Actor, mission: str, verb: str) -> Authorised[Record] | Authorised[House]:
    place = _place(actor, mission)
    return missions.claimed(actor, place, verb) if place else claim_house(verb, actor)


def _person(known: dict[str, str], words: str) -> str:
    """The reachable person meant by an id or a name. Raises LookupError."""
    fit = [key for key, name in known.items() if words in (key, name)]
    if len(fit) != 1:
        raise LookupError(
            f"{words!r} is no one person here who may take alarms; there are: {', '.join(known.values())}"
        )
    return fit[0]
