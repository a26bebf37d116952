// What our pictures share; it is put before each one's own code.

const NS = "http://www.w3.org/2000/svg"
const HTML = { div: true, b: true, span: true }

const MOVED = "segments-moved" // told of the segments as they stand while a cut moves, before the server answers

function el(name, attributes = {}, ...children) {
  const node = name in HTML ? document.createElement(name) : document.createElementNS(NS, name)
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

// The theme's colours of segments, best first; the last is that of nobody's
const palette = (root) => getComputedStyle(root).getPropertyValue("--st-chart-categorical-colors").split(",")
const colour = (view, slot) => view.palette[slot]?.trim() || "#8A919C"

// Shares as everywhere on the page: 34%, and <1% where less would be seen than is there
function percent(share, digits = 0) {
  const least = 10 ** -digits, said = Math.abs(share * 100).toFixed(digits), sign = share < 0 ? "−" : ""
  if (share && Math.abs(share * 100) < least / 2) return `${sign}<${least}%`
  return (Number(said) ? sign : "") + said + "%"
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
  view.svg.querySelector(`[data-param="${line}"]`)?.focus({ preventScroll: true })
}

