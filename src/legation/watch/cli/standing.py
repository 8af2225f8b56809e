"""Standing authorities at the terminal."""

from typing import Annotated

import typer

from legation.foundations.time import parse_instant
from legation.missions import published as missions
from legation.pages.sentences import said_at_terminal
from legation.platform.authority.resolve import check_verb, claim
from legation.platform.doors import at_terminal
from legation.platform.terminal import answering, console, show_json, show_table
from legation.watch.actions import standing as actions
from legation.watch.events.roster import DutyKind
from legation.watch.events.standing import AuthorityKind, Verdict
from legation.watch.models.standing import AuthorityUse, StandingAuthority
from legation.watch.queries import standing
from legation.watch.rules.standing import Signed

app = typer.Typer()

AsJson = Annotated[bool, typer.Option("--json", help="Write JSON; fields are described in docs/cli.md.")]
Why = Annotated[str, typer.Option("--reason", help="Why; it stands in the record.")]
FIELDS = ("id", "mission_id", "kind", "level", "duty", "person", "until", "conditions", "norm", "signed_by", "state")


@app.command("authorities")
def authorities(mission: str = "", as_json: AsJson = False) -> None:
    """What may be done at once, signed beforehand."""
    with answering(said_at_terminal):
        actor = at_terminal()
        check_verb("watch.read", actor)
        place = missions.find(actor, mission).id if mission else None
        rows = list(standing.authorities(actor, place)[:500])
        if as_json:
            show_json([{name: getattr(row, name) for name in FIELDS} for row in rows])
        else:
            shown = [(r.pk, r.kind, r.level or "", r.duty or r.person, f"{r.until:%d %b %Y}", r.state) for r in rows]
            show_table(f"{len(rows)} authorities", ["id", "what", "#up to", "by", "until", "state"], shown)


@app.command("sign-authority")
def sign(
    mission: str,
    kind: AuthorityKind,
    duty: DutyKind,
    until: Annotated[str, typer.Option()],
    conditions: Annotated[str, typer.Option()],
    norm: Annotated[str, typer.Option()],
    level: int = 0,
) -> None:
    """Sign that whoever holds DUTY may do KIND at MISSION at once."""
    with answering(said_at_terminal):
        actor = at_terminal()
        claimed = missions.claimed(actor, missions.find(actor, mission).id, "watch.sign_authority")
        row = actions.sign(claimed, Signed(kind, level, duty, "", parse_instant(until), conditions, norm))
        console.print(f"Signed as {row.pk}.")


@app.command("use-authority")
def use(authority: str, reason: Why, level: int = 0) -> None:
    """Do at once what AUTHORITY allows."""
    with answering(said_at_terminal):
        claimed = claim(StandingAuthority, authority, "watch.use_authority", at_terminal())
        done = actions.use(claimed, level=level, reason=reason)
        console.print(f"Done; to be reviewed by {done.review_by:%d %b %H:%M} UTC as {done.pk}.")


@app.command("revoke-authority")
def revoke(authority: str, reason: Why) -> None:
    """Take AUTHORITY back."""
    with answering(said_at_terminal):
        actions.revoke(claim(StandingAuthority, authority, "watch.revoke_authority", at_terminal()), reason=reason)
        console.print("Revoked.")


@app.command("review-use")
def review(use: str, verdict: Verdict, note: Annotated[str, typer.Option()]) -> None:
    """Say afterwards whether USE was right."""
    with answering(said_at_terminal):
        actions.review(claim(AuthorityUse, use, "watch.review_use", at_terminal()), verdict, note=note)
        console.print("Reviewed.")
