"""Where are failed sign-ins and spent codes counted? In a table of JSON, so that who can write it still runs no code.

Django's own database cache keeps pickles, and unpickling is running what was stored. The table is the one that
`createcachetable` makes; the answers are those that django-allauth counts with.
"""

from datetime import UTC, datetime
from typing import Any

import msgspec
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import BaseDatabaseCache
from django.db import connection

from legation.platform import clock

NEVER = datetime(9999, 12, 31, tzinfo=UTC)

PUT = (
    "INSERT INTO {table} (cache_key, value, expires) VALUES (%s, %s, %s) "
    "ON CONFLICT (cache_key) DO UPDATE SET value = excluded.value, expires = excluded.expires"
)


class Counters(BaseDatabaseCache):
    """A cache whose values are JSON. Raises TypeError for a value that is none."""

    _table: str

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        sql = "SELECT value FROM {table} WHERE cache_key = %s AND expires > %s"
        rows = self._run(sql, [self._name(key, version), self._now()])
        return msgspec.json.decode(rows[0][0]) if rows else default

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        self._run("DELETE FROM {table} WHERE expires <= %s", [self._now()])
        self._run(PUT, self._row(key, value, timeout, version))

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """True where the key was free or had expired. One statement, so of two that add at once one succeeds."""
        sql = PUT + " WHERE {table}.expires <= %s RETURNING 1"
        return bool(self._run(sql, [*self._row(key, value, timeout, version), self._now()]))

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        sql = "UPDATE {table} SET expires = %s WHERE cache_key = %s AND expires > %s RETURNING 1"
        return bool(self._run(sql, [self._expiry(timeout), self._name(key, version), self._now()]))

    def delete(self, key: str, version: int | None = None) -> bool:
        return bool(self._run("DELETE FROM {table} WHERE cache_key = %s RETURNING 1", [self._name(key, version)]))

    def clear(self) -> None:
        self._run("DELETE FROM {table}", [])

    def _run(self, sql: str, params: list[Any]) -> list[tuple[Any, ...]]:
        table = connection.ops.quote_name(self._table)
        with connection.cursor() as cursor:
            cursor.execute(sql.replace("{table}", table), params)
            return list(cursor.fetchall()) if cursor.description else []

    def _row(self, key: str, value: Any, timeout: Any, version: int | None) -> list[Any]:
        return [self._name(key, version), msgspec.json.encode(value).decode(), self._expiry(timeout)]

    def _name(self, key: str, version: int | None) -> str:
        return str(self.make_and_validate_key(key, version=version))

    def _expiry(self, timeout: Any) -> Any:
        seconds = self.get_backend_timeout(timeout)
        return self._instant(NEVER if seconds is None else datetime.fromtimestamp(seconds, UTC))

    def _now(self) -> Any:
        return self._instant(clock.wall())

    @staticmethod
    def _instant(instant: datetime) -> Any:
        return connection.ops.adapt_datetimefield_value(instant.replace(microsecond=0))
