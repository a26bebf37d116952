// The plane of two metrics with a method's regions on it: the cuts are dragged across it, and each region says what it
// holds, in the largest of its cells; what has no room stands below.

import { compact, count, fitting, keyed, show } from "../drawing.js"
import { crossing, fits } from "../crossing.js"

const padding = () => ({ left: 48, right: 14, top: 44, bottom: 42 })
const LINE = 15

// Where the cells lie, by the cuts on both axes, which rise
function boxes(view, cuts) {
  const [x, y] = view.axes.map(({ at }, i) => cuts[i].map((cut) => at(cut) - (i ? view.padding.top : view.padding.left)))
  const [first, second] = view.data.sides, rows = second.order.length
  return view.data.name.map((_, at) => {
    const column = rising(first, Math.floor(at / rows)), row = rising(second, at % rows)
    return { left: x[column], top: y[row + 1], wide: x[column + 1] - x[column], high: y[row] - y[row + 1] }
  })
}

const rising = ({ falls, order }, band) => (falls ? order.length - 1 - band : band)

const strips = (view) => [fitting(view.data.high), -6]

function shape(view) {
  const height = fitting(view.data.high)
  view.body.style.setProperty("--high", `${height}px`)
  return { height }
}

// The words of each cell: a segment's stand in the largest that has room
function params(view, held, lie) {
  const { name, money, currency } = view.data, words = name.map(() => [])
  const left = view.board.segments.filter((segment) => {
    const mine = lie.map((box, at) => ({ ...box, at })).filter(({ at }) => name[at] === segment.name).sort((a, b) => b.wide * b.high - a.wide * a.high)
    const texts = [segment.name, [count(segment.customers), money ? compact(segment[money], currency) : ""].filter(Boolean).join(" · ")]
    const roomy = mine.find((box) => room(texts, box).length)
    if (roomy) words[roomy.at] = room(texts, roomy)
    return mine.length && !roomy
  })
  show(view.below, left.map((segment) => keyed(view, segment.colour, `${segment.name} ${count(segment.customers)}`)))
  return { words }
}

// What there is room for: both lines, the first and as much of the other as fits, or all in one
export function room([name, held], { wide, high }) {
  const many = held.split(" · ")[0], both = fits([held, many], wide)
  if (high < LINE + 4 || !fits([name], wide, 6.5)) return []
  if (high < 2 * LINE + 4) return [fits([`${name} · ${held}`, `${name} · ${many}`, name], wide, 6.5)]
  return both ? [name, both] : [name]
}

export default { ...crossing({ padding, boxes, strips, shape, params, scales: { across: "x", down: "y" } }) }
