import assert from "node:assert/strict"
import test from "node:test"
import { limits, nearest, parts, ranked } from "../../segmentation/board/pareto/pareto.js"

const cut = (percent, low = 0, high = 100) => ({ param: "x", cut: percent / 100, low, high })

test("a cut stops at its neighbours, and at its own limits", () => {
  const view = { cuts: [cut(50, 10), cut(80, 0, 90), cut(95)] }
  assert.deepEqual(view.cuts.map((one) => limits(view, one)), [{ low: 10, high: 80 }, { low: 50, high: 90 }, { low: 80, high: 100 }])
})

test("a neighbour that cannot be moved by hand is no limit", () => {
  const view = { cuts: [cut(50), { ...cut(80), param: null }] }
  assert.deepEqual(limits(view, view.cuts[0]), { low: 0, high: 100 })
})

test("the nearest whole per cent is taken by its count of customers, the first of several", () => {
  const view = { data: { along: { customers: [0, 10, 10, 40] } } }
  assert.deepEqual([-5, 9, 24, 26, 99].map((customers) => nearest(view, customers)), [0, 1, 1, 3, 3])
})

const along = { customers: [1, 4, 10], revenue: [0, 60, 100] } // one customer stands before all: nothing is known of it

test("a part holds what lies between its cuts, and its other facts stay", () => {
  const view = { cuts: [{ held: { customers: 4, revenue: 60 } }], data: { n: 10, along, parts: [{ name: "A" }, { name: "B" }, { name: "?" }] } }
  assert.deepEqual(parts(view), [
    { name: "A", customers: 3, revenue: 60, x0: 0.1, x1: 0.4 },
    { name: "B", customers: 6, revenue: 40, x0: 0.4, x1: 1 },
    { name: "?" }])
})

test("where nothing is cut the parts are as they came", () => {
  const given = [{ name: "A" }]
  assert.equal(parts({ cuts: [], data: { parts: given } }), given)
})

test("the customers of a segment are those next in rank after the one before", () => {
  assert.deepEqual(ranked([{ customers: 2 }, { customers: 0 }, { customers: 3 }], [0, 1, 2, 4]), [0, 0, 2, 2])
})
