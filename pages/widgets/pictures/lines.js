// The lines of a method as handles over a picture: dragged, moved by key, and all counted in the hand from what lies
// between the places they can stand at. Python hears of one once, on release.
//
// A picture's data has a panel for each ordering (see lines.py); `view.panels` is how they stand now, and the picture
// says in `view.axes` how each lies on it:
//   at(value)    how many pixels from the left (or the top) of what lies over it a value stands
//   over         the node that lies over it and holds the handles
//   upright      whether it goes from the bottom to the top

import { changed, compact, draw, el, hold, later, percent, short, show } from "./drawing.js"

// The panels as Python sent them, each free to change
export const taken = (panels) => panels.map((panel) => ({ ...panel, cuts: [...panel.cuts],
  bounds: panel.bounds && [...panel.bounds], lines: panel.lines.map((line) => ({ ...line })) }))

// A panel's lines, each of its cuts a handle, put over the picture; the one that had the focus keeps it
export function handles(view, i) {
  const { at, over } = view.axes[i], focused = view.body.getRootNode().activeElement?.dataset?.param
  const each = view.panels[i].lines.flatMap((line) => Object.keys(line.cuts).map((cut) => ({ line, cut: Number(cut), across: at(line.cuts[cut][line.here]) })))
  const drawn = each.sort((one, other) => one.across - other.across).map((one, place) => handle(view, i, one, place, each))
  if (show(over, drawn) && focused) over.querySelector(`[data-param="${focused}"]`)?.focus({ preventScroll: true })
}

// A line with its value; where the one before is near, a row higher
function handle(view, i, { line, cut, across }, place, each) {
  const whole = said(view, line, line.stops[line.here]), param = `${i}.${line.number}.${cut}`, { upright } = view.axes[i]
  const value = line.cuts[cut][line.here], alone = Object.keys(line.cuts).length === 1
  const words = !alone ? Number(value.toPrecision(4)).toLocaleString("en") : line.stands ? whole : `${whole} at ${short(value)}`
  const row = each.slice(0, place).reverse().findIndex(({ across: other }) => across - other > (upright ? 14 : 8 * words.length))
  const node = el("div", { class: "line" + (upright ? " upright" : "") + (view.dragging === param ? " held" : ""), style: `${upright ? "top" : "left"}:${across.toFixed(1)}px`, tabindex: 0, role: "slider", "data-param": param,
    "aria-label": line.label, "aria-valuemin": line.stops[0], "aria-valuemax": line.stops.at(-1),
    "aria-valuenow": line.stops[line.here], "aria-valuetext": `${line.label}: ${whole}`, "aria-orientation": upright ? "vertical" : "horizontal" },
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
  const start = line.here, { at, over, upright } = view.axes[i], box = over.getBoundingClientRect()
  const state = view.panels[i].lines.find(({ number }) => number === line.number)
  const moved = (e) => move(view, i, state, nearest(state.cuts[cut], at, upright ? e.clientY - box.top : e.clientX - box.left))
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

// Put a line at one of its stops: the picture, the counts and all other pictures go along
function move(view, i, line, to) {
  const panel = view.panels[i]
  line.here = Math.min(Math.max(to, 0), line.stops.length - 1)
  for (const [cut, where] of Object.entries(line.cuts)) {
    panel.cuts[cut] = where[line.here]
    if (panel.bounds) panel.bounds[Number(cut) + 1] = line.at[cut][line.here]
  }
  if (panel.bounds) changed(view, counted(view.board.segments, panel))
  draw(view)
}

// What the segments hold with the cuts there
export function counted(segments, panel) {
  const found = segments.map((one) => ({ ...one, ...Object.fromEntries(Object.keys(panel.held).map((name) => [name, 0])) }))
  for (const [name, sums] of Object.entries(crossed(panel))) {
    sums.forEach((sum, cell) => {
      const into = found[panel.segment[cell]]
      if (into) into[name] += sum
    })
  }
  return found
}

// What each band holds by the cells of the other orderings: sums over what lies between the places of its cuts
export function crossed({ held, segment, bounds }) {
  const bands = bounds.length - 1, others = segment.length / bands
  return Object.fromEntries(Object.entries(held).map(([name, sums]) => {
    const found = new Array(segment.length).fill(0)
    for (let band = 0; band < bands; band += 1) {
      for (let at = bounds[band]; at < bounds[band + 1]; at += 1) {
        for (let other = 0; other < others; other += 1) found[band * others + other] += sums[at * others + other]
      }
    }
    return [name, found]
  }))
}
