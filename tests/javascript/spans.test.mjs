import assert from "node:assert/strict"
import test from "node:test"

import { changed } from "../../segmentation/board/drawing.js"
import { named, number, spans } from "../../segmentation/board/spans.js"

const days = { unit: "days", lowest: null }

test("a threshold is written as it was typed", () => {
  assert.deepEqual([0, -0, 5, 1234567.5, -0.25, 0.00004, -1e6, 1e21].map(number),
    ["0", "0", "5", "1,234,567.5", "−0.25", "0", "−1,000,000", "1,000,000,000,000,000,000,000"])
})

test("whole bands end below the next cut, those of money and fractions at it, and no two are called alike", () => {
  assert.deepEqual(spans([5, 10], days), ["under 5", "5–9", "10 and over"])
  assert.deepEqual(spans([5, 10], { ...days, unit: "money" }), ["under 5", "5 to under 10", "10 and over"])
  assert.deepEqual(spans([15, 25], { unit: "years", lowest: 0 }), ["0–14", "15–24", "25 and over"])
  assert.deepEqual(spans([5, 5, 5], days).slice(1, 3), ["5 to under 5", "5 to under 5 (2)"])
})

test("segments are called best first, bands from the largest values on, and what is called otherwise stays as it is", () => {
  const panel = (falls) => ({ cuts: [10, 5], bands: [["10 and over", 0], ["3–9", 1], ["under 3", 2]], spans: { ...days, falls } })
  const [rises, falls] = [panel(false), panel(true)]
  assert.deepEqual(named(rises), ["under 5", "5–9", "10 and over"])
  assert.deepEqual(named(falls), ["10 and over", "5–9", "under 5"])
  for (const { bands } of [rises, falls]) assert.deepEqual(bands, [["10 and over", 0], ["5–9", 1], ["under 5", 2]])
  const usual = { cuts: [10], bands: [["High", 0], ["Low", 1]] }
  assert.equal(named(usual), null)
  assert.deepEqual(usual.bands, [["High", 0], ["Low", 1]])
})

// What Python last said: two bands, one customer pinned to the lower, and what was remembered
const said = () => ({ segments: [{ name: "under 5", customers: 4 }, { name: "5 and over", customers: 6 }, { name: "Unknown", customers: 1 }],
  shift: { "under 5": { customers: 1 }, "5 and over": { customers: -1 } },
  ghost: { by_place: true, segments: [{ name: "under 5", customers: 2 }, { name: "5 and over", customers: 8 }] } })

test("who is pinned stays with the band though it is called otherwise, move after move", () => {
  const data = said(), board = { views: [], data, segments: data.segments, ghost: data.ghost }
  for (const [cut, customers] of [[6, [5, 5, 1]], [7, [7, 3, 1]]]) {
    const held = board.segments.map((one, at) => ({ ...one, customers: customers[at] }))
    changed({ board }, held, null, [`under ${cut}`, `${cut} and over`])
    assert.deepEqual(board.segments, [{ name: `under ${cut}`, customers: customers[0] + 1 }, { name: `${cut} and over`, customers: customers[1] - 1 },
      { name: "Unknown", customers: 1 }])
  }
  clearTimeout(board.paused)
})

test("what is remembered is called as what has its place, where it has one there", () => {
  for (const by_place of [true, false]) {
    const data = said(), board = { views: [], data: { ...data, ghost: { ...data.ghost, by_place } }, ghost: data.ghost }
    changed({ board }, data.segments, null, ["under 6", "6 and over"])
    assert.deepEqual(board.ghost.segments.map(({ name }) => name), by_place ? ["under 6", "6 and over"] : ["under 5", "5 and over"])
    clearTimeout(board.paused)
  }
})
