import assert from "node:assert/strict"
import test from "node:test"

import { shared } from "../../segmentation/board/sizes/sizes.js"

test("of what is lost in all no segment is said to have a share", () => {
  assert.deepEqual(shared({ customers: 80, revenue: 9200, profit: -26400, potential: -11500 }), ["customers", "revenue"])
  assert.deepEqual(shared({ customers: 2, profit: 0 }), ["customers"])
})
