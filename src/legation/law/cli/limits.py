"""Host-law limits and consents at the terminal."""

from dataclasses import asdict
from datetime import UTC, datetime, time
from typing import Annotated

import typer

from legation.law import actions
from legation.law.events.limits import Use
from legation.law.models import Consent
from legation.law.queries import limits as queries
from legation.law.rules.limits import Said
from legation.missions import published as missions
from legation.pages.sentences import said_at_terminal
from legation.platform.authority.resolve import check_verb, claim
from legation.platform.doors import at_terminal
from legation.platform.terminal import answering, console, show_json, show_table

app = typer.Typer()

AsJson = Annotated[bool, typer.Option("--json", help="Write JSON; fields are described in docs/cli.md.")]
Day = Annotated[datetime, typer.Option(formats=["%Y-%m-%d"])]


@app.command()
def limits(mission: str, as_json: AsJson = False) -> None:
    """What the receiving state's law says of what a measure or source may use at MISSION."""
    with answering():
        actor = at_terminal()
        check_verb("law.read", actor)
        found = queries.limits(actor, missions.find(actor, mission).id)
        if as_json:
            show_json([asdict(one) for one in found])
        else:
            rows = [(one.use, one.effect, one.consent_of, one.cited) for one in found]
            show_table(f"{len(found)} limits", ["use", "effect", "consent of", "norm"], rows)


@app.command()
def consent(
    mission: str,
    use: Use,
    given_by: Annotated[str, typer.Option()],
    given_on: Day,
    scope: Annotated[str, typer.Option()],
    document: Annotated[str, typer.Option()],
    until: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"])] = None,
    as_json: AsJson = False,
) -> None:
    """Record a consent to USE at MISSION."""
    with answering(said_at_terminal):
        actor = at_terminal()
        claimed = missions.claimed(actor, missions.find(actor, mission).id, "law.record_consent")
        end = datetime.combine(until, time(23, 59, 59), UTC) if until else None
        done = actions.record_consent(claimed, use, Said(given_by, given_on.date(), scope, document, end))
        if as_json:
            show_json({"id": done.pk, **asdict(done.to_value())})
        else:
            console.print(f"Recorded under {done.norm}.")


@app.command()
def withdraw_consent(consent: str) -> None:
    """Take CONSENT (its id) off: it was taken back, or was none."""
    with answering(said_at_terminal):
        actions.withdraw_consent(claim(Consent, consent, "law.withdraw_consent", at_terminal()))
        console.print("It no longer holds.")
