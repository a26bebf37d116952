// Segment sizes: each segment's share of customers beside its shares of what customers bring.

import { colour, el, percent, shareOf } from "../drawing.js"

const STRENGTH = { customers: 0.35, revenue: 1, profit: 0.65 }
const MANY = 6 // segments from which the bars are drawn closer

function pieces(view) {
  const measures = shared(view.board.totals)
  const now = view.board.segments.map((segment) => (
    { ...segment, shares: measures.map((measure) => ({ measure, share: shareOf(view, segment, measure) })) }))
  const before = new Map((view.board.ghost?.segments ?? []).map((segment) => [segment.name, segment]))
  const was = (segment, measure) => (before.has(segment.name) ? shareOf(view, before.get(segment.name), measure) : null)
  const all = now.flatMap(({ shares }) => shares.map(({ share }) => share ?? 0))
  for (const segment of now) for (const one of segment.shares) all.push((one.was = was(segment, one.measure)) ?? 0)
  const low = Math.min(0, ...all), wide = Math.max(0, ...all) - low || 1
  const place = (share) => `${((share - low) / wide * 100).toFixed(2)}%`
  view.body.className = "segments"
  return now.map((segment) => el("div", { class: "segment" + (now.length > MANY ? " many" : "") },
    el("b", { title: segment.name }, segment.name),
    el("div", { class: "bars" }, ...segment.shares.map((one) => bar(view, segment, one, place)))))
}

// The measures of which there are shares: of a loss there are none
export const shared = (totals) => Object.keys(STRENGTH).filter((measure) => totals[measure] > 0)

// With an outline of what it was, where that is remembered
function bar(view, segment, { measure, share, was }, place) {
  const words = `${percent(share, 1)} of ${measure}`, to = share ?? 0
  const ends = (to) => `left: ${place(Math.min(to, 0))}; right: calc(100% - ${place(Math.max(to, 0))})`
  return el("div", { class: "share", title: `${segment.name}: ${words}${was === null ? "" : `, remembered ${percent(was, 1)}`}` },
    el("div", { class: "bar", style: `${ends(to)}; background: ${colour(view, segment.colour)}; opacity: ${STRENGTH[measure]}` }),
    ...(was === null ? [] : [el("div", { class: "was", style: ends(was) })]),
    el("span", { style: `left: ${place(Math.max(to, was ?? 0, 0))}` }, words))
}

export default { body: "div", pieces }
