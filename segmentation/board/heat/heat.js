// Cells of two scored orderings, the third by a switch: shade says how much stands in a cell, colour which segment it is
// called. A segment is chosen in the legend and cells are painted with its name; below, every edge of the scores is a
// line that is dragged, and the cells go along.

import { busy, changed, colour, compact, count, el, fitting, hold, mark, pointing, show, short } from "../drawing.js"
import { counted, crossed, handles, seated, sliders, taken } from "../lines.js"
import { embed, set } from "../vega.js"

const BELOW = { left: 52, right: 12, top: 34, bottom: 36 }
const HIGH = 230, LOW = 170 // pixels the map is at most and at least
const LETTER = 6.4 // pixels a letter takes, about

function take(view) {
  if (busy(view)) return
  view.panels = taken(view.data.panels)
  view.table = [...view.data.panels[0].segment]
  view.axes ??= []
  view.shade ??= "customers"
  const { brush } = view, names = view.board.segments.map(({ name }) => name)
  if (brush && brush !== view.pieces?.own.value.trim() && !names.includes(brush)) view.brush = null
  if (!(view.third < bands(view, 2))) view.third = null
}

// A score and which values it stands for; alone where it is the value
const scored = (number, words) => (words === number ? number : `${number}: ${words}`)

// Room for what the axes of the map are called: it is taken when Python answers, so nothing jumps while a line is held
function padding(view) {
  const longest = (i) => Math.max(...axis(view, i).map(([number, words]) => scored(number, words).length)) * LETTER
  const left = 26 + longest(1), cell = (view.width - left - 12) / bands(view, 0)
  return { left, right: 12, top: 6, bottom: longest(0) - 3 * LETTER > cell ? 64 : 50 }
}

// The charts stay where they are while they change: only what stands on them is drawn anew
function update(view) {
  const pieces = (view.pieces ??= opened(view)), { data } = view
  if (!busy(view)) view.pad = padding(view)
  const wanted = [data.map, ...data.charts.map(({ spec }) => spec)].map((spec) => ({ spec, palette: view.board.palette.join() }))
  wanted.forEach(({ spec, palette }, i) => {
    const drawn = pieces.drawn[i]
    if (drawn.spec === spec && drawn.palette === palette) return
    Object.assign(drawn, { spec, palette, vega: null })
    embed(data.script, drawn.body, spec, across(view, i ? BELOW : view.pad), view.board.palette.map((one) => one.trim())).then((vega) => {
      if (drawn.spec !== spec) return vega.finalize()
      drawn.vega = vega.padding(i ? BELOW : view.pad)
      place(view)
    }, () => show(drawn.body, [el("p", {}, "The picture cannot be drawn: reload the page.")]))
  })
  place(view)
}

const across = (view, { left, right }) => Math.max(view.width - left - right, 80)

function opened(view) {
  const [switches, map, cells, names, called] = ["switches", "map", "cells", "names", "called"].map((name) => el("div", { class: name }))
  const own = el("input", { class: "own", type: "text", maxlength: 60, placeholder: "a name of your own", "aria-label": "A name of your own to paint with" })
  own.oninput = () => brushed(view, own.value.trim() || null)
  const drawn = [el("div", { class: "chart", "aria-hidden": "true" }), ...view.data.charts.map(() => el("div", { class: "chart", "aria-hidden": "true" }))].map((body) => ({ body }))
  const below = drawn.slice(1).map(({ body }, i) => ({ over: el("div", { class: "over" }), along: el("div", { class: "along" }), strip: el("div", { class: "strip" }), root: el("div", { class: "panel", "data-panel": i }, body) }))
  for (const { root, over, along, strip } of below) root.append(along, over, strip)
  map.append(drawn[0].body, names, cells)
  const brushes = el("div", { class: "brushes" }, called, own)
  view.body.append(switches, map, brushes, ...below.map(({ root }) => root))
  return { switches, cells, names, called, own, drawn, below }
}

function place(view) {
  const { pieces } = view, state = stands(view)
  show(pieces.switches, switches(view))
  if (pieces.drawn[0].vega) mapped(view, pieces.drawn[0].vega, state)
  view.panels.forEach((panel, i) => { if (pieces.drawn[i + 1].vega) spread(view, i, pieces.drawn[i + 1]) })
  show(pieces.called, brushes(view)) // behind what measures how wide it is: else the page is laid out once more
}

