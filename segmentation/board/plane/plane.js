// Profit × potential with both cut lines dragged in the picture. While a line moves, counts and money of the sectors
// are read from exact figures sent for each of its positions, and the bubbles take the colour of the sector they fall
// into; Python hears of it once, on release. Segments of a method go along with a cut of theirs that moves elsewhere
// on the page. Where Python wants it, a box can be drawn around customers.

import { busy, changed, colour, compact, count, spoken, draw, each, el, fitting, hold, keyed, later, mark, pointing, short, show } from "../drawing.js"
import { forgotten, same } from "../sliders.js"

const AXES = ["profit", "potential"]
const NOBODY = 7 // colour of those who are in no segment

function take(view) {
  const { data } = view
  if (busy(view)) return caughtUp(view)
  Object.assign(view, said(data), { drawn: data.box })
}

// The lines as Python last said that they stand, and what lies between them; nothing waits
const said = (data) => ({ at: Object.fromEntries(AXES.map((axis) => [axis, [...data[axis].at]])), held: fields(data), wanted: {} })

// What lies along a line is sent for the lines of the other axis where Python knows them: while it has not heard of one that was
// moved there a line of this axis waits where it is, and goes on when the answer tells what lies along it
const otherOf = (axis) => AXES.find((one) => one !== axis)
const wanted = (view, axis) => view.wanted[axis] ?? view.at[axis]
const known = (view, axis) => wanted(view, otherOf(axis)).every((value, i) => same(value, view.data[otherOf(axis)].at[i]))
const unheard = ({ board }, axis) => board.unheard.some(({ event, told }) => event === "line" && told.axis === axis)

function caughtUp(view) {
  const axis = AXES.find((one) => (view.dragging ?? view.waiting?.line ?? "").startsWith(one)), stands = axis && [...wanted(view, axis)]
  if (!axis || unheard(view, otherOf(axis))) return
  Object.assign(view, said(view.data))
  if (stands.length === view.at[axis].length) stands.forEach((value, line) => { if (!same(value, view.at[axis][line])) slid(view, axis, line, value) })
}

function pieces(view) {
  view.phone = view.width < 520
  view.box = { left: 44, top: 36, wide: view.width - 54, high: bands(view) > 2 && !view.phone ? 490 : Math.min(view.phone ? 340 : 420, fitting(420)) }
  pointing(view, view.body, (event) => under(view, event))
  const [dots, names, spots] = bubbles(view)
  const [sectors, below] = corners(view, [...spots, ...(view.data.cloud ?? []).map(([, across, up]) => ({ x: x(view, across), y: y(view, up), r: 2 }))])
  const plates = sectors.flatMap((corner) => [...corner.querySelectorAll(".plate")])
  plates.forEach((plate) => plate.remove()) // below all names: where there is little room one would dim another's
  view.plates = plates.map(extent)
  const [words, unnamed] = apart(view, names)
  list(view, unnamed)
  return [axes(view), ...shades(view), ...floor(view), ...plates, ...sectors, ...legend(view, below), ...cloud(view), ...dots, ...views_of(view), ...cuts(view), ...words]
}

// Symmetric logarithm: straight around zero, by powers of ten beyond
const bend = (value, unit) => Math.sign(value) * Math.log1p(Math.abs(value) / unit)
export function share(scale, value) {
  const [low, high] = scale.domain.map((end) => bend(end, scale.unit))
  return Math.min(Math.max((bend(value, scale.unit) - low) / (high - low), 0), 1)
}
const x = (view, value) => view.box.left + share(view.data.profit, value) * view.box.wide
const y = (view, value) => view.box.top + (1 - share(view.data.potential, value)) * view.box.high

function axes(view) {
  const { left, top, wide, high } = view.box, bottom = top + high
  const group = el("g", { class: "axis" })
  let last = -Infinity
  for (const tick of view.data.profit.ticks) {
    const at = x(view, tick)
    group.append(el("line", { x1: at, x2: at, y1: top, y2: bottom, class: tick ? "" : "zero" }))
    if (at - last < 40 && tick) continue
    last = at
    group.append(el("text", { x: at, y: bottom + 15, "text-anchor": "middle" }, short(tick)))
  }
  last = Infinity
  for (const tick of view.data.potential.ticks) {
    const at = y(view, tick)
    group.append(el("line", { x1: left, x2: left + wide, y1: at, y2: at, class: tick ? "" : "zero" }))
    if (last - at < 16) continue
    last = at
    group.append(el("text", { x: left - 5, y: at + 4, "text-anchor": "end" }, short(tick)))
  }
  group.append(el("text", { x: left + wide, y: bottom + 33, "text-anchor": "end" }, view.data.profit.title + " →"),
    el("text", { x: 0, y: 12 }, "↑ " + view.data.potential.title))
  return group
}

