// Before and after: what was remembered stays as a ghost on the board (its segments, and where each ordering was cut), and
// how the segments differ from it is said, in the hand too.

import { compact, count, el } from "./drawing.js"

// The head's button, which remembers or lets go
export function remembering(board) {
  const { data, ghost } = board
  if (!data.remembers) return []
  const button = el("button", { type: "button", title: ghost ? "Leave what you remembered" : "Keep lines and sizes as they are in sight, to compare with" },
    ghost ? "Let go of it" : "Remember this")
  button.onclick = () => board.send("remember", { on: !board.ghost }) // it may stay while answers pass
  return [button]
}

// How the segments differ from what is remembered
export function compared({ data, ghost, segments }) {
  if (!ghost) return []
  const each = differences(segments, ghost)
  return [el("b", {}, segments === data.segments ? ghost.said : inTheHand(each)), " ", each.join(" · ")]
}

// Who moved is not counted in the hand
export const inTheHand = (each) => (each.length ? "Against what you remembered:" : "Every segment is as large as you remembered.")

// What each segment holds more or less than it did
export function differences(segments, { segments: then, measure, currency }) {
  const before = new Map(then.map((segment) => [segment.name, segment])), now = new Map(segments.map((segment) => [segment.name, segment]))
  const change = (name, what) => (now.get(name)?.[what] ?? 0) - (before.get(name)?.[what] ?? 0)
  return [...new Set([...now.keys(), ...before.keys()])].flatMap((name) => {
    const people = change(name, "customers"), money = measure ? change(name, measure) : 0, dust = 1e-9 * Math.abs(before.get(name)?.[measure] ?? 0)
    if (!people && Math.abs(money) <= dust) return []
    const sign = (size) => (size > 0 ? "+" : "")
    return [`${name} ${people < 0 ? "−" : "+"}${count(people)}${measure ? ` (${sign(money)}${compact(money, currency)} ${measure})` : ""}`]
  })
}
