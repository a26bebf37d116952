// Profit × potential with both cut lines dragged in the picture. While a line moves, counts and money of the sectors
// are read from exact figures sent for each of its stops, and the bubbles take the colour of the sector they fall
// into; Python hears of it once, on release.

const NS = "http://www.w3.org/2000/svg"
const views = new WeakMap()
const AXES = ["profit", "potential"]

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".plane")
  let view = views.get(root)
  if (!view) {
    view = { root, svg: root.querySelector("svg"), dragging: null, timer: 0 }
    view.watch = new ResizeObserver(() => draw(view))
    view.watch.observe(root)
    views.set(root, view)
  }
  view.data = data
  view.send = (name, value) => setTriggerValue(name, value)
  if (view.dragging === null) {
    view.at = { profit: data.profit.at, potential: data.potential.at }
    view.held = data.held
  }
  draw(view)
  return () => { view.watch.disconnect(); clearTimeout(view.timer); views.delete(root) }
}

function draw(view) {
  const width = view.root.clientWidth
  if (!width || !view.data) return
  const focused = view.svg.getRootNode().activeElement?.dataset?.param
  const phone = width < 520
  view.box = { left: 44, top: 22, wide: width - 54, high: phone ? 340 : 400 }
  view.phone = phone
  view.svg.setAttribute("height", view.box.top + view.box.high + 40)
  view.svg.setAttribute("aria-label", view.data.alt)
  view.root.querySelector("b").textContent = view.data.words.title
  view.root.querySelector("span").textContent = view.data.words.hint
  view.svg.replaceChildren(axes(view), ...shades(view), ...bubbles(view), ...views_of(view), ...corners(view), ...cuts(view))
  if (focused) view.svg.querySelector(`[data-param="${focused}"]`)?.focus({ preventScroll: true })
}

// Symmetric logarithm: straight around zero, by powers of ten beyond
const bend = (value, unit) => Math.sign(value) * Math.log1p(Math.abs(value) / unit)
function share(scale, value) {
  const [low, high] = scale.domain.map((end) => bend(end, scale.unit))
  return Math.min(Math.max((bend(value, scale.unit) - low) / (high - low), 0), 1)
}
const x = (view, value) => view.box.left + share(view.data.profit, value) * view.box.wide
const y = (view, value) => view.box.top + (1 - share(view.data.potential, value)) * view.box.high
const colour = (view, slot) =>
  view.palette[slot]?.trim() || "#8A919C"

function el(name, attributes = {}, ...children) {
  const node = document.createElementNS(NS, name)
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value)
  node.append(...children)
  return node
}

// Three significant digits with k, m, bn, as everywhere on the page
export function compact(value, currency) {
  const size = Number(Math.abs(value).toPrecision(3))
  const [step, letter] = [[1e12, "tn"], [1e9, "bn"], [1e6, "m"], [1e3, "k"]].find(([step]) => size >= step) || [1, ""]
  const number = letter ? (size / step).toPrecision(3) : String(size)
  return (value < 0 && size ? "−" : "") + currency + number + letter
}
const round = (tick) => compact(tick, "").replace(/\.?0+(?=[a-z]+$)/, (zeros) => (zeros.startsWith(".") ? "" : zeros))
const count = (number) => Math.round(number).toLocaleString("en")

function axes(view) {
  const { left, top, wide, high } = view.box, bottom = top + high
  view.palette = getComputedStyle(view.root).getPropertyValue("--st-chart-categorical-colors").split(",")
  const group = el("g", { class: "axis" })
  let last = -Infinity
  for (const tick of view.data.profit.ticks) {
    const at = x(view, tick)
    group.append(el("line", { x1: at, x2: at, y1: top, y2: bottom, class: tick ? "" : "zero" }))
    if (at - last < 40 && tick) continue
    last = at
    group.append(el("text", { x: at, y: bottom + 15, "text-anchor": "middle" }, round(tick)))
  }
  last = Infinity
  for (const tick of view.data.potential.ticks) {
    const at = y(view, tick)
    group.append(el("line", { x1: left, x2: left + wide, y1: at, y2: at, class: tick ? "" : "zero" }))
    if (last - at < 16) continue
    last = at
    group.append(el("text", { x: left - 5, y: at + 4, "text-anchor": "end" }, round(tick)))
  }
  group.append(el("text", { x: left + wide, y: bottom + 33, "text-anchor": "end" }, view.data.profit.title + " →"),
    el("text", { x: 0, y: 12 }, "↑ " + view.data.potential.title))
  return group
}