const COSTING = ", costing" // behind a measure: of those alone who cost more than they bring

// What the fields between the lines hold: the last two sectors share a field, the corner below all lines
function fields({ held, costing }) {
  const found = {}
  for (const [measure, sectors] of Object.entries(held)) {
    const [corner, letGo] = sectors.slice(-2)
    Object.assign(found, { [measure]: [...sectors.slice(0, -2), corner + letGo], [measure + COSTING]: costing[measure] })
  }
  return found
}

// What a sector holds of a measure, by its place among the names
function holds(view, measure, at) {
  const held = view.held[measure], last = held.length - 1
  if (at < last) return held[at]
  const letGo = view.held[measure + COSTING][last]
  return at === last ? less(held[last], letGo) : letGo
}
// A difference of sums of money: nothing where only the dust of binary fractions is left
const less = (all, part) => (Math.abs(all - part) < 1e-9 * Math.abs(all) ? 0 : all - part)
const measured = (view) => Object.keys(view.held).filter((measure) => !measure.endsWith(COSTING))

// Sectors stand best first, all of the best profit before those of the next; here counted in bands per axis
const bands = (view) => view.at.profit.length + 1
const sector = (view, column, row) => (bands(view) - 1 - column) * bands(view) + bands(view) - 1 - row

// Where each sector begins and ends, with what it holds; columns and rows count from the lower left
function cells(view) {
  const { left, top, wide, high } = view.box, of = bands(view)
  const xs = [left, ...view.at.profit.map((line) => x(view, line)), left + wide]
  const ys = [top + high, ...view.at.potential.map((line) => y(view, line)), top]
  return view.data.names.map((name, at) => {
    const place = Math.min(at, of * of - 1), column = of - 1 - Math.floor(place / of), row = of - 1 - place % of
    return { name, colour: view.data.colours[at], column, row, right: column === of - 1, upper: row === of - 1,
      x0: xs[column], x1: xs[column + 1], y0: ys[row + 1], y1: ys[row],
      ...Object.fromEntries(measured(view).map((measure) => [measure, holds(view, measure, at)])) }
  })
}

// The two sectors of the corner as areas of their own: apart at break-even where it stands on the axis, else one
function areas(view) {
  const all = cells(view), [corner, letGo] = all.slice(-2)
  const even = view.data.parted ? Math.min(Math.max(x(view, 0), corner.x0), corner.x1) : corner.x0
  return [...all.slice(0, -2), { ...corner, x0: even }, { ...letGo, x1: even }]
}

function shades(view) {
  return view.data.slots ? [] : areas(view).filter((cell) => cell.x1 > cell.x0 && cell.y1 > cell.y0).map((cell) => el("rect", { x: cell.x0,
    width: cell.x1 - cell.x0, y: cell.y0, height: cell.y1 - cell.y0, fill: colour(view, cell.colour), opacity: 0.08 }))
}

function says(view, cell) {
  if (!cell.customers) return []
  const money = ["revenue", "profit", "potential"].filter((name) => name in cell)
  const words = money.map((name) => `${compact(cell[name], view.data.currency)} ${name}`)
  return view.box.wide < 640 ? words.slice(-2) : words
}

// The sectors' names, how many and how much: in the corner of each where nobody stands, else as near to it as there is room;
// and those that find none, for what stands below the picture
function corners(view, spots) {
  const crowd = crowded(view.box, spots), written = amounts(view), below = []
  const named = fieldsOf(view).flatMap((cell) => {
    const found = texts(view, cell).map((lines) => ({ lines, box: placed(cell, extents(lines), (box) => crowd(box) || written.some((other) => meet(box, other))) })).find(({ box }) => box)
    if (!found) return below.push(cell), []
    written.push(found.box)
    return [words(view, cell, found)]
  })
  return [named, below.reverse()]
}

// Where the words of each sector can stand; both of the corner in all of it, where its parts are slim
const SLIM = 60
function fieldsOf(view) {
  const all = cells(view), parts = areas(view)
  return parts.map((part, at) => (at < all.length - 2 || parts.slice(-2).every(({ x0, x1 }) => x1 - x0 > SLIM) ? part : all[at])).reverse() // who is let go stands in the corner
}

