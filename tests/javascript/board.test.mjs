import assert from "node:assert/strict"
import test from "node:test"

import { say } from "../../segmentation/board/board.js"

test("what the server has not answered yet goes along with what is told next, in order", () => {
  const board = { unheard: [], data: { heard: 7 } }, sent = []
  for (const value of [1, 2, 3]) say(board, (event, { unheard }) => sent.push(unheard), "moved", { value })
  assert.deepEqual(sent.map((all) => all.map(({ at, told }) => [at, told.value])), [[[8, 1]], [[8, 1], [9, 2]], [[8, 1], [9, 2], [10, 3]]])
})
