// How customers spread along each thing that is cut, every cut a line that is dragged. While one is held all is counted
// from what lies between the places it can stand at; Python hears of it once, on release.

import { busy, colour, count, el, show } from "../drawing.js"
import { handles, taken } from "../lines.js"
import { embed, set } from "../vega.js"

const LEFT = 52, RIGHT = 12 // as the chart is padded: see vega.js

function take(view) {
  if (busy(view)) return
  view.panels = taken(view.data.panels)
}

// The charts stay where they are while they change: only what stands on them is drawn anew
function update(view) {
  view.drawn ??= []
  view.axes ??= []
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
  const panel = { body: el("div", { class: "chart", "aria-hidden": "true" }), over: el("div", { class: "over" }), cliffs: el("div", { class: "along" }), strip: el("div", { class: "strip" }) }
  panel.root = el("div", { class: "panel", "data-panel": i }, panel.body, panel.cliffs, panel.over, panel.strip)
  view.body.append(panel.root)
  return panel
}

// The chart's cuts and colours, the handles on it, and the bands below
function place(view, i) {
  const panel = view.drawn[i], state = view.panels[i], { ends } = panel.chart
  if (!panel.vega || !state) return
  const ascending = [...state.cuts].reverse(), inside = ascending.map((cut) => Math.min(Math.max(cut, ends[0]), ends[1]))
  if (panel.vega.width() !== wide(view)) panel.vega.width(wide(view))
  set(panel.vega, { cuts: [ends[0], ...inside, ends[1]], slots: [...state.slots].reverse().flat() })
  const scale = panel.vega.scale("x"), x = (value) => LEFT + scale(Math.min(Math.max(value, ends[0]), ends[1]))
  view.axes[i] = { at: x, over: panel.over, strip: panel.cliffs }
  handles(view, i)
  show(panel.strip, strip(view, i, x))
}

// Each band's name and customers, under its part of the axis; where bars are stacked, what each colour is
function strip(view, i, x) {
  const state = view.panels[i], { ends } = view.drawn[i].chart
  if (!state.bands.length) return state.slots.flat().every((slot) => slot === "7") ? [] : view.board.segments.map(
    ({ name, colour: slot, customers }) => el("small", { style: `border-color:${colour(view, slot)}` }, `${name} ${count(customers)}`))
  const held = new Map(view.board.segments.map((segment) => [segment.name, segment.customers]))
  return state.bands.map(([name, slot], band) => {
    const high = band ? state.cuts[band - 1] : ends[1], low = state.cuts[band] ?? ends[0]
    const from = x(low), wide = Math.max(x(high) - from, 0)
    const words = `${name} ${count(held.get(name) ?? 0)}`
    return el("span", { title: words, style: `left:${from.toFixed(1)}px;width:${wide.toFixed(1)}px;border-color:${colour(view, slot)}` }, wide > words.length * 6.5 ? words : wide > name.length * 6.5 ? name : "")
  })
}

export default { body: "div", take, update }