// What can be said of a sector, best first, each as lines
function texts(view, cell) {
  const whole = `${cell.name} · ${count(cell.customers)}`, money = says(view, cell)
  return bands(view) > 2 ? [[whole, ...money.slice(-1)], [whole], [cell.name, count(cell.customers)]] : [...(money.length ? [[whole, money.join(" · ")], [whole, ...money]] : []), [whole]]
}

const extents = ([name, ...lines]) => [Math.max(name.length * 7.6, ...lines.map((line) => line.length * 5.2)) + 8, 20 + 16 * lines.length]
const meet = (one, other) => one.x0 < other.x1 && other.x0 < one.x1 && one.y0 < other.y1 && other.y0 < one.y1

// The free place for words that is nearest to the corner of their sector; null: none
const NEXT = 8, EDGE = 3 // pixels from one place to the next, and from a line
export function placed({ x0, x1, y0, y1, right, upper, row }, [wide, high], taken) {
  const [across, down] = [x1 - x0 - wide - 2 * EDGE, y1 - y0 - high - 2 * EDGE].map((room) => Math.floor(room / NEXT))
  for (let away = 0; Math.min(across, down) >= 0 && away <= across + down; away++) {
    for (let aside = Math.max(away - down, 0); aside <= Math.min(away, across); aside++) {
      const left = right ? x1 - EDGE - wide - aside * NEXT : x0 + EDGE + aside * NEXT, off = (away - aside) * NEXT
      const top = upper || row ? y0 + EDGE + off : y1 - EDGE - high - off
      const box = { x0: left, x1: left + wide, y0: top, y1: top + high }
      if (!taken(box)) return box
    }
  }
  return null
}

// Whether somebody stands in a box: told by how many squares of so many pixels are taken above and left of each corner
const SQUARE = 4
export function crowded({ left, top, wide, high }, spots) {
  const across = Math.ceil(wide / SQUARE), down = Math.ceil(high / SQUARE), sums = new Uint32Array((across + 1) * (down + 1))
  const square = (value, most) => Math.min(Math.max(Math.floor(value / SQUARE), 0), most)
  for (const { x, y, r } of spots) {
    for (let row = square(y - r - top, down - 1); row <= square(y + r - top, down - 1); row++) {
      for (let column = square(x - r - left, across - 1); column <= square(x + r - left, across - 1); column++) sums[(row + 1) * (across + 1) + column + 1] = 1
    }
  }
  for (let row = 1; row <= down; row++) {
    for (let at = row * (across + 1) + 1, end = at + across; at < end; at++) sums[at] += sums[at - 1] + sums[at - across - 1] - sums[at - across - 2]
  }
  return ({ x0, x1, y0, y1 }) => {
    const [from, to] = [square(x0 - left, across), square(x1 - left, across - 1) + 1], [above, below] = [square(y0 - top, down), square(y1 - top, down - 1) + 1]
    const sum = (row, column) => sums[row * (across + 1) + column]
    return sum(below, to) - sum(above, to) - sum(below, from) + sum(above, from) > 0
  }
}

// A name and what follows it, on a plate that keeps them readable over the lines of the axes
function words(view, cell, { lines: [name, ...lines], box: { x0, x1, y0, y1 } }) {
  const at = { x: cell.right ? x1 - 4 : x0 + 4, "text-anchor": cell.right ? "end" : "start" }, from = y0 + 15
  return el("g", { class: "corner", "data-sector": cell.name }, title(view, cell),
    el("rect", { class: "plate", x: x0, y: y0, width: x1 - x0, height: y1 - y0, rx: 4 }),
    el("text", { class: "name", ...at, y: from }, name),
    ...lines.map((line, i) => el("text", { class: "money", ...at, y: from + 16 * (i + 1) }, line)))
}

// Below the picture, in rows, the sectors whose words have no room in it
function legend(view, below) {
  const { top, high } = view.box
  let [across, down] = [0, top + high + 53]
  const entries = below.map((cell) => {
    const name = `${cell.name} · ${count(cell.customers)}`, wide = 24 + 7.6 * name.length
    if (across && across + wide > view.width) [across, down] = [0, down + 19]
    const node = el("g", { class: "corner", "data-sector": cell.name }, title(view, cell),
      ...(view.data.slots ? [] : [el("circle", { class: "key", cx: across + 6, cy: down - 5, r: 5, fill: colour(view, cell.colour) })]), // else colours are those of segments
      el("text", { class: "name", x: across + (view.data.slots ? 0 : 15), y: down }, name))
    across += wide
    return node
  })
  view.body.setAttribute("height", (view.tall = tall(view, below.length ? down + 6 : top + high + 40)))
  return entries
}

