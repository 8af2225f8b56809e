"""The responsibility matrix at the terminal."""

from dataclasses import asdict
from typing import Annotated

import typer

from legation.foundations.identity import Ref
from legation.law import actions
from legation.law.actions.matrix import Given
from legation.law.events.matrix import Holder
from legation.law.models import Holding
from legation.law.queries import matrix as queries
from legation.missions import published as missions
from legation.pages.sentences import said_at_terminal
from legation.platform.authority.resolve import check_verb, claim
from legation.platform.doors import at_terminal
from legation.platform.terminal import answering, console, show_json, show_table

app = typer.Typer()

AsJson = Annotated[bool, typer.Option("--json", help="Write JSON; fields are described in docs/cli.md.")]


@app.command()
def matrix(mission: str, show: str = "", as_json: AsJson = False) -> None:
    """Every duty of MISSION with its holders; --show hole, held or double."""
    with answering():
        actor = at_terminal()
        check_verb("law.read", actor)
        found = queries.matrix(actor, missions.find(actor, mission).id, show=show)
        if as_json:
            show_json([_fields(line) for line in found])
        else:
            rows = [
                (str(one.duty.subject), one.duty.words, "; ".join(h.who for h in one.held), one.standing)
                for one in found
            ]
            show_table(f"{len(found)} duties", ["duty", "words", "held by", "standing"], rows)


@app.command()
def give(mission: str, subject: str, holder: Holder, office: str, part: str = "") -> None:
    """Say that an OFFICE on the side HOLDER holds SUBJECT (Norm/code or Measure/id) at MISSION."""
    with answering(said_at_terminal):
        actor = at_terminal()
        claimed = missions.claimed(actor, missions.find(actor, mission).id, "law.give_responsibility")
        (done,) = actions.give_responsibility(claimed, [Given(Ref.parse(subject), holder, office, part=part)])
        console.print(f"Recorded: {done.pk}")


@app.command()
def release(holding: str) -> None:
    """Say that HOLDING (id) is over."""
    with answering(said_at_terminal):
        actions.release_responsibility(claim(Holding, holding, "law.release_responsibility", at_terminal()))
        console.print("Released.")


@app.command()
def review_matrix(mission: str, as_json: AsJson = False) -> None:
    """Go through the matrix of MISSION: what nobody holds counts from now on."""
    with answering(said_at_terminal):
        actor = at_terminal()
        done = actions.review_matrix(missions.claimed(actor, missions.find(actor, mission).id, "law.review_matrix"))
        if as_json:
            show_json(asdict(done))
        else:
            console.print(f"{done.duties} duties, {done.holes} held by nobody, {done.doubles} held twice")


def _fields(line: queries.Line) -> dict[str, object]:
    held = [{"id": one.row.pk, "who": one.who, "holder": one.row.holder, "part": one.row.part} for one in line.held]
    duty = line.duty
    said = {
        "subject": str(duty.subject),
        "cited": duty.cited,
        "words": duty.words,
        "owes": duty.owes,
        "grave": duty.grave,
    }
    return {**said, "standing": line.standing, "held": held}
