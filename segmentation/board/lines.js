// The lines of a method as handles over a picture: dragged, moved by key, and all counted in the hand from what lies
// between the places they can stand at. Python hears of one once, on release.
//
// A picture's data has a panel for each ordering (see lines.py); `view.panels` is how they stand now, and the picture
// says in `view.axes` how each lies on it:
//   at(value)    how many pixels from the left (or the top) of what lies over it a value stands
//   over         the node that lies over it and holds the handles
//   strip        a node as long as that one, along the axis: what would change segment if a line stood there; if it is wanted
//   upright      whether it goes from the bottom to the top
//   ends         the lower and the upper end of what it shows, where a line can stand beyond it
// A panel may have `counted`, which says what the segments hold, and `seated`, which says in which segment each customer is
// that is drawn on the board, where that does not follow from what lies between places.
// `view.moved` is the panel in which a line was moved last.

import { busy, changed, compact, count, spoken, draw, el, grouped, hold, later, percent, pointing, short, show } from "./drawing.js"
import { forgotten, same } from "./sliders.js"
import { named } from "./spans.js"

const REACH = 5 // pixels within which a line that is dragged goes to a round number
const GRIP = 44 // pixels from the right to the grips of upright lines, which stand left of their words
const NARROW = 380 // pixels, below which a picture's switch stands where long words would
const SHADES = 5, THICK = 9, THIN = 6 // of the strip, and of one that stands upright

// The panels as Python sent them, each free to change
export const taken = (panels) => panels.map((panel) => ({ ...panel, cuts: [...panel.cuts],
  bounds: panel.bounds && [...panel.bounds], lines: panel.lines.map((line) => ({ ...line })) }))

// What Python says becomes what is shown; where a line is held meanwhile, waits to be told or was told and not heard yet,
// all but where that one stands: the answer may tell of another line, with which the counts are right. Where it cannot stand there
// in the answer, that is of a moment before other lines were moved, and waits. Whether there is none such
export function take(view) {
  const held = [view.dragging, view.waiting?.line].filter((one) => /^\d+\.\d+/.test(one ?? "")), before = view.panels
  if (busy(view) && (!held.length || view.method !== view.board.data.method)) return false
  const said = taken(view.data.panels), apart = [...held.map((one) => one.split(".").map(Number)), ...unheard(view, said)]
  const earlier = apart.some(([i, number]) => bounded(before?.[i], said[i], number))
  view.panels = earlier ? before : said
  for (const [i, number] of apart) if (earlier || carried(before?.[i], said[i], number)) recount(view, i)
  return !apart.length
}

// Lines that were let go, of which Python has not heard: panel and number
const unheard = ({ board, method }, panels) => board.unheard.filter(({ event, told }) => event === "moved" && told.method === method)
  .map(({ told }) => [panels.findIndex(({ lines }) => lines.some(({ number }) => number === told.number)), told.number])

const both = (before, panel, number) => [before, panel].map((one) => one?.lines.find((other) => other.number === number))

// Whether a line stands beyond where Python says that it can
export function bounded(before, panel, number) {
  const [was, line] = both(before, panel, number), stands = was?.stops[was.here]
  return Boolean(was && line) && (stands < line.stops[0] || stands > line.stops.at(-1))
}

// A line of a panel put where it stood before Python spoke, if it has another place there; whether it had
export function carried(before, panel, number) {
  const [was, line] = both(before, panel, number)
  if (!was || !line) return false
  put(panel, line, nearest(line.stops, (one) => one, was.stops[was.here]))
  return true
}

