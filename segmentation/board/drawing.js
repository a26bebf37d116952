// What the pictures of a board share.

const NS = "http://www.w3.org/2000/svg"
const SVG = new Set(["svg", "g", "line", "rect", "circle", "path", "text", "title"])
export const MISSING = "–"

export function el(name, attributes = {}, ...children) {
  const node = SVG.has(name) ? document.createElementNS(NS, name) : document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value)
  node.append(...children)
  return node
}

// Made once: toLocaleString makes one for every number
const DIGITS = new Intl.NumberFormat("en", { useGrouping: false, maximumFractionDigits: 20 }), GROUPED = new Intl.NumberFormat("en")

// A number as those who hear a line need it: in digits alone, never as 1e-300
export const spoken = (value) => DIGITS.format(value)
export const grouped = (value) => GROUPED.format(value)

// Put pieces in the place of those that are there, where they look different; what has the focus keeps it
export function show(parent, pieces) {
  const focused = parent.getRootNode().activeElement, param = parent.contains(focused) && focused.dataset?.param
  fill(parent, pieces, focused)
  if (param && !focused.isConnected) parent.querySelector(`[data-param="${CSS.escape(param)}"]`)?.focus({ preventScroll: true })
}

const PAUSE = 120 // ms
export const HANDS = ["onblur", "onclick", "ondblclick", "oninput", "onkeydown", "onpointerdown", "onpointerleave", "onpointermove"]

function fill(parent, pieces, focused) {
  const nodes = [...parent.childNodes], shared = Math.min(nodes.length, pieces.length)
  for (let at = 0; at < shared; at += 1) put(nodes[at], pieces[at], focused)
  for (const node of nodes.slice(shared)) node.remove()
  parent.append(...pieces.slice(shared))
}

// A node becomes the piece that is to stand there, with what it does, attribute by attribute and text by text: that costs the
// browser a fraction of a node made anew. What looks the same is left alone, and the focus goes to nothing else
function put(node, piece, focused) {
  const other = node.nodeName !== (piece.nodeName ?? "#text") || (node === focused && node.dataset.param !== piece.dataset.param)
  if (other) node.replaceWith(piece)
  else if (node.nodeName === "#text") write(node, piece.data ?? piece)
  else if (!node.isEqualNode(piece)) {
    dress(node, piece)
    fill(node, [...piece.childNodes], focused)
  }
}

const write = (node, words) => { if (node.data !== words) node.data = words }

function dress(node, piece) {
  for (const hand of HANDS) if (node[hand] !== piece[hand]) node[hand] = piece[hand]
  for (const { name } of [...node.attributes]) if (!piece.hasAttribute(name)) node.removeAttribute(name)
  for (const { name, value } of piece.attributes) if (node.getAttribute(name) !== value) node.setAttribute(name, value)
}

// A view drawn as it stands; where nothing of it would look different it is left alone
export function draw(view) {
  const { title, alt, said } = view.card
  if (!view.width) return
  view.late = false
  show(view.title, [title])
  show(view.lead, [said[0]])
  show(view.rest, [said[1]])
  view.body.setAttribute("aria-label", alt)
  if (!view.picture.update) show(view.body, view.data ? view.picture.pieces(view) : [])
  else if (view.data) view.picture.update(view)
  told(view)
}

// Behind the title stands what is under the pointer on a node, `words(event)`, where there is something, else what can be done
export function pointing(view, node, words) {
  node.onpointermove = (event, on = event.currentTarget) => {
    view.pointed = { on, event }
    tell(view, words(event))
  }
  node.onpointerleave = () => {
    view.pointed = null
    tell(view, null)
  }
}

function tell(view, words) {
  view.root.classList.toggle("telling", words !== null)
  const { title, hint } = view.card, said = words ?? (innerWidth > LINED ? hinted(title, hint, view.width) : hint)
  show(view.hint, [said ? ` — ${said}` : ""])
}

// What can be done, beside a title in one line: where not all of it has room, what stands before its first comma, whole
const LINED = 1100 // pixels of a window, up to which a title takes two lines: see board.css
export const hinted = (title, hint, wide) => (7.3 * title.length + 5.6 * (hint.length + 3) > wide ? hint.split(",")[0] : hint)

// What is under a pointer that rests may have become something else
function told(view) {
  const { on, event } = view.pointed ?? {}
  if (view.dragging !== null) return // it moves
  if (view.data && on?.isConnected) on.onpointermove(event, on)
  else tell(view, null)
}

// So much lower than `high` a picture is drawn as the window is lower than a usual one: two of them fit one screen
export const fitting = (high) => Math.round(high * Math.min(Math.max((innerHeight - 400) / 500, 0.6), 1))

// The colour of a slot of the theme's palette
export const colour = (view, slot) => view.board.palette[slot]?.trim() || "#8A919C"

// What a colour is, below a picture: see .below in board.css
export const keyed = (view, slot, ...words) => el("span", {}, el("i", { style: `background:${colour(view, slot)}` }), ...words)

// The letter of a segment by its place: a, b … z, aa, bb …; numbers would be taken for customers or scores
export const mark = (segment) => "abcdefghijklmnopqrstuvwxyz"[segment % 26].repeat(Math.floor(segment / 26) + 1)

// Of a measure, what a segment has of all (null where all have nothing), and what its customers have each
export const shareOf = (view, segment, measure) => (view.board.totals[measure] > 0 ? segment[measure] / view.board.totals[measure] : null)
export function each(segment, measure) {
  const known = segment[`${measure} is known`] ?? segment.customers
  return known > 0 ? segment[measure] / known : null
}

