import assert from "node:assert/strict"
import test from "node:test"

import { carried, forgotten, same, sets, value } from "../../segmentation/board/sliders.js"

// Fields of the page, in an element with this key
function fields(key, type, many) {
  const within = { classList: ["stElement", `st-key-${key}`], querySelectorAll: () => all }
  const all = Array.from({ length: many }, () => ({ type, closest: () => within }))
  return all
}

test("a handle of a slider is that of its threshold, however often something else moved it", () => {
  const [low, high] = fields("abc-a--12", "range", 2)
  assert.deepEqual([low, high].map((one) => sets(one, { method: "abc", by: ["a", 1] })), [false, true])
  assert.equal(sets(high, { method: "abc", by: ["b", 1] }), false)
  assert.equal(sets(high, { method: "other", by: ["a", 1] }), false)
})

test("of a row of fields each has its own", () => {
  const [field] = fields("bands-edges-1", "number", 1)
  assert.deepEqual([0, 1].map((at) => sets(field, { method: "bands", by: ["edges", at] })), [false, true])
  assert.equal(sets({ type: "number", closest: () => null }, { method: "bands", by: ["edges", 1] }), false)
})

test("one field alone is that of its threshold, and on a board of no method a slider is named by all of its key", () => {
  const [field] = fields("abc-k", "number", 1), [range] = fields("abc-k-1", "range", 1)
  assert.deepEqual([0, 1].map((at) => sets(field, { method: "abc", by: ["k", at] })), [true, false])
  assert.equal(sets(range, { method: "", by: ["abc.k 1", 0] }), true)
})

test("a slider that tells which of its stops it stands at is heard as long as its stops are those known", () => {
  const field = { type: "range", value: "1", max: "2" }
  assert.equal(value(field, { stops: [5, 6, 7] }), 6)
  assert.ok(Number.isNaN(value(field, { stops: [5, 6] })))
  assert.equal(value(field, { percent: true }), 0.01)
})

test("the dust of binary fractions makes no other value", () => {
  assert.deepEqual([same(0.1 * 3, 0.3), same(29 / 100, 0.29), same(0.29, 0.3), same(1e9, 1e9 + 1)], [true, true, false, false])
})

// A board with one line, where Python last said it stands, and what it was put to
function board(said, can = true) {
  const puts = [], line = { by: ["a", 0], said, put: (to) => { puts.push(to); return can } }
  return { puts, slid: [{ method: "abc", by: ["a", 0], to: 0.7 }], views: [{ method: "abc", data: {}, picture: { sliders: () => [line] } }] }
}

test("what Python has not heard of yet is put anew, until it has, or cannot be", () => {
  const [early, heard, lost] = [board(0.8), board(0.7), board(0.8, false)]
  for (const one of [early, heard, lost]) carried(one)
  assert.deepEqual([early.puts, early.slid.length], [[0.7], 1])
  assert.deepEqual([heard.puts, heard.slid.length], [[], 0])
  assert.equal(lost.slid.length, 0)
})

test("of another method nothing is put, and a line taken in hand follows its slider no more", () => {
  const [other, hand] = [board(0.8), board(0.8)]
  other.views[0].method = "xyz"
  carried(other)
  assert.deepEqual([other.puts, other.slid], [[], []])
  forgotten(hand, { method: "abc", by: ["a", 0] })
  assert.deepEqual(hand.slid, [])
})
