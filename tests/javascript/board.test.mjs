import assert from "node:assert/strict"
import test from "node:test"

import { say } from "../../segmentation/board/board.js"

test("what the server has not answered yet goes along with what is told next, in order", () => {
  const board = { unheard: [] }, sent = []
  for (const value of [1, 2, 3]) say(board, (event, told) => sent.push([event, told]), "moved", { value })
  assert.deepEqual(sent.map(([, told]) => [told.value, told.before.map((one) => one.told.value)]), [[1, []], [2, [1]], [3, [1, 2]]])
  const at = board.unheard.map((one) => one.at)
  assert.ok(at[0] < at[1] && at[1] < at[2])
})
