import assert from "node:assert/strict"
import test from "node:test"

import { across, bounded, carried, crossed } from "../../segmentation/board/lines.js"

test("of two orderings the other one's customers follow a line, so that both count the same", () => {
  const held = { customers: [1, 2, 3, 4] }, joint = { at: [[0, 0, 1, 2], [1, 0, 1, 0]], bounds: [[0, 1, 3, 3], [0, 1, 2, 2]], held }
  const panels = [{ ordering: 0, bounds: [0, 1, 3, 3], segment: new Array(9).fill(0), held: { customers: [2, 1, 0, 0, 3, 0, 4, 0, 0] } },
    { ordering: 1, bounds: [0, 1, 2, 2], segment: new Array(9).fill(0), held: { customers: [2, 4, 0, 1, 3, 0] } }]
  panels[0].bounds[1] = 2 // a line of the first is moved past its second stretch
  across(panels, 0, joint)
  assert.deepEqual(panels[1].held.customers, [2, 4, 0, 4, 0, 0])
  assert.deepEqual(crossed(panels[1]).customers, [2, 4, 0, 4, 0, 0, 0, 0, 0])
})

test("what is told between the places of the moved line is enough for the other axis to follow it", () => {
  const first = { ordering: 0, bounds: [0, 2, 5, 5], segment: new Array(9).fill(0), held: { customers: [] } }
  const second = { ordering: 1, bounds: [0, 1, 2, 2], segment: new Array(9).fill(0), held: { customers: new Array(6).fill(0) } }
  across([first, second], 0, { at: [[0, 0, 2, 2], [0, 1, 0, 1]], held: { customers: [2, 1, 7, 0] } }) // the first stands at 0, 2 or 5 alone
  assert.deepEqual(second.held.customers, [2, 7, 0, 1, 0, 0])
})

test("of three orderings all others follow a line, by the bands of the third too, which may have no panel", () => {
  const held = { customers: [1, 2, 4, 8] }
  const joint = { at: [[0, 1, 2, 2], [0, 1, 0, 1], [0, 0, 1, 1]], bounds: [[0, 1, 3], [0, 1, 2], [0, 1, 2]], held }
  const first = { ordering: 0, bounds: [0, 2, 3], segment: new Array(8).fill(0), held: { customers: [] } }
  const third = { ordering: 2, bounds: [0, 1, 2], segment: new Array(8).fill(0), held: { customers: new Array(8).fill(0) } }
  across([first, third], 0, joint)
  assert.deepEqual(third.held.customers, [1, 2, 0, 0, 0, 0, 4, 8]) // by the bands of the first, now two places long, and of the second
})

test("a line that is held stays where it is when the answer for another one comes, and cuts there what the answer tells", () => {
  const line = { number: 1, stops: [10, 20, 30], here: 2, cuts: { 0: [10, 20, 30] }, at: { 0: [3, 2, 1] } }
  const told = { cuts: [10], bounds: [0, 4, 6], lines: [{ number: 1, stops: [10, 15, 20, 30], here: 0, cuts: { 0: [10, 15, 20, 30] }, at: { 0: [4, 3, 2, 1] } }] }
  assert.equal(carried({ lines: [line] }, told, 1), true)
  assert.deepEqual([told.lines[0].here, told.cuts, told.bounds], [3, [30], [0, 1, 6]])
  assert.equal(carried({ lines: [line] }, { lines: [] }, 1), false)
})

test("what Python says of a moment before the line beside made room is told by a place beyond where the held one can stand", () => {
  const held = { lines: [{ number: 1, stops: [5, 11, 30], here: 1 }] }, told = (...stops) => ({ lines: [{ number: 1, stops }] })
  assert.deepEqual([told(20, 30), told(0, 10), told(10, 30), told(11), { lines: [] }].map((one) => bounded(held, one, 1)), [true, true, false, false, false])
  assert.equal(bounded(undefined, told(20), 1), false)
})

test("a step of the other ordering passes those who would change segment there, as the moved line leaves them", () => {
  const held = { customers: [1, 2, 3, 4] }, joint = { at: [[0, 0, 1, 2], [1, 0, 1, 0]], bounds: [[0, 1, 3, 3], [0, 1, 2, 2]], held }
  const first = { ordering: 0, bounds: [0, 2, 3, 3], segment: new Array(9).fill(0), held: { customers: [] } }
  const segment = [0, 1, 2, 3, 1, 2, 2, 2, 2] // above the line of the first both bands of the second are apart, below they are one
  const second = { ordering: 1, bounds: [0, 1, 2, 2], segment, held: { customers: new Array(6).fill(0) }, strip: { at: [[2, 1, 0]], cuts: [{ customers: [0, 0] }] } }
  across([first, second], 0, joint)
  assert.deepEqual(second.held.customers, [2, 4, 0, 4, 0, 0])
  assert.deepEqual(second.strip.cuts, [{ customers: [4, 2] }])
})