// How high the picture is for what it needs: while a line is held, of this picture or another, what is around it stays where it is
export function tall({ tall, board }, needed) {
  return tall && board.views.some(({ dragging }) => dragging !== null) ? tall : needed
}

const LISTED = 12 // bubbles named below the picture at most

// And below these the bubbles whose names have none: beside the drawing, which keeps its size while they come and go
function list(view, unnamed) {
  if (!view.unnamed) view.body.after(view.unnamed = el("div", { class: "below unnamed" }))
  const more = unnamed.length - LISTED, marked = alike(unnamed.slice(0, LISTED))
  show(view.unnamed, [...unnamed.slice(0, LISTED).map((one) => keyed(view, one.slot, ...(marked.includes(one) ? [el("b", {}, `${one.letter} `)] : []), one.name)),
    ...(more > 0 ? [el("span", {}, `and ${count(more)} more: point at a bubble`)] : [])])
}

// Of bubbles without a name those whose colour does not tell them apart: they have a letter, in the picture and below it
export const alike = (bubbles) => bubbles.filter((one) => bubbles.some((other) => other !== one && other.slot === one.slot))

// The letter of each bubble: as in other pictures of these segments, or by its place where the board has others
export const letters = (bubbles, segments) => bubbles.map(([name], at) => mark(segments ? segments.findIndex((one) => one.name === name) : at))

const title = (view, cell) => el("title", {}, `${cell.name} · ${count(cell.customers)}: ${says(view, cell).join(", ") || "nobody"}`)

function slot(view, across, up, costing) {
  const beyond = (axis, value) => view.at[axis].filter((line) => value >= line).length
  const place = sector(view, beyond("profit", across), beyond("potential", up)), corner = bands(view) ** 2 - 1
  return view.data.colours[place === corner && costing ? corner + 1 : place]
}

// Faint customers, in the colour of their segment or sector; one path a colour, since that is drawn far faster
function cloud(view) {
  const dots = {}, held = slots(view)
  for (const [at, [, across, up, costing]] of (view.data.cloud || []).entries()) {
    const shade = held ? held[at] : slot(view, across, up, costing)
    dots[shade] = (dots[shade] || "") + `M${x(view, across).toFixed(1)} ${y(view, up).toFixed(1)}h0`
  }
  return Object.entries(dots).map(([shade, d]) => el("path", { class: "cloud", d, stroke: colour(view, shade) }))
}

// The segment each faint customer is in: as Python says, or, while a line moves, as the picture that has it
function slots(view) {
  const { slots } = view.data, { segments, drawn } = view.board
  return slots && drawn?.length === slots.length ? drawn.map((at) => segments[at]?.colour ?? NOBODY) : slots
}

// Segments at the mean of their customers: name, place, size, customers, colour
function means(view, segments = view.board.segments) {
  const { profit, potential, volume } = view.data.measures
  return segments.map((segment) => [segment.name, each(segment, profit), each(segment, potential),
    segment[volume], segment.customers, segment.colour]).filter(([, across, up]) => across !== null && up !== null)
}

function bubbles(view) {
  const { measures, segments } = view.data
  const bubbles = measures ? means(view) : view.data.bubbles
  const largest = (measures ? view.board.totals[measures.volume] : view.data.largest) || 1
  // Together they cover no more than an eighth of the picture, so that many of one size can be told apart
  const together = bubbles.reduce((sum, bubble) => sum + Math.max(bubble[3], 0) / largest, 0)
  const room = Math.sqrt(0.125 * view.box.wide * view.box.high / (Math.PI * Math.max(together, 1)))
  const most = Math.min(room, (segments ? 40 : 20) * (view.phone ? 0.7 : 1))
  const drawn = [], names = [], spots = [], marks = letters(bubbles, measures && view.board.segments)
  for (const [at, [name, across, up, size, customers, slot_, costing]] of bubbles.entries()) {
    const r = Math.max(segments ? 6 : 3, Math.sqrt(Math.max(size, 0) / largest) * most)
    const words = [segments ? `${name}: ${count(customers)} customers` : name, `now ${compact(across, view.data.currency)}`,
      `potential ${compact(up, view.data.currency)}`, `${view.data.volume} ${compact(size, view.data.currency)}`]
    const node = el("circle", { class: "bubble", cx: x(view, across).toFixed(1), cy: y(view, up).toFixed(1), r: r.toFixed(1), "data-name": name,
      fill: colour(view, segments ? slot_ : slot(view, across, up, costing)), opacity: segments ? 0.85 : 0.6 }, el("title", {}, words.join(" · ")))
    node.onclick = () => view.send("picked", { name, at })
    drawn.push(node)
    const spot = { x: x(view, across), y: y(view, up), r }
    spots.push(spot)
    if (segments) names.push({ ...spot, name, size, slot: slot_, letter: marks[at] })
  }
  if (segments) drawn.sort((one, other) => radius(other) - radius(one)) // the small ones on top
  if (measures) drawn.unshift(...ghosts(view, largest, most))
  return [drawn, names, spots]
}