// Where a cell is: bands of the three orderings (0 = largest values) and its number among all cells
const sizes = (view) => view.panels.map(({ bounds }) => bounds.length - 1)
const bands = (view, i) => view.data.panels[i].bounds.length - 2 // of known values
const score = (panel, band) => (panel.low_first ? band + 1 : panel.bounds.length - 2 - band)
const numbered = ([, b, c], [i, j, k]) => (i * b + j) * c + k

// Of what is laid out by the bands of one ordering and then by all others, what a cell of all three has
export function laid(values, [a, b, c], at) {
  const others = (values.length) / [a, b, c][at]
  return Array.from({ length: a * b * c }, (_, cell) => {
    const place = [Math.floor(cell / (b * c)), Math.floor(cell / c) % b, cell % c]
    const [first, second] = place.filter((_, axis) => axis !== at)
    return values[place[at] * others + first * [a, b, c].filter((_, axis) => axis !== at)[1] + second]
  })
}

// And back again: what stands by cells, laid out by the bands of one ordering
export function turned(cells, [a, b, c], at) {
  const numbers = laid(Array.from({ length: a * b * c }, (_, place) => place), [a, b, c], at), found = []
  numbers.forEach((place, cell) => { found[place] = cells[cell] })
  return found
}

// What every cell holds with the lines where they are, and each square of the map: its cells in the bands shown
function stands(view) {
  const moved = Math.max(view.panels.findIndex(({ bounds }, i) => bounds.some((bound, at) => bound !== view.data.panels[i].bounds[at])), 0)
  const held = Object.fromEntries(Object.entries(crossed(view.panels[moved])).map(([name, sums]) => [name, laid(sums, sizes(view), moved)]))
  const thirds = view.third === null ? Array.from({ length: bands(view, 2) }, (_, k) => k) : [view.third]
  const squares = []
  for (let i = 0; i < bands(view, 0); i += 1) {
    for (let j = 0; j < bands(view, 1); j += 1) {
      const cells = thirds.map((k) => numbered(sizes(view), [i, j, k]))
      const sum = (name) => cells.reduce((all, cell) => all + (held[name]?.[cell] ?? 0), 0)
      squares.push({ i, j, x: score(view.panels[0], i) - 1, y: score(view.panels[1], j) - 1, cells, customers: sum("customers"),
        money: sum(view.data.money), parts: parts(view, cells, held.customers) })
    }
  }
  return squares
}

// The segments of a square, the largest first; where nobody is, the one that most of its cells are called
function parts(view, cells, customers) {
  const found = new Map()
  for (const cell of cells) {
    const part = found.get(view.table[cell]) ?? { segment: view.table[cell], customers: 0, cells: 0 }
    found.set(part.segment, { ...part, customers: part.customers + customers[cell], cells: part.cells + 1 })
  }
  return [...found.values()].sort((one, other) => other.customers - one.customers || other.cells - one.cells || one.segment - other.segment)
}

// What the map is shaded by
const SHADES = { customers: (square) => square.customers, money: (square) => square.money, each: (square) => (square.customers ? square.money / square.customers : 0) }
const said = (view, square, shade) => (shade === "customers" ? count(square.customers) : compact(SHADES[shade](square), view.data.currency))

