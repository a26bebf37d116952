import assert from "node:assert/strict"
import test from "node:test"
import { beside, covers, share } from "../../segmentation/board/plane/plane.js"

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

test("a name lies on a bubble that it touches, not on one whose corner it passes", () => {
  const box = { x0: 0, x1: 20, y0: 0, y1: 10 }
  assert.deepEqual([{ x: 10, y: 5, r: 1 }, { x: 25, y: 5, r: 6 }, { x: 25, y: 5, r: 4 }, { x: 24, y: 14, r: 5 }].map((one) => covers(box, one)), [true, true, false, false])
})
