// Segment sizes: each segment's share of customers beside its shares of what customers bring. While a cut moves in
// the Pareto curve, or its slider does, they go along.

const views = new WeakMap()
const STRENGTH = { customers: 0.35, revenue: 1, profit: 0.65 }
const MANY = 6 // segments from which the bars are drawn closer

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".sizes")
  let view = views.get(root)
  if (!view) {
    view = { root, body: root.querySelector("div") }
    view.moved = ({ detail }) => draw(view, detail)
    document.addEventListener(MOVED, view.moved)
    views.set(root, view)
  }
  view.data = data
  draw(view, [])
  return () => { document.removeEventListener(MOVED, view.moved); views.delete(root) }
}

// moved: segments with what they hold now, where they are not as Python last said
function draw(view, moved) {
  const { segments, totals } = view.data
  view.palette = palette(view.root)
  const now = segments.map((segment) => {
    const held = moved.find((one) => one.name === segment.name)
    return { ...segment, shares: Object.entries(totals).map(([measure, total]) => ({
      measure, share: held ? (total > 0 ? held[measure] / total : null) : segment.shares[measure] })) }
  })
  const all = now.flatMap(({ shares }) => shares.map(({ share }) => share ?? 0))
  const low = Math.min(0, ...all), wide = Math.max(0, ...all) - low || 1
  const place = (share) => `${((share - low) / wide * 100).toFixed(2)}%`
  view.body.setAttribute("aria-label", view.data.alt)
  view.body.style.setProperty("--names", `${Math.max(...now.map(({ name }) => name.length))}ch`)
  show(view.body, now.map((segment) => el("div", { class: "segment" + (now.length > MANY ? " many" : "") },
    el("b", { title: segment.name }, segment.name),
    el("div", { class: "bars" }, ...segment.shares.map(({ measure, share }) => bar(view, segment, measure, share, place))))))
}

function bar(view, segment, measure, share, place) {
  const words = `${share === null ? "–" : percent(share, 1)} of ${measure}`, to = share ?? 0
  const ends = `left: ${place(Math.min(to, 0))}; right: calc(100% - ${place(Math.max(to, 0))})`
  return el("div", { class: "share", title: `${segment.name}: ${words}` },
    el("div", { class: "bar", style: `${ends}; background: ${colour(view, segment.colour)}; opacity: ${STRENGTH[measure]}` }),
    el("span", { style: `left: ${place(Math.max(to, 0))}` }, words))
}
