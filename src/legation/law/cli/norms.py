"""Norms at the terminal."""

from typing import Annotated

import typer

from legation.law import actions
from legation.law.links import norm_file
from legation.platform.authority.resolve import claim_house
from legation.platform.doors import at_terminal
from legation.platform.terminal import answering, console, show_json

app = typer.Typer()

AsJson = Annotated[bool, typer.Option("--json", help="Write JSON; fields are described in docs/cli.md.")]


@app.command()
def conventions(as_json: AsJson = False) -> None:
    """Load the conventions that ship with the package; once more changes nothing."""
    with answering():
        house = claim_house("law.load", at_terminal())
        done = {}
        for code in norm_file.SHIPPED:
            instrument, read = norm_file.shipped(code)
            done[code] = actions.load_instrument(house, instrument, read.norms)
        if as_json:
            show_json(done)
        else:
            console.print(", ".join(f"{code}: {one.entered} entered, {one.ended} ended" for code, one in done.items()))
