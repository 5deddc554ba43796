"""Whose turn it is: work that waits for a database goes on in threads, but few of them at once.

Only one thread at a time runs Python. A statement lets go of the interpreter at each row; where ten threads read at
once, each has to get it back from nine others fifty times a page. One after the other they are all done sooner. So
requests take turns: reading ones among themselves, writing ones among themselves (a store writes one at a time
anyway). Who takes long does not hold the others up: after ``PATIENCE`` the next one goes ahead.
"""

import asyncio
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

__all__ = ["PATIENCE", "Turns", "turns"]

PATIENCE = 0.05
"""Seconds after which the next one goes ahead, whether or not the one before is done."""

MOST = 40
"""Threads at most: as many requests may take long at once."""

T = TypeVar("T")


class Turns:
    """Turns at work in threads, within one event loop: ``size`` at once, and those that take long beside them."""

    def __init__(self, size: int) -> None:
        self._free = size
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._crew = _Crew()

    async def run(self, work: Callable[[], T]) -> T:
        """What ``work()`` gives, done in a thread when its turn has come."""
        await self._my_turn()
        passed = False

        def pass_on() -> None:
            nonlocal passed
            if not passed:
                passed = True
                self._next()

        loop = asyncio.get_running_loop()
        timer = loop.call_later(PATIENCE, pass_on)
        try:
            done: T = await self._crew.do(loop, work)
            return done
        finally:
            timer.cancel()
            pass_on()

    async def _my_turn(self) -> None:
        if self._free:
            self._free -= 1
            return
        turn = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if not turn.cancelled():  # the turn had come, and nobody takes it
                self._next()
            raise

    def _next(self) -> None:
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                return
        self._free += 1


class _Crew:
    """Threads that wait for work; one more starts when all are busy. They do not keep the process from ending."""

    def __init__(self) -> None:
        self._jobs: SimpleQueue[tuple[asyncio.AbstractEventLoop, asyncio.Future[Any], Callable[[], Any]]] = (
            SimpleQueue()
        )
        self._idle = threading.Semaphore(0)
        self._size = 0

    def do(self, loop: asyncio.AbstractEventLoop, work: Callable[[], Any]) -> "asyncio.Future[Any]":
        done = loop.create_future()
        if not self._idle.acquire(blocking=False) and self._size < MOST:
            self._size += 1
            threading.Thread(target=self._work, name=f"kehu-{self._size}", daemon=True).start()
        self._jobs.put((loop, done, work))
        return done

    def _work(self) -> None:
        while True:
            loop, done, work = self._jobs.get()
            try:
                found, fault = work(), None
            except BaseException as raised:  # noqa: BLE001  (whatever it is, it belongs to who asked)
                found, fault = None, raised
            with suppress(RuntimeError):  # the loop has ended, and nobody waits any more
                loop.call_soon_threadsafe(_settle, done, found, fault)
            del work, found, fault
            self._idle.release()


def _settle(done: "asyncio.Future[Any]", found: Any, fault: BaseException | None) -> None:
    if done.cancelled():
        return
    if fault is None:
        done.set_result(found)
    else:
        done.set_exception(fault)


_turns: WeakKeyDictionary[asyncio.AbstractEventLoop, dict[tuple[str, int], Turns]] = WeakKeyDictionary()


def turns(kind: str, size: int) -> Turns:
    """The turns of this kind in the running event loop."""
    mine = _turns.setdefault(asyncio.get_running_loop(), {})
    known = mine.get((kind, size))
    if known is None:
        known = mine[kind, size] = Turns(size)
    return known
