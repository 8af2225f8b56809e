"""Why was an item put aside, and what can a person do about it? One row per reason."""

from dataclasses import dataclass
from string import Formatter


@dataclass(frozen=True, slots=True)
class Reason:
    """`sentence` and `advice` are filled from the parameters kept with the item."""

    sentence: str
    advice: str


REASONS: dict[str, Reason] = {
    "empty": Reason("The file holds nothing.", "Fetch it again; if it stays empty, ask the source."),
    "unknown_form": Reason(
        "No collector recognises the form of {name}.", "Choose the source by hand, or ask for the file in another form."
    ),
    "too_large": Reason(
        "It is larger than {limit} bytes.", "Split the file, or fetch a shorter period from the source."
    ),
    "bomb": Reason(
        "It unpacks to more than {limit} bytes from {packed}: this is how decompression bombs are made.",
        "Do not open it elsewhere. Ask the source for the plain file and tell the cyber officer.",
    ),
    "archive_broken": Reason(
        "The archive {name} cannot be unpacked: {detail}.", "Fetch it again and compare its size with the source's."
    ),
    "archive_member": Reason(
        "The archive holds {member}, which is refused: {detail}.",
        "Unpack it by hand where that is safe and feed the one file needed.",
    ),
    "archive_locked": Reason(
        "The archive member {member} is encrypted.", "Ask the source for the password and unpack it first."
    ),
    "line_too_long": Reason(
        "The line is {length} bytes long; a line of this form has at most {limit}.",
        "The file was damaged or is not of this form. Fetch it again.",
    ),
    "columns": Reason(
        "The line has {found} columns where {wanted} are expected.", "Fetch the file again; a line was cut or joined."
    ),
    "header": Reason(
        "The columns {missing} are not in the first line.", "Check that this is the table the source is registered for."
    ),
    "no_id": Reason("The item has no identifier.", "Ask the source; without it a correction could not find the item."),
    "bad_time": Reason(
        "{field} is {value}, which is not a time that can be right.",
        "Correct the time from the source and feed the item again.",
    ),
    "future": Reason(
        "{field} is {value}, later than the moment we received it.",
        "Check the clock of the source; feed it again after that time.",
    ),
    "ends_before_start": Reason(
        "It ends ({ended}) before it starts ({started}).", "Ask the source which of the two is right."
    ),
    "bad_place": Reason(
        "Latitude {latitude}, longitude {longitude} is not a place on Earth.",
        "Correct the coordinates from the source and feed the item again.",
    ),
    "bad_value": Reason(
        "{field} is {value}, which is not {wanted}.", "Correct it from the source and feed the item again."
    ),
    "missing": Reason("{field} is missing.", "Ask the source, or type the report by hand with what is known."),
    "encoding": Reason(
        "The text is not {wanted}: the bytes do not decode.",
        "Ask the source for the file in UTF-8, or save it again with the right encoding.",
    ),
    "doctype": Reason(
        "The XML carries a document type or entities. They are never read here: they can open files or fill memory.",
        "Ask the source for the feed without a DOCTYPE; if none was ever there, tell the cyber officer.",
    ),
    "xinclude": Reason(
        "The XML asks to include another file ({href}).",
        "Ask the source for the complete document; tell the cyber officer.",
    ),
    "too_deep": Reason(
        "Elements are nested deeper than {limit}.",
        "No feed needs that. Fetch it again; if it stays, tell the cyber officer.",
    ),
    "broken_xml": Reason(
        "The XML breaks off or is malformed: {detail}.", "Fetch it again; whole items before and after it were kept."
    ),
    "broken_json": Reason(
        "The JSON breaks off or is malformed: {detail}.", "Fetch it again; whole items before it were kept."
    ),
    "wrong_form": Reason("This is not {wanted}.", "Check that the file belongs to this source."),
    "no_items": Reason("No item was found in {name}.", "Check that the file belongs to this source."),
    "calendar_rule": Reason(
        "Its rule of repetition ({rule}) is not one that is read here: days, weeks, months and years are, with BYDAY,"
        " BYMONTH and BYMONTHDAY.",
        "Enter the days by hand, or ask for the calendar with single dates.",
    ),
    "marked_above": Reason(
        "It is marked {markings}, above what this source may bring. Its content was not kept.",
        "Type what may be known of it as a report with that marking; keep the file where it may lie.",
    ),
    "duplicate_id": Reason(
        "Another object of the same version has the id {id} and says something else.",
        "Ask the source which of the two it means; the first one is kept.",
    ),
    "unexpected": Reason(
        "The item could not be read ({detail}).",
        "Keep it; report the reason code with the raw item to the maintainers.",
    ),
}


class _Gaps(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "?"


def _fill(pattern: str, params: dict[str, str]) -> str:
    return Formatter().vformat(pattern, (), _Gaps(params))


def sentence(reason: str, params: dict[str, str]) -> str:
    """What is wrong, in one sentence. An unknown code is shown as it is."""
    row = REASONS.get(reason)
    return _fill(row.sentence, params) if row else reason


def advice(reason: str, params: dict[str, str]) -> str:
    """What to do about it, in one sentence."""
    row = REASONS.get(reason)
    return _fill(row.advice, params) if row else ""