// A panel's lines, each of its cuts a handle, put over the picture
export function handles(view, i) {
  const { at, over, upright } = view.axes[i], panel = view.panels[i], [begins, finishes] = [-Infinity, Infinity].map(at).sort((one, other) => one - other)
  const each = panel.lines.flatMap((line) => Object.keys(line.cuts).map((cut) => ({ line, cut: Number(cut), across: at(line.cuts[cut][line.here]) })))
  const worded = [...each.map((one) => ({ ...one, words: words(view, i, one) })), ...fixed(view, i, each)]
  const drawn = labelled(worded.sort((one, other) => one.across - other.across), upright, begins, finishes).map((one) => (one.line ? handle : still)(view, i, one))
  if (upright) over.style.setProperty("--grip", `${Math.max(GRIP, ...each.map((one) => 6.2 * words(view, i, one).length + 4)).toFixed(1)}px`)
  show(over, [...ghosts(view, i), ...tied(view, i, each), ...drawn])
  strip(view, i)
  legend(view)
}

const along = (upright, from, to) => (upright ? `top:${from.toFixed(1)}px;height:${(to - from).toFixed(1)}px` : `left:${from.toFixed(1)}px;width:${(to - from).toFixed(1)}px`)
const place = (upright, across) => `${upright ? "top" : "left"}:${across.toFixed(1)}px`
const together = (line) => (Object.keys(line.cuts).length > 1 ? `, moves ${Object.keys(line.cuts).length} lines together` : "")
const exact = (value) => grouped(Number(value.toPrecision(4)))

// Several cuts that one threshold moves are seen to hang together
function tied(view, i, each) {
  const { upright } = view.axes[i]
  return view.panels[i].lines.filter((line) => Object.keys(line.cuts).length > 1).map((line) => {
    const mine = each.filter((one) => one.line === line).map(({ across }) => across), [from, to] = [mine[0], mine.at(-1)]
    const words = `${line.label}: ${said(view, line, line.stops[line.here])}`
    return el("i", { class: "tie" + (upright ? " upright" : ""), style: along(upright, from, to), title: words + together(line) },
      !upright && to - from > 5.8 * words.length ? words : "")
  })
}

// Where the cuts stood as they were remembered
function ghosts(view, i) {
  const { at, upright } = view.axes[i], cuts = view.board.ghost?.cuts[view.panels[i].ordering] ?? []
  return cuts.map((cut) => el("s", { class: "ghost" + (upright ? " upright" : ""), style: place(upright, at(cut)), title: `${exact(cut)} as remembered` }))
}

// The cuts that no threshold moves alone; between words there is nothing to say
function fixed(view, i, each) {
  const { at } = view.axes[i], told = (cut) => (view.data.charts?.[i]?.percent ? percent(cut) : exact(cut))
  return view.panels[i].words ? [] : alone(view.panels[i].cuts, each.map(({ cut }) => cut)).map((value) => ({ across: at(value), words: `${told(value)} fixed` }))
}

// The values of cuts that are not among those moved, by number; several at one place are said once
export const alone = (cuts, moved) => [...new Set(cuts.filter((_, number) => !moved.includes(number)))]

// Where such a one stands
function still(view, i, { across, words, row, aside }) {
  const { upright } = view.axes[i]
  return el("em", { class: `fixed row${row}` + (upright ? " upright" : ""), style: `${place(upright, across)};margin-left:${aside.toFixed(1)}px`, title: "No threshold moves this line alone" }, words)
}

// What stands at a line; an arrow, where it is drawn at the end of an axis beyond which it stands
function words(view, i, { line, cut }) {
  return arrowed(view.axes[i], line.cuts[cut][line.here], bare(view, i, line, cut))
}

export function arrowed({ at, ends: [low, high] = [-Infinity, Infinity], upright }, value, words) {
  const little = 1e-9 * Math.max(Math.abs(low), Math.abs(high)) // the same number reckoned in two ways
  if (!(value < low - little || value > high + little)) return words
  const back = value < low === at(low) < at(high) // towards the left, or the top
  return upright ? `${words} ${back ? "↑" : "↓"}` : back ? `← ${words}` : `${words} →`
}

function bare(view, i, line, cut) {
  const whole = said(view, line, line.stops[line.here]), value = line.cuts[cut][line.here]
  if (line.told[cut]?.[line.here]) return line.told[cut][line.here]
  return Object.keys(line.cuts).length > 1 ? exact(value) : line.stands || view.axes[i].upright || (view.switch && view.width < NARROW) ? whole : `${whole} at ${short(value)}`
}

