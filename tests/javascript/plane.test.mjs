import assert from "node:assert/strict"
import test from "node:test"
import { beside, share } from "../../segmentation/board/plane/plane.js"

const scale = { domain: [-100, 100], unit: 1 }

test("zero is in the middle of an axis as long on both sides, and nothing leaves it", () => {
  assert.deepEqual([-1e9, -100, 0, 100, 1e9].map((value) => share(scale, value)), [0, 0, 0.5, 1, 1])
})

test("beyond the unit equal factors are nearly equal ways", () => {
  const way = (from, to) => share(scale, to) - share(scale, from)
  assert.ok(Math.abs(way(10, 20) - way(20, 40)) < 0.01)
  assert.ok(way(0, 1) < way(10, 20) * 1.1)
})

test("steps are counted from the position of a line, or from between two", () => {
  const positions = [10, 20, 30, 40]
  assert.deepEqual([beside(positions, 20, 1), beside(positions, 20, -1)], [2, 0])
  assert.deepEqual([beside(positions, 25, 1), beside(positions, 25, -1)], [2, 1])
})
