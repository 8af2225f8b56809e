"""When? Aware UTC instants, nothing else; texts and epoch numbers are turned into them here."""

from datetime import UTC, date, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DAY_S = 86_400


def utc(instant: datetime) -> datetime:
    """The same instant in UTC. Raises ValueError for a naive one: its zone would be a guess."""
    if instant.tzinfo is None:
        raise ValueError(f"{instant.isoformat()} has no time zone; write it with Z or an offset")
    return instant.astimezone(UTC)


def parse_instant(text: str) -> datetime:
    """An ISO 8601 instant or date (midnight UTC). Raises ValueError that says what was expected."""
    word = text.strip()
    try:
        if len(word) == 10:
            return midnight(date.fromisoformat(word))
        return utc(datetime.fromisoformat(word))
    except ValueError:
        raise ValueError(f"{text!r} is not a time; write 2018-02-05 or 2018-02-05T06:00:00Z") from None


def midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def epoch_s(instant: datetime) -> int:
    """Whole seconds since 1970, the form that columns hold."""
    return int((utc(instant) - EPOCH).total_seconds())


def from_epoch_s(seconds: int) -> datetime:
    return EPOCH + timedelta(seconds=int(seconds))


def days_between(earlier: datetime, later: datetime) -> float:
    return (later - earlier) / timedelta(days=1)