function mapped(view, vega, squares) {
  const { pieces, data, pad } = view, most = Math.max(...squares.map(SHADES[view.shade]), 0) || 1, slot = (segment) => String(data.colours[segment] ?? 7)
  if (vega.width() !== across(view, pad)) vega.width(across(view, pad))
  const high = Math.max(fitting(HIGH), LOW)
  if (vega.height() !== high) vega.height(high)
  if (vega.padding().left !== pad.left || vega.padding().bottom !== pad.bottom) vega.padding(pad)
  const narrow = pad.bottom > 50
  set(vega, {
    cells: [...squares].sort((one, other) => one.x - other.x || one.y - other.y).map((square) => ({ slot: slot(square.parts[0].segment), words: square.customers ? said(view, square, view.shade) : "",
      shade: Math.sqrt(Math.max(SHADES[view.shade](square), 0) / most) })),
    parts: squares.flatMap(barred).map((part) => ({ ...part, slot: slot(part.segment) })),
    borders: borders(squares),
    across: axis(view, 0).map(([number, words]) => [number, ...(narrow ? words.split(/(?<=–| to )/) : [words])]), up: axis(view, 1).map(([number, words]) => scored(number, words)),
  })
  const x = vega.scale("x"), y = vega.scale("y"), width = x(1) - x(0), height = y(0) - y(1)
  const at = (square) => ({ left: pad.left + x(square.x), top: pad.top + y(square.y + 1), width, height })
  if (pieces.cells.shape !== squares.map(({ x, y }) => [x, y]).join()) {
    pieces.cells.shape = squares.map(({ x, y }) => [x, y]).join()
    pieces.cells.replaceChildren(...squares.map((square) => cell(view, square)))
  }
  squares.forEach((square, number) => stood(view, pieces.cells.children[number], square, at(square)))
  const names = Array.from({ length: data.colours.length + 1 }, (_, at) => view.board.segments[at]?.name ?? view.brush ?? "")
  const words = called(names, squares, width)
  view.marked = new Set(words.filter(({ marked }) => marked).map(({ segment }) => segment))
  show(pieces.names, words.map((one) => written(one, at(one))))
}

// A square of several segments has a bar in it, which says how many customers each has
function barred({ x, y, parts: all, customers }) {
  const held = all.filter((part) => part.customers)
  let from = x + 0.04
  return held.length < 2 ? [] : held.map((part) => {
    const to = from + (0.92 * part.customers) / customers, piece = { x: from, x2: to, y: y + 0.05, y2: y + 0.13, segment: part.segment }
    from = to
    return piece
  })
}

// Lines between squares that are not called alike
export function borders(squares) {
  const called = new Map(squares.map((square) => [`${square.x} ${square.y}`, square.parts[0].segment]))
  return squares.flatMap(({ x, y, parts: [{ segment }] }) => {
    const other = (right, up) => { const there = called.get(`${x + right} ${y + up}`); return there !== undefined && there !== segment }
    return [...(other(1, 0) ? [{ x: x + 1, x2: x + 1, y, y2: y + 1 }] : []), ...(other(0, 1) ? [{ x, x2: x + 1, y: y + 1, y2: y + 1 }] : [])]
  })
}

// What squares are called: every segment by its name wherever its squares hang together, in their widest row, or without room
// for that by its mark, which the legend explains, in each of their rows; one after which no square is called where most of its
// customers are, beside how many there are. wide: pixels a square has
export function called(names, squares, wide) {
  const rows = new Map()
  for (const square of [...squares].sort((one, other) => other.y - one.y || one.x - other.x)) {
    const runs = rows.get(square.parts[0].segment) ?? [], last = runs.at(-1)
    if (last && last.y === square.y && last.to === square.x - 1) last.to = square.x
    else runs.push({ x: square.x, y: square.y, to: square.x })
    rows.set(square.parts[0].segment, runs)
  }
  const own = [...rows].flatMap(([segment, runs]) => pieces(runs).flatMap((piece) => {
    const name = names[segment], run = piece.reduce((best, one) => (one.to - one.x > best.to - best.x ? one : best))
    if (name.length * LETTER < wide * (run.to - run.x + 1) - 6) return [{ ...run, segment, words: name }]
    return piece.map((one) => ({ ...one, segment, words: mark(segment), marked: true }))
  }))
  const beside = [...homes(squares)].filter(([segment]) => !rows.has(segment))
  return [...own, ...beside.map(([segment, { x, y }]) => ({ x, y, segment, words: mark(segment), marked: true, beside: true }))]
}

// Runs that come row by row as pieces that hang together
function pieces(runs) {
  return runs.reduce((found, run) => {
    const touching = found.filter((piece) => piece.some((one) => one.y === run.y + 1 && one.x <= run.to && run.x <= one.to))
    return [...found.filter((piece) => !touching.includes(piece)), [...touching.flat(), run]]
  }, [])
}

// A word at the upper left of its square, or at the right beside how many there are
function written({ words, beside }, { left, top, width, height }) {
  const [x, y] = beside ? [left + width, top + 0.69 * height] : [left, top]
  return el("span", { class: beside ? "beside" : "", style: `left:${x.toFixed(1)}px;top:${y.toFixed(1)}px` }, words)
}

