// What our pictures share; it is put before each one's own code.

const NS = "http://www.w3.org/2000/svg"

function el(name, attributes = {}, ...children) {
  const node = document.createElementNS(NS, name)
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value)
  node.append(...children)
  return node
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

