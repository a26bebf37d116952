import assert from "node:assert/strict"
import test from "node:test"

import { fits, inCells, inside } from "../../segmentation/board/crossing.js"
import { worded } from "../../segmentation/board/matrix/matrix.js"
import { room } from "../../segmentation/board/regions/regions.js"

// Two bands by three, those of whom either is unknown last; as they run: 0 has the largest values
const sides = [{ order: [0, 1] }, { order: [2, 1, 0] }]

test("what is counted along either ordering stands in the same cells, best first", () => {
  const along = { customers: [1, 2, 3, 90, 4, 5, 6, 91, 92, 93, 94, 95] }
  assert.deepEqual(inCells(along, 0, sides).customers, [3, 2, 1, 6, 5, 4])
  const down = { customers: [1, 4, 92, 2, 5, 93, 3, 6, 94, 90, 91, 95] }
  assert.deepEqual(inCells(down, 1, sides).customers, [3, 2, 1, 6, 5, 4])
})

test("cuts beyond the picture stand at its end, ascending", () => {
  assert.deepEqual(inside([0, 10], [400, 5, -3]), [0, 0, 5, 10, 10])
})

test("of what can be said, the first that fits is", () => {
  assert.equal(fits(["a long text", "short"], 50), "short")
  assert.equal(fits(["", null, "a long text"], 20), undefined)
})

const cell = { name: "AX", many: "34", sum: "6.92m", level: "Most attention" }

test("a cell says as much as it has room for, and a number before a name", () => {
  assert.deepEqual(worded(cell, 120, 60), ["AX", "34 · 6.92m", "Most attention"])
  assert.deepEqual(worded(cell, 80, 60), ["AX", "34 · 6.92m"])
  assert.deepEqual(worded(cell, 48, 60), ["AX", "34", "6.92m"])
  assert.deepEqual(worded(cell, 120, 24), ["34 · 6.92m"])
  assert.deepEqual(worded(cell, 10, 60), [])
  assert.deepEqual(worded(cell, 120, 12), [])
})

test("a region says its name and what it holds, as far as there is room", () => {
  assert.deepEqual(room(["Stars", "35 · 5.93m"], { wide: 100, high: 60 }), ["Stars", "35 · 5.93m"])
  assert.deepEqual(room(["Stars", "35 · 5.93m"], { wide: 50, high: 60 }), ["Stars", "35"])
  assert.deepEqual(room(["Stars", "35 · 5.93m"], { wide: 100, high: 25 }), ["Stars · 35"])
  assert.deepEqual(room(["Stars", "35 · 5.93m"], { wide: 30, high: 60 }), [])
})
