// Every segment's numbers as a table: a click on a heading sorts by it, one on a segment lists its customers ("listed").

const numbers = (() => {
function money(view, value) {
  if (value === null) return MISSING
  return (Math.round(value) < 0 ? "−" : "") + view.data.currency + count(Math.abs(value))
}

function pieces(view) {
  const { columns, first } = view.data, heads = [first, ...columns.map(({ title }) => title)]
  const head = heads.map((title, at) => {
    const button = el("button", { type: "button" }, title, el("span", {}, view.by === at ? (view.down ? " ↓" : " ↑") : ""))
    button.onclick = () => sort(view, at)
    return el("th", { scope: "col", class: at ? "" : "name", "aria-sort": view.by !== at ? "none" : view.down ? "descending" : "ascending" }, button)
  })
  const rows = sorted(view).map((segment) => el("tr", {}, named(view, segment), ...columns.map((column) => cell(view, column, segment))))
  return [el("table", {}, el("thead", {}, el("tr", {}, ...head)), el("tbody", {}, ...rows))]
}

function named(view, segment) {
  const button = el("button", { type: "button", title: `List the customers of ${segment.name}` },
    el("span", { class: "dot", style: `background: ${colour(view, segment.colour)}` }), segment.name)
  button.onclick = () => view.send("listed", { name: segment.name })
  return el("th", { scope: "row", class: "name" }, button)
}

const value = (segment, { measure, each: mean }) => (mean ? each(segment, measure) : segment[measure])

// An amount; with it, where shares are asked for, what part of all it is
function cell(view, column, segment) {
  const amount = value(segment, column), words = column.measure === "customers" ? count(amount) : money(view, amount)
  if (!column.share) return el("td", {}, words)
  const share = shareOf(view, segment, column.measure), part = Math.min(Math.max(share ?? 0, 0), 1)
  const bar = el("div", { class: "part" }, el("div", { style: `width: ${(part * 100).toFixed(1)}%` }))
  return el("td", {}, words, el("div", { class: "of" }, bar, el("span", {}, percent(share, 1))))
}

// Best first as Python has them, by a column once its heading was clicked: largest first, then smallest, then as before
function sort(view, at) {
  if (view.by !== at) Object.assign(view, { by: at, down: at > 0 })
  else if (view.down === at > 0) view.down = !view.down
  else view.by = null
  draw(view)
}

function sorted(view) {
  const { segments } = view.board, column = view.data.columns[view.by - 1]
  if (view.by === undefined || view.by === null) return segments
  const rank = (segment) => (column ? value(segment, column) ?? -Infinity : segment.name)
  const rising = [...segments].sort((a, b) => (rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0))
  return view.down ? rising.reverse() : rising
}

return { body: "div", pieces }
})()
