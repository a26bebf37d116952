import assert from "node:assert/strict"
import test from "node:test"

import { counted, nearest, said } from "../../pages/widgets/pictures/lines.js"

// Three stretches along what is cut, two cells of another ordering; two bands, then those of whom it is unknown
const data = { held: { customers: [1, 2, 3, 4, 5, 6], revenue: [10, 20, 30, 40, 50, 60] }, segment: [0, 1, 1, 0, 2, 2], bounds: [0, 1, 2, 3] }
const segments = [{ name: "A", customers: 5 }, { name: "B", customers: 5 }, { name: "Unknown", customers: 11 }]

test("what the segments hold is summed from what lies between the bounds, cell by cell", () => {
  const found = counted(segments, data)
  assert.deepEqual(found.map(({ customers, revenue }) => [customers, revenue]), [[5, 50], [5, 50], [11, 110]])
})

test("a moved bound moves its stretch into the next band and nothing is lost", () => {
  const found = counted(segments, { ...data, bounds: [0, 2, 2, 3] })
  assert.deepEqual(found.map(({ customers }) => customers), [4, 6, 11])
})

test("a line goes to the place nearest to the pointer", () => {
  assert.equal(nearest([1, 10, 100], Math.log10, 0.4), 0)
  assert.equal(nearest([1, 10, 100], Math.log10, 1.6), 2)
})

test("a line says its value as the page does", () => {
  const view = { data: { currency: "€" } }
  assert.equal(said(view, { unit: "%" }, 0.8), "80%")
  assert.equal(said(view, { unit: "money" }, 1234), "€1.23k")
  assert.equal(said(view, { unit: "months" }, 1), "1 month")
  assert.equal(said(view, { unit: "" }, 0.5), "0.5")
})
