// What bands are called that are named after the edges between them, letter by letter as Python's `Spans` calls them: so
// names follow a line in the hand, and the answer changes none.

import { fixed } from "./drawing.js"

// A threshold as it was typed: no trailing zeros, thousands separated
export function number(value) {
  const size = Math.abs(value), digits = size < 1e21 ? fixed(size, 4).replace(/\.?0+$/, "") : String(BigInt(size))
  const [whole, rest] = digits.split(".")
  return (value < 0 && digits !== "0" ? "−" : "") + whole.replace(/\B(?=(\d{3})+$)/g, ",") + (rest ? `.${rest}` : "")
}

// The name of each band between ascending cuts, the lowest first; no two alike
export function spans(cuts, { unit, lowest }) {
  if (!cuts.length) return ["all"]
  const whole = unit !== "money" && cuts.every(Number.isInteger), [first] = cuts
  const middle = cuts.slice(1).map((high, at) => (whole && high > cuts[at] ? between(cuts[at], high) : `${number(cuts[at])} to under ${number(high)}`))
  const begins = lowest !== null && first > lowest + 1 && Number.isInteger(first)
  return different([begins ? between(lowest, first) : `under ${number(first)}`, ...middle, `${number(cuts.at(-1))} and over`])
}

// Whole numbers from one below another: 5–9, or the only one
function between(low, high) {
  const [first, last] = [number(low), number(high - 1)]
  return first === last ? first : `${first}–${last}`
}

// Those that come again with a number behind them
function different(names) {
  const seen = new Map()
  return names.map((name) => {
    const times = (seen.get(name) ?? 0) + 1
    seen.set(name, times)
    return times > 1 ? `${name} (${times})` : name
  })
}

// The bands of a panel, largest values first, as they are called with its lines where they stand; what its segments are called
// then, best first. Null: their names are no edges, and stay
export function named(panel) {
  if (!panel.spans) return null
  const falling = spans([...panel.cuts].reverse(), panel.spans).reverse()
  panel.bands = panel.bands?.map(([, slot], band) => [falling[band], slot])
  return panel.spans.falls ? falling : [...falling].reverse()
}