const APART = 4 // pixels between the words of two lines
const BESIDE = 12 // pixels right of an axis

// Each in the lowest of three rows where it has room beside those before it, or where the same stands already; in the lowest none
// lies on the numbers of the other axis, which stand left of where this one begins, and none leaves the picture where it finishes
export function labelled(each, upright, begins = -Infinity, finishes = Infinity) {
  const ends = [-Infinity, -Infinity, -Infinity], there = {}
  return each.map((one) => {
    const same = `${one.words} ${one.across.toFixed(1)}`
    if (there[same]) return { ...one, ...there[same] }
    const half = upright ? 7 : 3.6 * one.words.length, room = upright ? half : half + APART, held = upright ? one.across : Math.min(one.across, finishes + BESIDE - half)
    const centre = upright ? one.across : Math.max(held, begins + half - 6)
    const free = ends.findIndex((end) => centre - room > end), row = free < 0 ? ends.indexOf(Math.min(...ends)) : free
    ends[row] = centre + half
    there[same] = { row, aside: (row ? held : centre) - one.across }
    return { ...one, ...there[same] }
  })
}

// A line with what it says
function handle(view, i, { line, cut, across, words, row, aside }) {
  const whole = said(view, line, line.stops[line.here]), param = `${i}.${line.number}.${cut}`, { upright } = view.axes[i]
  const node = el("div", { class: "line" + (upright ? " upright" : "") + (view.dragging === param ? " held" : ""), style: place(upright, across), tabindex: 0, role: "slider", "data-param": param,
    "aria-label": line.label, "aria-valuemin": spoken(line.stops[0]), "aria-valuemax": spoken(line.stops.at(-1)),
    "aria-valuenow": spoken(line.stops[line.here]), "aria-valuetext": `${line.label}: ${whole}${together(line)}`, "aria-orientation": upright ? "vertical" : "horizontal" },
    el("b", {}), el("span", { class: `row${row}`, style: `margin-left:${(aside - (upright || !row ? 0 : onSwitch(view, across + aside, words))).toFixed(1)}px` }, words))
  node.onpointerdown = (event) => drag(view, i, line, cut, param, event)
  node.onkeydown = (event) => key(view, i, line, cut, event)
  node.ondblclick = () => type(view, i, line, cut)
  return node
}

// How far a word as high as a picture's switch would lie on it; a letter takes about 7 pixels there, its buttons 24 more
function onSwitch(view, across, words) {
  const letters = view.switch?.textContent.length ?? 0
  return letters ? Math.max(across + 3.6 * words.length + 30 + 7 * letters - view.width, 0) : 0
}

export function said(view, line, stop) {
  if (line.unit === "%") return percent(stop)
  if (line.unit === "money") return compact(stop, view.data.currency)
  return `${grouped(Number(stop.toPrecision(6)))} ${stop === 1 ? line.unit.replace(/s$/, "") : line.unit}`.trim()
}

const STEPS = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 5, PageDown: -5, Home: -Infinity, End: Infinity }

function key(view, i, line, cut, event) {
  const step = STEPS[event.key]
  if (event.key === "Enter") type(view, i, line, cut)
  else if (step) {
    const now = lineOf(view, i, line)
    move(view, i, now, now.here + step)
    later(view, `${i}.${now.number}`, () => send(view, lineOf(view, i, now) ?? now))
  } else return
  event.preventDefault()
}

// As it is now: what is drawn may be from before the last answer
const lineOf = (view, i, { number }) => view.panels[i]?.lines.find((line) => line.number === number)

