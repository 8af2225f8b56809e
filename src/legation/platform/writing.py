"""Whose turn is it to write? One writer at a time per process: alarms, then people, then collectors."""

import heapq
import itertools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum

from django.db import transaction


class Urgency(IntEnum):
    """Who waits for whom at the write lock."""

    ALARM = 0
    PERSON = 1
    BATCH = 2


class FairLock:
    """A lock handed to the most urgent waiter, then to the one who waited longest. Re-entrant within a thread."""

    def __init__(self) -> None:
        self._door = threading.Condition()
        self._queue: list[tuple[int, int]] = []
        self._numbers = itertools.count()
        self._owner: int | None = None
        self._depth = 0

    @contextmanager
    def held(self, urgency: Urgency = Urgency.PERSON) -> Iterator[None]:
        me = threading.get_ident()
        with self._door:
            if self._owner == me:
                self._depth += 1
            else:
                ticket = (int(urgency), next(self._numbers))
                heapq.heappush(self._queue, ticket)
                self._door.wait_for(lambda: self._owner is None and self._queue[0] == ticket)
                heapq.heappop(self._queue)
                self._owner, self._depth = me, 1
        try:
            yield
        finally:
            with self._door:
                self._depth -= 1
                if not self._depth:
                    self._owner = None
                    self._door.notify_all()


WRITE_LOCK = FairLock()


@contextmanager
def writing(urgency: Urgency) -> Iterator[None]:
    """The write lock and a transaction that holds the database's own write lock from its start."""
    with WRITE_LOCK.held(urgency), transaction.atomic():
        yield