// Of every segment the square in which most of its customers are
function homes(squares) {
  const found = new Map(), most = new Map()
  for (const square of squares) for (const { segment, customers } of square.parts) {
    if (customers > (most.get(segment) ?? 0)) { found.set(segment, square); most.set(segment, customers) }
  }
  return found
}

// A square to point at and to paint; one of them is reached by Tab, the others from it by arrows
function cell(view, { x, y }) {
  const param = `cell.${x}.${y}`, node = el("button", { type: "button", class: "cell", "data-param": param })
  pointing(view, node, () => node.getAttribute("aria-label"))
  node.onpointerdown = (event) => brush(view, node.square, param, event)
  node.onkeydown = (event) => key(view, node.square, event)
  return node
}

// What a square's button stands for now, what is said of it, and where it lies
function stood(view, node, square, { left, top, width, height }) {
  const { titles, currency } = view.data
  const where = [0, 1].map((i) => `${titles[i]} ${span(view.panels[i], i ? square.j : square.i)}`).join(", ")
  const called = square.parts.map(({ segment, customers }) => `${view.board.segments[segment]?.name ?? view.brush} ${count(customers)}`).join(", ")
  const said = { class: "cell" + (view.brush ? " brush" : ""), tabindex: (view.at ?? "cell.0.0") === node.dataset.param ? "0" : "-1",
    "aria-label": `${where}: ${count(square.customers)} customers, ${compact(square.money, currency)} — ${called}`,
    style: `left:${left.toFixed(1)}px;top:${top.toFixed(1)}px;width:${width.toFixed(1)}px;height:${height.toFixed(1)}px` }
  for (const [name, value] of Object.entries(said)) if (node.getAttribute(name) !== value) node.setAttribute(name, value)
  node.square = square
}

// Cells under the pointer take the name of the brush until it is lifted; a finger without a brush scrolls
function brush(view, square, param, event) {
  if (!view.brush) return
  const under = new Set()
  const over = (where) => { if (!under.has(where.param)) paint(view, where.square, under.add(where.param)) }
  over({ square, param })
  const squares = new Map(stands(view).map((one) => [`cell.${one.x}.${one.y}`, one]))
  hold(view, param, event, (e) => {
    const found = view.body.getRootNode().elementFromPoint(e.clientX, e.clientY)?.dataset?.param
    if (squares.has(found)) over({ square: squares.get(found), param: found })
  }, () => {
    send(view, [...under].flatMap((one) => squares.get(one).cells))
    return true
  })
}

function key(view, square, event) {
  const [right, up] = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key] ?? []
  if (right !== undefined) {
    const there = view.pieces.cells.querySelector(`[data-param="cell.${square.x + right}.${square.y + up}"]`)
    if (!there) return
    event.preventDefault()
    view.at = there.dataset.param
    there.focus()
    for (const one of view.pieces.cells.children) one.tabIndex = one === there ? 0 : -1
  } else if ((event.key === "Enter" || event.key === " ") && view.brush) {
    event.preventDefault()
    paint(view, square)
    send(view, square.cells)
  }
}

// The name at once, here and in all other pictures; Python hears of it when the brush is lifted
function paint(view, { cells }) {
  const segment = view.board.segments.findIndex(({ name }) => name === view.brush)
  for (const one of cells) view.table[one] = segment < 0 ? view.data.colours.length : segment
  view.panels.forEach((panel, at) => { panel.segment = turned(view.table, sizes(view), at) })
  if (segment >= 0) changed(view, counted(view.board.segments, view.panels[0]), seated(view.panels[0]))
  place(view)
}

const send = (view, cells) => view.send("painted", { name: view.brush, cells: cells.map((one) => view.data.cells[one]).filter(Boolean) })

function brushed(view, name) {
  view.brush = name
  place(view)
}

