import assert from "node:assert/strict"
import test from "node:test"

import { apart, bandOf, grouped, named } from "../../segmentation/board/barcode/barcode.js"

test("silence of exactly a cut belongs where the method has it", () => {
  assert.deepEqual([0, 31, 32, 92].map((days) => bandOf(days, [91, 31], "right")), [2, 2, 1, 0])
  assert.deepEqual([0, 30, 31, 91].map((days) => bandOf(days, [91, 31], "left")), [2, 2, 1, 0])
})

test("strips stand by segment, and within one as they come", () => {
  const data = { silence: [1, 40, 50, 100], segments: [[3, 1, 0], [3, 1, 0], [3, 0, 0], [3, 1, 0]], closed: "right" }
  assert.deepEqual(grouped(data, [91, 31]), { now: [0, 1, 0, 3], order: [0, 2, 1, 3], places: [0, 2, 1, 3] })
  assert.deepEqual(grouped(data, [120, 60]).now, [0, 0, 0, 1])
})

test("neighbours of one colour are parted by a line, others by their colours", () => {
  const groups = [{ segment: 0 }, { segment: 2 }, { segment: 3 }, { segment: 5 }]
  assert.deepEqual(apart(groups, [1, 1, 1, 2, 2, 2]), [groups[1], groups[3]])
})

test("a name stands beside strips as high as it is, else below them all: on a phone each", () => {
  assert.deepEqual([[true, 12], [true, 11], [false, 200]].map(([roomy, high]) => named(roomy, high)), [true, false, false])
})
