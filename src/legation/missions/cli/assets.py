"""Custody at the terminal."""

from typing import Annotated

import typer

from legation.foundations.decisions import Refused
from legation.missions import queries
from legation.missions.actions import assets as actions
from legation.missions.models import Asset, Mission
from legation.missions.queries import assets as asked
from legation.pages.sentences import sentence
from legation.platform.authority.resolve import check_verb, claim
from legation.platform.doors import at_terminal
from legation.platform.terminal import answering, console, show_json, show_table

app = typer.Typer(help="Keys, safes, arms and whatever else somebody answers for.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="Write JSON; fields are described in docs/cli.md.")]


def _said(refused: Refused) -> str:
    return sentence(refused.refusal.reason, refused.refusal.params)


def _fields(row: Asset) -> dict[str, object]:
    names = ("kind", "name", "mark", "place", "custodian", "receiver", "state", "overdue", "volume", "unit")
    times = {name: getattr(row, name) for name in ("last_seen_at", "count_due_at", "combination_due_at")}
    said = {name: at.isoformat() if at else None for name, at in times.items()}
    return {"id": row.pk, "mission_id": row.mission_id, **{name: getattr(row, name) for name in names}, **said}


@app.command("list")
def list_assets(mission: str, as_json: AsJson = False) -> None:
    """What MISSION (id or city) answers for, and who."""
    with answering(_said):
        actor = at_terminal()
        check_verb("missions.read", actor)
        found = list(asked.assets(actor, queries.mission_named(actor, mission).pk))
        if as_json:
            show_json([_fields(row) for row in found])
        else:
            names = asked.names(actor, [row.custodian for row in found])
            rows = [(r.name, r.mark, r.kind, names.get(r.custodian), r.state, r.count_due_at.date()) for r in found]
            show_table(f"{len(found)} assets", ["asset", "mark", "kind", "custodian", "state", "count by"], rows)


@app.command()
def count(
    mission: str,
    seen: Annotated[list[str], typer.Option(help="Mark of what you have before your eyes; repeat it.")] = [],  # noqa: B006  Typer reads the list as "none given"
    missing: Annotated[list[str], typer.Option(help="Mark of what was not found; repeat it.")] = [],  # noqa: B006  as above
    note: str = "",
    as_json: AsJson = False,
) -> None:
    """Record a count at MISSION by marks; what is named in neither list stays as it is."""
    with answering(_said):
        actor = at_terminal()
        claimed = claim(Mission, queries.mission_named(actor, mission).pk, "missions.count_assets", actor)
        by_mark = {row.mark: row.pk for row in asked.assets(actor, claimed.id)}
        keys = [[by_mark.get(mark, mark) for mark in marks] for marks in (seen, missing)]
        rows = actions.count_assets(claimed, seen=keys[0], missing=keys[1], note=note)
        if as_json:
            show_json([_fields(row) for row in rows])
        else:
            console.print(f"{len(seen)} seen, {len(missing)} missing.")


@app.command("hand-over")
def hand_over(
    asset: str,
    to: Annotated[str, typer.Option(help="Id of the receiver: a person at post or an account.")] = "",
    take: Annotated[bool, typer.Option("--take", help="I am the receiver, and I have it.")] = False,
    refuse: Annotated[str, typer.Option(help="I am the receiver, and I do not take it, because …")] = "",
    as_json: AsJson = False,
) -> None:
    """Offer ASSET to somebody (--to), or answer an offer made to you (--take, --refuse)."""
    with answering(_said):
        actor = at_terminal()
        if take or refuse:
            claimed = claim(Asset, asset, "missions.answer_hand_over", actor)
            row = actions.answer_hand_over(claimed, taken=take, reason=refuse)
        else:
            row = actions.propose_hand_over(claim(Asset, asset, "missions.propose_hand_over", actor), to)
        if as_json:
            show_json(_fields(row))
        else:
            console.print(f"{row.name} ({row.mark}) is {row.state.replace('_', ' ')}.")
