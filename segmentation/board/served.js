// The board as the browser gets it. Streamlit sends one script, without an address that "../drawing.js" could be
// relative to; so each module is given an address here, once those it imports have theirs. What stands in the files
// (MODULES: path → text) and the names of the pictures (PICTURES) are put in front of this when it is sent.

const addresses = {}

function address(path) {
  const placed = (_, to) => `from "${address(new URL(to, `file:///${path}`).pathname.slice(1))}"`
  const text = () => `${MODULES[path].replace(/\bfrom "(\..+?)"/g, placed)}\n//# sourceURL=${path}`
  return (addresses[path] ??= URL.createObjectURL(new Blob([text()], { type: "text/javascript" })))
}

const drawn = PICTURES.map((name) => import(address(`${name}/${name}.js`)))
const { default: board, pictures } = await import(address("board.js"))
for (const [at, { default: picture }] of (await Promise.all(drawn)).entries()) pictures[PICTURES[at]] = picture