function drag(view, i, line, cut, param, event) {
  const { at, over, upright } = view.axes[i], box = over.getBoundingClientRect()
  const stack = stacked(view.panels[i].lines, at, lineOf(view, i, line), cut)
  let held = stack[0], begun = held.line.stops[held.start]
  const stands = () => lineOf(view, i, held.line) ?? held.line // Python may have said meanwhile how all others are
  const gone = () => stands().stops[stands().here] !== begun
  const moved = (e) => {
    const to = upright ? e.clientY - box.top : e.clientX - box.left
    if (!gone()) {
      held = reaching(stack, at, to)
      begun = held.line.stops[held.start]
    }
    const now = stands(), cuts = now.cuts[held.cut], step = (e.altKey ? nearest : rounded)(cuts, at, to, stopsSaid(now))
    if (at(cuts[step]) !== at(cuts[now.here])) move(view, i, now, step) // beyond the end of an axis nothing is seen to move
  }
  hold(view, param, event, moved, () => {
    const told = gone()
    if (told) send(view, stands())
    return told
  })
}

// A line's cut, then those of other lines that stand at the same place, below it or above
export function stacked(lines, at, line, cut) {
  const across = (one, number) => at(one.cuts[number][one.here])
  const each = lines.flatMap((one) => Object.keys(one.cuts).map((number) => ({ line: one, cut: number, start: one.here })))
  const there = each.filter((one) => one.line !== line && Math.abs(across(one.line, one.cut) - across(line, cut)) < 1)
  return [{ line, cut, start: line.here }, ...there]
}

// Of lines at one place the one that can follow the pointer: of two that met, one goes down, the other up
export function reaching(stack, at, to) {
  const short = ({ line, cut }) => Math.abs(at(line.cuts[cut][nearest(line.cuts[cut], at, to)]) - to)
  return stack.reduce((one, other) => (short(other) < short(one) ? other : one))
}

// A number typed at a line: Enter puts it there, Escape or a click elsewhere leaves it
function type(view, i, line, cut) {
  const { at, over, upright } = view.axes[i], now = lineOf(view, i, line), percents = now.unit === "%"
  const value = Number((now.stops[now.here] * (percents ? 100 : 1)).toPrecision(8))
  const unit = now.unit === "money" ? view.data.currency : now.unit
  const field = el("input", { type: "text", inputmode: "decimal", "aria-label": `${now.label}${unit ? `, ${unit}` : ""}`, value })
  const across = at(now.cuts[cut][now.here]), [left, top] = upright ? [0, across] : [across, 0]
  const node = el("div", { class: "typed", style: `left:${over.offsetLeft + Math.min(Math.max(left, 70), over.clientWidth - 70)}px;top:${over.offsetTop + top}px` }, field, el("span", {}, unit))
  const leave = (focus) => {
    field.onblur = null
    node.remove()
    if (focus) view.body.querySelector(`[data-param="${i}.${line.number}.${cut}"]`)?.focus({ preventScroll: true })
  }
  field.onkeydown = (event) => {
    event.stopPropagation()
    if (event.key === "Escape") leave(true)
    if (event.key !== "Enter") return
    const wanted = typed(lineOf(view, i, line), field.value)
    if (wanted === null) return field.setAttribute("aria-invalid", "true")
    leave(true)
    go(view, i, lineOf(view, i, line), wanted)
  }
  field.onblur = () => leave(false)
  over.parentNode.append(node) // beside what is drawn anew
  field.focus({ preventScroll: true })
  field.select()
}

// The nearest value a line can have to what was typed: 1,200 or 1.2k or 1200,5, of shares in per cent; null: no number
export function typed(line, text) {
  const [, sign, digits, times] = text.trim().match(/^[^\d.,+−-]*([+−-]?)\s*(\d[\d.,\s]*|[.,]\d+)\s*([km](?![a-z]))?/i) ?? []
  if (!digits) return null
  const bare = digits.replace(/\s/g, ""), mark = Math.max(bare.lastIndexOf("."), bare.lastIndexOf(","))
  const grouped = mark >= 0 && /^\d{1,3}([.,]\d{3})+$/.test(bare) && (bare[mark] === "," || bare.split(".").length > 2)
  const whole = grouped || mark < 0 ? bare.replace(/[.,]/g, "") : `${bare.slice(0, mark).replace(/[.,]/g, "")}.${bare.slice(mark + 1)}`
  const size = Number(whole) * { k: 1e3, m: 1e6 }[times?.toLowerCase() ?? ""] || Number(whole)
  const wanted = (sign && sign !== "+" ? -size : size) / (line.unit === "%" ? 100 : 1)
  const first = line.stops[0], inside = Math.min(Math.max(wanted, first), line.stops.at(-1))
  return Number((line.step ? first + Math.round((inside - first) / line.step) * line.step : inside).toPrecision(12))
}

