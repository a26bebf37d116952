// Values as bars one below the other. Those that reach less than the line are gathered: while it is held all segments
// are made anew from what each value holds. Stages have no line.

import { busy, el, pointing, show } from "../drawing.js"
import { handles, sliders, taken } from "../lines.js"
import { hosted, set } from "../vega.js"

const PADDING = { left: 108, right: 12, top: 26, bottom: 44 }
const APART = 7 // colours of segments

function take(view) {
  const { send } = view, { param } = view.data
  view.send = (event, told) => (event === "moved" ? send("cut", { param, value: told.value }) : send(event, told))
  if (busy(view)) return
  view.panels = taken(view.data.panels)
  for (const panel of view.panels) {
    panel.counted = () => gathered(view.data, line(panel))
    panel.seated = () => placed(view.data, line(panel))
  }
}

const line = (panel) => panel.lines[0].stops[panel.lines[0].here]

// How many values are segments where those of less than this share are gathered
export const shown = ({ held, known }, share) => held.customers.filter((many) => many >= share * known).length

// What the segments are then: these values, the others together, and those without a value
export function gathered(data, share) {
  const own = shown(data, share), size = data.names.length
  const sum = (name) => data.held[name].slice(own).reduce((all, one) => all + one, data.gathered?.[name] ?? 0)
  const each = data.names.slice(0, own).map((name, at) => ({ name, colour: at % APART, ...Object.fromEntries(Object.keys(data.held).map((measure) => [measure, data.held[measure][at]])) }))
  const rest = own < size || data.gathered ? [{ name: data.other, colour: own % APART, ...Object.fromEntries(Object.keys(data.held).map((name) => [name, sum(name)])) }] : []
  return [...each, ...rest, ...(data.unknown ? [{ name: "Unknown", colour: APART, ...data.unknown }] : [])]
}

// The segment of each customer that is drawn on the board
export const placed = (data, share) => data.seats.map((at) => Math.min(at, shown(data, share)))

function update(view) {
  if (!view.host) {
    view.host = el("div", { class: "chart", "aria-hidden": "true" })
    view.over = el("div", { class: "over" })
    view.body.append(el("div", { class: "drawn" }, view.host, view.over))
    pointing(view, view.host, (event) => under(view, event))
  }
  view.body.style.setProperty("--high", `${view.data.high}px`)
  hosted(view, view.data, PADDING, () => place(view))
}

function place(view) {
  const { data, vega } = view, panel = view.panels[0]
  const share = panel ? line(panel) : null, own = panel ? shown(data, share) : data.names.length
  const colours = data.names.map((_, at) => String(panel ? Math.min(at, own) % APART : data.colours[data.names.length - 1 - at]))
  set(vega, { slots: colours, line: share })
  const scale = vega.scale("x"), [, end] = scale.domain()
  view.axes = panel ? [{ at: (value) => PADDING.left + scale(Math.min(value, end)), over: view.over }] : []
  if (panel) handles(view, 0)
  else show(view.over, [])
}

// The bar under the pointer by its whole name
function under(view, event) {
  const { names, bars, high } = view.data
  if (!view.vega || view.dragging !== null) return null
  const at = Math.floor((event.clientY - view.host.getBoundingClientRect().top - PADDING.top) / (high / names.length))
  return at in names ? `${names[at]}: ${bars[at]}` : null
}

export default { body: "div", take, update, sliders }
