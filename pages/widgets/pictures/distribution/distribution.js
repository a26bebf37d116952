// How customers spread along each thing that is cut, every cut a line that is dragged. While one is held all is counted
// from what lies between the places it can stand at; Python hears of it once, on release.

import { busy, changed, colour, compact, count, draw, el, hold, later, percent, short, show } from "../drawing.js"
import { embed, set } from "../vega.js"

const LEFT = 52, RIGHT = 12 // as the chart is padded: see vega.js

function take(view) {
  if (busy(view)) return
  view.panels = view.data.panels.map((panel) => ({ ...panel, cuts: [...panel.cuts], bounds: panel.bounds && [...panel.bounds],
    lines: panel.lines.map((line) => ({ ...line })) }))
}

// The charts stay where they are while they change: only what stands on them is drawn anew
function update(view) {
  view.drawn ??= []
  const charts = view.data.charts
  while (view.drawn.length > charts.length) view.drawn.pop().root.remove()
  charts.forEach((chart, i) => {
    const panel = (view.drawn[i] ??= opened(view, i))
    const wanted = JSON.stringify([chart.ends, view.board.palette, i]) + view.still?.length
    if (panel.chart !== chart || panel.palette !== wanted) {
      Object.assign(panel, { chart, palette: wanted, vega: null })
      embed(view.data.script, panel.body, chart.spec, wide(view), view.board.palette.map((one) => one.trim())).then((vega) => {
        if (panel.chart !== chart) return vega.finalize()
        panel.vega = vega
        place(view, i)
      }, () => show(panel.body, [el("p", {}, "The picture cannot be drawn: reload the page.")]))
    } else place(view, i)
  })
}

const wide = (view) => Math.max(view.width - LEFT - RIGHT, 80)

function opened(view, i) {
  const panel = { body: el("div", { class: "chart", "aria-hidden": "true" }), over: el("div", { class: "over" }), strip: el("div", { class: "strip" }) }
  panel.root = el("div", { class: "panel", "data-panel": i }, panel.body, panel.over, panel.strip)
  view.body.append(panel.root)
  return panel
}

// The chart's cuts and colours, the handles on it, and the bands below
function place(view, i) {
  const panel = view.drawn[i], state = view.panels[i], { ends } = panel.chart
  if (!panel.vega || !state) return
  const ascending = [...state.cuts].reverse(), inside = ascending.map((cut) => Math.min(Math.max(cut, ends[0]), ends[1]))
  const slots = state.bands.length ? state.bands.map(([, slot]) => String(slot)).reverse() : inside.concat(0).map(() => "7")
  if (panel.vega.width() !== wide(view)) panel.vega.width(wide(view))
  set(panel.vega, { cuts: [ends[0], ...inside, ends[1]], slots })
  const scale = panel.vega.scale("x"), x = (value) => LEFT + scale(Math.min(Math.max(value, ends[0]), ends[1]))
  const focused = view.body.getRootNode().activeElement?.dataset?.param
  const each = state.lines.flatMap((line) => Object.keys(line.cuts).map((cut) => ({ line, cut: Number(cut), across: x(line.cuts[cut][line.here]) })))
  const handles = each.sort((one, other) => one.across - other.across).map((one, place) => handle(view, i, one, place, each))
  if (show(panel.over, handles) && focused) panel.over.querySelector(`[data-param="${focused}"]`)?.focus({ preventScroll: true })
  show(panel.strip, strip(view, i, x))
}

// A line with its value; where the one before is near, a row higher
function handle(view, i, { line, cut, across }, place, each) {
  const whole = said(view, line, line.stops[line.here]), param = `${i}.${line.number}.${cut}`
  const value = line.cuts[cut][line.here], alone = Object.keys(line.cuts).length === 1
  const words = !alone ? Number(value.toPrecision(4)).toLocaleString("en") : line.stands ? whole : `${whole} at ${short(value)}`
  const row = each.slice(0, place).reverse().findIndex(({ across: other }) => across - other > 8 * words.length)
  const node = el("div", { class: "line" + (view.dragging === param ? " held" : ""), style: `left:${across.toFixed(1)}px`, tabindex: 0, role: "slider", "data-param": param,
    "aria-label": line.label, "aria-valuemin": line.stops[0], "aria-valuemax": line.stops.at(-1),
    "aria-valuenow": line.stops[line.here], "aria-valuetext": `${line.label}: ${whole}` },
    el("b", {}), el("span", { class: `row${(row < 0 ? place : row) % 3}` }, words))
  node.onpointerdown = (event) => drag(view, i, line, cut, param, event)
  node.onkeydown = (event) => key(view, i, line, event)
  return node
}

