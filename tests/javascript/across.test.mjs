import assert from "node:assert/strict"
import test from "node:test"

import { across, crossed } from "../../segmentation/board/lines.js"

test("of two orderings the other one's customers follow a line, so that both count the same", () => {
  const held = { customers: [1, 2, 3, 4] }, joint = { at: [[0, 0, 1, 2], [1, 0, 1, 0]], bounds: [[0, 1, 3, 3], [0, 1, 2, 2]], held }
  const panels = [{ ordering: 0, bounds: [0, 1, 3, 3], segment: new Array(9).fill(0), held: { customers: [2, 1, 0, 0, 3, 0, 4, 0, 0] } },
    { ordering: 1, bounds: [0, 1, 2, 2], segment: new Array(9).fill(0), held: { customers: [2, 4, 0, 1, 3, 0] } }]
  panels[0].bounds[1] = 2 // a line of the first is moved past its second stretch
  across(panels, 0, joint)
  assert.deepEqual(panels[1].held.customers, [2, 4, 0, 4, 0, 0])
  assert.deepEqual(crossed(panels[1]).customers, [2, 4, 0, 4, 0, 0, 0, 0, 0])
})

test("of three orderings all others follow a line, by the bands of the third too, which may have no panel", () => {
  const held = { customers: [1, 2, 4, 8] }
  const joint = { at: [[0, 1, 2, 2], [0, 1, 0, 1], [0, 0, 1, 1]], bounds: [[0, 1, 3], [0, 1, 2], [0, 1, 2]], held }
  const first = { ordering: 0, bounds: [0, 2, 3], segment: new Array(8).fill(0), held: { customers: [] } }
  const third = { ordering: 2, bounds: [0, 1, 2], segment: new Array(8).fill(0), held: { customers: new Array(8).fill(0) } }
  across([first, third], 0, joint)
  assert.deepEqual(third.held.customers, [1, 2, 0, 0, 0, 0, 4, 8]) // by the bands of the first, now two places long, and of the second
})
