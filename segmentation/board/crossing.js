// Two crossed orderings as the cells where their bands meet: one chart, the lines of both orderings over it, and a
// button on each cell, which lists the customers of its segment. What a picture of cells says of itself:
//   padding(view)             around what is drawn, in px
//   scales                    the names of the chart's scales, across and down
//   shape(view)               what the chart is told on which its scales hang, if there is something
//   boxes(view, cuts)         where the cells lie: left, top, wide, high in px, from the upper left of what is drawn
//   strips(view)              where the strips along both axes lie: top of the one across, left of the upright one, from the same corner
//   params(view, held, lie)   what the chart is told beside the cuts of both orderings; lie: the boxes

import { compact, count, draw, el, pointing, show } from "./drawing.js"
import { crossed, handles, sliders, take } from "./lines.js"
import { embed, set } from "./vega.js"

const NAMES = ["across", "down"]

export function crossing(picture) {
  const taking = (view) => {
    if (take(view)) view.moved = null
  }
  return { body: "div", take: taking, update: (view) => update(view, picture), sliders }
}

function update(view, picture) {
  if (view.turned !== view.data.turned) opened(view)
  const { data, board } = view, padding = picture.padding(view)
  const wanted = JSON.stringify([board.palette, padding])
  view.wide = Math.max(view.width - padding.left - padding.right, 80)
  view.padding = padding
  if (view.spec === data.spec && view.wanted === wanted) return place(view, picture)
  Object.assign(view, { spec: data.spec, wanted, vega: null })
  embed(data.script, view.chart, data.spec, view.wide, board.palette.map((one) => one.trim()), padding).then((vega) => {
    if (view.spec !== data.spec || view.wanted !== wanted) return vega.finalize()
    view.vega = vega
    place(view, picture)
  }, () => show(view.chart, [el("p", {}, "The picture cannot be drawn: reload the page.")]))
}

function opened(view) {
  view.chart = el("div", { class: "chart", "aria-hidden": "true" })
  view.cells = el("div", { class: "cells" })
  Object.assign(view, { turned: view.data.turned, spec: null })
  view.axes = (view.turned ? [...NAMES].reverse() : NAMES).map((name) => ({ name, upright: name === "down", over: el("div", { class: `over ${name}` }), strip: el("div", { class: `along ${name}` }) }))
  view.switch = el("div", { class: "switch", role: "radiogroup", "aria-label": "What fills the cells" })
  view.below = el("div", { class: "below" })
  view.body.replaceChildren(el("div", { class: "drawn" }, view.chart, view.switch, view.cells, ...view.axes.flatMap(({ over, strip }) => [strip, over])), view.below)
}

// The chart's cuts and cells, the handles of both orderings, and the buttons
function place(view, picture) {
  if (!view.vega) return
  shape(view, { width: view.wide, ...picture.shape?.(view) })
  const held = holds(view), cuts = view.data.sides.map(({ ends }, i) => inside(ends, view.panels[i].cuts))
  const [top, left] = picture.strips(view)
  view.axes.forEach((axis, i) => {
    const [low, high] = (axis.ends = view.data.sides[i].ends), scale = view.vega.scale(picture.scales[axis.name])
    axis.at = (value) => view.padding[axis.upright ? "top" : "left"] + scale(Math.min(Math.max(value, low), high))
    if (axis.upright) axis.strip.style.left = `${(view.padding.left + left).toFixed(1)}px`
    else axis.strip.style.top = `${(view.padding.top + top).toFixed(1)}px`
  })
  const lie = picture.boxes(view, cuts), told = picture.params(view, held, lie)
  view.axes.forEach((_, i) => handles(view, i)) // their words give way to the switch, which is there by now
  set(view.vega, { [view.axes[0].name]: cuts[0], [view.axes[1].name]: cuts[1], ...told })
  show(view.cells, lie.map((box, at) => button(view, held, box, at)))
}

// What the scales hang on: where it changes the chart is drawn at once, so that the lines find their places on it
function shape(view, params) {
  const changed = Object.entries(params).filter(([name, value]) => view.vega.signal(name) !== value)
  for (const [name, value] of changed) view.vega.signal(name, value)
  if (changed.length) view.vega.run()
}

// Ascending: both ends, and between them the cuts, as far as the picture shows them
export const inside = ([low, high], cuts) => [low, ...[...cuts].sort((one, other) => one - other).map((cut) => Math.min(Math.max(cut, low), high)), high]

// Measure → what each cell holds now: as Python said, or as counted in the hand
function holds(view) {
  const at = view.moved, panel = view.panels[at]
  return panel?.bounds ? inCells(crossed(panel), at, view.data.sides) : view.data.held
}

// What the bands of one ordering hold by those of the other, as the cells lie: best first, the first ordering slowest
export function inCells(found, at, sides) {
  const [mine, other] = [sides[at].order, sides[1 - at].order], others = (sums) => sums.length / (mine.length + 1)
  const cell = (sums, one, two) => (at ? sums[two * others(sums) + one] : sums[one * others(sums) + two])
  return Object.fromEntries(Object.entries(found).map(([name, sums]) => [name,
    sides[0].order.flatMap((one) => sides[1].order.map((two) => cell(sums, one, two)))]))
}

function button(view, held, { left, top, wide, high }, at) {
  const { name, money, currency } = view.data, many = held.customers[at]
  const words = [`${count(many)} ${many === 1 ? "customer" : "customers"}`, ...(money ? [`${compact(held[money][at], currency)} ${money}`] : [])]
  const node = el("button", { type: "button", "data-cell": at, "aria-label": `${name[at]}: ${words.join(", ")}`,
    style: `left:${(left + view.padding.left).toFixed(1)}px;top:${(top + view.padding.top).toFixed(1)}px;width:${Math.max(wide, 0).toFixed(1)}px;height:${Math.max(high, 0).toFixed(1)}px` })
  node.onclick = () => view.send("listed", { name: name[at] })
  pointing(view, node, () => [`${name[at]}: ${words.join(", ")}`, view.data.attention[name[at]]].filter(Boolean).join(". "))
  return node
}

// A choice of measures; what is chosen stands in `view.by`
export function choice(view, measures) {
  view.by = measures.includes(view.by) ? view.by : measures[0]
  show(view.switch, measures.map((measure) => {
    const node = el("button", { type: "button", role: "radio", "aria-checked": measure === view.by, "data-param": `by ${measure}` },
      measure[0].toUpperCase() + measure.slice(1))
    node.onclick = () => { view.by = measure; draw(view) }
    return node
  }))
}

// Of what can be said in a cell, best first, what fits
export const fits = (texts, wide, letter = 6.2) => texts.find((text) => text && text.length * letter + 6 < wide)