// The segments, each a brush
function brushes(view) {
  const { colours, painted } = view.data
  const chips = view.board.segments.slice(0, colours.length - 1).map(({ name, customers }, at) => {
    const chip = el("button", { type: "button", class: "chip", "aria-pressed": view.brush === name }, el("i", { style: `background:${colour(view, colours[at])}` }), ...(view.marked?.has(at) ? [el("b", {}, `${mark(at)} `)] : []), `${name} `, el("b", {}, count(customers)))
    chip.onclick = () => { view.pieces.own.value = ""; brushed(view, view.brush === name ? null : name) }
    return chip
  })
  const back = el("button", { type: "button", class: "chip back" }, "Back to the usual names")
  back.onclick = () => view.send("painted", { name: "", cells: [] })
  return painted ? [...chips, back] : chips
}

// What the shade is, and which band of the third ordering is shown
function switches(view) {
  const { money, titles } = view.data, title = titles[2]
  const shades = [["customers", "Customers"], ...(money ? [["money", money[0].toUpperCase() + money.slice(1)], ["each", `${money[0].toUpperCase() + money.slice(1)} each`]] : [])]
  const thirds = Array.from({ length: bands(view, 2) }, (_, band) => [band, String(score(view.panels[2], band)), span(view.panels[2], band)]).sort((one, other) => other[1] - one[1])
  const choose = (label, options, now, chosen) => el("div", { class: "switch", role: "group", "aria-label": label }, el("span", {}, label), ...options.map(([value, words, title = ""]) => {
    const button = el("button", { type: "button", "aria-pressed": now === value, title }, words)
    button.onclick = () => { chosen(value); place(view) }
    return button
  }))
  return [choose("Shade", shades, view.shade, (value) => { view.shade = value }), choose(`${title} score`, [[null, "all"], ...thirds], view.third, (value) => { view.third = value })]
}

const axis = (view, i) => Array.from({ length: bands(view, i) }, (_, band) => [score(view.panels[i], band), span(view.panels[i], band)])
  .sort((one, other) => one[0] - other[0]).map(([number, words]) => [String(number), words])

// From which value to which a band goes: 0–12; of what is not counted whole the upper end is the cut itself
export function span({ cuts, reach, whole, closed }, band) {
  const top = band === 0 ? reach[1] : cuts[band - 1], low = cuts[band] ?? reach[0], last = band >= cuts.length
  if (!whole) return low > top ? "nobody" : between(short(low), short(top), top)
  const from = last ? low : closed === "left" ? Math.ceil(low) : Math.floor(low) + 1
  const to = band === 0 ? top : closed === "left" ? Math.ceil(top) - 1 : Math.floor(top)
  return from > to ? "nobody" : from === to ? count(from) : between(count(from), count(to), to)
}

const between = (low, high, value) => (value < 0 ? `${low} to ${high}` : `${low}–${high}`) // a dash would meet a minus

// A distribution with its lines and, below it, the scores between them; nothing where all stands as it was drawn
function spread(view, i, drawn) {
  const panel = view.panels[i], { ends } = view.data.charts[i], { over, along, strip } = view.pieces.below[i], { vega } = drawn
  const stands = [panel, vega, view.board.ghost, view.measure, view.width, ...panel.cuts, ...panel.lines.map(({ here }) => here)]
  if (stands.every((one, at) => one === drawn.stands?.[at])) return
  drawn.stands = stands
  const within = (value) => Math.min(Math.max(value, ends[0]), ends[1])
  const inside = [...panel.cuts].reverse().map(within)
  if (vega.width() !== across(view, BELOW)) vega.width(across(view, BELOW))
  set(vega, { cuts: [ends[0], ...inside, ends[1]] })
  const x = (value) => BELOW.left + vega.scale("x")(within(value)), unit = panel.lines[0]?.unit ?? ""
  view.axes[i] = { at: x, over, strip: along }
  handles(view, i)
  show(strip, Array.from({ length: bands(view, i) }, (_, band) => {
    const from = x(panel.cuts[band] ?? ends[0]), wide = Math.max(x(band ? panel.cuts[band - 1] : ends[1]) - from, 0)
    const number = String(score(panel, band)), words = scored(number, span(panel, band)), whole = unit && unit !== "money" ? `${words} ${unit}` : words
    const fits = [whole, words, number].find((one) => one.length * LETTER + 6 < wide) ?? ""
    return el("span", { title: whole, style: `left:${from.toFixed(1)}px;width:${wide.toFixed(1)}px` }, fits)
  }))
}

export default { body: "div", take, update, sliders }
