// The tree of joins, the last at the top. The line across it parts the customers into as many groups as branches it meets.

import { busy, colour, count, draw, el, fitting, hold, later } from "../drawing.js"
import { forgotten } from "../sliders.js"

const EDGE = { left: 8, top: 22, right: 86, below: 38 }

function take(view) {
  if (!busy(view)) view.k = view.data.k
}

function pieces(view) {
  const { joins, sizes } = view.data
  view.box = { wide: view.width - EDGE.left - EDGE.right, high: fitting(300), top: Math.max(...joins.map((join) => join[4])) * 1.04 }
  view.body.setAttribute("height", EDGE.top + view.box.high + EDGE.below)
  const x = (across) => EDGE.left + (across / sizes.length) * view.box.wide
  const at = place(view)
  return [...joins.map((join) => branch(view, x, join, at)), ...leaves(view, x), beneath(view), line(view)]
}

const y = (view, height) => EDGE.top + (1 - height / view.box.top) * view.box.high
const place = (view) => view.data.cuts[view.k] ?? 0

// A join with both its sides; below the line in the colour of its group
function branch(view, x, [left, low, right, lower, high], at) {
  const slot = high < at ? view.data.slots[Math.floor(left)] : null
  return el("path", { class: slot === null ? "join upper" : "join", stroke: slot === null ? "currentColor" : colour(view, slot),
    d: `M${x(left).toFixed(1)} ${y(view, low).toFixed(1)}V${y(view, high).toFixed(1)}H${x(right).toFixed(1)}V${y(view, lower).toFixed(1)}` })
}

// Each branch with how many customers it holds, as far as there is room
function leaves(view, x) {
  const bottom = EDGE.top + view.box.high, { sizes, slots } = view.data
  let last = -Infinity
  return sizes.flatMap((size, at) => {
    const here = x(at + 0.5), said = count(size), dot = el("circle", { cx: here, cy: bottom, r: 3.5, fill: colour(view, slots[at]) })
    if (here - last < said.length * 7 + 4) return [dot]
    last = here
    return [dot, el("text", { class: "size", x: here, y: bottom + 18, "text-anchor": "middle" }, said)]
  })
}

// What the numbers of the branches are
const beneath = ({ box }) => el("text", { class: "size", x: EDGE.left + box.wide / 2, y: EDGE.top + box.high + 33, "text-anchor": "middle" }, "Customers in each branch")

function line(view) {
  const { cuts } = view.data, all = Object.keys(cuts).map(Number), here = y(view, place(view)), end = EDGE.left + view.box.wide
  const node = el("g", { class: "cut", "data-param": "k", tabindex: 0, role: "slider", "aria-label": "Number of groups", "aria-orientation": "vertical",
    "aria-valuemin": Math.min(...all), "aria-valuemax": Math.max(...all), "aria-valuenow": view.k },
    el("line", { class: "across", x1: EDGE.left, x2: end, y1: here, y2: here }),
    el("line", { class: "hit", x1: EDGE.left, x2: end + EDGE.right, y1: here, y2: here }),
    el("circle", { class: "grip", cx: end + 6, cy: here, r: 7 }), el("text", { class: "groups", x: end + 18, y: here + 4.5 }, `${view.k} groups`))
  node.onpointerdown = (event) => hold(view, "k", event, (moved) => taken(view, nearest(view, moved)), () => tell(view))
  node.onkeydown = (event) => byKey(view, all, event)
  return node
}

// The number of groups whose place is nearest to the pointer
function nearest(view, event) {
  const up = event.clientY - view.body.getBoundingClientRect().top
  const away = (k) => Math.abs(y(view, view.data.cuts[k]) - up)
  return Object.keys(view.data.cuts).map(Number).reduce((best, k) => (away(k) < away(best) ? k : best))
}

function to(view, k) {
  if (k === view.k) return
  view.k = k
  draw(view)
}

// What a field of the page moves: into how many groups the tree falls
const sliders = (view) => [{ by: view.data.by, said: view.data.k, put: (k) => (k in view.data.cuts ? (to(view, k), true) : false) }]

function taken(view, k) {
  forgotten(view.board, { method: view.method, by: view.data.by })
  to(view, k)
}

function byKey(view, all, event) {
  const step = { ArrowUp: -1, ArrowRight: -1, ArrowDown: 1, ArrowLeft: 1, Home: -Infinity, End: Infinity }[event.key]
  if (!step) return
  event.preventDefault()
  taken(view, Math.min(Math.max(view.k + step, Math.min(...all)), Math.max(...all)))
  later(view, "k", () => tell(view))
}

function tell(view) {
  if (view.k === view.data.k) return false
  view.send("cut", { param: "k", value: view.k })
  return true
}

export default { take, pieces, sliders }