// Put a line at a value: at once where it is known what lies there, else once Python has said so; where nobody can be
// asked at the nearest of which it is known
function go(view, i, line, value) {
  const stop = view.board.data.alone ? nearest(line.stops, (one) => one, value) : line.stops.indexOf(value)
  if (stop >= 0) move(view, i, line, stop)
  view.send("moved", { number: line.number, value })
}

const send = (view, line) => view.send("moved", { number: line.number, value: line.stops[line.here] })

// Of the places a line can stand at the one nearest to the pointer, in pixels
export function nearest(cuts, scale, across) {
  let best = 0
  cuts.forEach((cut, at) => { if (Math.abs(scale(cut) - across) < Math.abs(scale(cuts[best]) - across)) best = at })
  return best
}

// What is said at each stop, in whose digits it is round
const stopsSaid = (line) => (line.unit === "%" ? line.stops.map((stop) => stop * 100) : line.stops)

// Of the places near the pointer the one with the roundest value, else the nearest
export function rounded(cuts, scale, across, values) {
  const best = nearest(cuts, scale, across), far = (at) => Math.abs(scale(cuts[at]) - across)
  const near = [...cuts.keys()].filter((at) => far(at) <= REACH)
  return near.reduce((one, other) => (digits(values[other]) < digits(values[one]) ? other : one), best)
}

// How long a number is to say: 0 and 100 shorter than 50, that shorter than 30, then 25, 32, 125
function digits(value) {
  const [mantissa] = Math.abs(Number(value.toPrecision(6))).toExponential().replace(".", "").split("e")
  return mantissa < 2 ? 0 : mantissa.length - (mantissa.endsWith("5") ? 0.5 : 0)
}

// Put a line at one of its stops: the picture, the counts and all other pictures go along
function move(view, i, line, to) {
  forgotten(view.board, { method: view.method, by: line.by })
  put(view.panels[i], line, to)
  recount(view, i)
  draw(view)
}

// The lines that sliders of the page move
export const sliders = (view) => view.panels.flatMap((panel, i) => panel.lines.filter(({ by }) => by).map((line) => {
  const told = view.data.panels[i]?.lines.find(({ number }) => number === line.number)
  return { by: line.by, percent: line.unit === "%", said: told?.stops[told.here] ?? NaN, put: (value) => slid(view, i, line, value) }
}))

// A line put at a value; whether it is known what lies there. Where another line that was moved has one of its cuts, or would
// be crossed, nobody here knows
function slid(view, i, line, value) {
  const panel = view.panels[i], before = line.here, stop = line.stops.findIndex((one) => same(one, value))
  if (stop < 0 || Object.entries(line.cuts).some(([cut, where]) => panel.cuts[cut] !== where[before])) return false
  if (stop === before) return true
  put(panel, line, stop)
  const over = panel.bounds?.some((bound, at) => bound > panel.bounds[at + 1])
  if (over) put(panel, line, before)
  else {
    recount(view, i)
    draw(view)
  }
  return !over
}

function put(panel, line, to) {
  line.here = Math.min(Math.max(to, 0), line.stops.length - 1)
  for (const [cut, where] of Object.entries(line.cuts)) {
    panel.cuts[cut] = where[line.here]
    if (panel.bounds) panel.bounds[Number(cut) + 1] = line.at[cut][line.here]
  }
}

