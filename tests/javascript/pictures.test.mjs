import assert from "node:assert/strict"
import { existsSync, readdirSync } from "node:fs"
import test from "node:test"

const HERE = new URL("../../segmentation/board/", import.meta.url)
const script = (name) => new URL(`${name}/${name}.js`, HERE)

for (const name of readdirSync(HERE).filter((name) => existsSync(script(name)))) {
  test(`what ${name} imports is there, and it can be drawn`, async () => {
    const { default: picture } = await import(script(name))
    assert.equal(typeof (picture.pieces ?? picture.update), "function")
  })
}
