"""What runs beside the pages? One process that delivers entries, fires deadlines, signs checkpoints."""

import logging
import os
import signal
import threading
from collections.abc import Callable

from django.db import close_old_connections

from legation.platform import clock
from legation.platform.deadlines import fire_due
from legation.platform.duties import duties
from legation.platform.ledger import checkpoints
from legation.platform.subscribers import deliver_all
from legation.runtime.faults import report_fault, report_jump

log = logging.getLogger("legation.worker")

PAUSE_S = 0.25
"""Between two looks when nothing happened: a quarter of the second in which an alarm must reach a page."""

TOLD_AFTER = 5
"""Failures of one duty in a row before people are told: a locked database passes, a fault does not."""


class Worker:
    """The loop. Each turn is safe to repeat: a crash between two turns loses nothing and repeats nothing."""

    def __init__(self, *, parent: int | None = None) -> None:
        self.stop = threading.Event()
        self._parent = parent
        self._jumps = clock.JumpDetector()
        self._failed: dict[str, int] = {}

    def run(self) -> None:
        """Turn until told to stop by SIGTERM or SIGINT, or until the process that serves the pages is gone."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stop.set())
        while not self.stop.is_set() and self._parent in (None, os.getppid()):
            busy = self.turn()
            close_old_connections()
            if not busy:
                self.stop.wait(PAUSE_S)

    def turn(self) -> int:
        """One round of all duties. Returns how much there was to do."""
        return sum(self._do(duty) for duty in (self._look_at_clock, deliver_all, self._fire, *duties(), self._sign))

    def _do(self, duty: Callable[[], int]) -> int:
        """One duty. Its fault stops no other; it is tried again at the next turn, and told when it stays."""
        name = duty.__name__.strip("_")
        try:
            done = duty()
        except Exception as fault:
            log.exception("%s failed and will be tried again", name)
            self._failed[name] = self._failed.get(name, 0) + 1
            if self._failed[name] == TOLD_AFTER:
                report_fault(name, type(fault).__name__)
            return 0
        self._failed.pop(name, None)
        return done

    def _look_at_clock(self) -> int:
        jump = self._jumps.look()
        if jump is None:
            return 0
        report_jump(jump)
        return 1

    def _fire(self) -> int:
        return fire_due(clock.as_of())

    def _sign(self) -> int:
        checkpoints.sign_if_due()
        return 0
