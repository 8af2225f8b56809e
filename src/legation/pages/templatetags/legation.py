"""How are bands, causes, instants, numbers and markings written on a page? One spelling for the whole house."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from legation.foundations.causes import Cause
from legation.foundations.identity import Ref
from legation.foundations.markings import Marking, Tlp
from legation.foundations.time import utc
from legation.pages import assets
from legation.pages.bands import BANDS, band_of
from legation.pages.panels import address_of
from legation.pages.sentences import sentence

register = template.Library()

MINUS = "−"  # the typographic minus stands as wide as the plus, so signed columns align
BAR_PX = 84  # the width of a contribution's bar, as in parts.css


@register.simple_tag
def built(name: str) -> str:
    """The address of a built file."""
    return assets.address(name)


@register.filter
def band(value: object) -> SafeString:
    """A band as a chip: the word stands in it, so the colour is never alone."""
    found = band_of(value)
    return format_html('<span class="band b{}">{}</span>', found.rank, found.label)


@register.filter
def band_label(value: object) -> str:
    return str(band_of(value).label)


@register.filter
def band_rank(value: object) -> int:
    return band_of(value).rank


@register.filter
def band_letter(value: object) -> str:
    return band_of(value).letter


@register.simple_tag
def band_legend() -> list[Any]:
    """The five bands, gravest first."""
    return list(reversed(BANDS[1:]))


@register.simple_tag
def say(code: str, params: Mapping[str, object] | None = None) -> str:
    """The sentence of a code with its parameters."""
    return sentence(code, params)


@register.filter
def told(thing: Any) -> str:
    """The sentence of anything that has a code (or reason) and params: a cause, a refusal, a consequence."""
    code = str(getattr(thing, "code", "") or getattr(thing, "reason", ""))
    return sentence(code, getattr(thing, "params", None))


@register.filter
def address(ref: Ref | None) -> str:
    """Where a record opens; empty where it has no page."""
    return address_of(ref)


@dataclass(frozen=True, slots=True)
class Row:
    """A cause as a line of the table: bar_px of BAR_PX, up where it raises the figure."""

    cause: Cause
    depth: int
    bar_px: float
    up: bool
    text: str
    url: str


@register.filter
def cause_rows(cause: Cause | Iterable[Cause]) -> list[Row]:
    """Causes with all below them as lines; bars are scaled to the greatest contribution shown."""
    tops = cause.children if isinstance(cause, Cause) else tuple(cause)
    flat = [(depth, one) for top in tops for depth, one in top.walk()]
    greatest = max((abs(one.points) for _depth, one in flat), default=0.0) or 1.0
    return [
        Row(
            one,
            min(depth, 3),
            round(BAR_PX * abs(one.points) / greatest, 1),
            one.points >= 0,
            sentence(one.code, one.params),
            address_of(one.subject),
        )
        for depth, one in flat
    ]


@register.filter
def signed(value: float | None, decimals: int = 2) -> str:
    """+0.41, −0.05, +44, 0: a contribution always shows its sign."""
    if value is None:
        return "–"
    text = f"{abs(value):.{decimals}f}".removesuffix("." + "0" * decimals)
    if float(text) == 0:
        return "0"
    return ("+" if value > 0 else MINUS) + text


@register.filter
def number(value: float | int | None, decimals: int | None = None) -> str:
    """18,204; 0.52: thousands grouped, decimals only where asked for or where the value is small."""
    if value is None:
        return "–"
    places = decimals if decimals is not None else 0 if isinstance(value, int) or abs(value) >= 100 else 2
    text = f"{abs(value):,.{places}f}"
    return MINUS + text if value < 0 and text.strip("0.,") else text


@register.filter
def counted(value: object) -> str:
    """A count grouped by thousands; a sign as it is."""
    return number(value) if isinstance(value, int) else str(value)


@register.filter
def words(code: object) -> str:
    """`head_of_mission` as `head of mission`, within a sentence."""
    return str(code).replace("_", " ")


@register.filter
def named(names: Mapping[str, str], key: object) -> str:
    """The name of a person by id; who was erased is said so, and nobody is nobody."""
    return names.get(str(key), _("erased person")) if key else "–"


@register.filter
def percent(value: float | None) -> str:
    return "–" if value is None else f"{round(value * 100)} %"


@register.filter
def km(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.1f} km" if value < 10 else f"{round(value):,} km"


@register.filter
def instant(value: datetime | None) -> str:
    """05 Feb 2018 06:12 UTC."""
    return f"{date_format(utc(value), 'd M Y H:i')} UTC" if value else "–"


@register.filter
def day(value: datetime | date | None) -> str:
    """05 Feb 2018."""
    if value is None:
        return "–"
    return date_format(utc(value) if isinstance(value, datetime) else value, "d M Y")


@register.simple_tag
def since(value: datetime | None, now: datetime) -> str:
    """The time of today, the day before that: 05:41, 4 Feb, 4 Feb 2017."""
    if value is None:
        return "–"
    then, today = utc(value), utc(now)
    if then.date() == today.date():
        return date_format(then, "H:i")
    return date_format(then, "j M" if then.year == today.year else "j M Y")


@register.filter
def ago(value: datetime | None, now: datetime) -> str:
    """26 min, 5 h, 12 days: how long before `now`."""
    if value is None:
        return "–"
    seconds = max(0, int((utc(now) - utc(value)).total_seconds()))
    if seconds < 3600:
        return _("%(n)s min") % {"n": seconds // 60}
    if seconds < 48 * 3600:
        return _("%(n)s h") % {"n": seconds // 3600}
    return _("%(n)s days") % {"n": seconds // 86400}


@register.simple_tag
def countdown(until: datetime, now: datetime, held: bool = False) -> SafeString:
    """A clock that runs down to `until`; held where the house's time does not flow by itself."""
    left = int((utc(until) - utc(now)).total_seconds())
    sign, left = (MINUS, -left) if left < 0 else ("", left)
    text = f"{sign}{left // 60}:{left % 60:02d}" if left < 3600 else f"{sign}{left // 3600} h {left % 3600 // 60:02d}"
    return format_html(
        '<time class="clock{}" datetime="{}" data-until="{}" data-now="{}"{} title="{}">{}</time>',
        " need" if sign or left < 900 else "",
        utc(until).isoformat(),
        utc(until).isoformat(),
        utc(now).isoformat(),
        SafeString(" data-held") if held else "",
        instant(until),
        text,
    )


