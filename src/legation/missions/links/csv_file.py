"""A mission list as a CSV file in UTF-8 with a heading; nothing is fetched."""

import csv
import io

from legation.missions.rules.importing import MissionList, NotAMissionList, read_rows

LARGEST_BYTES = 64 * 1024 * 1024
"""A list of every mission on Earth has 1.3 MB; what is fifty times that is not a mission list."""


def read(data: bytes) -> MissionList:
    """Read the bytes of a file. Raises NotAMissionList where they are no such list, saying what they lack."""
    if len(data) > LARGEST_BYTES:
        raise NotAMissionList(f"the file has {len(data):,} bytes; a mission list has fewer than {LARGEST_BYTES:,}")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise NotAMissionList(f"byte {fault.start} is not UTF-8; save the file as UTF-8 and load it again") from None
    reader = csv.DictReader(io.StringIO(text, newline=""), restkey="", restval="")
    try:
        numbered = [(reader.line_num, row) for row in reader]
    except csv.Error as fault:
        raise NotAMissionList(f"line {reader.line_num} is not CSV: {fault}") from None
    return read_rows(reader.fieldnames or (), numbered)