// What all segments hold with a panel's lines where they stand
function recount(view, i) {
  const panel = view.panels[i]
  view.moved = i
  const held = panel.counted?.() ?? (panel.bounds && counted(view.board.segments, panel))
  const joint = view.data.joint?.[panel.ordering]
  if (joint) across(view.panels, i, joint)
  if (held) changed(view, held, panel.seated?.() ?? seated(panel), named(panel))
}

// The segment of each customer that is drawn on the board, by the cell it stands in: where lines of other orderings were moved
// too, as these stood when Python last spoke
export function seated({ seats, segment, bounds }) {
  if (!seats) return null
  const { of, bands } = banded(bounds), others = segment.length / bands
  return seats.map((seat) => segment[of[Math.floor(seat / others)] * others + (seat % others)])
}

// Of orderings whose cells are known, the customers along each other one anew, by the bands of all as they stand now.
// An ordering that no panel shows keeps its bounds. All cells lie between places where a line of the moved one can stand
export function across(panels, i, { at, bounds, held }) {
  const shown = new Map(panels.map((panel) => [panel.ordering, panel]))
  const each = at.map((_, ordering) => banded(shown.get(ordering)?.bounds ?? bounds[ordering]))
  for (const panel of panels) {
    if (panel === panels[i] || !panel.held) continue
    const others = each.map((_, ordering) => ordering).filter((ordering) => ordering !== panel.ordering)
    const places = at[panel.ordering].map((place, cell) =>
      others.reduce((found, other) => found * each[other].bands + each[other].of[at[other][cell]], place))
    panel.held = Object.fromEntries(Object.entries(panel.held).map(([name, sums]) => [name, summed(held[name], places, sums.length)]))
    if (panel.strip?.at) panel.strip = { ...panel.strip, cuts: passing(panel) }
  }
}

// What each step along an ordering passes at each of its cuts: those who would be in another segment there
function passing({ strip, held, segment, bounds }) {
  const others = segment.length / (bounds.length - 1)
  return strip.at.map((places, cut) => Object.fromEntries(Object.keys(strip.cuts[0]).map((name) => {
    const before = [0]
    for (let at = 0; at < held[name].length; at += others) {
      let sum = 0
      for (let other = 0; other < others; other += 1) if (segment[cut * others + other] !== segment[(cut + 1) * others + other]) sum += held[name][at + other]
      before.push(before.at(-1) + sum)
    }
    return [name, places.slice(1).map((place, step) => Number((before[places[step]] - before[place]).toPrecision(9)))]
  })))
}

// The band of every place between an ordering's ends
function banded(bounds) {
  const of = []
  bounds.slice(1).forEach((end, band) => { while (of.length < end) of.push(band) })
  return { of, bands: bounds.length - 1 }
}

function summed(sums, places, size) {
  const found = new Array(size).fill(0)
  sums.forEach((sum, cell) => { found[places[cell]] += sum })
  return found
}

