// Every segment's numbers as a table: a click on a heading sorts by it, one on a segment lists its customers ("listed").

import { colour, count, draw, each, el, MISSING, percent, shareOf } from "../drawing.js"

function money(view, value) {
  if (value === null) return MISSING
  const whole = count(value)
  return (value < 0 && whole !== "0" ? "−" : "") + view.data.currency + whole
}

function pieces(view) {
  const { columns, first } = view.data, heads = [first, ...columns.map(({ title }) => title)]
  const head = heads.map((title, at) => {
    const here = view.by === title, arrow = el("span", {}, here ? (view.down ? " ↓" : " ↑") : "")
    const button = el("button", { type: "button", "data-param": `heading ${at}` }, title, arrow)
    button.onclick = () => sort(view, title)
    return el("th", { scope: "col", class: at ? "" : "name", "aria-sort": !here ? "none" : view.down ? "descending" : "ascending" }, button)
  })
  const rows = sorted(view).map((segment) => el("tr", {}, named(view, segment), ...columns.map((column) => cell(view, column, segment))))
  return [el("table", {}, el("thead", {}, el("tr", {}, ...head)), el("tbody", {}, ...rows))]
}

function named(view, segment) {
  const button = el("button", { type: "button", "data-param": `list ${segment.name}`, title: `List the customers of ${segment.name}` },
    el("span", { class: "dot", style: `background: ${colour(view, segment.colour)}` }), segment.name)
  button.onclick = () => view.send("listed", { name: segment.name })
  return el("th", { scope: "row", class: "name" }, button)
}

const value = (segment, { measure, per_customer }) => (per_customer ? each(segment, measure) : segment[measure])

// An amount; with it, where shares are asked for, what part of all it is
function cell(view, column, segment) {
  const amount = value(segment, column), words = column.measure === "customers" ? count(amount) : money(view, amount)
  if (!column.share) return el("td", {}, words)
  const share = shareOf(view, segment, column.measure), part = Math.min(Math.max(share ?? 0, 0), 1)
  const bar = el("div", { class: "part" }, el("div", { style: `width: ${(part * 100).toFixed(1)}%` }))
  return el("td", {}, words, el("div", { class: "of" }, bar, el("span", {}, percent(share, 1))))
}

// Best first as Python has them, by a column once its heading was clicked: largest first, then smallest, then as before
function sort(view, title) {
  const first = title !== view.data.first // which way round it is sorted first: numbers fall
  if (view.by !== title) Object.assign(view, { by: title, down: first })
  else if (view.down === first) view.down = !first
  else view.by = null
  draw(view)
}

export function sorted(view) {
  const { segments } = view.board, { first, columns } = view.data
  const column = columns.find(({ title }) => title === view.by)
  if (!column && view.by !== first) return segments
  const rank = (segment) => (column ? value(segment, column) : segment.name)
  const order = (a, b) => (rank(a) === null) - (rank(b) === null) || (rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0) * (view.down ? -1 : 1)
  return [...segments].sort(order)
}

export default { body: "div", pieces }