// As Python rounds: what lies exactly between two goes to the even one
export function fixed(size, digits) {
  if (Math.abs(Math.abs(size * 10 ** digits) % 1 - 0.5) > 0.001) return size.toFixed(digits) // far from halfway
  const exact = size.toFixed(60), cut = exact.indexOf(".") + 1 + digits, last = exact.slice(0, cut).match(/\d(?=\.?$)/)[0]
  const even = /^50*$/.test(exact.slice(cut)) && last % 2 === 0
  return even ? exact.slice(0, digits ? cut : cut - 1) : size.toFixed(digits)
}

// Shares as everywhere on the page: 34%, and <1% or >99% where less or more would be seen than is there
export function percent(share, digits = 0) {
  if (share === null) return MISSING
  const least = 10 ** -digits, said = fixed(Math.abs(share * 100), digits), below = share < 0
  if (share && Math.abs(share * 100) < least / 2) return `${below ? ">−" : "<"}${least}%`
  if (Math.abs(Math.abs(share) - 1) > 1e-9 && said === (100).toFixed(digits)) return `${below ? "<−" : ">"}${Math.abs(share) < 1 ? (100 - least).toFixed(digits) : 100}%`
  return `${below && Number(said) ? "−" : ""}${said}%`
}

// Whether something is moved here and not told yet: what Python said before does not count then
export const busy = (view) => view.dragging !== null || view.timer > 0

// What the segments hold while something moves in a picture, before Python says so; of moves close upon each other, however long
// the one before took to draw, pictures beyond the window wait for the last, unless they are looked at
// drawn   the number of the segment of each customer that is drawn somewhere, if it is known
// names   what the segments are called now, where that follows from where lines stand
export function changed(view, segments, drawn = null, names = null) {
  view.board.answer?.classList.add("earlier")
  const { data } = view.board, said = (at) => data?.segments?.[at]?.name
  const held = segments.map((one, at) => pinned(one, data?.shift?.[names ? said(at) : one.name]))
  Object.assign(view.board, { segments: names ? held.map((one, at) => ({ ...one, name: names[at] ?? one.name })) : held, drawn })
  if (names && data?.ghost?.by_place) view.board.ghost = renamed(data.ghost, new Map(names.map((name, at) => [said(at), name])))
  const hurried = performance.now() - view.board.changed < PAUSE
  for (const other of view.board.views) if (other !== view) hurried && other.away ? (other.late = true) : draw(other)
  clearTimeout(view.board.paused)
  Object.assign(view.board, { changed: performance.now(), paused: setTimeout(() => drawLate(view.board), PAUSE) })
  view.board.compare?.()
}

// What was remembered is called as what is in its place now
const renamed = (ghost, names) => ({ ...ghost, segments: ghost.segments.map((one) => ({ ...one, name: names.get(one.name) ?? one.name })) })

const drawLate = (board) => board.views.filter(({ late }) => late).forEach(draw)

// A segment with those who are pinned to it, and without those pinned elsewhere: a line moves neither
export function pinned(segment, shift = {}) {
  return { ...segment, ...Object.fromEntries(Object.entries(shift).map(([measure, more]) => [measure, segment[measure] + more])) }
}

// Several keys in a row are told as one move; those of another line are told before
export function later(view, line, act) {
  if (view.waiting?.line === line) clearTimeout(view.timer)
  else settle(view)
  view.waiting = { line, act }
  view.timer = setTimeout(() => settle(view), 250)
}

// What waits is told at once: nothing that was moved is lost where the picture goes
export function settle(view) {
  clearTimeout(view.timer)
  const { act } = view.waiting ?? {}
  Object.assign(view, { timer: 0, waiting: null })
  act?.()
}

// A line is held from the press of a pointer until that pointer lets it go, wherever it goes meanwhile; where nothing
// was told then, an answer that came meanwhile is taken
export function hold(view, line, event, moved, done) {
  if (event.button || view.dragging !== null) return
  event.preventDefault()
  view.dragging = line
  const released = new AbortController()
  const on = (kind, act) => window.addEventListener(kind, (e) => { if (e.pointerId === event.pointerId) act(e) }, released)
  const over = () => {
    released.abort()
    view.dragging = null
    drawLate(view.board)
    if (!done()) view.board.take()
  }
  on("pointermove", moved)
  on("pointerup", over)
  on("pointercancel", over)
  view.body.querySelector(`[data-param="${line}"]`)?.focus({ preventScroll: true })
}

// Three significant digits with k, m, bn, as everywhere on the page
export function compact(value, currency) {
  const size = Math.abs(value) > 1e-9 ? significant(Math.abs(value)) : 0
  const [step, letter] = [[1e12, "tn"], [1e9, "bn"], [1e6, "m"], [1e3, "k"]].find(([step]) => size >= step) || [1, ""]
  const number = letter ? (size / step).toPrecision(3) : String(size)
  return (value < 0 && size ? "−" : "") + currency + number + letter
}
function significant(size) {
  const power = size ? Math.floor(Math.log10(size)) - 2 : 0
  return Number(power > 0 ? `${fixed(size / 10 ** power, 0)}e${power}` : fixed(size, -power))
}
export const count = (number) => grouped(Number(fixed(Math.abs(number), 0)))
export const short = (tick) => compact(tick, "").replace(/\.0+(?=[a-z])|(?<=\.\d)0(?=[a-z])/, "")

// The axis of customers below a curve: whole fifths, and what they are
export const FIFTHS = [0, 0.2, 0.4, 0.6, 0.8, 1]
export function along(x, bottom, title) {
  const words = (at, up, anchor, said) => el("text", { x: at, y: bottom + up, "text-anchor": anchor }, said)
  return [...FIFTHS.map((share) => words(x(share), 16, share === 1 ? "end" : "middle", percent(share))), words(x(0.5), 33, "middle", title)]
}
