"""What is still asked, at the terminal."""

from typing import Annotated

import typer

from legation.foundations.decisions import Refused
from legation.foundations.grading import Grade
from legation.foundations.markings import Marking
from legation.foundations.time import parse_instant
from legation.intelligence import actions
from legation.intelligence import queries as signals
from legation.intelligence.actions.requirements import Question
from legation.intelligence.models import Answer, Requirement, Source
from legation.intelligence.queries import requirements as queries
from legation.intelligence.rules.requirements import AgencyKind, Priority
from legation.intelligence.web.requirements import reported
from legation.missions import published as missions
from legation.pages.sentences import sentence
from legation.platform.authority.resolve import check_verb, claim, claim_house
from legation.platform.doors import at_terminal
from legation.platform.terminal import answering, console, show_json, show_table

app = typer.Typer(help="Questions that are asked of agencies: list, show, put, ask, answer, close.")

AsJson = Annotated[bool, typer.Option("--json", help="Write JSON; fields are described in docs/cli.md.")]


def _said(refused: Refused) -> str:
    return sentence(refused.refusal.reason, refused.refusal.params)


def _made(key: str, words: str, *, as_json: bool) -> None:
    if as_json:
        show_json({"id": key})
    else:
        console.print(f"{words} ({key})", markup=False)


@app.command("list")
def list_requirements(
    which: Annotated[str, typer.Option("--show", help="standing, mine, overdue or closed.")] = "standing",
    as_json: AsJson = False,
) -> None:
    """Questions, the most pressing first."""
    with answering(_said):
        actor = at_terminal()
        check_verb("intelligence.read", actor)
        found = queries.narrowed(actor, which)
        if as_json:
            show_json([queries.requirement_fields(one) for one in found])
            return
        rows = [(one.row.pk, one.row.question, one.agency, one.row.due_at, one.row.state) for one in found]
        show_table(f"{len(rows)} questions", ["id", "question", "asked of", "due", "state"], rows)


@app.command()
def show(requirement: str, as_json: AsJson = False) -> None:
    """One REQUIREMENT (its id) with the answers that you may read."""
    with answering(_said):
        actor = at_terminal()
        check_verb("intelligence.read", actor)
        seen = queries.requirement(actor, requirement)
        told = [queries.answer_fields(one) for one in queries.answers(actor, requirement)]
        if as_json:
            show_json(queries.requirement_fields(seen) | {"answers": told})
            return
        console.print(f"{seen.row.question}\n{seen.row.why}\n{seen.row.state}, {seen.agency}", markup=False)
        for one in told:
            console.print(f"{one['grade']} {one['agency']}: {one['text']}", markup=False)


@app.command()
def put(
    question: str,
    why: Annotated[str, typer.Option(help="Which decision waits for the answer.")],
    mission: str = "",
    priority: Annotated[int, typer.Option(min=1, max=3)] = 1,
    marking: str = "UNCLASSIFIED",
    as_json: AsJson = False,
) -> None:
    """Put a QUESTION at a mission, or of the whole service."""
    with answering(_said):
        actor, verb = at_terminal(), "intelligence.put_requirement"
        check_verb(verb, actor)
        at = missions.claimed(actor, missions.find(actor, mission).id, verb) if mission else claim_house(verb, actor)
        said = Question(question, why, priority=Priority(priority), marking=Marking.parse(marking))
        _made(actions.put_requirement(at, said).pk, "The question is put.", as_json=as_json)


@app.command()
def agency(name: str, kind: AgencyKind, contact: str = "", as_json: AsJson = False) -> None:
    """Bring NAME, who can be asked, into the register."""
    with answering(_said):
        house = claim_house("intelligence.register_agency", at_terminal())
        row = actions.register_agency(house, name=name, kind=kind, contact=contact)
        _made(row.pk, f"{row.name} can be asked.", as_json=as_json)


@app.command()
def agencies(as_json: AsJson = False) -> None:
    """Who can be asked, and how they answer."""
    with answering(_said):
        actor = at_terminal()
        check_verb("intelligence.read", actor)
        found = [queries.agency_fields(one) for one in queries.agencies(actor)]
        if as_json:
            show_json(found)
            return
        names = ["name", "kind", "standing", "overdue", "answers", "median_days", "useful_share"]
        show_table(f"{len(found)} agencies", names, [[one[name] for name in names] for one in found])


@app.command()
def ask(
    requirement: str,
    agency: str,
    due: Annotated[str, typer.Option(help="ISO 8601.")],
    missing: str = "",
    as_json: AsJson = False,
) -> None:
    """Ask AGENCY (id or name) for REQUIREMENT; of an answered one again, saying what was missing."""
    with answering(_said):
        actor = at_terminal()
        claimed = claim(Requirement, requirement, "intelligence.ask_requirement", actor)
        asked = queries.agency(actor, agency)
        row = actions.ask_requirement(claimed, agency=asked, due_at=parse_instant(due), missing=missing)
        _made(row.pk, f"{asked.name} is asked.", as_json=as_json)


@app.command()
def answer(
    requirement: str,
    text: str,
    grade: str = "F6",
    marking: str = "UNCLASSIFIED",
    subject: str = "",
    as_json: AsJson = False,
) -> None:
    """Put down TEXT as an answer to REQUIREMENT."""
    with answering(_said):
        claimed = claim(Requirement, requirement, "intelligence.answer_requirement", at_terminal())
        done = actions.answer_requirement(
            claimed, text=text, grade=Grade.parse(grade), marking=Marking.parse(marking), subject=subject
        )
        _made(done.pk, "The answer is recorded.", as_json=as_json)


@app.command()
def close(requirement: str, withdraw: str = "", as_json: AsJson = False) -> None:
    """Close REQUIREMENT as answered, or withdraw it with a reason (--withdraw REASON)."""
    with answering(_said):
        claimed = claim(Requirement, requirement, "intelligence.close_requirement", at_terminal())
        row = actions.close_requirement(claimed, withdrawn=bool(withdraw), reason=withdraw)
        _made(row.pk, f"The question is {row.state}.", as_json=as_json)


@app.command()
def report(answer: str, kind: str, as_json: AsJson = False) -> None:
    """Make an ANSWER (its id) a typed report of KIND, a word of the table of kinds."""
    with answering(_said):
        actor = at_terminal()
        claimed = claim(Answer, answer, "intelligence.cite_answer", actor)
        source = claim(Source, signals.wanted_typed_source(actor).pk, "intelligence.report", actor)
        key = actions.report_answer(source, claimed, reported(actor, queries.answer(actor, answer), kind))
        _made(key, "The answer is a signal now.", as_json=as_json)
