// The Pareto curve with cuts that are dragged in the picture. While a cut moves everything here is redrawn from
// exact counts sent with the data (one for every whole per cent); Python hears of it once, on release.

import { along, busy, changed, colour, draw, el, FIFTHS, fitting, grouped, hold, later, percent } from "../drawing.js"
import { forgotten, same } from "../sliders.js"

const PLOT = { left: 44, right: 10, top: 48, height: 290, bar: 30, gap: 44 }
const LETTER = 7, ROW = 18 // pixels a letter in the bar takes, and a row of what has no room there

function take(view) {
  if (!busy(view)) view.cuts = view.data.cuts.map((cut) => ({ ...cut }))
}

function pieces(view) {
  view.wide = view.width - PLOT.left - PLOT.right
  view.high = fitting(PLOT.height)
  const bottom = PLOT.top + view.high
  const under = bottom + PLOT.gap, [below, rows] = legend(view, under + PLOT.bar + 18)
  view.body.setAttribute("height", under + PLOT.bar + 6 + rows * ROW)
  return [axes(view, bottom), ...regions(view, bottom), ...curves(view, bottom), ...ghosts(view, bottom), bar(view, under), ...below,
    ...view.cuts.map((cut, i) => handle(view, cut, i, bottom))]
}

const x = (view, share) => PLOT.left + share * view.wide
const y = (view, share) => PLOT.top + (1 - share / view.data.top) * view.high
const at = (held, place) => Object.fromEntries(Object.entries(held).map(([measure, values]) => [measure, values[place]]))

// The segments as they stand while a cut moves: [{name, colour, x0, x1, customers and what else they hold}]
export function parts(view) {
  const { parts, n, along } = view.data
  if (!view.cuts.length) return parts
  const ends = [...view.cuts.map((cut) => cut.held), at(along, along.customers.length - 1)]
  return parts.map((part, i) => {
    if (!ends[i]) return part
    const from = i ? ends[i - 1] : at(along, 0)
    const held = Object.fromEntries(Object.keys(along).map((measure) => [measure, ends[i][measure] - from[measure]]))
    return { ...part, ...held, x0: from.customers / n, x1: ends[i].customers / n }
  })
}

function axes(view, bottom) {
  const group = el("g", { class: "axis" })
  for (const share of FIFTHS) {
    const up = y(view, share)
    group.append(el("line", { x1: PLOT.left, x2: PLOT.left + view.wide, y1: up, y2: up }),
      el("text", { x: PLOT.left - 6, y: up + 4, "text-anchor": "end" }, percent(share)))
  }
  group.append(...along((share) => x(view, share), bottom, view.data.x), el("text", { x: 0, y: PLOT.top - 38 }, view.data.y))
  return group
}

function regions(view, bottom) {
  return parts(view).filter((part) => part.x1 > part.x0).map((part) =>
    el("rect", { x: x(view, part.x0), width: (part.x1 - part.x0) * view.wide, y: PLOT.top, height: bottom - PLOT.top,
      fill: colour(view, part.colour), opacity: 0.12 }, el("title", {}, `${part.name}: ${grouped(part.customers)}`)))
}

function curves(view) {
  const path = (points) => "M" + points.map(([a, b]) => `${x(view, a).toFixed(1)},${y(view, b).toFixed(1)}`).join("L")
  const own = view.cuts.length ? view.data.curve : [[0, 0], ...view.data.parts.map((part) => [part.x1, part.y1])]
  const ideal = view.cuts.length ? [] : [el("path", { class: "ideal", d: path(view.data.curve) })]
  return [...ideal, el("path", { class: "curve", d: path(own) })]
}

// Where the cuts stood as they were remembered
function ghosts(view, bottom) {
  let before = 0
  return view.cuts.flatMap((_, i) => {
    const part = view.board.ghost?.segments[i]
    if (!part) return []
    const across = x(view, (before += part.customers) / view.data.n)
    return [el("line", { class: "ghost", x1: across, x2: across, y1: PLOT.top, y2: bottom })]
  })
}

function bar(view, top) {
  const group = el("g", { class: "bar" })
  for (const part of parts(view)) {
    const width = (part.x1 - part.x0) * view.wide
    if (width <= 0) continue
    const words = told(part), fits = inside(part, width)
    group.append(el("rect", { x: x(view, part.x0), y: top, width: Math.max(width - 1, 1), height: PLOT.bar, rx: 4,
      fill: colour(view, part.colour) }, el("title", {}, words)))
    if (fits) group.append(el("text", { x: x(view, part.x0) + 7, y: top + PLOT.bar / 2 + 4, style: `fill:${ink(colour(view, part.colour))}` }, fits))
  }
  return group
}

const told = (part) => `${part.name} ${grouped(part.customers)}`
const inside = (part, width) => [told(part), part.name].find((text) => text.length < (width - 10) / LETTER) ?? ""

// What has no room in the bar, below it, with its colour; and in how many rows
function legend(view, top) {
  const narrow = parts(view).filter((part) => !inside(part, (part.x1 - part.x0) * view.wide))
  let across = PLOT.left, row = 0
  const pieces = narrow.flatMap((part) => {
    const words = told(part), wide = 26 + 6.4 * words.length
    if (across > PLOT.left && across + wide > PLOT.left + view.wide) [across, row] = [PLOT.left, row + 1]
    const [left, up] = [across, top + row * ROW]
    across += wide
    return [el("rect", { x: left, y: up - 9, width: 10, height: 10, rx: 2, fill: colour(view, part.colour) }), el("text", { x: left + 14, y: up }, words)]
  })
  return [pieces, narrow.length && row + 1]
}

