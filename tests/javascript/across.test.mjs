import assert from "node:assert/strict"
import test from "node:test"

import { across, crossed } from "../../segmentation/board/lines.js"

test("of two orderings the other one's customers follow a line, so that both count the same", () => {
  const held = { customers: [1, 2, 3, 4] }, joint = { at: [[0, 0, 1, 2], [1, 0, 1, 0]], held }
  const panels = [{ bounds: [0, 1, 3, 3], segment: new Array(9).fill(0), held: { customers: [2, 1, 0, 0, 3, 0, 4, 0, 0] } },
    { bounds: [0, 1, 2, 2], segment: new Array(9).fill(0), held: { customers: [2, 4, 0, 1, 3, 0] } }]
  panels[0].bounds[1] = 2 // a line of the first is moved past its second stretch
  across(panels, 0, joint)
  assert.deepEqual(panels[1].held.customers, [2, 4, 0, 4, 0, 0])
  assert.deepEqual(crossed(panels[1]).customers, [2, 4, 0, 4, 0, 0, 0, 0, 0])
})
