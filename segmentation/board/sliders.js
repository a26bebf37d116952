// The sliders and number fields of the page that set the same thresholds as lines: where somebody moves one, its line goes
// along at once, if it is known what lies there, and stays there until Python has heard of it.
//
// A picture says in `sliders(view)` which of its lines they move:
//   by        what names the slider: a threshold, or all of its key where the board is of no method; and which of its
//             handles (or fields) it is
//   percent   whether the slider tells per cent of it
//   stops     what it can be put to, where the slider tells which of them it stands at
//   said      where Python last said that it stands
//   put(to)   puts the line there, and all that goes along; whether that could be

const KINDS = ["range", "number"]
const SETS = ["Enter", "ArrowUp", "ArrowDown"] // keys that set what stands in a number field: while it is typed nothing is

export const same = (one, other) => Math.abs(one - other) <= 1e-12 * Math.max(Math.abs(one), 1)

// What is done on the page is heard until the function given back is called
export function heard(board) {
  const seen = new MutationObserver((changes) => {
    for (const { type, target } of changes) if (type === "attributes") slid(board, target)
    if (board.slid.length) gone(board)
  })
  seen.observe(document.body, { attributeFilter: ["value"], childList: true, subtree: true })
  const typed = ({ key, target }) => { if (SETS.includes(key)) setTimeout(() => slid(board, target)) }
  document.addEventListener("keydown", typed, true)
  return () => {
    seen.disconnect()
    document.removeEventListener("keydown", typed, true)
  }
}

const lines = ({ views }) => views.filter(({ data, picture }) => data && picture.sliders)
  .flatMap((view) => view.picture.sliders(view).map((line) => ({ ...line, method: view.method })))
const alike = (one, other) => one.method === other.method && String(one.by) === String(other.by)

// Whether a field of the page was given this key; behind two hyphens stands how often something else than its user moved it
function keyed(field, key) {
  const names = field.closest("[class*=st-key-]")?.classList ?? []
  return [...names].some((name) => name.split("--")[0] === `st-key-${key.replace(/[^\w-]/g, "-")}`)
}

// Whether a field is the one that sets a line: a handle of a slider, or a field of several
export function sets(field, { method, by: [name, handle] }) {
  const key = [method, name].filter(Boolean).join(".")
  if (field.type === "number") return keyed(field, `${key}.${handle}`) || (!handle && keyed(field, key))
  return keyed(field, key) && [...field.closest("[class*=st-key-]").querySelectorAll("input[type=range]")].indexOf(field) === handle
}

// What a field stands at; of a slider whose stops are not yet, or no more, those known here nobody knows
export function value(field, { percent, stops }) {
  if (stops) return Number(field.max) === stops.length - 1 ? stops[field.value] : NaN
  return field.value === "" ? NaN : Number(field.value) / (percent && field.type === "range" ? 100 : 1)
}

// A field was moved: so is the line it sets, where it can be
function slid(board, field) {
  if (!KINDS.includes(field.type)) return
  const line = lines(board).find((one) => sets(field, one)), to = line && value(field, line)
  if (!line || Number.isNaN(to)) return
  forgotten(board, line)
  if (line.put(to) && !same(line.said, to)) board.slid.push({ ...line, field, to })
}

// A line that somebody took in hand follows its slider no more
export function forgotten(board, line) {
  board.slid = board.slid?.filter((one) => !alike(one, line))
}

// Python has spoken: what it has not heard yet stays as it was slid
export function carried(board) {
  board.slid = board.slid.filter((one) => {
    const line = lines(board).find((other) => alike(one, other))
    return line && !same(line.said, one.to) && line.put(one.to)
  })
}

// A slider that another one has replaced, as something else moved what it shows, is followed no more
function gone(board) {
  const replaced = board.slid.filter(({ field }) => !field.isConnected)
  for (const one of replaced) one.field = [...document.querySelectorAll("input")].findLast((field) => KINDS.includes(field.type) && sets(field, one) && same(value(field, one), one.to))
  if (!replaced.some(({ field }) => !field)) return
  board.slid = board.slid.filter(({ field }) => field)
  board.take()
}
