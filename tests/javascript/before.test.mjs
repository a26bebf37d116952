import assert from "node:assert/strict"
import test from "node:test"

import { differences, inTheHand } from "../../segmentation/board/before.js"

const then = [{ name: "A", customers: 5, revenue: 1000 }, { name: "B", customers: 5, revenue: 0.3 }, { name: "Gone", customers: 1, revenue: 7 }]

test("what a segment holds more or less is told in customers and money, also of one that came or went", () => {
  const now = [{ name: "A", customers: 7, revenue: 3500 }, { name: "B", customers: 5, revenue: 0.1 + 0.2 }, { name: "Unknown", customers: 2, revenue: 0 }]
  assert.deepEqual(differences(now, { segments: then, measure: "revenue", currency: "€" }),
    ["A +2 (+€2.50k revenue)", "Unknown +2 (€0 revenue)", "Gone −1 (−€7 revenue)"])
})

test("where no money is known customers are told alone, and nothing where nothing is different", () => {
  assert.deepEqual(differences([{ name: "A", customers: 4 }], { segments: [{ name: "A", customers: 5 }], measure: null, currency: "" }), ["A −1"])
  assert.deepEqual(differences(then, { segments: then, measure: "revenue", currency: "" }), [])
})

test("in the hand it is said too that nothing differs", () => {
  assert.match(inTheHand([]), /^Every segment is as large/)
  assert.match(inTheHand(["A +1"]), /:$/)
})
