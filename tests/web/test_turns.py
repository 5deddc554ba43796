"""Turns at work in threads: few at once, in order, and who takes long holds nobody up."""

import asyncio
import threading
from collections.abc import Callable
from functools import partial

import pytest

from kehu.core.web.turns import Turns, turns


def test_what_the_work_gives_and_raises_comes_back() -> None:
    async def ask() -> tuple[str, str]:
        lane = Turns(1)
        with pytest.raises(ZeroDivisionError):
            await lane.run(lambda: 1 // 0)
        return await lane.run(lambda: threading.current_thread().name), threading.current_thread().name

    there, here = asyncio.run(ask())
    assert there.startswith("kehu-")
    assert here != there


def test_one_turn_at_a_time_in_the_order_of_asking() -> None:
    inside, done = [0], list[int]()

    def work(number: int) -> None:
        inside[0] += 1
        assert inside == [1]
        done.append(number)
        inside[0] -= 1

    async def ask() -> None:
        lane = Turns(1)
        await asyncio.gather(*(lane.run(partial(work, number)) for number in range(50)))

    asyncio.run(ask())
    assert done == list(range(50))


def test_who_takes_long_holds_nobody_up() -> None:
    later, done = threading.Event(), list[str]()

    def long() -> None:
        later.wait(30)
        done.append("long")

    def short() -> None:
        done.append("short")
        later.set()

    async def ask() -> None:
        lane = Turns(1)
        await asyncio.gather(lane.run(long), lane.run(short))

    asyncio.run(ask())
    assert done == ["short", "long"]


def test_a_turn_that_nobody_waits_for_any_more_goes_to_the_next() -> None:
    later, done = threading.Event(), list[str]()

    def note(name: str) -> Callable[[], None]:
        return lambda: done.append(name)

    async def ask() -> None:
        lane = Turns(1)
        first = asyncio.ensure_future(lane.run(lambda: later.wait(30)))
        gone, stays = (asyncio.ensure_future(lane.run(note(name))) for name in ("gone", "stays"))
        await asyncio.sleep(0)
        gone.cancel()
        later.set()
        await asyncio.gather(first, stays)
        await lane.run(note("after"))

    asyncio.run(ask())
    assert done == ["stays", "after"]


def test_each_event_loop_has_its_own_turns() -> None:
    async def same() -> Turns:
        assert turns("reading", 1) is turns("reading", 1)
        assert turns("reading", 1) is not turns("writing", 1)
        return turns("reading", 1)

    assert asyncio.run(same()) is not asyncio.run(same())
