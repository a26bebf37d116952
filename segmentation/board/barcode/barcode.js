// Purchases of some customers as strips, grouped by segment, with the lines that cut silence through all of them. The
// lines are those of the picture of the board that has them: what is moved here moves there.

import { busy, colour, el, keyed, pointing, show } from "../drawing.js"
import { handles } from "../lines.js"
import { embed, set } from "../vega.js"

const PAD = { left: 12, right: 12, top: 34, bottom: 44 }, NAMES = 128, NARROW = 520

// Whichever other picture holds the line has taken what Python sent by now
function take(view) {
  if (busy(view)) return
  const mine = ({ ordering }) => ordering === view.data.ordering
  view.panels = view.board.views.find((other) => other !== view && other.panels?.some(mine))?.panels ?? []
  view.cut = view.panels.findIndex(mine)
  view.axes ??= []
}

function update(view) {
  const pieces = (view.pieces ??= opened(view)), { spec, script } = view.data, palette = view.board.palette.join()
  take(view)
  if (pieces.spec !== spec || pieces.palette !== palette) {
    Object.assign(pieces, { spec, palette, vega: null })
    embed(script, pieces.body, spec, wide(view), view.board.palette.map((one) => one.trim())).then((vega) => {
      if (pieces.spec !== spec) return vega.finalize()
      pieces.vega = vega.padding({ ...PAD, left: left(view) })
      place(view)
    }, () => show(pieces.body, [el("p", {}, "The picture cannot be drawn: reload the page.")]))
  }
  place(view)
}

const left = (view) => (view.width < NARROW ? PAD.left : NAMES)
const wide = (view) => Math.max(view.width - left(view) - PAD.right, 80)

function opened(view) {
  const [body, over, names] = ["chart", "over", "names"].map((name) => el("div", { class: name }))
  body.setAttribute("aria-hidden", "true")
  const below = el("div", { class: "below" }) // those whose names have no room beside their strips
  view.body.append(el("div", { class: "panel" }, body, names, over), below)
  pointing(view, view.body, (event) => under(view, event))
  return { body, over, names, below }
}

// The band of a length of silence: 0 = longest
export const bandOf = (silence, cuts, closed) => {
  const band = cuts.findIndex((cut) => (closed === "left" ? silence >= cut : silence > cut))
  return band < 0 ? cuts.length : band
}

// The segment of each customer with the lines where they are, and at which height each stands: by segment, then as they come
export function grouped({ silence, segments, closed }, cuts) {
  const now = silence.map((one, row) => segments[row][bandOf(one, cuts, closed)])
  const order = now.map((_, row) => row).sort((one, other) => now[one] - now[other] || one - other), places = []
  order.forEach((row, place) => { places[row] = place })
  return { now, order, places }
}

// What a segment is called: a line may have it called otherwise than Python said
const called = ({ board, data }, segment) => board.segments[segment]?.name ?? data.names[segment]

function place(view) {
  const { vega, over, names } = view.pieces, panel = view.panels[view.cut], { data } = view
  if (!vega || !panel) return
  const { now, order, places } = (view.stand = grouped(data, panel.cuts)), within = (value) => Math.min(Math.max(value, 0), data.end)
  if (vega.width() !== wide(view)) vega.width(wide(view)).padding({ ...PAD, left: left(view) })
  set(vega, { cuts: panel.cuts.map(within), places, slots: now.map((segment) => String(data.colours[segment])) })
  const x = vega.scale("x"), y = vega.scale("y")
  view.axes[view.cut] = { at: (value) => left(view) + x(within(value)), over, ends: [0, data.end] }
  handles(view, view.cut)
  const groups = [...new Set(order.map((row) => now[row]))].map((segment) => ({ segment, rows: order.filter((row) => now[row] === segment) }))
  const nameless = []
  show(names, [...apart(groups, data.colours).map(({ rows }) => el("hr", { style: `top:${(PAD.top + y(places[rows[0]])).toFixed(1)}px` })), ...groups.map(({ segment, rows }) => {
    const [from, to] = [places[rows[0]], places[rows.at(-1)] + 1].map((row) => PAD.top + y(row))
    const name = called(view, segment), fits = named(left(view) > PAD.left, to - from)
    if (!fits) nameless.push(segment)
    return el("span", { title: name, style: `top:${from.toFixed(1)}px;height:${(to - from).toFixed(1)}px;border-right-color:${colour(view, data.colours[segment])};width:${left(view) - 8}px` }, fits ? name : "")
  })])
  show(view.pieces.below, nameless.map((segment) => keyed(view, data.colours[segment], called(view, segment))))
}

// Groups that have the colour of the one above them: a line parts the two
export const apart = (groups, colours) => groups.filter(({ segment }, at) => at && colours[segment] === colours[groups[at - 1].segment])

// Whether a segment's name has room beside its strips, where names have room at all
export const named = (roomy, high) => roomy && high >= 12

// Who stands at the pointer
function under(view, event) {
  const { vega, body } = view.pieces, { data } = view
  if (!vega || !view.stand) return null
  const row = view.stand.order[Math.floor(vega.scale("y").invert(event.clientY - body.getBoundingClientRect().top - PAD.top))]
  const silent = row === undefined ? 0 : Number(data.silence[row].toPrecision(3))
  return row === undefined ? null : `${data.who[row]}: silent for ${silent} ${silent === 1 ? data.unit.replace(/s$/, "") : data.unit}, bought on ${data.bought[row]} ${data.bought[row] === 1 ? "day" : "days"} — ${called(view, view.stand.now[row])}`
}

export default { body: "div", take, update }