// Where each cell of the matrix begins and ends, with what it holds
function cells(view) {
  const { left, top, wide, high } = view.box
  if (view.data.cells) {
    const xs = [left, ...view.data.thirds.profit.map((line) => x(view, line)), left + wide]
    const ys = [top + high, ...view.data.thirds.potential.map((line) => y(view, line)), top]
    return view.data.cells.map((cell) => ({ ...cell, x0: xs[cell.column], x1: xs[cell.column + 1], y0: ys[cell.row + 1], y1: ys[cell.row] }))
  }
  const across = x(view, view.at.profit), up = y(view, view.at.potential)
  return view.data.names.map((name, at) => ({
    name, colour: view.data.colours[at], right: at < 2, upper: at % 2 === 0,
    x0: at < 2 ? across : left, x1: at < 2 ? left + wide : across, y0: at % 2 ? up : top, y1: at % 2 ? top + high : up,
    ...Object.fromEntries(Object.entries(view.held).map(([measure, held]) => [measure, held[at]])) }))
}

function shades(view) {
  return cells(view).filter((cell) => cell.x1 > cell.x0 && cell.y1 > cell.y0).map((cell) => el("rect", { class: "shade", x: cell.x0,
    width: cell.x1 - cell.x0, y: cell.y0, height: cell.y1 - cell.y0, fill: colour(view, cell.colour), opacity: 0.08 }))
}

function says(view, cell) {
  const money = ["revenue", "profit", "potential"].filter((name) => name in cell)
  const words = money.map((name) => `${compact(cell[name], view.data.currency)} ${name}`)
  return view.phone ? words.slice(-2) : [words.join(" · ")]
}

// The sectors' names, how many and how much: in the corners of the picture, whatever the lines
function corners(view) {
  if (view.data.cells) return cells(view).map((cell) => inCell(view, cell))
  const { left, top, wide, high } = view.box
  return cells(view).map((cell) => {
    const lines = says(view, cell), block = 17 + 15 * lines.length
    const at = { x: cell.right ? left + wide - 8 : left + 8, "text-anchor": cell.right ? "end" : "start" }
    const from = cell.upper ? top + 18 : top + high - block + 6
    const name = el("text", { class: "name", ...at, y: from }, `${cell.name} · ${count(cell.customers)}`)
    const money = lines.map((line, i) => el("text", { class: "money", ...at, y: from + 16 * (i + 1) }, line))
    return el("g", { class: "corner", "data-sector": cell.name }, title(view, cell), name, ...money)
  })
}

// One of nine cells: its name along the outer edges, and in the middle as far as it fits
function inCell(view, cell) {
  const width = cell.x1 - cell.x0, height = cell.y1 - cell.y0, right = cell.column === 2
  const words = [`${cell.name} · ${count(cell.customers)}`, cell.name, count(cell.customers)]
  const fits = height < 20 ? undefined : words.find((text) => text.length * 7.6 + 12 < width)
  const at = { x: right ? cell.x1 - 6 : cell.x0 + 6, y: cell.row ? cell.y0 + 16 : cell.y1 - 8, "text-anchor": right ? "end" : "start" }
  return el("g", { class: "corner", "data-sector": cell.name }, title(view, cell), ...(fits ? [el("text", { class: "name", ...at }, fits)] : []))
}

const title = (view, cell) => el("title", {}, `${cell.name} · ${count(cell.customers)}: ${says(view, cell).join(", ")}`)

