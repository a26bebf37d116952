import assert from "node:assert/strict"
import test from "node:test"

import { borders, called, laid, span, turned } from "../../segmentation/board/heat/heat.js"

const sizes = [2, 3, 4]
const cells = Array.from({ length: 24 }, (_, cell) => cell)

test("what is laid out by the first ordering stands by cells already", () => {
  assert.deepEqual(laid(cells, sizes, 0), cells)
})

test("what is laid out by another ordering is found by the cell, and goes back as it came", () => {
  for (const at of [1, 2]) assert.deepEqual(laid(turned(cells, sizes, at), sizes, at), cells)
  const byThird = cells.map((place) => Math.floor(place / 6)) // the band of the third ordering, of two by three others
  assert.deepEqual(laid(byThird, sizes, 2), cells.map((cell) => cell % 4))
  const bySecond = cells.map((place) => Math.floor(place / 8))
  assert.deepEqual(laid(bySecond, sizes, 1), cells.map((cell) => Math.floor(cell / 4) % 3))
})

test("a band says from which value to which it goes, and whole numbers end below the next edge", () => {
  const days = { cuts: [91, 31], reach: [0, 714], whole: true, closed: "left" }
  assert.deepEqual([0, 1, 2].map((band) => span(days, band)), ["91–714", "31–90", "0–30"])
  assert.deepEqual([0, 1, 2].map((band) => span({ ...days, closed: "right" }, band)), ["92–714", "32–91", "0–31"])
  assert.deepEqual([0, 1, 2].map((band) => span({ ...days, cuts: [34.2, 17.2] }, band)), ["35–714", "18–34", "0–17"])
  assert.equal(span({ ...days, cuts: [31, 31] }, 1), "nobody")
  assert.equal(span({ ...days, cuts: [32, 31] }, 1), "31")
})

test("amounts end at the edge itself", () => {
  assert.equal(span({ cuts: [600, 200], reach: [1, 1234567], whole: false, closed: "left" }, 1), "200–600")
  assert.equal(span({ cuts: [600, -7], reach: [-210, 1234567], whole: false, closed: "left" }, 2), "−210 to −7") // a dash would meet a minus
  assert.equal(span({ cuts: [600, 200], reach: [1, 1234567], whole: false, closed: "left" }, 0), "600–1.23m")
})

test("a border stands between squares of different names alone", () => {
  const square = (x, y, segment) => ({ x, y, parts: [{ segment }] })
  assert.deepEqual(borders([square(0, 0, 1), square(1, 0, 1), square(0, 1, 2), square(1, 1, 1)]), [
    { x: 0, x2: 1, y: 1, y2: 1 }, { x: 1, x2: 1, y: 1, y2: 2 }])
})

test("every segment is named where there is room, and else has a letter in each of its rows or beside a square's count", () => {
  const square = (x, y, ...segments) => ({ x, y, parts: segments.map((segment, at) => ({ segment, customers: 9 - at })) })
  const squares = [square(0, 0, 0), square(1, 0, 0, 3), square(0, 1, 1), square(1, 1, 2), square(2, 0, 1), square(2, 1, 2)]
  const words = called(["Champions", "Cannot lose them", "New customers", "Lost"], squares, 50)
  const told = words.map(({ x, y, words, beside }) => [x, y, words, Boolean(beside)])
  assert.deepEqual(told.sort((one, other) => one[2].localeCompare(other[2])), [
    [0, 1, "b", false], [2, 0, "b", false], [0, 0, "Champions", false], [1, 0, "d", true], [1, 1, "New customers", false]])
})

test("a segment is named wherever its squares hang together: its neighbours may have its colour", () => {
  const square = (x, y, segment) => ({ x, y, parts: [{ segment, customers: 9 }] })
  const squares = [square(0, 1, 0), square(1, 1, 0), square(2, 1, 1), square(0, 0, 1), square(1, 0, 1), square(2, 0, 0)]
  const told = called(["Lost", "Hibernating"], squares, 50).map(({ x, y, words }) => [x, y, words])
  assert.deepEqual(told.sort(), [[0, 0, "Hibernating"], [0, 1, "Lost"], [2, 0, "Lost"], [2, 1, "b"]])
})
