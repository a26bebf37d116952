import assert from "node:assert/strict"
import test from "node:test"
import { sorted } from "../../segmentation/board/numbers/numbers.js"

const segments = [{ name: "B", customers: 4, profit: 8 }, { name: "A", customers: 0, profit: 0 }, { name: "C", customers: 1, profit: 3 }]
const columns = [{ title: "Profit", measure: "profit" }, { title: "Profit each", measure: "profit", per_customer: true }]
const names = (by, down) => sorted({ by, down, board: { segments }, data: { first: "Segment", columns } }).map(({ name }) => name).join("")

test("the rows stand as they came until a heading is clicked", () => assert.equal(names(null), "BAC"))

test("they are sorted by what the heading says, either way round", () => {
  assert.deepEqual([names("Profit", true), names("Profit", false)], ["BCA", "ACB"])
  assert.deepEqual([names("Segment", false), names("Segment", true)], ["ABC", "CBA"])
})

test("a segment without anybody has no mean, and comes last either way", () => {
  assert.deepEqual([names("Profit each", true), names("Profit each", false)], ["CBA", "BCA"])
})
