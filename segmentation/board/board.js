// A board of cards in columns, each a picture with its title and what is said below it. A picture is an object of
//   take(view)          what Python sent becomes what is shown
//   pieces(view)        what is drawn of it, `view.width` wide; or
//   update(view)        draws by itself into view.body, what is there stays
//   sliders(view)       which of its lines sliders of the page move (see sliders.js)
// of which only `pieces` or `update` must be there. What the segments hold, and all customers together, stands on the board:
// a picture in which something is moved says what they hold then (`changed`), and all others go along.

import { compared, remembering } from "./before.js"
import { busy, draw, el, settle, show } from "./drawing.js"
import { carried, heard } from "./sliders.js"

export const pictures = {} // by name: who loads the board puts in all there are
const boards = new WeakMap()
const texts = (globalThis.boardTexts ??= new Map()), MOST = 100 // those of the boards of this page, by their signs

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".board")
  const board = boards.get(root) ?? opened(root, data)
  board.unheard = board.unheard.filter(({ at }) => at > data.heard)
  Object.assign(board, { data, send: (event, told) => {
    board.views.forEach(settle) // in the order in which it was done
    say(board, setTriggerValue, event, told)
  } })
  if ((board.received = received(data))) board.take()
  else board.send("lacking", {})
  return () => {
    board.resized.disconnect()
    board.looked.disconnect()
    board.deaf()
    board.views.forEach(settle)
    boards.delete(root)
  }
}

function opened(root, data) {
  const board = { root, wide: 0, unheard: [], slid: [], take: () => { if (board.received) take(board) }, compare: () => show(board.before, compared(board)) }
  build(board, data)
  board.resized = new ResizeObserver(() => { if (root.clientWidth !== board.wide) redraw(board) })
  board.resized.observe(root)
  board.looked = new IntersectionObserver((changes) => changes.forEach(({ target, isIntersecting }) => {
    const view = board.views.find(({ root }) => root === target)
    view.away = !isIntersecting
    if (view.late && isIntersecting) draw(view)
  }))
  for (const view of board.views) board.looked.observe(view.root)
  const deaf = [heard(board), elsewhere(board)]
  board.deaf = () => deaf.forEach((one) => one())
  boards.set(root, board)
  return board
}

// What was moved by key and waits to be told is told before anything else on the page is begun: else that would be undone by it
const BEGINS = ["pointerdown", "keydown", "click"]
function elsewhere({ views }) {
  const begun = (event) => {
    const path = event.composedPath(), short = event.ctrlKey || event.metaKey // Ctrl+Z takes it back, wherever it is pressed
    for (const view of views) if (view.waiting && (short || !path.includes(view.body))) settle(view)
  }
  for (const kind of BEGINS) document.addEventListener(kind, begun, true)
  return () => BEGINS.forEach((kind) => document.removeEventListener(kind, begun, true))
}

// Of what is told while the server works it hears the last alone: so with it goes all it has not answered yet, in order
export function say({ unheard, data }, tell, event, told) {
  unheard.push({ event, told, at: 1 + (unheard.at(-1)?.at ?? data.heard) })
  tell(event, { unheard: [...unheard] })
}

// A board always has the same cards
function build(board, data) {
  const laid = (cards) => cards.map(({ name }) => {
    const view = { board, name, picture: pictures[name], dragging: null, timer: 0 }
    for (const [piece, tag] of [["title", "b"], ["hint", "span"], ["lead", "b"], ["rest", "span"]]) view[piece] = el(tag)
    view.body = el(view.picture.body ?? "svg", { role: "group" })
    view.root = el("div", { class: `card ${name}` }, el("p", { class: "title" }, view.title, view.hint), view.body,
      el("p", { class: "said" }, view.lead, view.rest))
    board.views.push(view)
    return view.root
  })
  board.views = []
  board.answer = el("p", { class: "answer" })
  board.above = el("div", { class: "above" })
  board.before = el("p", { class: "before" })
  board.remember = el("div", { class: "remember" })
  const columns = data.columns.map((cards) => el("div", { class: "column" }, ...laid(cards)))
  board.root.replaceChildren(el("div", { class: "head" }, board.answer, board.remember), board.before, board.above, el("div", { class: "columns" }, ...columns), ...laid(data.below))
  board.root.classList.toggle("framed", data.framed)
}

// What Python last said becomes what is shown, but for what is being moved
function take(board) {
  const { answer, above, columns, below, segments, totals } = board.data
  board.views.filter(({ method }) => method !== board.data.method).forEach(settle) // what waits is of the method before
  if (!board.views.some(busy)) Object.assign(board, { segments, drawn: null })
  Object.assign(board, { totals, ghost: board.data.ghost })
  board.answer.classList.toggle("earlier", board.segments !== segments)
  show(board.answer, answer.split("**").map((words, at) => el(at % 2 ? "b" : "span", {}, words)))
  show(board.above, above.map(([what, number]) => el("div", { class: "number" }, el("span", {}, what), el("b", {}, number))))
  for (const card of [...columns.flat(), ...below]) {
    const view = board.views.find(({ name }) => name === card.name)
    if (!busy(view)) view.method = board.data.method
    Object.assign(view, { card, data: whole(view, card.data), send: (event, told) => board.send(event, { ...told, method: view.method }) })
    if (view.data) view.picture.take?.(view)
  }
  show(board.remember, remembering(board))
  carried(board)
  board.compare()
  redraw(board)
}

// Whether all its texts are here: what is the same from one answer to the next is sent once, and then its sign alone
export function received({ columns, below }) {
  const drawn = [...columns.flat(), ...below].map(({ data }) => data).filter((data) => data?.sign)
  for (const { sign, still } of drawn) {
    if (!still) continue
    texts.delete(sign) // the newest stand last
    texts.set(sign, still)
    if (texts.size > MOST) texts.delete(texts.keys().next().value)
  }
  return drawn.every(({ sign }) => texts.has(sign))
}

// What is drawn, with what is the same from one answer to the next, which is read once
function whole(view, data) {
  const still = data?.still ?? texts.get(data?.sign)
  if (still && still !== view.still) Object.assign(view, { still, ground: JSON.parse(still) })
  return still ? { ...view.ground, ...data } : data
}

// All is measured before anything is drawn: to ask the browser in between would have it lay out the page each time
function redraw(board) {
  board.wide = board.root.clientWidth
  board.palette = getComputedStyle(board.root).getPropertyValue("--st-chart-categorical-colors").split(",")
  for (const view of board.views) view.width = view.body.clientWidth
  board.views.forEach(draw)
}
