import assert from "node:assert/strict"
import test from "node:test"

import { alone, arrowed, counted, labelled, nearest, passed, reaching, rounded, said, seated, sliders, stacked, take, typed } from "../../segmentation/board/lines.js"

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

test("an answer that has not heard yet of a line that was let go leaves it where it stands", () => {
  const panel = (here) => ({ cuts: [[10, 20][here]], lines: [{ number: 3, stops: [1, 2], here, cuts: { 0: [10, 20] } }] })
  const told = { event: "moved", told: { number: 3, value: 2, method: "abc" } }
  const view = (unheard) => ({ method: "abc", dragging: null, timer: 0, panels: [panel(1)], data: { panels: [panel(0)] },
    board: { unheard, segments: [], data: { method: "abc" } } })
  const [early, last] = [view([told]), view([])]
  assert.deepEqual([take(early), early.panels[0].cuts], [false, [20]])
  assert.deepEqual([take(last), last.panels[0].cuts], [true, [10]])
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

test("near the pointer a round value is taken, and without one the nearest place", () => {
  const values = [97, 98, 99, 100, 101, 102], places = values.map((value) => 10 * (value - 97))
  assert.equal(values[rounded(places, (value) => value, 34, values)], 100)
  assert.equal(values[rounded(places, (value) => value, 12, values)], 98)
  const close = [0.49, 0.5, 0.51]
  assert.equal(rounded([0, 1, 2], (value) => value, 2, close), 1)
})

test("what is typed at a line is the nearest value it can have", () => {
  const days = { unit: "days", step: 1, stops: [1, 2, 3, 10] }, money = { unit: "money", step: 0, stops: [100, 200, 50000] }
  assert.deepEqual(["7", "7.6", "0", "99", " 3 days"].map((text) => typed(days, text)), [7, 8, 1, 10, 3])
  assert.deepEqual(["1,200", "1.2k", "1200,5", "€ 1 234", "−5", "1.234.567"].map((text) => typed(money, text)), [1200, 1200, 1200.5, 1234, 100, 50000])
  assert.equal(typed({ unit: "%", step: 0.01, stops: [0.5, 0.8, 0.95] }, "82%"), 0.82)
  assert.deepEqual(["", "many", "-"].map((text) => typed(days, text)), [null, null, null])
})

test("of several cuts the band shows what the nearest one would pass, losses as what they are", () => {
  const strip = { steps: [0, 10, 20, 30], cuts: [{ profit: [1, 2, -3] }, { profit: [4, 5, 6] }] }
  assert.deepEqual(passed({ cuts: [25, 5], strip }, "profit"), [4, 5, 3])
  assert.deepEqual(passed({ cuts: [25], strip: { ...strip, cuts: strip.cuts.slice(0, 1) } }, "profit"), [1, 2, 3])
})

test("a line's words stand in the lowest row where they have room", () => {
  const each = [[50, "7 days"], [90, "17.2 days"], [125, "34 days"], [130, "35 days"], [400, "179 days"]].map(([across, words]) => ({ across, words }))
  assert.deepEqual(labelled(each, false).map(({ row }) => row), [0, 1, 0, 2, 0])
  assert.deepEqual(labelled([{ across: 10, words: "a long name" }, { across: 20, words: "b" }, { across: 40, words: "c" }], true).map(({ row }) => row), [0, 1, 0])
})

test("the words of two lines do not touch", () => {
  const lines = (far) => labelled([{ across: 100, words: "30%" }, { across: 100 + far, words: "20%" }], false).map(({ row }) => row)
  assert.deepEqual([lines(23), lines(30)], [[0, 1], [0, 0]])
})

test("in the lowest row a line's words stand beside the numbers of the other axis, not on them", () => {
  const first = { across: 54, words: "2 orders" }, [moved] = labelled([first], false, 52)
  assert.ok(moved.row === 0 && 54 + moved.aside - 3.6 * 8 >= 46)
  assert.deepEqual(labelled([{ ...first, across: 200 }], false, 52)[0].aside, 0)
  assert.equal(labelled([first, { across: 60, words: "3 orders" }], false, 52)[1].row, 1)
})

test("a line's words do not leave the picture at its right, in any row", () => {
  const each = ["3 months", "6 months", "12 months"].map((words) => ({ across: 300, words }))
  const right = labelled(each, false, 0, 300).map(({ words, across, aside }) => across + aside + 3.6 * words.length)
  assert.ok(right.every((end) => end <= 312.001), right.join())
})

test("a line beyond the end of its axis says on which side it stands", () => {
  const rising = { at: (value) => value, ends: [0, 15] }, falling = { ...rising, at: (value) => -value }
  assert.deepEqual([91, 15, 7, -1].map((value) => arrowed(rising, value, "x")), ["x →", "x", "x", "← x"])
  assert.deepEqual([91, -1].map((value) => arrowed(falling, value, "x")), ["← x", "x →"])
  assert.deepEqual([91, -1].map((value) => arrowed({ ...rising, upright: true }, value, "x")), ["x ↓", "x ↑"])
  assert.equal(arrowed({ at: rising.at }, 1e9, "x"), "x")
})

test("of two lines that met, the one that can follow the pointer is held", () => {
  const at = (value) => value * 10
  const a = { here: 2, cuts: { 0: [1, 2, 3] } }, b = { here: 0, cuts: { 1: [3, 4, 5] } }, far = { here: 1, cuts: { 2: [5, 7] } }
  const stack = stacked([a, b, far], at, b, "1")
  assert.deepEqual(stack.map(({ line }) => line), [b, a])
  assert.equal(reaching(stack, at, 20).line, a)
  assert.equal(reaching(stack, at, 40).line, b)
  assert.equal(reaching(stack, at, 30).line, b)
})

// One ordering with two cuts; the line of the lower one, which a slider moves, and that of the upper one
function slidden() {
  const line = (number, cut, stops, here, places, by) => ({ number, by, unit: "%", stops, here, cuts: { [cut]: stops }, at: { [cut]: places } })
  const panel = { ordering: 0, cuts: [0.8, 0.4], bounds: [0, 1, 3, 5], segment: [0, 1, 2], seats: [0, 2, 4], held: { customers: [1, 1, 1, 1, 1] },
    lines: [line(0, 0, [0.6, 0.8], 1, [2, 1], ["high", 0]), line(1, 1, [0.2, 0.4, 0.7], 1, [4, 3, 1], ["low", 1])] }
  const view = { card: {}, data: { panels: [panel] }, panels: [{ ...panel, cuts: [...panel.cuts], bounds: [...panel.bounds], lines: panel.lines.map((one) => ({ ...one })) }] }
  view.board = { views: [view], segments: [0, 1, 2].map((at) => ({ name: `${at}`, customers: 0 })), slid: [] }
  return view
}
const holds = ({ board }) => board.segments.map(({ customers }) => customers)

test("a line is put where its slider stands, and all is counted there", () => {
  const view = slidden(), [, low] = sliders(view)
  assert.deepEqual([low.by, low.percent, low.said], [["low", 1], true, 0.4])
  assert.equal(low.put(0.2), true)
  assert.deepEqual([holds(view), view.board.drawn, view.panels[0].bounds], [[1, 3, 1], [0, 1, 2], [0, 1, 4, 5]])
  assert.deepEqual(sliders(view)[1].said, 0.4)
})

test("where nobody knows what lies at its slider a line stays: between its places, or across another that was moved", () => {
  const view = slidden(), [high, low] = sliders(view)
  assert.equal(low.put(0.3), false)
  assert.deepEqual([view.panels[0].lines[1].here, view.board.drawn], [1, undefined])
  assert.equal(high.put(0.6), true)
  const before = holds(view)
  assert.equal(low.put(0.7), false)
  assert.deepEqual([holds(view), view.panels[0].bounds, view.panels[0].lines[1].here], [before, [0, 2, 3, 5], 1])
})

test("a line of whose cuts another line has moved one stays", () => {
  const view = slidden(), [, low] = sliders(view)
  view.panels[0].cuts[1] = 0.5
  assert.equal(low.put(0.2), false)
})

test("who is drawn is in the segment of its cell", () => {
  const panel = { seats: [0, 1, 2, 3, 5], segment: [0, 1, 2, 0, 3, 3], bounds: [0, 1, 2, 3] }
  assert.deepEqual(seated(panel), [0, 1, 2, 0, 3])
  assert.deepEqual(seated({ ...panel, bounds: [0, 2, 2, 3] }), [0, 1, 0, 1, 3])
  assert.equal(seated({ ...panel, seats: undefined }), null)
})

test("where several lines that nothing moves lie on one place it is said once", () => {
  assert.deepEqual([alone([9, 0, 0, 0], [0]), alone([9, 5, 0], [1]), alone([9], [0])], [[0], [9, 0], []])
})

test("lines that say the same at one place say it in one row, and leave the others to what differs", () => {
  const each = ["0 days", "0 days", "0 days", "0 fixed"].map((words) => ({ words, across: 52 }))
  assert.deepEqual(labelled(each, false).map(({ row }) => row), [0, 0, 0, 1])
})
