"""Watches that change hands, at the terminal."""

from typing import Annotated

import typer

from legation.missions import published as missions
from legation.pages.sentences import said_at_terminal
from legation.platform.authority.actors import people_who_may
from legation.platform.authority.resolve import claim, claim_house
from legation.platform.doors import at_terminal
from legation.platform.terminal import answering, console
from legation.watch.actions import handing as actions
from legation.watch.models.handing import HandOver
from legation.watch.models.roster import Shift

app = typer.Typer()


@app.command("hand-over")
def hand_over(shift: str, who: str, note: str = "") -> None:
    """Give your watch SHIFT to WHO (operator/… or a name) with all that is open."""
    with answering(said_at_terminal):
        claimed = claim(Shift, shift, "watch.hand_over", at_terminal())
        known = {name: key for key, name in people_who_may("watch.take", None).items()}
        row = actions.hand_over(claimed, known.get(who, who), note=note)
        console.print(f"Handed over with {len(row.items)} open things as {row.pk}; it waits to be accepted.")


@app.command("accept-watch")
def accept(hand_over: str) -> None:
    """Accept the watch HAND_OVER."""
    with answering(said_at_terminal):
        actions.accept(claim(HandOver, hand_over, "watch.accept_watch", at_terminal()))
        console.print("You have the watch.")


@app.command("note")
def note(text: str, mission: Annotated[str, typer.Option(help="A mission; else the headquarters desk.")] = "") -> None:
    """Write TEXT into the shift log."""
    with answering(said_at_terminal):
        actor, verb = at_terminal(), "watch.log_note"
        place = missions.find(actor, mission).id if mission else None
        actions.log_note(missions.claimed(actor, place, verb) if place else claim_house(verb, actor), text)
        console.print("Noted.")
