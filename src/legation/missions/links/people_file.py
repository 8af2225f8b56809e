"""A list of people as a CSV file in UTF-8 with a heading; nothing is fetched."""

from legation.missions.rules.people_list import NotAPeopleList, PeopleList, read_rows
from legation.platform.egress import tables

LARGEST_BYTES = 8 * 1024 * 1024
"""The largest missions have two thousand people, half a megabyte; ten times that is not a list of people."""


def read(data: bytes) -> PeopleList:
    """Read the bytes of a file. Raises NotAPeopleList where they are no such list, saying what they lack."""
    try:
        heading, rows = tables.read(data, largest=LARGEST_BYTES)
    except tables.NotATable as fault:
        raise NotAPeopleList(str(fault)) from None
    return read_rows(heading, rows)