const radius = (bubble) => Number(bubble.getAttribute("r"))

// The bubbles as they were remembered
function ghosts(view, largest, most) {
  return means(view, view.board.ghost?.segments ?? []).map(([name, across, up, size, customers, slot_]) =>
    el("circle", { class: "ghost", cx: x(view, across).toFixed(1), cy: y(view, up).toFixed(1), stroke: colour(view, slot_),
      r: Math.max(6, Math.sqrt(Math.max(size, 0) / largest) * most).toFixed(1) }, el("title", {}, `${name} as remembered: ${count(customers)} customers`)))
}

const extent = (plate) => {
  const [x0, y0, wide, high] = ["x", "y", "width", "height"].map((name) => Number(plate.getAttribute(name)))
  return { x0, x1: x0 + wide, y0, y1: y0 + high }
}

// Names of bubbles, above, below or beside them, free of larger ones' names, of bubbles and of the lines; farther off with a
// leader where there is no room, or where it would seem another one's; of those without a place that are coloured alike a letter.
// Those that find no place, for what stands below
function apart(view, names) {
  const { left, top, wide, high } = view.box, lines = [view.at.profit.map((line) => x(view, line)), view.at.potential.map((line) => y(view, line))]
  const written = [...view.plates, ...amounts(view)], unnamed = []
  const free = (box) => box.x0 >= left && box.x1 <= left + wide && box.y0 >= top && box.y1 <= top + high &&
    written.every((other) => box.x1 < other.x0 || other.x1 < box.x0 || box.y1 < other.y0 || other.y1 < box.y0) &&
    names.every((bubble) => !covers(box, bubble)) && lines[0].every((at) => at < box.x0 || at > box.x1) && lines[1].every((at) => at < box.y0 || at > box.y1)
  const put = (bubble, words) => {
    const { x, y, r } = bubble, half = words.length * 3.7 + 3
    const boxes = AWAY.flatMap((far) => ways(x, y, r + far, half)).map(([across, up]) => ({ across, up, x0: across - half, x1: across + half, y0: up - 12, y1: up + 3 }))
    const at = boxes.findIndex((box, i) => free(box) && (i < WAYS ? clear(box, bubble, names) : reaches(box, bubble, names) && !written.some((other) => crosses(box, bubble, other)))), place = boxes[at]
    if (!place) return null
    written.push(place)
    return [...(at < WAYS ? [] : [leader(place, bubble)]),
      el("text", { class: "named", x: place.across.toFixed(1), y: place.up.toFixed(1), "text-anchor": "middle" }, words)]
  }
  const drawn = [...names].sort((a, b) => b.size - a.size).flatMap((bubble, rank) => (rank < NAMED && put(bubble, bubble.name)) || (unnamed.push(bubble), []))
  drawn.push(...alike(unnamed.slice(0, LISTED)).flatMap((bubble) => put(bubble, bubble.letter) ?? []))
  return [drawn, unnamed]
}

// Pixels between a name and a bubble; below zero where it would lie on it
const gap = (box, { x, y, r }) => Math.hypot(Math.max(box.x0 - x, 0, x - box.x1), Math.max(box.y0 - y, 0, y - box.y1)) - r

// Whether a name beside a bubble is plainly that one's: no other is about as near
export function clear(box, bubble, all) {
  return all.every((other) => other === bubble || gap(box, other) > gap(box, bubble) + NEAR)
}

