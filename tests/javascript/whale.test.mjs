import assert from "node:assert/strict"
import test from "node:test"
import { steps } from "../../segmentation/board/whale/whale.js"

test("an axis has about five round steps, zero among them", () => {
  assert.deepEqual(steps(0, 10), [0, 2, 4, 6, 8, 10])
  assert.deepEqual(steps(-300, 1200), [0, 500, 1000])
  assert.deepEqual(steps(-50, 50), [-40, -20, 0, 20, 40])
})

test("a curve that never leaves zero still has an axis", () => assert.deepEqual(steps(0, 0), [0]))
