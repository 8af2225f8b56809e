"""Requests to the host state at the terminal."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from legation.foundations.decisions import Refused
from legation.foundations.markings import Marking
from legation.law.actions import entering
from legation.law.actions import host as actions
from legation.law.events.entering import Capacity, Emergency, Given, Part
from legation.law.events.host import HandoverMeans, Language, RequestKind, RequestState, Step, Wording
from legation.law.links import pack as packing
from legation.law.models import HostNote, HostRequest
from legation.law.queries import entering as entry_log
from legation.law.queries import host as queries
from legation.law.web import note_paper
from legation.missions import published as missions
from legation.pages.sentences import sentence
from legation.platform import clock
from legation.platform.authority.resolve import check_verb, claim
from legation.platform.doors import at_terminal
from legation.platform.terminal import answering, console, show_json, show_table

app = typer.Typer(help="What is asked of the host state, and the note it travels in.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="Write JSON; fields are described in docs/cli.md.")]


def _said(refused: Refused) -> str:
    return sentence(refused.refusal.reason, refused.refusal.params)


@app.command("list")
def listed(
    mission: Annotated[str, typer.Option(help="Id, external id or city.")] = "",
    closed: Annotated[bool, typer.Option("--all", help="Those done too.")] = False,
    as_json: AsJson = False,
) -> None:
    """Requests, what is due first."""
    with answering(_said):
        actor = at_terminal()
        check_verb("law.read", actor)
        key = str(missions.find(actor, mission).id) if mission else ""
        found = queries.requests(actor, key, closed=closed)
        rows = [(s.row.pk, s.mission, s.number, s.row.subject, s.row.state, s.row.due_at, s.step or "") for s in found]
        if as_json:
            names = ("id", "mission", "note", "subject", "state", "due_at", "next")
            show_json([dict(zip(names, row, strict=True)) for row in rows])
        else:
            show_table(f"{len(rows)} requests", ["id", "mission", "note", "subject", "state", "due", "next"], rows)


@app.command()
def request(
    mission: str,
    kind: RequestKind,
    subject: str,
    norm: Annotated[str, typer.Option(help="Code of the norm; proposed by the kind where it is left out.")] = "",
    assessment: Annotated[str, typer.Option(help="For us alone.")] = "",
    marking: Annotated[str, typer.Option()] = "RESTRICTED // TLP:AMBER",
) -> None:
    """Draft a request of MISSION: KIND, SUBJECT in one line."""
    with answering(_said):
        actor = at_terminal()
        at = missions.find(actor, mission)
        asked = actions.Asked(kind, norm or queries.proposal(actor, at.id, kind).norm, subject, assessment)
        claimed = missions.claimed(actor, at.id, "law.ask_host")
        console.print(actions.ask_host(claimed, asked, marking=Marking.parse(marking)).pk)


@app.command()
def number(
    request: str,
    language: Language,
    step: Step = Step.NUMBER,
    concerns: Annotated[str, typer.Option(help="What it concerns, in that language.")] = "",
    paragraph: Annotated[str, typer.Option(help="Further paragraphs, in that language.")] = "",
) -> None:
    """Number the note of REQUEST in LANGUAGE; --step remind or protest for a later note."""
    with answering(_said):
        claimed = claim(HostRequest, request, "law.number_note", at_terminal())
        made = actions.number_note(claimed, step, {language: Wording(concerns, paragraph)})
        console.print(f"{made.numbered} {made.pk}")


@app.command()
def deliver(
    request: str,
    means: HandoverMeans,
    at: Annotated[datetime | None, typer.Option(help="UTC; now where it is left out.")] = None,
    receipt: Annotated[str, typer.Option()] = "",
) -> None:
    """Record how the latest note of REQUEST was handed over."""
    with answering(_said):
        claimed = claim(HostRequest, request, "law.deliver_note", at_terminal())
        handed = actions.HandedOver(means, at.replace(tzinfo=UTC) if at else clock.as_of(), receipt)
        done = actions.deliver_note(claimed, handed)
        console.print(f"An answer is expected by {done.due_at:%d %b %Y %H:%M} UTC.")


@app.command()
def answer(
    request: str,
    text: str,
    promised: Annotated[str, typer.Option()] = "",
    by: Annotated[datetime | None, typer.Option(help="Day of the promise.", formats=["%Y-%m-%d"])] = None,
) -> None:
    """Write down what the host answered to REQUEST."""
    with answering(_said):
        claimed = claim(HostRequest, request, "law.record_answer", at_terminal())
        actions.record_answer(claimed, actions.Answered(text, promised, by.date() if by else None))
        console.print("Recorded.")


@app.command()
def judge(request: str, verdict: RequestState, why: str) -> None:
    """Say whether REQUEST was kept, partly_kept or not_kept."""
    with answering(_said):
        claimed = claim(HostRequest, request, "law.judge_promise", at_terminal())
        actions.judge_promise(claimed, verdict, why=why)
        console.print("Recorded.")


@app.command("print")
def print_note(
    note: str, language: Language, file: Path, outward: Annotated[bool, typer.Option("--outward/--file")] = True
) -> None:
    """Print NOTE in LANGUAGE to FILE: the copy to hand over, or with --file the one for our own file."""
    with answering(_said):
        actor = at_terminal()
        copy = actions.print_note(claim(HostNote, note, "law.print_note", actor), language, outward=outward)
        found = queries.note(actor, note)
        file.write_bytes(note_paper.pdf(found, note_paper.Copy(language, copy, outward), actor))
        console.print(f"{file} written, copy {copy}.")


@app.command()
def pack(request: str, file: Path) -> None:
    """Write the whole course of REQUEST to FILE, for `python verify_ledger.py FILE` on any machine."""
    with answering(_said):
        claimed = claim(HostRequest, request, "law.take_pack", at_terminal())
        with packing.write(claimed) as written:
            file.write_bytes(written.read())
        console.print(f"{file} written. Check it anywhere with: python verify_ledger.py {file}")


@app.command()
def entries(
    mission: Annotated[str, typer.Option(help="Id, external id or city.")] = "", as_json: AsJson = False
) -> None:
    """Entries of host officials into the premises, who is inside first."""
    with answering(_said):
        actor = at_terminal()
        check_verb("law.read", actor)
        found = entry_log.entries(actor, str(missions.find(actor, mission).id) if mission else "")
        rows = [(r.pk, name, r.asked_at, r.part, r.emergency, r.given, r.state, r.allowed) for r, name in found]
        names = ("id", "mission", "asked_at", "part", "emergency", "given", "state", "allowed")
        if as_json:
            show_json([dict(zip(names, row, strict=True)) for row in rows])
        else:
            show_table(f"{len(rows)} entries", names, rows)


@app.command()
def enter(
    mission: str,
    part: Part = Part.OFFICES,
    given: Given = Given.NOT_ASKED,
    capacity: Capacity = Capacity.OTHER,
    emergency: Emergency = Emergency.NONE,
    inside: Annotated[bool, typer.Option("--inside", help="They are in already.")] = False,
    purpose: Annotated[str, typer.Option()] = "",
) -> None:
    """Write down that host officials want to enter MISSION, and say whether they may."""
    with answering(_said):
        actor = at_terminal()
        claimed = missions.claimed(actor, missions.find(actor, mission).id, "law.log_entry")
        said = entering.Entering(part, emergency, given, capacity, purpose=purpose, inside=inside)
        made = entering.log_entry(claimed, said)
        console.print(f"{sentence(made.reason, made.says)} {made.norm} {made.pk}")