function slot(view, across, up) {
  if (view.data.cells) {
    const column = view.data.thirds.profit.filter((line) => across >= line).length
    const row = view.data.thirds.potential.filter((line) => up >= line).length
    return view.data.cells.find((cell) => cell.column === column && cell.row === row)?.colour
  }
  return view.data.colours[(across >= view.at.profit ? 0 : 2) + (up >= view.at.potential ? 0 : 1)]
}

function bubbles(view) {
  const { bubbles, largest, segments } = view.data
  // Together they cover no more than an eighth of the picture, so that many of one size can be told apart
  const together = bubbles.reduce((sum, bubble) => sum + Math.max(bubble[3], 0) / largest, 0)
  const room = Math.sqrt(0.125 * view.box.wide * view.box.high / (Math.PI * Math.max(together, 1)))
  const most = Math.min(room, (segments ? 40 : 20) * (view.phone ? 0.7 : 1))
  const faint = (view.data.cloud || []).map(([across, up]) => el("circle", { cx: x(view, across), cy: y(view, up), r: 2,
    fill: colour(view, slot(view, across, up)), opacity: 0.25 }))
  const drawn = [], names = []
  for (const [at, [name, across, up, size, customers, slot_]] of bubbles.entries()) {
    const r = Math.max(segments ? 6 : 3, Math.sqrt(Math.max(size, 0) / largest) * most)
    const words = [segments ? `${name}: ${count(customers)} customers` : name, `now ${compact(across, view.data.currency)}`,
      `potential ${compact(up, view.data.currency)}`, `${view.data.volume} ${compact(size, view.data.currency)}`]
    const node = el("circle", { class: "bubble", cx: x(view, across), cy: y(view, up), r: r.toFixed(1), "data-name": name,
      fill: colour(view, segments ? slot_ : slot(view, across, up)), opacity: segments ? 0.85 : 0.6 }, el("title", {}, words.join(" · ")))
    node.onclick = () => view.send("picked", { name, at })
    drawn.push(node)
    if (segments) names.push({ name, x: x(view, across), y: y(view, up) - r - 4, size })
  }
  return [...faint, ...drawn, ...apart(view, names)]
}

// Names of bubbles; of two that would lie on each other the larger bubble's stays
function apart(view, names) {
  const written = []
  for (const one of names.sort((a, b) => b.size - a.size)) {
    const half = one.name.length * 3.6
    one.x = Math.min(Math.max(one.x, view.box.left + half), view.box.left + view.box.wide - half)
    one.y = Math.max(one.y, view.box.top + 12)
    if (written.every((other) => Math.abs(other.x - one.x) > half + other.name.length * 3.6 || Math.abs(other.y - one.y) > 17)) written.push(one)
  }
  return written.map((one) => el("text", { class: "named", x: one.x, y: one.y, "text-anchor": "middle" }, one.name))
}

// The lines of saved views, thin, with their names
function views_of(view) {
  const { left, top, wide, high } = view.box
  return (view.data.views || []).map((one, i) => el("g", { class: "view" },
    el("line", { x1: x(view, one.profit), x2: x(view, one.profit), y1: top, y2: top + high }),
    el("line", { x1: left, x2: left + wide, y1: y(view, one.potential), y2: y(view, one.potential) }),
    el("text", { x: x(view, one.profit) + 4, y: top + high / 2 + 13 * i }, one.name)))
}

function cuts(view) {
  if (view.data.cells) return AXES.flatMap((axis) => view.data.thirds[axis].map((value) => cut(view, axis, value, false)))
  return AXES.map((axis) => cut(view, axis, view.at[axis], true))
}

