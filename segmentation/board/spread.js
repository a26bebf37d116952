// How customers spread along what is cut: a chart for each ordering, below each other, with the lines of lines.js. A
// picture's data has for each panel a chart (see spread.py), and in `filled` what the bars of the only one are (source: the
// chart's name for them, rows, and in words what each step says), where they change; `view.drawn` is what is drawn of it.

import { colour, count, el, fitting, percent, pointing, short, show } from "./drawing.js"
import { crossed, handles } from "./lines.js"
import { embed, set } from "./vega.js"

const LEFT = 52, RIGHT = 12 // as the chart is padded: see vega.js
const MONTH = 365.25 / 12 // days

// The charts stay where they are while they change: only what stands on them is drawn anew
export function spreads(view, host) {
  host.classList.add("spreads")
  view.drawn ??= []
  view.axes ??= []
  const charts = view.data.charts
  while (view.drawn.length > charts.length) view.drawn.pop().root.remove()
  charts.forEach((chart, i) => {
    const panel = (view.drawn[i] ??= opened(view, host, i))
    const wanted = JSON.stringify([chart.ends, view.board.palette, i]) + view.still?.length
    if (panel.chart !== chart || panel.palette !== wanted) {
      Object.assign(panel, { chart, palette: wanted, vega: null, rows: null })
      panel.root.style.setProperty("--high", `${fitting(chart.high)}px`)
      embed(view.data.script, panel.body, chart.spec, wide(view), view.board.palette.map((one) => one.trim())).then((vega) => {
        if (panel.chart !== chart) return vega.finalize()
        panel.vega = vega.height(fitting(chart.high))
        vega.run() // its scale has to be the new one
        place(view, i)
      }, () => show(panel.body, [el("p", {}, "The picture cannot be drawn: reload the page.")]))
    } else place(view, i)
  })
}

const wide = (view) => Math.max(view.width - LEFT - RIGHT, 80)

function opened(view, host, i) {
  const panel = { body: el("div", { class: "chart", "aria-hidden": "true" }), over: el("div", { class: "over" }), cliffs: el("div", { class: "along" }), strip: el("div", { class: "strip" }), told: el("div", { class: "told" }) }
  panel.root = el("div", { class: "panel", "data-panel": i }, panel.body, panel.told, panel.cliffs, panel.over, panel.strip)
  pointing(view, panel.body, (event) => under(view, panel, event))
  host.append(panel.root)
  return panel
}

// The chart's cuts and colours, the handles on it, and the bands below
function place(view, i) {
  const panel = view.drawn[i], state = view.panels[i], { ends } = panel.chart
  if (!panel.vega || !state) return
  const ascending = [...state.cuts].reverse(), inside = ascending.map((cut) => Math.min(Math.max(cut, ends[0]), ends[1]))
  if (panel.vega.width() !== wide(view)) panel.vega.width(wide(view)).run() // likewise
  if (view.data.filled) fill(panel, view.data.filled)
  set(panel.vega, { cuts: [ends[0], ...inside, ends[1]], slots: [...state.slots].reverse().flat() })
  const scale = panel.vega.scale("x"), x = (value) => LEFT + scale(Math.min(Math.max(value, ends[0]), ends[1]))
  view.axes[i] = { at: x, over: panel.over, strip: panel.cliffs, ends }
  handles(view, i)
  show(panel.told, told(panel, x))
  show(panel.strip, strip(view, i, x))
}

// The bars in the place of those that are there, where they are others; the chart is not made anew
function fill(panel, { source, rows }) {
  const text = JSON.stringify(rows)
  if (text === panel.rows) return
  panel.rows = text
  panel.vega.data(source, rows).runAsync()
}

const TOP = 34 // where the chart begins
const NARROW = 380 // pixels, below which the title of the axis needs the room

// How many share one value, at the top of its bar; and how many stand beyond the axis, beside its title
function told({ chart: { spikes, beyond, percent: shares, title }, vega, root }, x) {
  const narrow = vega.width() < NARROW
  const amount = (value) => (shares ? percent(value) : short(value)), up = vega.scale("y")
  const shared = spikes.map(([value, customers]) => el("span", { class: "spike", style: `left:${x(value).toFixed(1)}px;top:${(TOP + up(customers)).toFixed(1)}px` },
    `${count(customers)} at exactly ${amount(value)}`))
  const [low, high] = beyond, far = (way, value) => (value === null || narrow ? "" : `, ${way} to ${amount(value)}`)
  const ends = [low && `← ${count(low[0])} more${far("down", low[1])}`, high && `${count(high[0])} more${far("up", high[1])} →`]
  const room = (vega.width() - 6.2 * (title ?? "").length) / 2, crowded = ends.some((words) => words && 5.8 * words.length > room)
  root.style.setProperty("--low", crowded ? "14px" : "0px") // below the title of the axis, where there is no room beside it
  return [...shared, ...ends.flatMap((words, end) => (words ? [el("span", { class: end ? "beyond high" : "beyond" }, words)] : []))]
}

// What the bar under the pointer holds
function under(view, { chart, vega, body }, event) {
  if (!vega || view.dragging !== null) return null
  const value = vega.scale("x").invert(event.clientX - body.getBoundingClientRect().left - LEFT), { steps, bars, percent: shares, months } = chart, words = view.data.filled?.words
  const at = bars.findIndex((_, step) => steps[step] <= value && value < steps[step + 1]), amount = (end) => (shares ? percent(end) : short(months ? Math.round(end / MONTH) : end))
  return at < 0 ? null : words ? words[at] : `${count(bars[at])} ${bars[at] === 1 ? "customer" : "customers"} from ${amount(steps[at])} to ${amount(steps[at + 1])}${months ? " months" : ""}`
}

// Each band's name and customers, under its part of the axis, below that those that have no room there; where bars are stacked,
// what each colour is
function strip(view, i, x) {
  const state = view.panels[i], { ends } = view.drawn[i].chart, held = customersOf(view, state)
  const key = (words, slot) => el("small", { style: `border-color:${colour(view, slot)}` }, words)
  if (state.slots.some((pieces) => pieces.length > 1)) return view.board.segments.map(({ name, colour: slot, customers }) => key(`${name} ${count(customers)}`, slot))
  const narrow = [], bands = state.bands.map(([name, slot], band) => {
    const high = band ? state.cuts[band - 1] : ends[1], low = state.cuts[band] ?? ends[0]
    const from = x(low), wide = Math.max(x(high) - from, 0), words = held ? `${name} ${count(held[band])}`.trim() : name
    const fits = wide > words.length * 6.5
    if (!fits && words) narrow.unshift(key(words, slot)) // from the left
    return el("span", { title: words, style: `left:${from.toFixed(1)}px;width:${wide.toFixed(1)}px;border-color:${colour(view, slot)}` }, fits ? words : "")
  })
  return narrow.length ? [...bands, el("div", { class: "narrow" }, ...narrow)] : bands
}

// Customers of each band, whatever they are in other orderings
function customersOf(view, state) {
  if (!state.bounds) return null
  const { customers } = crossed({ ...state, held: { customers: state.held.customers } }), others = customers.length / (state.bounds.length - 1)
  return state.bands.map((_, band) => customers.slice(band * others, (band + 1) * others).reduce((sum, one) => sum + one, 0))
}