export function said(view, line, stop) {
  if (line.unit === "%") return percent(stop)
  if (line.unit === "money") return compact(stop, view.data.currency)
  return `${Number(stop.toPrecision(6)).toLocaleString("en")} ${stop === 1 ? line.unit.replace(/s$/, "") : line.unit}`.trim()
}

// Each band's name and customers, under its part of the axis
function strip(view, i, x) {
  const state = view.panels[i], { ends } = view.drawn[i].chart
  if (!state.bands.length) return []
  const held = new Map(view.board.segments.map((segment) => [segment.name, segment.customers]))
  return state.bands.map(([name, slot], band) => {
    const high = band ? state.cuts[band - 1] : ends[1], low = state.cuts[band] ?? ends[0]
    const from = x(low), wide = Math.max(x(high) - from, 0)
    const words = `${name} ${count(held.get(name) ?? 0)}`
    return el("span", { title: words, style: `left:${from.toFixed(1)}px;width:${wide.toFixed(1)}px;border-color:${colour(view, slot)}` }, wide > words.length * 6.5 ? words : wide > name.length * 6.5 ? name : "")
  })
}

const STEPS = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 5, PageDown: -5, Home: -Infinity, End: Infinity }

function key(view, i, line, event) {
  const step = STEPS[event.key]
  if (!step) return
  event.preventDefault()
  const now = view.panels[i].lines.find(({ number }) => number === line.number)
  move(view, i, now, now.here + step)
  later(view, () => send(view, now))
}

function drag(view, i, line, cut, param, event) {
  const start = line.here, scale = view.drawn[i].vega.scale("x"), box = view.drawn[i].over.getBoundingClientRect()
  const state = view.panels[i].lines.find(({ number }) => number === line.number)
  const moved = (e) => move(view, i, state, nearest(state.cuts[cut], scale, e.clientX - box.left - LEFT))
  hold(view, param, event, moved, () => {
    if (state.here !== start) send(view, state)
    return state.here !== start
  })
}

const send = (view, line) => view.send("moved", { number: line.number, value: line.stops[line.here] })

// Of the places a line can stand at the one nearest to the pointer, in pixels
export function nearest(cuts, scale, across) {
  let best = 0
  cuts.forEach((cut, at) => { if (Math.abs(scale(cut) - across) < Math.abs(scale(cuts[best]) - across)) best = at })
  return best
}

// Put a line at one of its stops: the chart, the counts and all other pictures go along
function move(view, i, line, to) {
  const panel = view.panels[i]
  line.here = Math.min(Math.max(to, 0), line.stops.length - 1)
  for (const [cut, where] of Object.entries(line.cuts)) {
    panel.cuts[cut] = where[line.here]
    if (panel.bounds) panel.bounds[Number(cut) + 1] = line.at[cut][line.here]
  }
  if (panel.bounds) changed(view, counted(view.board.segments, view.data.panels[i], panel))
  draw(view)
}

// What the segments hold with the cuts there: sums over what lies between the places
export function counted(segments, { held, segment, bounds: { length } }, { bounds }) {
  const bands = length - 1, others = segment.length / bands
  const found = segments.map((one) => ({ ...one, ...Object.fromEntries(Object.keys(held).map((name) => [name, 0])) }))
  for (const [name, sums] of Object.entries(held)) {
    for (let band = 0; band < bands; band += 1) {
      for (let at = bounds[band]; at < bounds[band + 1]; at += 1) {
        for (let other = 0; other < others; other += 1) {
          const into = found[segment[band * others + other]]
          if (into) into[name] += sums[at * others + other]
        }
      }
    }
  }
  return found
}

export default { body: "div", take, update }
