"""The forward calendar at the terminal."""

import hashlib
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from legation.foundations.decisions import Refused
from legation.intelligence.actions.calendar import enter_day, load_days, strike_day
from legation.intelligence.events.calendar import DayKind, DayValue
from legation.intelligence.links import calendars
from legation.intelligence.models.calendar import CalendarDay
from legation.intelligence.queries import calendar as queries
from legation.intelligence.rules.calendar import THREATS_OF, WHY_OF
from legation.missions import published as missions
from legation.pages.sentences import sentence
from legation.platform import clock
from legation.platform.authority.resolve import check_verb, claim, claim_house
from legation.platform.doors import at_terminal
from legation.platform.terminal import Exit, answering, console, show_json, show_table

app = typer.Typer(help="Days ahead that may bear on threat.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="Write JSON; fields are described in docs/cli.md.")]


def _said(refused: Refused) -> str:
    return sentence(refused.refusal.reason, refused.refusal.params)


@app.command()
def load(
    file: Path,
    country: Annotated[list[str] | None, typer.Option(help="Only these of a table; the one of an iCalendar.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be loaded.")] = False,
    as_json: AsJson = False,
) -> None:
    """Load a table of public holidays or an iCalendar FILE; 5 where items could not be read."""
    with answering(_said):
        house = claim_house("intelligence.load_days", at_terminal())
        found = calendars.from_path(file, clock.as_of().date(), [code.upper() for code in country or ()])
        done = None if dry_run else load_days(house, found.values, file=file.name, set_aside=len(found.aside))
        aside = [dict(zip(("where", "sentence", "advice"), calendars.told(one), strict=True)) for one in found.aside]
        told = asdict(done) if done else {"days": len(found.values)}
        if as_json:
            show_json(told | {"outside": found.outside, "quarantined": aside})
        else:
            console.print(
                f"{told['days']} days{' would be' * dry_run} loaded, {found.outside} of other places or times."
            )
            if aside:
                rows = [tuple(one.values()) for one in aside[:50]]
                show_table(f"{len(aside)} items not read", ["where", "why", "what to do"], rows)
        if aside:
            raise typer.Exit(int(Exit.PARTLY))


@app.command("list")
def list_days(
    mission: Annotated[str, typer.Option(help="Id or city: with what happened near it on such days before.")] = "",
    days: Annotated[int, typer.Option(min=1, max=800)] = 90,
    as_json: AsJson = False,
) -> None:
    """What lies ahead; at a mission with what happened on such days before."""
    with answering():
        actor = at_terminal()
        check_verb("intelligence.read", actor)
        if mission:
            found = queries.ahead(actor, str(missions.find(actor, mission).id), days=days)
            told = [queries.ahead_fields(one) for one in found]
            before = {one.row.pk: "  ".join(f"{b.count}/{b.expected:.1f}" for b in one.before) for one in found}
        else:
            told = [queries.day_fields(row) for row in queries.calendar(actor, days=days)]
            before = {}
        if as_json:
            show_json(told)
            return
        rows = [
            (one["first"], one["title"], one["kind"], one["country"], before.get(str(one["id"]), "")) for one in told
        ]
        show_table(f"{len(rows)} days ahead", ["day", "what", "kind", "country", "before/ordinary 25, 100 km"], rows)


@app.command()
def enter(
    title: str,
    day: Annotated[str, typer.Argument(help="2018-07-01")],
    kind: DayKind,
    source: Annotated[str, typer.Option(help="Who says so.")],
    country: str = "",
    last: Annotated[str, typer.Option(help="Last day, where there are several.")] = "",
    why: str = "",
    as_json: AsJson = False,
) -> None:
    """Put a DAY called TITLE into the calendar."""
    with answering(_said):
        first = date.fromisoformat(day)
        threats = tuple(one.value for one in THREATS_OF[kind])
        same = hashlib.sha256(f"{title}\x00{day}\x00{country}\x00".encode()).hexdigest()
        value = DayValue(
            title, kind, first, date.fromisoformat(last) if last else first, country.upper(), threats,
            why or WHY_OF[kind], source, same,
        )  # fmt: skip
        row = enter_day(claim_house("intelligence.enter_day", at_terminal()), value)
        if as_json:
            show_json(queries.day_fields(row))
        else:
            console.print(f"{row.title} stands in the calendar as {row.pk}.")


@app.command()
def strike(key: str, reason: Annotated[str, typer.Option(help="Why it falls.")], as_json: AsJson = False) -> None:
    """Take the day KEY out of the calendar."""
    with answering(_said):
        strike_day(claim(CalendarDay, key, "intelligence.strike_day", at_terminal()), reason=reason)
        if as_json:
            show_json({"id": key})
        else:
            console.print("It is struck; the record keeps it.")