// What the segments hold with the cuts there
export function counted(segments, panel) {
  const found = segments.map((one) => ({ ...one, ...Object.fromEntries(Object.keys(panel.held).map((name) => [name, 0])) }))
  for (const [name, sums] of Object.entries(crossed(panel))) {
    sums.forEach((sum, cell) => {
      const into = found[panel.segment[cell]]
      if (into) into[name] += sum
    })
    for (const one of found) one[name] = Number(one[name].toPrecision(14)) // without the dust of binary fractions
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

const MEASURES = ["revenue", "profit", "customers"]
const LITTLE = { revenue: "little revenue", profit: "little profit", customers: "few customers" }
const offered = (view) => MEASURES.filter((name) => view.panels.some((panel) => panel.strip && name in panel.strip.cuts[0]))
const measured = (view) => (offered(view).includes(view.measure) ? view.measure : offered(view)[0])

// What each step along an axis passes: of several cuts, the nearest one's
export function passed({ cuts, strip }, measure) {
  if (strip.cuts.length === 1) return strip.cuts[0][measure].map(Math.abs)
  const middles = cuts.slice(1).map((cut, at) => (cut + cuts[at]) / 2)
  return strip.cuts[0][measure].map((_, step) => Math.abs(strip.cuts[middles.filter((middle) => strip.steps[step] < middle).length][measure][step]))
}

// A thin band along the axis, the darker the more would change segment if a line stood there, and marks of places worth a look
function strip(view, i) {
  const { at, strip: node, upright } = view.axes[i], panel = view.panels[i]
  if (!node || !panel.strip) return
  const measure = measured(view), each = passed(panel, measure), most = Math.max(...each), { steps } = panel.strip
  const shades = new Array(SHADES + 1).fill("")
  each.forEach((size, step) => {
    const [from, to] = [at(steps[step]), at(steps[step + 1])].map((end) => end.toFixed(1))
    shades[size ? Math.ceil(Math.sqrt(size / most) * SHADES) : 0] += upright ? `M0 ${from}V${to}H${THIN}V${from}z` : `M${from} 0H${to}V${THICK}H${from}z`
  })
  const paths = shades.map((d, shade) => el("path", { d, opacity: (0.06 + 0.94 * shade / SHADES).toFixed(2) }))
  show(node, [el("svg", { class: "shades", "aria-hidden": "true" }, ...paths), ...marks(view, i)])
  pointing(view, node, (event) => {
    const box = node.getBoundingClientRect(), to = upright ? event.clientY - box.top : event.clientX - box.left
    const step = each.findIndex((_, step) => (at(steps[step]) - to) * (at(steps[step + 1]) - to) <= 0)
    return step < 0 ? null : `a line from ${exact(steps[step])} to ${exact(steps[step + 1])} passes ${sized(view, measure, each[step])}`
  })
}
const sized = (view, measure, size) => (measure === "customers" ? `${count(size)} ${size === 1 ? "customer" : "customers"}` : `${compact(size, view.data.currency)} ${measure}`)

const marksOf = (line) => line.marks.filter(([stop]) => stop !== line.here)

// Where the data suggest to begin, and where shares usually quoted are met: a click goes there
function marks(view, i) {
  const { at, upright } = view.axes[i]
  return view.panels[i].lines.flatMap((line) => marksOf(line).flatMap(([stop, why]) => Object.values(line.cuts).map((cuts, copy) => {
    const words = `${line.label}: go to ${said(view, line, line.stops[stop])}. ${why}`
    const node = el("button", { type: "button", class: "mark", style: place(upright, at(cuts[stop])), title: words, "aria-label": words, tabindex: copy ? -1 : 0, "data-param": `mark ${i}.${line.number}.${line.stops[stop]}.${copy}` })
    node.onclick = () => {
      const now = lineOf(view, i, line), there = now.stops.indexOf(line.stops[stop]) // Python may have said others since
      if (there < 0) return
      move(view, i, now, there)
      send(view, now)
      view.body.querySelector(`[data-param^="${i}.${line.number}."]`)?.focus({ preventScroll: true })
    }
    return node
  })))
}

// What the strips mean, and what they show: under the picture
function legend(view) {
  const choices = offered(view)
  if (!choices.length || !view.axes.some((axis) => axis?.strip)) return
  if (!view.legend) view.body.after(view.legend = el("p", { class: "legend" }))
  const buttons = choices.map((name) => {
    const button = el("button", { type: "button", "aria-pressed": name === measured(view) }, name)
    button.onclick = () => {
      view.measure = name
      draw(view)
    }
    return button
  })
  const marked = view.panels.some((panel) => panel.lines.some((line) => marksOf(line).length))
  show(view.legend, ["Band: ", el("span", { class: "choices", role: "group", "aria-label": "What the band shows" }, ...buttons),
    `Where the band is faint it is safe to cut: a small move there puts ${LITTLE[measured(view)]} into another segment.`,
    ...(marked ? [" ", el("span", { class: "mark" }), " marks where the data suggest a line, or a share usually quoted is met: click to go there."] : [])])
}
