"""What runs beside the pages? One process that delivers entries, fires deadlines, signs checkpoints."""

import logging
import signal
import threading

from django.db import close_old_connections

from legation.platform import clock
from legation.platform.deadlines import fire_due
from legation.platform.ledger import checkpoints
from legation.platform.subscribers import deliver_all
from legation.runtime.jump import report_jump

log = logging.getLogger("legation.worker")

PAUSE_S = 0.25
"""Between two looks when nothing happened: a quarter of the second in which an alarm must reach a page."""


class Worker:
    """The loop. Each turn is safe to repeat: a crash between two turns loses nothing and repeats nothing."""

    def __init__(self) -> None:
        self.stop = threading.Event()
        self._jumps = clock.JumpDetector()

    def run(self) -> None:
        """Turn until told to stop by SIGTERM or SIGINT."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stop.set())
        while not self.stop.is_set():
            busy = self.turn()
            close_old_connections()
            if not busy:
                self.stop.wait(PAUSE_S)

    def turn(self) -> int:
        """One round of all duties. Returns how much there was to do."""
        done = 0
        for duty in (self._look_at_clock, deliver_all, self._fire, self._sign):
            try:
                done += duty()
            except Exception:
                # One duty's fault must not stop the others; it is tried again at the next turn and stays in the log.
                log.exception("%s failed and will be tried again", duty.__name__)
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
        checkpoints.tick()
        return 0
