"""Several writers at once: positions stay whole, and a reader whose cursor stands at n never misses one behind it."""

import threading
from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from tests import given
from tests.platform.given import START, draft

from legation.platform.ledger import log
from legation.platform.ledger.check import check
from legation.platform.ledger.models import Entry
from legation.platform.secrets import node

WRITERS, ACTS = 4, 25


@pytest.fixture(autouse=True)
def keys(transactional_db: None) -> Iterator[None]:
    if connection.vendor != "postgresql":
        pytest.skip("one SQLite file has one writer; tests/faults has two processes on it")
    given.keys()
    with transaction.atomic():
        log.append([draft(0)], recorded_at=START)
    yield
    node.forget()


def write(first: int) -> None:
    try:
        for number in range(first, first + ACTS):
            with transaction.atomic():
                log.append([draft(number)], recorded_at=START)
    finally:
        connection.close()


def test_writers_side_by_side_leave_no_gap_and_a_reader_skips_none() -> None:
    threads = [threading.Thread(target=write, args=(1000 * (i + 1),)) for i in range(WRITERS)]
    for thread in threads:
        thread.start()
    heard: list[int] = []
    while len(heard) < WRITERS * ACTS + 2:
        cursor = heard[-1] if heard else -1
        heard += [entry.position for entry in log.entries_after(cursor, limit=7)]
        if not any(thread.is_alive() for thread in threads) and log.head() == (heard[-1] if heard else -1):
            break
    for thread in threads:
        thread.join()
    assert heard == list(range(WRITERS * ACTS + 2))
    assert list(Entry.objects.order_by("pk").values_list("position", flat=True)) == heard
    assert check().sound
