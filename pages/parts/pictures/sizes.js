// Segment sizes: each segment's share of customers beside its shares of what customers bring. While a cut moves in
// the Pareto curve, or its slider does, they go along.

const sizes = (() => {
const STRENGTH = { customers: 0.35, revenue: 1, profit: 0.65 }
const MANY = 6 // segments from which the bars are drawn closer

// Segments with what they hold now, where they are not as Python last said
function moved(view, parts) {
  view.parts = parts
  draw(view)
}

const take = (view) => (view.parts = [])

function pieces(view) {
  const { segments, totals } = view.data
  const now = segments.map((segment) => {
    const held = view.parts.find((one) => one.name === segment.name)
    return { ...segment, shares: Object.entries(totals).map(([measure, total]) => ({
      measure, share: held ? (total > 0 ? held[measure] / total : null) : segment.shares[measure] })) }
  })
  const all = now.flatMap(({ shares }) => shares.map(({ share }) => share ?? 0))
  const low = Math.min(0, ...all), wide = Math.max(0, ...all) - low || 1
  const place = (share) => `${((share - low) / wide * 100).toFixed(2)}%`
  view.body.style.setProperty("--names", `${Math.max(...now.map(({ name }) => name.length))}ch`)
  return now.map((segment) => el("div", { class: "segment" + (now.length > MANY ? " many" : "") },
    el("b", { title: segment.name }, segment.name),
    el("div", { class: "bars" }, ...segment.shares.map(({ measure, share }) => bar(view, segment, measure, share, place)))))
}

function bar(view, segment, measure, share, place) {
  const words = `${share === null ? "–" : percent(share, 1)} of ${measure}`, to = share ?? 0
  const ends = `left: ${place(Math.min(to, 0))}; right: calc(100% - ${place(Math.max(to, 0))})`
  return el("div", { class: "share", title: `${segment.name}: ${words}` },
    el("div", { class: "bar", style: `${ends}; background: ${colour(view, segment.colour)}; opacity: ${STRENGTH[measure]}` }),
    el("span", { style: `left: ${place(Math.max(to, 0))}` }, words))
}

return { body: "div", take, pieces, moved }
})()
