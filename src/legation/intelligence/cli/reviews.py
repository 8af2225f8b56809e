"""When judgements are looked at again, at the terminal."""

from typing import Annotated

import typer

from legation.foundations.decisions import Refused
from legation.foundations.time import parse_instant
from legation.intelligence import actions
from legation.intelligence.models.reviews import Review
from legation.intelligence.queries import reviews as queries
from legation.missions import published as missions
from legation.pages.sentences import sentence
from legation.platform.authority.resolve import check_verb, claim
from legation.platform.doors import at_terminal
from legation.platform.terminal import answering, console, show_json, show_table

app = typer.Typer(help="When judgements are looked at again: list, unchanged, push.")

AsJson = Annotated[bool, typer.Option("--json", help="Write JSON; fields are described in docs/cli.md.")]


def _said(refused: Refused) -> str:
    return sentence(refused.refusal.reason, refused.refusal.params)


@app.command("list")
def list_reviews(mission: str = "", as_json: AsJson = False) -> None:
    """Judgements to look at again, the next first."""
    with answering(_said):
        actor = at_terminal()
        check_verb("intelligence.read", actor)
        at = missions.find(actor, mission).id if mission else None
        found = queries.reviews(actor, mission=at)
        if as_json:
            show_json([queries.review_fields(one) for one in found])
            return
        rows = [(one.row.pk, one.mission, one.row.threat, one.row.due_at, one.late) for one in found]
        show_table(f"{len(rows)} judgements", ["id", "mission", "threat", "due", "late"], rows)


@app.command()
def unchanged(review: str, reason: str, as_json: AsJson = False) -> None:
    """Say that REVIEW (its id) was looked at and stays as it is, because of REASON."""
    with answering(_said):
        claimed = claim(Review, review, "intelligence.review_unchanged", at_terminal())
        _show(actions.review_unchanged(claimed, reason=reason), as_json=as_json)


@app.command()
def push(review: str, until: str, reason: str, as_json: AsJson = False) -> None:
    """Put REVIEW off UNTIL a day (ISO 8601), because of REASON."""
    with answering(_said):
        claimed = claim(Review, review, "intelligence.push_review", at_terminal())
        _show(actions.push_review(claimed, until=parse_instant(until), reason=reason), as_json=as_json)


def _show(row: Review, *, as_json: bool) -> None:
    if as_json:
        show_json({"id": row.pk, "due_at": row.due_at})
    else:
        console.print(f"The next look is due on {row.due_at:%Y-%m-%d}.")