// Dark ink on light colours (orange among them), white on dark ones
function ink(hex) {
  const [r, g, b] = [1, 3, 5].map((at) => (parseInt(hex.slice(at, at + 2), 16) / 255) ** 2.2)
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.26 ? "#14181F" : "#FFFFFF"
}

function handle(view, cut, i, bottom) {
  const share = cut.held.customers / view.data.n, across = x(view, share)
  const words = `${cut.name}: ${percent(share)} → ${percent(cut.cut)}`
  const half = words.length * 3.3
  const label = Math.min(Math.max(across, PLOT.left + half), PLOT.left + view.wide - half)
  const group = el("g", { class: "cut" + (cut.param ? " free" : "") },
    el("rect", { class: "hit", x: across - 16, y: PLOT.top - 8, width: 32, height: bottom - PLOT.top + 16 }),
    el("line", { x1: across, x2: across, y1: PLOT.top - 2, y2: bottom }),
    el("text", { x: label, y: PLOT.top - 22 + i * 14, "text-anchor": "middle" }, words))
  if (cut.param) free(view, i, group, across, words)
  return group
}

function free(view, i, group, across, words) {
  const cut = view.cuts[i], { low, high } = limits(view, cut)
  group.append(el("circle", { class: "grip", cx: across, cy: y(view, Math.min(cut.cut, view.data.top)), r: 7 }))
  const said = { tabindex: 0, role: "slider", "data-param": cut.param, "aria-label": `${cut.name} ends at this share`,
    "aria-valuemin": low, "aria-valuemax": high, "aria-valuenow": Math.round(cut.cut * 100), "aria-valuetext": words }
  for (const [key, value] of Object.entries(said)) group.setAttribute(key, value)
  group.onpointerdown = (event) => drag(view, view.cuts[i], event)
  group.onkeydown = (event) => {
    const cut = view.cuts[i] // as it is now: what is drawn may be from before the last answer
    const step = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 5, PageDown: -5, Home: -100, End: 100 }[event.key]
    if (!step) return
    event.preventDefault()
    move(view, cut, Math.round(cut.cut * 100) + step)
    later(view, cut.param, () => send(view, cut))
  }
}

export function limits(view, cut) {
  const place = view.cuts.indexOf(cut)
  const below = view.cuts[place - 1]?.param ? Math.round(view.cuts[place - 1].cut * 100) : 0
  const above = view.cuts[place + 1]?.param ? Math.round(view.cuts[place + 1].cut * 100) : 100
  return { low: Math.max(cut.low, below), high: Math.min(cut.high, above) }
}

// Put a cut at a whole per cent that it can be at
function move(view, cut, to) {
  const { low, high } = limits(view, cut)
  forgotten(view.board, { method: view.method, by: cut.by })
  put(view, cut, Math.min(Math.max(to, low), high))
}

// The cuts that follow from it go along, and so do the other pictures
function put(view, cut, whole) {
  cut.cut = whole / 100
  cut.held = at(view.data.along, whole)
  for (const other of view.cuts) if (other.follow) { other.cut = other.follow.cut[whole]; other.held = at(other.follow.held, whole) }
  draw(view)
  const now = new Map(parts(view).map((part) => [part.name, part]))
  const segments = view.board.segments.map((segment) => ({ ...segment, ...now.get(segment.name) }))
  changed(view, segments, ranked(segments, view.data.ranks))
}

// The segment of each of these ranks: each segment holds the customers next in rank after those of the one before
export function ranked(segments, ranks) {
  let sum = 0
  const ends = segments.map(({ customers }) => (sum += customers))
  return ranks.map((rank) => ends.findIndex((end) => rank < end))
}

// The cuts that sliders of the page move
const sliders = (view) => view.cuts.filter(({ param }) => param).map((cut) => ({ by: cut.by, percent: true,
  said: view.data.cuts.find(({ param }) => param === cut.param).cut, put: (to) => slid(view, cut, to) }))

function slid(view, cut, to) {
  const whole = Math.round(to * 100), { low, high } = limits(view, cut)
  if (!same(whole / 100, to) || whole < low || whole > high) return false
  if (whole !== Math.round(cut.cut * 100)) put(view, cut, whole)
  return true
}

const send = (view, cut) => view.send("cut", { param: cut.param, value: cut.cut })

function drag(view, cut, event) {
  const box = view.body.getBoundingClientRect()
  const start = cut.cut
  const toShare = (e) => ((e.clientX - box.left) / box.width * (view.wide + PLOT.left + PLOT.right) - PLOT.left) / view.wide
  const moved = (e) => move(view, cut, nearest(view, toShare(e) * view.data.n))
  hold(view, cut.param, event, moved, () => {
    if (cut.cut !== start) send(view, cut)
    return cut.cut !== start
  })
}

// The whole per cent whose exact count is nearest to where the pointer stands
export function nearest(view, customers) {
  let best = 0
  const reach = view.data.along.customers.slice(0, 101)
  reach.forEach((count, whole) => { if (Math.abs(count - customers) < Math.abs(reach[best] - customers)) best = whole })
  return best
}

export default { take, pieces, sliders }
