import assert from "node:assert/strict"
import test from "node:test"

import { gathered, placed, shown } from "../../segmentation/board/valued/valued.js"

const data = { names: ["North", "South", "East"], held: { customers: [6, 3, 1], revenue: [10, 50, 4] }, known: 10, gathered: null, unknown: { customers: 2, revenue: 1 }, other: "Other" }

test("a value that reaches the line exactly keeps its own segment", () => {
  assert.deepEqual([0, 0.1, 0.3, 0.31, 0.7].map((share) => shown(data, share)), [3, 3, 2, 1, 0])
})

test("rare values are gathered, and those without one stay last", () => {
  assert.deepEqual(gathered(data, 0.31), [{ name: "North", colour: 0, customers: 6, revenue: 10 },
    { name: "Other", colour: 1, customers: 4, revenue: 54 }, { name: "Unknown", colour: 7, customers: 2, revenue: 1 }])
  assert.deepEqual(gathered({ ...data, unknown: null }, 0).map(({ name }) => name), ["North", "South", "East"])
  assert.deepEqual(gathered({ ...data, gathered: { customers: 5, revenue: 5 } }, 0).at(-2), { name: "Other", colour: 3, customers: 5, revenue: 5 })
})

test("a customer that is drawn goes over to the others with its value, and has no segment without one", () => {
  const seats = [0, 2, 1, 3, -1]
  assert.deepEqual([0, 0.3].map((share) => placed({ ...data, seats }, share)), [[0, 2, 1, 3, -1], [0, 2, 1, 2, -1]])
})
