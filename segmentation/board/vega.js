// A chart made by Altair, compiled by Python, embedded and moved by its parameters. The script that draws it is the
// server's own, fetched once.

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

// Parameters set, and the view drawn anew
export function set(view, params) {
  for (const [name, value] of Object.entries(params)) view.signal(name, value)
  return view.runAsync()
}