// Whether the way from a name to the bubble it is of leads over no other, but one that lies on it, and begins beside none
export function reaches(box, bubble, all) {
  const { x1, y1, x2, y2 } = ends(box, bubble), long = (x2 - x1) ** 2 + (y2 - y1) ** 2
  return all.every((other) => {
    if (other === bubble || Math.hypot(other.x - bubble.x, other.y - bubble.y) < Math.max(other.r, bubble.r)) return true
    const along = Math.min(Math.max(((other.x - x1) * (x2 - x1) + (other.y - y1) * (y2 - y1)) / long, 0), 1)
    return gap(box, other) > NEAR && Math.hypot(x1 + along * (x2 - x1) - other.x, y1 + along * (y2 - y1) - other.y) > other.r + NEAR
  })
}

// Where the lines of potential say where they stand
const amounts = (view) => view.at.potential.map((line) => ({ x0: view.box.left + view.box.wide - 12 - 7 * compact(line, view.data.currency).length,
  x1: view.box.left + view.box.wide, y0: y(view, line) - 18, y1: y(view, line) + 16 }))

// Whether the way from a name to its bubble leads over other words: whether there is a part of it that is within them in both ways
export function crosses(box, bubble, { x0, x1, y0, y1 }) {
  const way = ends(box, bubble)
  const [across, up] = [between(way.x1, way.x2, x0, x1), between(way.y1, way.y2, y0, y1)]
  return Math.max(across[0], up[0]) < Math.min(across[1], up[1])
}

// Which part of the way from one number to another, from 0 to 1, lies between two
function between(from, to, low, high) {
  if (from === to) return from > low && from < high ? [0, 1] : [1, 0]
  const [one, other] = [(low - from) / (to - from), (high - from) / (to - from)]
  return [Math.max(0, Math.min(one, other)), Math.min(1, Math.max(one, other))]
}

// From the edge of a bubble to its name
function ends({ x0, x1, y0, y1 }, { x, y, r }) {
  const [across, up] = [Math.min(Math.max(x, x0), x1) - x, Math.min(Math.max(y, y0), y1) - y], part = r / Math.hypot(across, up)
  return { x1: x + across * part, y1: y + up * part, x2: x + across, y2: y + up }
}

const leader = (box, bubble) => el("line", { class: "leader", ...Object.fromEntries(Object.entries(ends(box, bubble)).map(([name, at]) => [name, at.toFixed(1)])) })

const NAMED = 30 // bubbles that get a name in the picture at most
const NEAR = 6 // pixels another bubble has to be farther from a name than its own
const AWAY = [4, 22, 44, 70, 100], WAYS = 8 // pixels from a bubble to its name, and in how many directions
const ways = (x, y, far, half) => [[x, y - far], [x, y + far + 10], [x + far + half, y + 5], [x - far - half, y + 5],
  ...[-1, 1].flatMap((right) => [-1, 1].map((down) => [x + right * (far * 0.7 + half), y + down * far * 0.7 + (down > 0 ? 12 : 0)]))]

// Whether a name would lie on a bubble
export const covers = (box, bubble) => gap(box, bubble) < 0

// The lines of saved views, thin, with their names
function views_of(view) {
  const { left, top, wide, high } = view.box
  return (view.data.views || []).map((one, i) => el("g", { class: "view" },
    ...one.profit.map((line) => el("line", { x1: x(view, line), x2: x(view, line), y1: top, y2: top + high })),
    ...one.potential.map((line) => el("line", { x1: left, x2: left + wide, y1: y(view, line), y2: y(view, line) })),
    el("text", { x: x(view, one.profit[0]) + 4, y: top + high / 2 + 13 * i }, one.name)))
}

const cuts = (view) => AXES.flatMap((axis) => view.at[axis].map((_, line) => cut(view, axis, line)))
const param = (view, axis, line) => (view.at[axis].length > 1 ? `${axis} ${line + 1}` : axis)

// A line with its amount and its handle; of two the lower one's amount stands on its other side
function cut(view, axis, line) {
  const { left, top, wide, high } = view.box, upright = axis === "profit", lower = line + 1 < view.at[axis].length
  const value = view.at[axis][line], at = upright ? x(view, value) : y(view, value)
  const words = compact(value, view.data.currency), half = words.length * 3.5
  const ends = upright ? { x1: at, x2: at, y1: top, y2: top + high } : { x1: left, x2: left + wide, y1: at, y2: at }
  const hit = upright ? { x: at - 14, y: top, width: 28, height: high } : { x: left, y: at - 14, width: wide, height: 28 }
  const aside = view.at[axis].length > 1 ? (lower ? -half : half) : 0
  const label = upright
    ? { x: Math.min(Math.max(at + aside, left + half), left + wide - half), y: top - 7, "text-anchor": "middle" }
    : { x: left + wide - 12, y: lower ? Math.min(at + 14, top + high - 4) : Math.max(at - 6, top + 10), "text-anchor": "end" }
  const group = el("g", { class: `cut ${axis}` },
    el("rect", { class: "hit", ...hit }), el("line", { class: "seen", ...ends }), el("text", label, words))
  handle(view, axis, line, group, at, words)
  return group
}

