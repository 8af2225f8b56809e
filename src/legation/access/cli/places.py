"""Sites, zones and portals at the terminal."""

from typing import Annotated

import typer

from legation.access.actions import places as actions
from legation.access.events.places import PortalKind, ZoneKind
from legation.access.models import Site
from legation.access.queries import places as queries
from legation.missions import published as missions
from legation.pages.sentences import said_at_terminal
from legation.platform.authority.resolve import check_verb, claim
from legation.platform.doors import at_terminal
from legation.platform.terminal import answering, console, show_json, show_table

app = typer.Typer()

AsJson = Annotated[bool, typer.Option("--json", help="Write JSON; fields are described in docs/cli.md.")]


@app.command()
def sites(mission: str, as_json: AsJson = False) -> None:
    """Sites, zones and portals at MISSION."""
    with answering():
        actor = at_terminal()
        check_verb("access.read", actor)
        found = list(queries.sites(actor, missions.find(actor, mission).id))
        doors = {site.pk: list(queries.portals(actor, site.pk)) for site in found}
        if as_json:
            show_json(
                [
                    {
                        "id": site.pk,
                        "name": site.name,
                        "timezone": site.timezone,
                        "zones": [{"id": z.pk, "name": z.name, "kind": z.kind} for z in queries.zones(actor, site.pk)],
                        "portals": [
                            {"id": p.pk, "code": p.code, "name": p.name, "kind": p.kind} for p in doors[site.pk]
                        ],
                    }
                    for site in found
                ]
            )
        else:
            rows = [(site.name, p.code, p.name, p.kind) for site in found for p in doors[site.pk]]
            show_table(f"{len(found)} sites", ["site", "portal", "name", "kind"], rows)


@app.command()
def open_site(premises: str, name: str, timezone: str) -> None:
    """Bring PREMISES (its id) under access control as NAME, in TIMEZONE."""
    with answering(said_at_terminal):
        claimed = missions.premises_claimed(at_terminal(), premises, "access.open_site")
        console.print(actions.open_site(claimed, name=name, timezone=timezone).pk)


@app.command()
def lay_out_zone(site: str, name: str, kind: ZoneKind) -> None:
    """Draw a zone NAME of KIND at SITE (its id)."""
    with answering(said_at_terminal):
        claimed = claim(Site, site, "access.lay_out_zone", at_terminal())
        console.print(actions.lay_out_zone(claimed, name=name, kind=kind).pk)


@app.command()
def fit_portal(
    site: str,
    name: str,
    code: str,
    inside: Annotated[str, typer.Option(help="The zone it leads into.")],
    outside: Annotated[str, typer.Option(help="The zone it leads from; empty for the street.")] = "",
    kind: PortalKind = PortalKind.DOOR,
) -> None:
    """Fit a portal NAME at SITE (its id); readers call themselves CODE."""
    with answering(said_at_terminal):
        claimed = claim(Site, site, "access.fit_portal", at_terminal())
        done = actions.fit_portal(claimed, name=name, code=code, kind=kind, inside=inside, outside=outside or None)
        console.print(done.pk)
