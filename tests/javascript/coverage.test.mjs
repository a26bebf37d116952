import assert from "node:assert/strict"
import test from "node:test"

import { now } from "../../segmentation/board/coverage/coverage.js"

// Row 1 asks for a value above the cut and something else (rest); without it row 2 decides, or nobody (2)
const rows = [{ wins: 3, matches: 3, note: "" }, { wins: 4, matches: 6, note: "" }]
const panel = { row: 0, bounds: [0, 1, 3, 3], held: { customers: [1, 2, 3, 0, 4, 0] }, segment: [0, 1, 1, 2, 1, 2],
  winner: [0, 1, 1, 2, 1, 2], rest: [true, false], fits: [true, false, false] }

test("what rows decide and match follows the line that is held", () => {
  assert.deepEqual(now(rows, panel).map(({ wins, matches }) => [wins, matches]), [[1, 1], [9, 6]])
  assert.deepEqual(now(rows, { ...panel, bounds: [0, 2, 3, 3] }).map(({ wins, matches }) => [wins, matches]), [[4, 4], [6, 6]])
})

test("where nothing is held rows are as Python said", () => assert.equal(now(rows, undefined), rows))
