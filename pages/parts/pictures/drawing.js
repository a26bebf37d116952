// What the pictures of a board share.

const NS = "http://www.w3.org/2000/svg"
const SVG = new Set(["svg", "g", "line", "rect", "circle", "path", "text", "title"])
const MISSING = "–"

function el(name, attributes = {}, ...children) {
  const node = SVG.has(name) ? document.createElementNS(NS, name) : document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value)
  node.append(...children)
  return node
}

// Put pieces in the place of those that are there, if they look different; whether they did
function show(parent, pieces) {
  const looks = pieces.map((piece) => piece.outerHTML ?? piece).join("")
  if (parent.looks === looks) return false
  parent.looks = looks
  parent.replaceChildren(...pieces)
  return true
}

// A view drawn as it stands; where nothing of it would look different it is left alone
function draw(view) {
  const { title, hint, alt, said } = view.card
  if (!view.width) return
  show(view.title, [title])
  say(view, view.telling ?? hint)
  show(view.lead, [said[0]])
  show(view.rest, [said[1]])
  view.body.setAttribute("aria-label", alt)
  const focused = view.body.getRootNode().activeElement?.dataset?.param
  if (show(view.body, view.data ? view.picture.pieces(view) : []) && focused) {
    view.body.querySelector(`[data-param="${focused}"]`)?.focus({ preventScroll: true })
  }
}

// What stands behind the title: what can be done, or what is under the pointer
const say = (view, words) => show(view.hint, [words ? ` — ${words}` : ""])
function tell(view, words) {
  view.telling = words
  view.root.classList.toggle("telling", words !== null)
  say(view, words ?? view.card.hint)
}

// The colour of a slot of the theme's palette
const colour = (view, slot) => view.board.palette[slot]?.trim() || "#8A919C"

// Of a measure, what a segment has of all (null where all have nothing), and what its customers have each
const shareOf = (view, segment, measure) => (view.board.totals[measure] > 0 ? segment[measure] / view.board.totals[measure] : null)
function each(segment, measure) {
  const known = segment[`${measure} is known`] ?? segment.customers
  return known > 0 ? segment[measure] / known : null
}

// Shares as everywhere on the page: 34%, and <1% where less would be seen than is there
function percent(share, digits = 0) {
  if (share === null) return MISSING
  const least = 10 ** -digits, said = Math.abs(share * 100).toFixed(digits), sign = share < 0 ? "−" : ""
  if (share && Math.abs(share * 100) < least / 2) return `${sign}<${least}%`
  return (Number(said) ? sign : "") + said + "%"
}

// Whether something is moved here and not told yet: what Python said before does not count then
const busy = (view) => view.dragging !== null || view.timer > 0

// Several keys in a row are told as one move
function later(view, act) {
  clearTimeout(view.timer)
  view.timer = setTimeout(() => {
    view.timer = 0
    act()
  }, 250)
}

// A line is held from the press of a pointer until it is let go, wherever the pointer goes meanwhile
function hold(view, line, event, moved, done) {
  event.preventDefault()
  view.dragging = line
  const over = () => {
    window.removeEventListener("pointermove", moved)
    window.removeEventListener("pointerup", over)
    window.removeEventListener("pointercancel", over)
    view.dragging = null
    done()
  }
  window.addEventListener("pointermove", moved)
  window.addEventListener("pointerup", over)
  window.addEventListener("pointercancel", over)
  view.body.querySelector(`[data-param="${line}"]`)?.focus({ preventScroll: true })
}

// Three significant digits with k, m, bn, as everywhere on the page
function compact(value, currency) {
  const size = Number(Math.abs(value).toPrecision(3))
  const [step, letter] = [[1e12, "tn"], [1e9, "bn"], [1e6, "m"], [1e3, "k"]].find(([step]) => size >= step) || [1, ""]
  const number = letter ? (size / step).toPrecision(3) : String(size)
  return (value < 0 && size ? "−" : "") + currency + number + letter
}
const count = (number) => Math.round(number).toLocaleString("en")
const round = (tick) => compact(tick, "").replace(/\.?0+(?=[a-z]+$)/, (zeros) => (zeros.startsWith(".") ? "" : zeros))