function handle(view, axis, line, group, at, words) {
  const { left, top, wide, high } = view.box, upright = axis === "profit"
  group.append(el("circle", { class: "grip", r: 7, cx: upright ? at : left + wide, cy: upright ? top + high : at }))
  const positions = view.data[axis].positions
  const said = { tabindex: 0, role: "slider", "data-param": param(view, axis, line), "aria-label": view.data[axis].says[line],
    "aria-valuemin": spoken(positions[0]), "aria-valuemax": spoken(positions.at(-1)),
    "aria-valuenow": spoken(view.at[axis][line]), "aria-valuetext": words }
  for (const [key, value] of Object.entries(said)) group.setAttribute(key, value)
  if (!upright) group.setAttribute("aria-orientation", "vertical")
  group.onpointerdown = (event) => drag(view, axis, event)
  group.onkeydown = (event) => {
    const step = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 5, PageDown: -5, Home: -1e9, End: 1e9 }[event.key]
    if (!step) return
    event.preventDefault()
    taken(view, axis, line, beside(view.data[axis].positions, wanted(view, axis)[line], step))
    later(view, axis, () => send(view, axis))
  }
}

const send = (view, axis) => view.send("line", { axis, lines: wanted(view, axis) })

// The position so many steps away from a value, which may lie between two positions
export function beside(positions, value, step) {
  const below = positions.filter((position) => position < value).length
  const on = positions[below] === value
  return step > 0 ? below + (on ? step : step - 1) : below + step
}

// The places of the positions a line can stand at: not beyond its neighbour
function reachable(view, axis, line) {
  const low = view.at[axis][line - 1] ?? -Infinity, high = view.at[axis][line + 1] ?? Infinity
  return [...view.data[axis].positions.keys()].filter((at) => low <= view.data[axis].positions[at] && view.data[axis].positions[at] <= high)
}

// A line that somebody took in hand follows its slider no more
function taken(view, axis, line, to) {
  forgotten(view.board, { method: view.method, by: view.data[axis].sliders?.[line].by })
  if (known(view, axis)) return move(view, axis, line, to)
  const places = reachable(view, axis, line)
  if (places.length) view.wanted[axis] = wanted(view, axis).map((value, i) => (i === line ? view.data[axis].positions[within(places, to)] : value))
}

// The lines that sliders of the page move; such a slider tells a place among its stops
const sliders = (view) => AXES.flatMap((axis) => (view.data[axis].sliders ?? []).map(({ by, stops }, line) => ({
  by, stops: stops ?? view.data[axis].positions, said: view.data[axis].at[line], put: (to) => slid(view, axis, line, to) })))

// A line put at an amount, those it meets pushed along; whether it is known what lies there
function slid(view, axis, line, to) {
  const at = view.data[axis].positions.findIndex((position) => same(position, to))
  if (at < 0 || !known(view, axis)) return false
  for (const one of pushed(view.at[axis], line, to)) move(view, axis, one, at)
  return true
}

// Which lines of an axis stand in the way of one that goes somewhere, the farthest first, and that one
export function pushed(values, line, to) {
  const up = to > values[line], met = values.map((_, i) => i).filter((i) => i === line || (up ? i > line && values[i] < to : i < line && values[i] > to))
  return up ? met.reverse() : met
}

const within = (places, at) => Math.min(Math.max(at, places[0]), places.at(-1))