function cut(view, axis, value, free) {
  const { left, top, wide, high } = view.box, upright = axis === "profit"
  const at = upright ? x(view, value) : y(view, value)
  const words = compact(value, view.data.currency)
  const ends = upright ? { x1: at, x2: at, y1: top, y2: top + high } : { x1: left, x2: left + wide, y1: at, y2: at }
  const hit = upright ? { x: at - 14, y: top, width: 28, height: high } : { x: left, y: at - 14, width: wide, height: 28 }
  const half = words.length * 3.5
  const label = upright
    ? { x: Math.min(Math.max(at, left + half), left + wide - half), y: top - 7, "text-anchor": "middle" }
    : { x: left + wide * (free ? 1 : 0.62) - 12, y: Math.max(at - 6, top + 10), "text-anchor": "end" }
  const group = el("g", { class: `cut ${axis} ${free ? "free" : "fixed"}` },
    el("rect", { class: "hit", ...hit }), el("line", { class: "seen", ...ends }), el("text", label, words))
  if (free) handle(view, axis, group, at, words)
  return group
}

function handle(view, axis, group, at, words) {
  const { left, top, wide, high } = view.box, upright = axis === "profit"
  group.append(el("circle", { class: "grip", r: 7, cx: upright ? at : left + wide, cy: upright ? top + high : at }))
  const stops = view.data[axis].stops
  const said = { tabindex: 0, role: "slider", "data-param": axis, "aria-label": view.data[axis].says, "aria-valuemin": stops[0],
    "aria-valuemax": stops[stops.length - 1], "aria-valuenow": view.at[axis], "aria-valuetext": words }
  for (const [key, value] of Object.entries(said)) group.setAttribute(key, value)
  if (!upright) group.setAttribute("aria-orientation", "vertical")
  group.onpointerdown = (event) => drag(view, axis, event)
  group.onkeydown = (event) => {
    const step = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 5, PageDown: -5, Home: -1e9, End: 1e9 }[event.key]
    if (!step) return
    event.preventDefault()
    move(view, axis, beside(stops, view.at[axis], step))
    clearTimeout(view.timer)
    view.timer = setTimeout(() => view.send("moved", { axis, value: view.at[axis] }), 250)
  }
}

// The stop so many steps away from a value, which may lie between two stops
function beside(stops, value, step) {
  const below = stops.filter((stop) => stop < value).length
  const on = stops[below] === value
  const at = step > 0 ? below + (on ? step : step - 1) : below + step
  return Math.min(Math.max(at, 0), stops.length - 1)
}

// Put a line at a stop: what the sectors hold there is known
function move(view, axis, at) {
  view.at[axis] = view.data[axis].stops[at]
  const [first, second] = view.data.better[axis]
  view.held = Object.fromEntries(Object.entries(view.data.along[axis]).map(([measure, better]) => {
    const held = [...view.data.held[measure]], other = axis === "profit" ? 2 : 1
    const both = [held[first] + held[first + other], held[second] + held[second + other]]
    held[first] = better[2 * at]
    held[second] = better[2 * at + 1]
    held[first + other] = both[0] - held[first]
    held[second + other] = both[1] - held[second]
    return [measure, held]
  }))
  draw(view)
}

function drag(view, axis, event) {
  event.preventDefault()
  view.dragging = axis
  const start = view.at[axis], upright = axis === "profit", stops = view.data[axis].stops
  const places = stops.map((stop) => (upright ? x(view, stop) : y(view, stop)))
  const moved = (e) => {
    const box = view.svg.getBoundingClientRect()
    const pointer = upright ? e.clientX - box.left : e.clientY - box.top
    let best = 0
    places.forEach((place, at) => { if (Math.abs(place - pointer) < Math.abs(places[best] - pointer)) best = at })
    move(view, axis, best)
  }
  const done = () => {
    window.removeEventListener("pointermove", moved)
    window.removeEventListener("pointerup", done)
    window.removeEventListener("pointercancel", done)
    view.dragging = null
    if (view.at[axis] !== start) view.send("moved", { axis, value: view.at[axis] })
  }
  window.addEventListener("pointermove", moved)
  window.addEventListener("pointerup", done)
  window.addEventListener("pointercancel", done)
  view.svg.querySelector(`[data-param="${axis}"]`)?.focus({ preventScroll: true })
}