@register.filter
def marking(value: Marking | None) -> SafeString:
    """A marking as chips: classification and compartments plain, TLP in its own colour."""
    if value is None:
        return SafeString("")
    words = [value.classification.name, *sorted(value.compartments)]
    chips = SafeString("").join(
        format_html('<span class="chip">{}</span> ', word) for word in words if word != "UNCLASSIFIED"
    )
    return SafeString(chips + tlp(value.tlp))


@register.filter
def tlp(value: Tlp | int) -> SafeString:
    """A TLP 2.0 label in the colours FIRST prescribes."""
    label = Tlp(value)
    return format_html('<span class="tlp tlp-{}">{}</span>', label.name.lower().replace("_", "-"), label.label)


@register.filter
def arrow(change: int | None) -> SafeString:
    """▲ 2, ▼ 1, –: the change of a band, with words for who does not see the arrow."""
    if not change:
        return SafeString('<span class="mut">–</span>')
    shape, tone, words = ("▲", "need", _("up by")) if change > 0 else ("▼", "ok", _("down by"))
    return format_html(
        '<span class="{}"><span aria-hidden="true">{}</span><span class="vh">{}</span> {}</span>',
        tone,
        shape,
        words,
        abs(change),
    )


@register.simple_tag
def cell(matrix: Mapping[Any, Any], row: object, column: object) -> Any:
    """What stands at (row, column)."""
    return matrix.get((row, column), "")
