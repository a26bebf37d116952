// A score by its parts along the customers, each cut a line that is dragged; what the shades mean stands below.

import { el, show } from "../drawing.js"
import { sliders, take } from "../lines.js"
import { spreads } from "../spread.js"

function update(view) {
  if (!view.host) view.body.append(view.host = el("div", {}), view.parts = el("p", { class: "parts" }))
  spreads(view, view.host)
  const last = Math.max(view.data.parts.length - 1, 1) // shades as the chart has them
  show(view.parts, ["Strong to faint: ", ...view.data.parts.map((part, at) => el("span", {}, el("i", { style: `opacity:${(1 - 0.7 * at / last).toFixed(2)}` }), part))])
}

export default { body: "div", take, update, sliders }
