// A chart made by Altair, compiled by Python, embedded and moved by its parameters. The script that draws it is the
// server's own, fetched once.

import { draw, el, show } from "./drawing.js"

let script

const drawn = (path) => (script ??= import(new URL(path, document.baseURI)).then(() => window.vegaEmbed.default ?? window.vegaEmbed))

const PADDING = { left: 52, right: 12, top: 34, bottom: 44 } // for axes and names

// The chart in a node; a promise of its view. `width` is that of what is drawn, without what is around it
export async function embed(path, node, spec, width, palette, padding = PADDING) {
  const vegaEmbed = await drawn(path)
  const config = { background: null, range: { category: palette }, axis: { labelColor: "currentColor", titleColor: "currentColor",
    domainColor: "currentColor", tickColor: "currentColor", domainOpacity: 0.4, tickOpacity: 0.4, gridOpacity: 0.15,
    gridColor: "currentColor", labelFont: "inherit", titleFont: "inherit", labelFontSize: 12, titleFontSize: 12, titleFontWeight: 400 },
    text: { font: "inherit" } }
  const { view } = await vegaEmbed(node, { ...spec, background: null, padding, autosize: "none", width },
    { mode: "vega", actions: false, renderer: "svg", ast: true, config, tooltip: false })
  return view
}

// The chart a view shows in `view.host`, embedded anew where it, its place or the palette has changed, and else as wide
// as there is room; then `placed`
export function hosted(view, { script, spec }, padding, placed) {
  const palette = view.board.palette.map((one) => one.trim()), wide = Math.max(view.width - padding.left - padding.right, 80)
  const wanted = JSON.stringify([palette, padding])
  view.host ??= view.body.appendChild(el("div", { class: "chart", "aria-hidden": "true" }))
  if (view.spec === spec && view.wanted === wanted) {
    if (!view.vega) return
    if (view.vega.width() !== wide) view.vega.width(wide).run() // its scale has to be the new one
    return placed(view.vega)
  }
  Object.assign(view, { spec, wanted, vega: null })
  embed(script, view.host, spec, wide, palette, padding).then((vega) => {
    if (view.spec !== spec || view.wanted !== wanted) return vega.finalize()
    view.vega = vega
    draw(view)
  }, () => show(view.host, [el("p", {}, "The picture cannot be drawn: reload the page.")]))
}

const told = new WeakMap() // of each view how large it was and what it was told

// Parameters set, and the view drawn anew; what is as it was is not told again, since all that hangs on it would be worked
// out again
export function set(view, params) {
  const before = told.get(view), size = JSON.stringify([view.width(), view.height(), view.padding()])
  const texts = Object.fromEntries(Object.entries(params).map(([name, value]) => [name, JSON.stringify(value)]))
  const changed = Object.keys(params).filter((name) => texts[name] !== before?.texts[name])
  told.set(view, { size, texts: { ...before?.texts, ...texts } })
  for (const name of changed) view.signal(name, params[name])
  return changed.length || size !== before?.size ? view.runAsync() : Promise.resolve(view)
}
