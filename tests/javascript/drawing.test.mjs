import assert from "node:assert/strict"
import { readdirSync, readFileSync } from "node:fs"
import test from "node:test"
import { HANDS, changed, compact, count, each, fixed, hinted, later, percent, settle, shareOf, short } from "../../segmentation/board/drawing.js"

test("what lies exactly between two numbers goes to the even one", () => {
  assert.deepEqual([0.5, 1.5, 2.5, 3.5].map((size) => fixed(size, 0)), ["0", "2", "2", "4"])
  assert.deepEqual([0.125, 0.375, 0.126].map((size) => fixed(size, 2)), ["0.12", "0.38", "0.13"])
})

test("1.005 is a little less than it looks", () => assert.equal(fixed(1.005, 2), "1.00"))

test("shares are whole per cents, and what would vanish is said to be less than one", () => {
  assert.deepEqual([0, 0.344, 0.004, -0.004, -0.2, -0.998, -1.004, 1, null].map((share) => percent(share)),
    ["0%", "34%", "<1%", ">−1%", "−20%", "<−99%", "<−100%", "100%", "–"])
  assert.equal(percent(0.0034, 1), "0.3%")
})

test("amounts have three digits and a letter", () => {
  assert.deepEqual([0, 999.4, 1005, 14216644.21, -1437, 2.5e9, 1.005e12].map((value) => compact(value, "€")),
    ["€0", "€999", "€1.00k", "€14.2m", "−€1.44k", "€2.50bn", "€1.00tn"])
})

test("what rounds up to the next letter takes it", () => assert.equal(compact(999500, ""), "1.00m"))

test("a tick leaves out zeros that say nothing", () => {
  assert.deepEqual([1000, 1500, 10, 1e6].map(short), ["1k", "1.5k", "10", "1m"])
})

test("counts are grouped, without a sign", () => assert.equal(count(-12345.5), "12,346"))

test("a share of nothing is unknown", () => {
  const view = { board: { totals: { revenue: 200, profit: 0 } } }
  assert.equal(shareOf(view, { revenue: 50 }, "revenue"), 0.25)
  assert.equal(shareOf(view, { profit: 50 }, "profit"), null)
})

test("only customers of whom a measure is known count in its mean", () => {
  assert.equal(each({ customers: 4, profit: 20 }, "profit"), 5)
  assert.equal(each({ customers: 4, profit: 20, "profit is known": 2 }, "profit"), 10)
  assert.equal(each({ customers: 0, profit: 0 }, "profit"), null)
})

test("keys of one line are told as one move, those of another line before, and nothing waits where the picture goes", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] })
  const told = [], view = { timer: 0 }
  later(view, "a", () => told.push("a 79"))
  later(view, "a", () => told.push("a 78"))
  assert.deepEqual(told, [])
  later(view, "b", () => told.push("b 94"))
  assert.deepEqual(told, ["a 78"])
  t.mock.timers.tick(250)
  assert.deepEqual(told, ["a 78", "b 94"])
  later(view, "b", () => told.push("b 93"))
  settle(view)
  t.mock.timers.tick(250)
  assert.deepEqual(told, ["a 78", "b 94", "b 93"])
  assert.equal(view.timer, 0)
})

test("while a line is held those who are pinned stay where they are pinned", () => {
  const board = { views: [], data: { shift: { A: { customers: 1, revenue: 50 }, B: { customers: -1, revenue: -50 } } } }
  changed({ board }, [{ name: "A", customers: 3, revenue: 300 }, { name: "B", customers: 9, revenue: 90 }, { name: "C", customers: 2, revenue: 1 }])
  assert.deepEqual(board.segments, [{ name: "A", customers: 4, revenue: 350 }, { name: "B", customers: 8, revenue: 40 }, { name: "C", customers: 2, revenue: 1 }])
})

test("a node that becomes another does what that one does, whatever a picture has it do", () => {
  const board = new URL("../../segmentation/board/", import.meta.url)
  const files = readdirSync(board, { recursive: true }).filter((file) => file.endsWith(".js"))
  const done = files.flatMap((file) => [...readFileSync(new URL(file, board), "utf8").matchAll(/\.(on[a-z]+) = /g)].map(([, hand]) => hand))
  assert.ok(done.length > 20)
  assert.deepEqual([...new Set(done)].filter((hand) => !HANDS.includes(hand)), [])
})

test("what can be done is said as far as it has room beside a title, and never cut off in the middle of a word", () => {
  const hint = "drag a line, click a cell"
  assert.equal(hinted("Revenue × growth", hint, 438), hint)
  assert.equal(hinted("Revenue × variation of revenue per quarter", hint, 438), "drag a line")
})
