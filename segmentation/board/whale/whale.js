// The whale curve: cumulative profit with the best customers first. Where it falls, customers take profit away again.

import { compact, percent, pointing } from "../drawing.js"
import { hosted } from "../vega.js"

const PADDING = { left: 62, right: 14, top: 26, bottom: 44 }

function update(view) {
  pointing(view, view.body, (event) => under(view, event))
  hosted(view, view.data, PADDING, () => {})
}

const amount = (view, value) => (view.data.share ? percent(value) : compact(value, view.data.currency))

// How much the best customers bring together, up to where the pointer is
function under(view, event) {
  if (!view.vega) return null
  const points = view.data.spec.data.find(({ values }) => values)?.values.filter(({ kind }) => kind === "curve") ?? []
  const share = view.vega.scale("x").invert(event.clientX - view.body.getBoundingClientRect().left - PADDING.left)
  const near = points.reduce((best, one) => (best && Math.abs(best.x - share) <= Math.abs(one.x - share) ? best : one), null)
  return near && share >= 0 && share <= 1 ? `the best ${percent(near.x)}: ${amount(view, near.y)}` : null
}

export default { body: "div", update }
