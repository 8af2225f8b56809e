"""Operators and the table of roles at the terminal."""

from typing import Annotated

import typer

from legation.foundations.markings import Marking
from legation.missions.published import find
from legation.platform.authority import table
from legation.platform.authority.actions import enrol as do_enrol
from legation.platform.authority.actions import revoke as do_revoke
from legation.platform.authority.actor import Role
from legation.platform.authority.models import Operator
from legation.platform.authority.resolve import check_verb, claim, claim_house
from legation.platform.doors import at_terminal
from legation.platform.terminal import answering, console, show_json, show_table
from legation.runtime.enrolment import issue_enrolment

app = typer.Typer(help="Operators, roles and what each may do.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="Write JSON; fields are described in docs/cli.md.")]


@app.command("table")
def show_verbs(as_json: AsJson = False) -> None:
    """Which role may do which verb."""
    rows = table.rows()
    if as_json:
        show_json([{"verb": r.verb, "meaning": r.meaning, "holders": sorted(r.holders)} for r in rows])
    else:
        cells = [(r.verb, r.meaning, ", ".join(sorted(r.holders))) for r in rows]
        show_table("Verbs and who has them", ["verb", "meaning", "held by"], cells)


@app.command()
def operators(as_json: AsJson = False) -> None:
    """Who has an account here."""
    with answering():
        actor = at_terminal()
        check_verb("authority.read", actor)
        found = Operator.objects.visible_to(actor).select_related("user").order_by("user__username")
        rows = [(o.user.get_username(), o.name, o.roles, o.clearance, o.active) for o in found]
        if as_json:
            names = ("username", "name", "roles", "clearance", "active")
            show_json([dict(zip(names, row, strict=True)) for row in rows])
        else:
            show_table("Operators", ["account", "name", "roles", "clearance", "active"], rows)


@app.command()
def enrol(
    username: str,
    role: Annotated[list[Role], typer.Option(help="One or more roles.")],
    name: str = "",
    clearance: str = "RESTRICTED // TLP:AMBER",
    mission: Annotated[list[str] | None, typer.Option(help="Only these missions; all where none is given.")] = None,
) -> None:
    """Give a person an account; prints a link that works once, for fifteen minutes."""
    with answering():
        actor = at_terminal()
        scope = frozenset(find(actor, words).id for words in mission) if mission else None
        account = do_enrol(
            claim_house("authority.enrol", actor),
            username=username,
            name=name or username,
            roles=frozenset(r.value for r in role),
            clearance=Marking.parse(clearance),
            scope=scope,
        )
        console.print(issue_enrolment(account.user))


@app.command()
def revoke(username: str, reason: Annotated[str, typer.Option(help="Why; it stands in the record.")]) -> None:
    """Close an account; its sessions end within five seconds."""
    with answering():
        actor = at_terminal()
        found = Operator.objects.filter(user__username=username).first()
        do_revoke(claim(Operator, found.pk if found else "", "authority.revoke", actor), reason=reason)
        console.print(f"{username} is closed.")
