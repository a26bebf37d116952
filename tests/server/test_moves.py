"""A line that is moved: what its answer weighs, and moves that come faster than answers."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.person import DONE, Person
from benchmarks.server import APP, Server, running, write_customers

MOST = 40_000  # bytes an answer to a moved line may have
PIECES = 10  # of the page an answer may repaint: each costs a thirtieth of the work, whatever stands in it
MANY = 30  # moves at once


@dataclass
class Mover(Person):
    """Somebody who sees what an answer weighs, where the lines stand in it, and which answers came to their end."""

    weight: int = 0
    pieces: int = 0
    stands: list[float] = field(default_factory=list)
    answers: int = 0

    def _take(self, answer: ForwardMsg) -> None:
        super()._take(answer)
        self.weight += answer.ByteSize()
        self.pieces += answer.HasField("delta")
        if answer.delta.new_element.HasField("bidi_component"):
            first = json.loads(answer.delta.new_element.bidi_component.bytes)["columns"][0][0]
            self.stands = [round(100 * line["cut"]) for line in first["data"]["cuts"]]
        self.answers += answer.WhichOneof("type") == "script_finished" and answer.script_finished in DONE

    @property
    def wish(self) -> list[float]:
        return list(self.request.rerun_script.widget_states.widgets[0].double_array_value.data)

    async def hurry(self, many: int) -> None:
        """So many moves, the next without a wait for the answer, until the last is answered."""
        for _ in range(many):
            self.turn()
            await self.stream.send(self.request.SerializeToString())
        end = self.answers
        while self.stands != self.wish or self.answers == end:
            before, answer = self.stands, ForwardMsg.FromString(await asyncio.wait_for(self.stream.recv(), 300))
            self._take(answer)
            end = self.answers if self.stands != before else end


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    file = tmp_path_factory.mktemp("customers") / "customers.parquet"
    write_customers(file, 20_000)
    with running(APP, file) as server:
        yield server


async def comes(server: Server) -> Mover:
    person = await Mover.arrive(server.port, page="segments")
    await person.come()
    return person


def test_an_answer_to_a_moved_line_holds_what_it_moves_and_little_else(server: Server) -> None:
    async def weights() -> list[int]:
        person, found = await comes(server), []
        for _ in range(4):
            found.append(person.weight)
            person.weight = person.pieces = 0
            await person.move()
            assert 3 <= person.pieces <= PIECES
        await person.leave()
        assert person.errors == 0
        return found

    for _ in ("somebody", "who comes later"):
        page, *found = asyncio.run(weights())
        assert max(found) <= MOST < page


def test_of_moves_that_pile_up_the_newest_is_answered(server: Server) -> None:
    async def hasty() -> Mover:
        person = await comes(server)
        person.answers = 0
        await person.hurry(MANY)
        await person.leave()
        return person

    person = asyncio.run(hasty())
    assert person.errors == 0 and person.stands == person.wish
    assert 1 <= person.answers < MANY
    print(f"{MANY} moves, {person.answers} answers")
