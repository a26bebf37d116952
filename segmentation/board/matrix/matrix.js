// Two crossed orderings as a matrix: a cell for each pair of bands, filled as far as it holds, and both distributions
// beside it, on whose lines the cuts are dragged. While one is held the cells count along.

import { compact, count } from "../drawing.js"
import { choice, crossing, fits } from "../crossing.js"

const TOP = 92, LINE = 15 // as in the chart: above the cells; what a line of words takes

const sides = (view) => (view.data.turned ? [...view.data.sides].reverse() : view.data.sides) // across, down
const padding = (view) => ({ left: Math.min(view.width < 420 ? 80 : 98, 12 + 7.5 * Math.max(...sides(view)[1].bands.map(({ length }) => length))), right: 50, top: 34, bottom: 10 })
const beside = (view) => (view.width < 420 ? 48 : 74) // bars are as long as there is room
const shape = (view) => ({ beside: beside(view) })
const size = (view) => ({ wide: (view.wide - beside(view)) / sides(view)[0].bands.length, high: (view.data.high - TOP) / sides(view)[1].bands.length })

const strips = (view) => [TOP - 30, view.wide - beside(view) + 2]

function boxes(view) {
  const { wide, high } = size(view), many = view.data.sides[1].bands.length
  return view.data.name.map((_, at) => {
    const bands = [Math.floor(at / many), at % many], [column, row] = view.data.turned ? bands.reverse() : bands
    return { left: column * wide, top: TOP + row * high, wide, high }
  })
}

function params(view, held) {
  const { money, name, attention, currency } = view.data, { wide, high } = size(view)
  choice(view, ["customers", money].filter(Boolean))
  const sums = held[view.by].map((sum) => Math.max(sum, 0)), most = Math.max(...sums, 1e-9)
  return {
    sizes: sums.map((sum) => sum / most),
    words: name.map((one, at) => worded({ name: one, many: count(held.customers[at]),
      sum: money && held.customers[at] ? compact(held[money][at], currency) : "", level: level(attention[one]) }, wide, high)),
  }
}

// How much attention, where what a segment gets begins with it
const level = (attention) => (attention?.includes(":") ? attention.split(":")[0] : "")

// The lines a cell has room for: its name, how many and how much, and the attention it deserves; without room for a
// name how many, and how much below it
export function worded({ name, many, sum, level }, wide, high) {
  const room = Math.floor((high - 6) / LINE), fitting = (words) => words.filter((one, at) => fits([one], wide, at ? 6.2 : 6.5))
  const both = sum ? `${many} · ${sum}` : many, named = fits([name], wide, 6.5) && fits([both], wide)
  if (room < 2) return room < 1 ? [] : [fits([both, many], wide, 6.5)].filter(Boolean)
  return fitting(named ? [name, both, level] : room > 2 ? [name, many, sum] : [many, sum]).slice(0, room)
}

export default { ...crossing({ padding, shape, boxes, strips, params, scales: { across: "across_x", down: "down_y" } }) }
