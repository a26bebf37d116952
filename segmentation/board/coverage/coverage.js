// Rows of rules with what each matches and decides: opened, a row's numbers are lines in the distributions of what they
// compare. While one is held all rows count along, from what lies between the places it can stand at.

import { busy, colour, count, el, show } from "../drawing.js"
import { crossed, said, sliders, taken } from "../lines.js"
import { spreads } from "../spread.js"

function take(view) {
  if (busy(view)) return
  view.panels = taken(view.data.panels)
  view.moved = null
}

function update(view) {
  if (!view.rows) {
    view.rows = el("div", { class: "rows" })
    view.host = el("div", {})
    view.body.append(view.rows, view.host)
  }
  show(view.rows, drawn(view))
  spreads(view, view.host)
}

// What each row matches and decides now; of the row whose line is held what is told by its panel
export function now(rows, panel) {
  if (!panel?.bounds) return rows
  const { customers } = crossed({ ...panel, held: { customers: panel.held.customers } }), others = panel.rest.length
  const wins = rows.map(() => 0)
  let matches = 0
  customers.forEach((many, cell) => {
    if (panel.winner[cell] in wins) wins[panel.winner[cell]] += many
    if (panel.rest[cell % others] && panel.fits[Math.floor(cell / others)]) matches += many
  })
  return rows.map((row, at) => ({ ...row, wins: wins[at], matches: at === panel.row ? matches : row.matches, note: wins[at] === row.wins ? row.note : "" }))
}

function drawn(view) {
  const { data } = view, panel = view.panels[view.moved ?? -1], rows = now(data.rows, panel && { ...panel, row: data.row })
  const all = view.board.totals.customers || 1, left = all - rows.reduce((sum, { wins }) => sum + wins, 0)
  const others = view.board.segments.filter(({ name }) => name === data.rest || name === "Unknown")
  return [...rows.map((row, at) => rowOf(view, row, at, all)), ...(left ? [restOf(view, others, left, all)] : [])]
}

function rowOf(view, row, at, all) {
  const { data } = view, opens = data.opens.includes(at), above = row.matches - row.wins
  const words = `${count(row.wins)} decided` + (above ? `, ${count(above)} taken above` : "")
  const share = (size) => `${(Math.max(size, 0) / all * 100).toFixed(2)}%`
  const node = el(opens ? "button" : "div", { class: "row" + (opens && at === data.row ? " open" : "") + (row.wins ? "" : " never"), title: row.note || `Row ${at + 1}: ${row.segment}`,
    ...(opens ? { type: "button", "data-param": `row ${at}`, "aria-expanded": at === data.row } : {}) },
    el("b", {}, `${at + 1}`), el("span", { class: "what" }, el("strong", { style: `border-color:${colour(view, row.colour)}` }, row.segment), el("small", {}, ...row.when.map((piece) => pieceOf(view, piece)))),
    el("span", { class: "bar" }, el("i", { style: `width:${share(row.wins)};background:${colour(view, row.colour)}` }), el("i", { class: "taken", style: `width:${share(above)};background:${colour(view, row.colour)}` })),
    el("span", { class: "many" }, row.wins || !row.note ? words : `never wins${row.matches ? `: ${count(row.matches)} taken above` : ": matches nobody"}`))
  if (opens) node.onclick = () => view.send("opened", { row: at })
  return node
}

// Those no row takes
function restOf(view, others, left, all) {
  const each = others.map(({ name, customers }) => `${count(customers)} ${name}`).join(", ")
  const bars = others.map(({ colour: slot, customers }) => el("i", { style: `width:${(customers / all * 100).toFixed(2)}%;background:${colour(view, slot)}` }))
  return el("div", { class: "row" }, el("b", {}), el("span", { class: "what" }, el("small", {}, "No row matches")),
    el("span", { class: "bar" }, ...bars), el("span", { class: "many" }, each || count(left)))
}

// A number in a row's words follows its line
function pieceOf(view, piece) {
  if (typeof piece === "string") return piece
  const line = view.panels.flatMap(({ lines }) => lines).find(({ number }) => number === piece.line)
  return line ? said(view, line, line.stops[line.here]) : piece.text
}

export default { body: "div", take, update, sliders }
