import assert from "node:assert/strict"
import test from "node:test"

import { received, say } from "../../segmentation/board/board.js"

test("what the server has not answered yet goes along with what is told next, in order", () => {
  const board = { unheard: [], data: { heard: 7 } }, sent = []
  for (const value of [1, 2, 3]) say(board, (event, { unheard }) => sent.push(unheard), "moved", { value })
  assert.deepEqual(sent.map((all) => all.map(({ at, told }) => [at, told.value])), [[[8, 1]], [[8, 1], [9, 2]], [[8, 1], [9, 2], [10, 3]]])
})

test("a text is sent once, then its sign; where it is not here any more, that is seen", () => {
  const sent = (...data) => ({ columns: [data.map((one) => ({ data: one }))], below: [{ data: null }] })
  assert.equal(received(sent({ sign: "a", still: "[1]" }, { slots: [] })), true)
  assert.equal(received(sent({ sign: "a" })), true)
  assert.equal(received(sent({ sign: "a" }, { sign: "b" })), false)
  assert.equal(received(sent({ sign: "a" }, { sign: "b", still: "[2]" })), true)
  globalThis.boardTexts.clear()
  assert.equal(received(sent({ sign: "b" })), false)
})

test("of a hundred texts the newest are kept: at least twice those that are counted on", () => {
  for (let at = 0; at < 300; at++) received({ columns: [[{ data: { sign: `${at}`, still: "[]" } }]], below: [] })
  assert.deepEqual([globalThis.boardTexts.size, globalThis.boardTexts.has("200"), globalThis.boardTexts.has("199")], [100, true, false])
})
