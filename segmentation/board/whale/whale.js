// The whale curve: cumulative profit with the best customers first. Where it falls, customers take profit away again.

import { along, colour, compact, el, percent, short, tell } from "../drawing.js"

const PLOT = { left: 48, right: 12, top: 26, height: 190, below: 40 }

function pieces(view) {
  const { points, peak } = view.data, bottom = PLOT.top + PLOT.height
  const all = points.map(([, up]) => up), low = Math.min(0, ...all), high = Math.max(0, ...all), wide = high - low || 1
  view.wide = view.width - PLOT.left - PLOT.right
  view.x = (share) => PLOT.left + share * view.wide
  view.y = (value) => PLOT.top + (1 - (value - low) / wide) * PLOT.height
  view.body.setAttribute("height", bottom + PLOT.below)
  view.body.onpointermove = (event) => hover(view, event)
  view.body.onpointerleave = () => tell(view, null)
  const line = points.map(([across, up]) => `${view.x(across).toFixed(1)},${view.y(up).toFixed(1)}`).join("L")
  const ground = view.y(0).toFixed(1)
  return [axes(view, steps(low, high), bottom),
    el("path", { class: "area", d: `M${view.x(0)},${ground}L${line}L${view.x(1)},${ground}Z`, fill: colour(view, 0) }),
    el("path", { class: "line", d: `M${line}`, stroke: colour(view, 0) }),
    el("circle", { cx: view.x(peak.x), cy: view.y(peak.y), r: 4.5, fill: colour(view, 0) }),
    el("text", { class: "peak", x: view.x(peak.x), y: view.y(peak.y) - 10, "text-anchor": peak.x > 0.85 ? "end" : "middle" }, peak.label)]
}

const amount = (view, value) => (view.data.share ? percent(value) : compact(value, view.data.currency))

function axes(view, ticks, bottom) {
  const group = el("g", { class: "axis" })
  for (const tick of ticks) {
    const at = view.y(tick)
    group.append(el("line", { x1: PLOT.left, x2: PLOT.left + view.wide, y1: at, y2: at }),
      el("text", { x: PLOT.left - 6, y: at + 4, "text-anchor": "end" }, view.data.share ? percent(tick) : short(tick)))
  }
  group.append(...along(view.x, bottom, view.data.title))
  return group
}

// About five round numbers from one to another, zero among them
export function steps(low, high) {
  const rough = (high - low || 1) / 5, power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 5, 10].map((times) => times * power).find((size) => size >= rough)
  const places = Math.floor(high / step + 1e-9) - Math.ceil(low / step - 1e-9) + 1
  return Array.from({ length: places }, (_, at) => (Math.ceil(low / step - 1e-9) + at) * step)
}

// How much the best customers bring together, up to where the pointer is
function hover(view, event) {
  if (!view.data) return
  const share = (event.clientX - view.body.getBoundingClientRect().left - PLOT.left) / view.wide
  const [across, up] = view.data.points.reduce((best, one) => (Math.abs(one[0] - share) < Math.abs(best[0] - share) ? one : best))
  tell(view, share >= 0 && share <= 1 ? `the best ${percent(across)}: ${amount(view, up)}` : null)
}

export default { pieces }
