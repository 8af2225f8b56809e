"""The write lock serves the urgent first and the patient in order."""

import threading
import time

from legation.platform.writing import FairLock, Urgency


def test_an_alarm_overtakes_batches_that_were_waiting() -> None:
    lock, order, started = FairLock(), list[str](), list[threading.Thread]()

    def wait(name: str, urgency: Urgency) -> None:
        with lock.held(urgency):
            order.append(name)

    with lock.held():
        for name, urgency in (("batch 1", Urgency.BATCH), ("batch 2", Urgency.BATCH), ("alarm", Urgency.ALARM)):
            thread = threading.Thread(target=wait, args=(name, urgency))
            thread.start()
            started.append(thread)
            while len(lock._queue) < len(started):
                time.sleep(0.001)
    for thread in started:
        thread.join(5)
    assert order == ["alarm", "batch 1", "batch 2"]


def test_a_thread_may_take_the_lock_it_holds() -> None:
    lock = FairLock()
    with lock.held(), lock.held():
        assert lock._depth == 2
    assert lock._owner is None


def test_a_failure_inside_gives_the_lock_back() -> None:
    lock = FairLock()
    try:
        with lock.held():
            raise RuntimeError
    except RuntimeError:
        assert lock._owner is None
