// How customers spread along each thing that is cut, every cut a line that is dragged. While one is held all is counted
// from what lies between the places it can stand at; Python hears of it once, on release.

import { sliders, take } from "../lines.js"
import { spreads } from "../spread.js"

const update = (view) => spreads(view, view.body)

export default { body: "div", take, update, sliders }
