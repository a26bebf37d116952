// Two crossed orderings as a matrix: a cell for each pair of bands, filled as far as it holds, and both distributions
// beside it, on whose lines the cuts are dragged. While one is held the cells count along.

import { compact, count } from "../drawing.js"
import { choice, crossing, fits } from "../crossing.js"

const TOP = 92, LINE = 15 // as in the chart: above the cells; what a line of words takes

const padding = (view) => ({ left: Math.min(80, 12 + 7.5 * Math.max(...view.data.sides[1].bands.map(({ length }) => length))), right: 50, top: 34, bottom: 10 })

const beside = (view) => (view.width < 420 ? 48 : 74) // bars are as long as there is room
const shape = (view) => ({ beside: beside(view) })
const rows = (view) => view.data.sides[1].bands.length
const size = (view) => ({ wide: (view.wide - beside(view)) / view.data.sides[0].bands.length, high: (view.data.high - TOP) / rows(view) })

const strips = (view) => [TOP - 30, view.wide - beside(view) + 2]

function boxes(view) {
  const { wide, high } = size(view)
  return view.data.name.map((_, at) => ({ left: Math.floor(at / rows(view)) * wide, top: TOP + (at % rows(view)) * high, wide, high }))
}

function params(view, held) {
  const { money, name, attention, currency } = view.data, { wide, high } = size(view)
  choice(view, ["customers", money].filter(Boolean))
  const sums = held[view.by].map((sum) => Math.max(sum, 0)), most = Math.max(...sums, 1e-9)
  return {
    sizes: sums.map((sum) => sum / most),
    words: name.map((one, at) => worded({ name: one, many: count(held.customers[at]),
      sum: money ? compact(held[money][at], currency) : "", level: level(attention[one]) }, wide, high)),
  }
}

// How much attention, where what a segment gets begins with it
const level = (attention) => (attention?.includes(":") ? attention.split(":")[0] : "")

// The lines a cell has room for: its name, how many and how much, and the attention it deserves
export function worded({ name, many, sum, level }, wide, high) {
  const room = Math.floor((high - 6) / LINE), both = sum && fits([`${many} · ${sum}`], wide)
  const said = [name, ...(both ? [both, level] : [many, sum])].filter((line, at) => fits([line], wide, at ? 6.2 : 6.5))
  return room === 1 && said.length > 1 ? said.slice(1, 2) : said.slice(0, Math.max(room, 0))
}

export default { ...crossing({ padding, shape, boxes, strips, params, scales: ["across_x", "down_y"] }) }
