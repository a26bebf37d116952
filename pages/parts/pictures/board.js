// A board of cards in columns, each a picture with its title and what is said below it. A picture is an object of
//   take(view)          what Python sent becomes what is shown
//   pieces(view)        what is drawn of it, `view.width` wide
//   slid(view, thumb)   a slider of the page was moved
// of which only `pieces` must be there. What the segments hold, and all customers together, stands on the board:
// a picture in which something is moved says what they hold then (`changed`), and all others go along.

const PICTURES = { pareto, plane, sizes, whale, numbers }
const boards = new WeakMap()

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".board")
  const board = boards.get(root) ?? opened(root)
  const cards = [...data.columns.flat(), ...data.below]
  const plan = JSON.stringify(cards.map(({ name }) => name))
  if (board.plan !== plan) build(board, data, plan)
  if (!board.views.some(busy)) Object.assign(board, { segments: data.segments, moved: null })
  board.totals = data.totals
  show(board.answer, data.answer.split("**").map((words, at) => el(at % 2 ? "b" : "span", {}, words)))
  show(board.above, data.above.map(([what, number]) => el("div", { class: "number" }, el("span", {}, what), el("b", {}, number))))
  for (const card of cards) {
    const view = board.views.find(({ name }) => name === card.name)
    Object.assign(view, { card, data: card.data, send: setTriggerValue })
    if (view.data) view.picture.take?.(view)
  }
  redraw(board)
  return () => {
    board.resized.disconnect()
    board.sliders.disconnect()
    board.views.forEach((view) => clearTimeout(view.timer))
    boards.delete(root)
  }
}

function opened(root) {
  const board = { root, views: [], wide: 0 }
  board.resized = new ResizeObserver(() => { if (root.clientWidth !== board.wide) redraw(board) })
  board.resized.observe(root)
  board.sliders = new MutationObserver((changes) => {
    for (const { target } of changes) for (const view of board.views) if (view.data) view.picture.slid?.(view, target)
  })
  board.sliders.observe(document.body, { attributeFilter: ["value"], subtree: true })
  boards.set(root, board)
  return board
}

function build(board, data, plan) {
  board.plan = plan
  board.views = [...data.columns.flat(), ...data.below].map(({ name }) => {
    const view = { board, name, picture: PICTURES[name], dragging: null, timer: 0 }
    view.title = el("b")
    view.hint = el("span")
    view.body = el(view.picture.body ?? "svg", { role: "group" })
    view.lead = el("b")
    view.rest = el("span")
    view.root = el("div", { class: `card ${name}` }, el("p", { class: "title" }, view.title, view.hint), view.body,
      el("p", { class: "said" }, view.lead, view.rest))
    return view
  })
  const root = (name) => board.views.find((view) => view.name === name).root
  const columns = data.columns.map((cards) => el("div", { class: "column" }, ...cards.map(({ name }) => root(name))))
  board.answer = el("p", { class: "answer" })
  board.above = el("div", { class: "above" })
  board.root.replaceChildren(board.answer, board.above, el("div", { class: "columns" }, ...columns), ...data.below.map(({ name }) => root(name)))
  board.root.classList.toggle("framed", data.framed)
}

// All is measured before anything is drawn: to ask the browser in between would have it lay out the page each time
function redraw(board) {
  board.wide = board.root.clientWidth
  board.palette = getComputedStyle(board.root).getPropertyValue("--st-chart-categorical-colors").split(",")
  for (const view of board.views) view.width = view.body.clientWidth || view.root.clientWidth
  board.views.forEach(draw)
}

// What the segments hold while something moves in a picture, before Python says so
function changed(view, segments) {
  Object.assign(view.board, { segments, moved: view.name })
  for (const other of view.board.views) if (other !== view) draw(other)
}
