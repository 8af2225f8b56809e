"""Who is watching, and what must be pushed to whom? One loop for all viewers of this process.

Every LOOK_S the ledger's position is read. When it moved, each (panel, visible set, language) that somebody watches is
drawn once and handed to all who share it. Every REREAD_S the standing of all viewers is read in one query; who has
lost his session is told so and dropped.
"""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from django.db import close_old_connections

from legation.platform.authority.actor import Actor
from legation.runtime.live import reads
from legation.runtime.live.reads import Standing

LOOK_S = 0.25  # new signal to pixel stays under a second with drawing and network
REREAD_S = 2.0  # revocation takes effect within five seconds, with room for a slow query
BEAT_S = 5.0  # the page calls the line lost after twelve seconds

log = logging.getLogger(__name__)

type Drawing = tuple[str, tuple[object, ...], str]
"""(panel, visible set, language)"""


@dataclass(eq=False, slots=True)
class Viewer:
    """One open line.

    pending: the latest undelivered fragment per panel, so a slow reader costs no memory. told: the hash of the last
    one per panel, so that only news is sent.
    """

    standing: Standing
    panels: tuple[str, ...]
    language: str
    pending: dict[str, str] = field(default_factory=dict)
    told: dict[str, int] = field(default_factory=dict)
    beat: str = ""
    ended: bool = False
    wake: asyncio.Event = field(default_factory=asyncio.Event)

    def tell(self, *, panel: str = "", html: str = "", beat: str = "", end: bool = False) -> None:
        if panel:
            if self.told.get(panel) == hash(html):
                return
            self.told[panel] = hash(html)
            self.pending[panel] = html
        self.beat = beat or self.beat
        self.ended = self.ended or end
        self.wake.set()

    def drawings(self) -> list[Drawing]:
        seen = reads.visible_set(self.standing.actor)
        return [(panel, seen, self.language) for panel in self.panels]


class Hub:
    """The viewers of one process and the loop that serves them. Reads run in one thread of its own."""

    def __init__(self) -> None:
        self.viewers: set[Viewer] = set()
        self._reader = ThreadPoolExecutor(max_workers=1, thread_name_prefix="live")
        self._loop_task: asyncio.Task[None] | None = None
        self._position: tuple[int, str] = (-1, "")
        self._drawn: dict[Drawing, asyncio.Future[str]] = {}

    async def read[T](self, question: Callable[..., T], *arguments: object) -> T:
        """Ask the database in the reading thread."""

        def asked() -> T:
            close_old_connections()
            return question(*arguments)

        return await asyncio.get_running_loop().run_in_executor(self._reader, asked)

    async def join(self, viewer: Viewer) -> None:
        """Add a viewer; what he watches is drawn at once, so a change between page and line is not missed."""
        self.viewers.add(viewer)
        if self._loop_task is None or self._loop_task.done():
            self._loop_task = asyncio.create_task(self._run())
        await self._look()
        await self._draw({viewer})
        viewer.tell(beat=self._position[1])

    def leave(self, viewer: Viewer) -> None:
        self.viewers.discard(viewer)

    async def close(self) -> None:
        """The process stops: end every line, so that browsers come back to the next one."""
        if self._loop_task is not None:
            self._loop_task.cancel()
        for viewer in self.viewers:
            viewer.tell(end=True)
        self._reader.shutdown(wait=False, cancel_futures=True)

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        reread = beat = loop.time()
        while self.viewers:
            await asyncio.sleep(LOOK_S)
            try:
                if loop.time() - reread >= REREAD_S:
                    reread = loop.time()
                    await self._reread()
                await self._look()
            except Exception:  # the loop must outlive a locked database; the failure is logged and tried again
                log.exception("the live feed could not read; it tries again")
            if loop.time() - beat >= BEAT_S:
                beat = loop.time()
                for viewer in self.viewers:
                    viewer.tell(beat=self._position[1])

    async def _look(self) -> None:
        position = await self.read(reads.position)
        if position != self._position:
            self._position = position
            self._drawn = {}
            await self._draw(set(self.viewers))

    async def _reread(self) -> None:
        asked = list(self.viewers)  # whoever joins during the query was admitted just now
        known = {viewer.standing.session_key: viewer.standing for viewer in asked}
        present = await self.read(reads.standings, list(known), known)
        changed = set()
        for viewer in asked:
            standing = present.get(viewer.standing.session_key)
            if standing is None:
                viewer.tell(end=True)
                self.leave(viewer)
            elif standing is not viewer.standing:
                viewer.standing = standing
                changed.add(viewer)
        if changed:
            await self._draw(changed)

    async def _draw(self, viewers: set[Viewer]) -> None:
        """Draw each wanted drawing once; push it to all of `viewers` who share it."""
        wanted: dict[Drawing, list[Viewer]] = {}
        for viewer in viewers:
            for drawing in viewer.drawings():
                wanted.setdefault(drawing, []).append(viewer)
        for drawing, readers in wanted.items():
            html = await self._html(drawing, readers[0].standing.actor)
            for viewer in readers:
                viewer.tell(panel=drawing[0], html=html)

    async def _html(self, drawing: Drawing, actor: Actor) -> str:
        """The drawing at the present position; whoever comes later to the same position is given the same."""
        kept = self._drawn
        if drawing not in kept:
            panel, _, language = drawing
            kept[drawing] = asyncio.ensure_future(self.read(reads.draw, panel, actor, language))
        try:
            return await asyncio.shield(kept[drawing])  # one reader who hangs up must not end it for the others
        except Exception:
            kept.pop(drawing, None)
            raise


HUB = Hub()
"""The one hub of a web process."""