// Put a line at a position, or as near to it as it can stand: what the sectors hold there is known
function move(view, axis, line, to) {
  const places = reachable(view, axis, line)
  if (!places.length) return
  const at = within(places, to), of = bands(view)
  view.at[axis][line] = view.data[axis].positions[at]
  const above = of - 2 - line // the band just above the line, counted from the best
  view.held = Object.fromEntries(Object.entries(view.data.along[axis]).map(([measure, beyond]) => {
    const held = [...view.held[measure]]
    for (let beside = 0; beside < of; beside++) {
      const place = (band) => (axis === "profit" ? band * of + beside : beside * of + band)
      const both = held[place(above)] + held[place(above + 1)]
      held[place(above)] = beyond[at * of + beside]
      for (let better = 0; better < above; better++) held[place(above)] -= held[place(better)]
      held[place(above + 1)] = both - held[place(above)]
    }
    return [measure, held]
  }))
  draw(view)
  if (view.data.measures && !view.data.sectors) return // the segments on the board are a method's, not these sectors
  changed(view, view.board.segments.map((segment) => {
    const place = view.data.names.indexOf(segment.name)
    return place < 0 ? segment : { ...segment, ...Object.fromEntries(measured(view).map((measure) => [measure, holds(view, measure, place)])) }
  }))
}

// The nearest line of the axis is taken, the upper one where two lie on each other and it is pulled up
function drag(view, axis, event) {
  const upright = axis === "profit", positions = view.data[axis].positions
  const place = (value) => (upright ? x(view, value) : y(view, value))
  const pointer = (e) => {
    const box = view.body.getBoundingClientRect()
    return upright ? e.clientX - box.left : e.clientY - box.top
  }
  const nearest = (values, to) => values.reduce((best, value, at) => (Math.abs(place(value) - to) < Math.abs(place(values[best]) - to) ? at : best), 0)
  const start = [...wanted(view, axis)], from = pointer(event), twins = start.length > 1 && start[0] === start[1]
  let line = twins ? null : nearest(start, from)
  const moved = (e) => {
    const to = pointer(e)
    if (line === null && Math.abs(to - from) < 3) return
    line ??= to > from === upright ? 1 : 0
    taken(view, axis, line, nearest(positions, to))
  }
  hold(view, param(view, axis, line ?? 0), event, moved, () => {
    const told = wanted(view, axis).some((at, i) => at !== start[i])
    if (told) send(view, axis)
    return told
  })
}

// The ground between the lines, where Python wants to hear of a box that is drawn there, and that box
function floor(view) {
  if (view.data.box === undefined) return []
  const { left, top, wide, high } = view.box
  const ground = el("rect", { class: "hit ground", x: left, y: top, width: wide, height: high })
  ground.onpointerdown = (event) => enclose(view, event)
  if (!view.drawn) return [ground]
  const [x0, x1] = view.drawn.x.map((value) => x(view, value)), [y1, y0] = view.drawn.y.map((value) => y(view, value))
  return [ground, el("rect", { class: "boxed", x: x0, width: x1 - x0, y: y0, height: y1 - y0 })]
}

// From a corner to where the pointer is let go; a click without a way takes the box away. A finger scrolls instead.
function enclose(view, event) {
  if (event.pointerType === "touch" || event.button || view.dragging !== null) return
  const from = money(view, event), before = view.drawn
  const between = (one, other) => [Math.min(one, other), Math.max(one, other)]
  const grown = (e) => {
    const to = money(view, e)
    view.drawn = { x: between(from.x, to.x), y: between(from.y, to.y) }
    draw(view)
  }
  view.drawn = null
  hold(view, "box", event, grown, () => {
    draw(view)
    const told = view.drawn || before
    if (told) view.send("boxed", { box: view.drawn })
    return told
  })
}

// The money a pointer stands at
function money(view, event) {
  const { left, top, wide, high } = view.box, box = view.body.getBoundingClientRect()
  const value = ({ domain, unit }, share) => {
    const [low, up] = domain.map((end) => bend(end, unit)), bent = low + Math.min(Math.max(share, 0), 1) * (up - low)
    return Math.sign(bent) * unit * Math.expm1(Math.abs(bent))
  }
  return { x: value(view.data.profit, (event.clientX - box.left - left) / wide),
    y: value(view.data.potential, 1 - (event.clientY - box.top - top) / high) }
}

// Who the faint customer under the pointer is
function under(view, event) {
  const box = view.body.getBoundingClientRect(), [left, top] = [event.clientX - box.left, event.clientY - box.top]
  const away = ([, across, up]) => Math.hypot(x(view, across) - left, y(view, up) - top)
  const near = view.dragging === null && view.data.cloud?.reduce((best, one) => (away(one) < away(best) ? one : best), view.data.cloud[0])
  const amount = (value) => compact(value, view.data.currency)
  return near && away(near) < 8 ? `${near[0]}: now ${amount(near[1])}, potential ${amount(near[2])}` : null
}

export default { take, pieces, sliders }
