// Segment sizes: each segment's share of customers beside its shares of what customers bring.

import { colour, el, percent, shareOf } from "../drawing.js"

const STRENGTH = { customers: 0.35, revenue: 1, profit: 0.65 }
const MANY = 6 // segments from which the bars are drawn closer

function pieces(view) {
  const measures = Object.keys(STRENGTH).filter((measure) => measure in view.board.totals)
  const now = view.board.segments.map((segment) => (
    { ...segment, shares: measures.map((measure) => ({ measure, share: shareOf(view, segment, measure) })) }))
  const all = now.flatMap(({ shares }) => shares.map(({ share }) => share ?? 0))
  const low = Math.min(0, ...all), wide = Math.max(0, ...all) - low || 1
  const place = (share) => `${((share - low) / wide * 100).toFixed(2)}%`
  view.body.style.setProperty("--names", `${Math.max(...now.map(({ name }) => name.length))}ch`)
  return now.map((segment) => el("div", { class: "segment" + (now.length > MANY ? " many" : "") },
    el("b", { title: segment.name }, segment.name),
    el("div", { class: "bars" }, ...segment.shares.map(({ measure, share }) => bar(view, segment, measure, share, place)))))
}

function bar(view, segment, measure, share, place) {
  const words = `${percent(share, 1)} of ${measure}`, to = share ?? 0
  const ends = `left: ${place(Math.min(to, 0))}; right: calc(100% - ${place(Math.max(to, 0))})`
  return el("div", { class: "share", title: `${segment.name}: ${words}` },
    el("div", { class: "bar", style: `${ends}; background: ${colour(view, segment.colour)}; opacity: ${STRENGTH[measure]}` }),
    el("span", { style: `left: ${place(Math.max(to, 0))}` }, words))
}

export default { body: "div", pieces }
