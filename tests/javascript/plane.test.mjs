import assert from "node:assert/strict"
import test from "node:test"
import { alike, beside, clear, covers, crosses, crowded, letters, placed, pushed, reaches, share, tall } from "../../segmentation/board/plane/plane.js"

const scale = { domain: [-100, 100], unit: 1 }

test("zero is in the middle of an axis as long on both sides, and nothing leaves it", () => {
  assert.deepEqual([-1e9, -100, 0, 100, 1e9].map((value) => share(scale, value)), [0, 0, 0.5, 1, 1])
})

test("beyond the unit equal factors are nearly equal ways", () => {
  const way = (from, to) => share(scale, to) - share(scale, from)
  assert.ok(Math.abs(way(10, 20) - way(20, 40)) < 0.01)
  assert.ok(way(0, 1) < way(10, 20) * 1.1)
})

test("of bubbles that are named below the plane those of one colour have a letter, others none", () => {
  const [blue, also, red] = [{ name: "Promising", slot: 2 }, { name: "Loyal", slot: 2 }, { name: "Lost", slot: 5 }]
  assert.deepEqual(alike([blue, red, also]), [blue, also])
  assert.deepEqual(alike([blue, red]), [])
})

test("each bubble has a letter of its own, the one of its segment where the board has it", () => {
  const bubbles = [["Lost", 1, 2], ["Loyal", 3, 4]]
  assert.deepEqual(letters(bubbles), ["a", "b"])
  assert.deepEqual(letters(bubbles, ["Loyal", "New", "Lost"].map((name) => ({ name }))), ["c", "a"])
})

test("steps are counted from the position of a line, or from between two", () => {
  const positions = [10, 20, 30, 40]
  assert.deepEqual([beside(positions, 20, 1), beside(positions, 20, -1)], [2, 0])
  assert.deepEqual([beside(positions, 25, 1), beside(positions, 25, -1)], [2, 1])
})

test("a line pushes along those it meets, the farthest first", () => {
  assert.deepEqual([pushed([10, 20], 0, 30), pushed([10, 20], 1, 5), pushed([10, 20], 0, 15), pushed([10], 0, 5)], [[1, 0], [0, 1], [0], [0]])
})

test("while any line of the board is held the picture stays as high as it was, however many names stand below it", () => {
  const views = [{ dragging: null }, { dragging: null }], view = { tall: undefined, board: { views } }
  assert.equal(tall(view, 500), 500)
  Object.assign(view, { tall: 500 })
  views[1].dragging = "0.1.0"
  assert.deepEqual([519, 481].map((needed) => tall(view, needed)), [500, 500])
  views[1].dragging = null
  assert.equal(tall(view, 519), 519)
})

const cell = { x0: 0, x1: 100, y0: 0, y1: 100, right: false, upper: true, row: 1 }
const within = ({ x0, x1, y0, y1 }) => x0 >= 0 && x1 <= 100 && y0 >= 0 && y1 <= 100

test("words stand in the corner of their sector, give way to who stands there, and are left out where there is no room", () => {
  const free = placed(cell, [40, 20], () => false), right = placed({ ...cell, right: true, upper: false, row: 0 }, [40, 20], () => false)
  assert.ok(within(free) && free.x0 < 10 && free.y0 < 10)
  assert.ok(within(right) && right.x1 > 90 && right.y1 > 90)
  const crowd = crowded({ left: 0, top: 0, wide: 100, high: 100 }, [{ x: 20, y: 10, r: 5 }]), aside = placed(cell, [40, 20], crowd)
  assert.ok(crowd(free) && within(aside) && (aside.x0 > 25 || aside.y0 > 15))
  assert.equal(placed(cell, [40, 20], () => true), null)
  assert.equal(placed(cell, [98, 20], () => false), null)
})

test("a box is crowded by whoever stands in it, at the edges of the picture too", () => {
  const crowd = crowded({ left: 10, top: 10, wide: 50, high: 50 }, [{ x: 60, y: 60, r: 2 }, { x: 30, y: 30, r: 1 }])
  const box = (x0, y0) => ({ x0, x1: x0 + 8, y0, y1: y0 + 8 })
  assert.deepEqual([box(52, 52), box(26, 26), box(40, 26), box(10, 10)].map(crowd), [true, true, false, false])
})

test("a name lies on a bubble that it touches, not on one whose corner it passes", () => {
  const box = { x0: 0, x1: 20, y0: 0, y1: 10 }
  assert.deepEqual([{ x: 10, y: 5, r: 1 }, { x: 25, y: 5, r: 6 }, { x: 25, y: 5, r: 4 }, { x: 24, y: 14, r: 5 }].map((one) => covers(box, one)), [true, true, false, false])
})

test("a name beside a bubble is plainly that one's, and the way to it leads over no other", () => {
  const mine = { x: 50, y: 50, r: 5 }, near = { x: 50, y: 70, r: 5 }, around = { x: 52, y: 52, r: 30 }
  const above = { x0: 40, x1: 60, y0: 30, y1: 42 }, between = { x0: 58, x1: 78, y0: 55, y1: 67 }
  assert.deepEqual([above, between].map((box) => clear(box, mine, [mine, near])), [true, false])
  assert.equal(clear(above, mine, [mine, around]), false)
  const under = { x0: 40, x1: 60, y0: 100, y1: 112 }, aside = { x0: 90, x1: 110, y0: 44, y1: 56 }
  assert.deepEqual([under, aside].map((box) => reaches(box, mine, [mine, near])), [false, true])
  assert.ok(reaches(aside, mine, [mine, around]))
  assert.deepEqual([{ x0: 60, x1: 80, y0: 40, y1: 60 }, { x0: 60, x1: 80, y0: 60, y1: 80 }].map((words) => crosses(aside, mine, words)), [true, false])
  assert.equal(reaches(aside, mine, [mine, { x: 100, y: 62, r: 3 }]), false)
})
