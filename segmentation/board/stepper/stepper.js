// One step of k-means: customers in the colour of the point they joined. Before the first step the points can be moved.

import { busy, colour, draw, el, fitting, hold, later } from "../drawing.js"

const NOBODY = 7, STEP = 0.02
const EDGE = { left: 16, top: 16, right: 16, below: 30 }

function take(view) {
  if (!busy(view)) view.centres = view.data.centres.map((place) => [...place])
}

function pieces(view) {
  const high = fitting(view.width < 520 ? 300 : 380)
  view.box = { wide: view.width - EDGE.left - EDGE.right, high }
  view.body.setAttribute("height", EDGE.top + high + EDGE.below)
  return [frame(view), ...cloud(view), ...trails(view), ...view.centres.map((place, at) => centre(view, place, at))]
}

const x = (view, across) => EDGE.left + across * view.box.wide
const y = (view, up) => EDGE.top + (1 - up) * view.box.high

function frame(view) {
  const { titles } = view.data, { wide, high } = view.box
  return el("g", { class: "axis" },
    el("rect", { class: "frame", x: EDGE.left - 8, y: EDGE.top - 8, width: wide + 16, height: high + 16, rx: 6 }),
    el("text", { x: EDGE.left + wide, y: EDGE.top + high + 26, "text-anchor": "end" }, `${titles[0]} →`),
    el("text", { x: EDGE.left, y: EDGE.top + high + 26 }, `↑ ${titles[1]}`))
}

// One path a colour, since that is drawn far faster
function cloud(view) {
  const dots = {}
  view.data.points.forEach(([across, up], at) => {
    const slot = view.data.slots[at] < 0 ? NOBODY : view.data.slots[at] % NOBODY
    dots[slot] = (dots[slot] || "") + `M${x(view, across).toFixed(1)} ${y(view, up).toFixed(1)}h0`
  })
  return Object.entries(dots).map(([slot, d]) => el("path", { class: "cloud", d, stroke: colour(view, slot) }))
}

function trails(view) {
  const ways = view.centres.map((_, at) => view.data.trails.map((step) => step[at]))
  return ways.filter((way) => way.length > 1).map((way, at) => el("path", { class: "trail",
    d: `M${way.map(([across, up]) => `${x(view, across).toFixed(1)} ${y(view, up).toFixed(1)}`).join("L")}`, stroke: colour(view, at % NOBODY) }))
}

function centre(view, [across, up], at) {
  const { movable, titles } = view.data, param = `point ${at + 1}`
  const said = `Point ${at + 1}: ${Math.round(across * 100)} of 100 along ${titles[0]}, ${Math.round(up * 100)} along ${titles[1]}`
  const node = el("g", { class: movable ? "centre cut" : "centre", "data-param": param, transform: `translate(${x(view, across).toFixed(1)} ${y(view, up).toFixed(1)})`,
    ...(movable ? { tabindex: 0, role: "button", "aria-label": `${said}. Move it with the arrow keys` } : {}) },
    el("circle", { class: "grip", r: 12, style: `fill: ${colour(view, at % NOBODY)}` }), el("text", { class: "number", "text-anchor": "middle", y: 4.5 }, at + 1))
  if (movable) {
    node.onpointerdown = (event) => hold(view, param, event, (moved) => toPointer(view, at, moved), () => tell(view, at))
    node.onkeydown = (event) => byKey(view, param, at, event)
  }
  return node
}

const within = (share) => Math.min(Math.max(share, 0), 1)

function toPointer(view, at, event) {
  const { left, top } = view.body.getBoundingClientRect()
  put(view, at, (event.clientX - left - EDGE.left) / view.box.wide, 1 - (event.clientY - top - EDGE.top) / view.box.high)
}

function put(view, at, across, up) {
  view.centres[at] = [within(across), within(up)]
  draw(view)
}

function byKey(view, param, at, event) {
  const [across, up] = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, STEP], ArrowDown: [0, -STEP] }[event.key] ?? []
  if (across === undefined) return
  event.preventDefault()
  event.stopPropagation() // on the page they go from step to step
  put(view, at, view.centres[at][0] + across, view.centres[at][1] + up)
  later(view, param, () => tell(view, at))
}

function tell(view, at) {
  view.send("placed", { at, place: view.centres[at] })
  return true
}

export default { take, pieces }
