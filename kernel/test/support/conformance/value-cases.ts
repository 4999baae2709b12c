import assert from 'node:assert/strict'
import type { EntityMeta, ProblemError } from '@plinth/sdk'
import fc from 'fast-check'
import { ANYTHING, edgesOf } from '../edge-values.ts'
import { makeInput } from '../make-record.ts'
import { withChildren, type ConformanceCase, type ConformanceWorld } from './conformance-world.ts'
import { runs } from '../chance.ts'

const RUNS = runs(25)
/** Whatever values its fields are given, a record reads as it was answered, or is refused with every fault by its pointer. */
export function valueCases(world: ConformanceWorld, meta: EntityMeta): ConformanceCase[] {
  if (!meta.can.includes('create')) return []
  return [
    {
      name: `${meta.id}: values at the edges are kept as they are, or refused by name`,
      run: () => tryEdges(world, meta),
    },
  ]
}

async function tryEdges({ tenant }: ConformanceWorld, meta: EntityMeta): Promise<void> {
  const { admin } = tenant
  const fields = meta.fields.filter(({ readOnly, ref, type }) => !readOnly && !ref && type !== 'member')
  if (fields.length === 0) return
  const edge = fc
    .constantFrom(...fields)
    .chain((field) =>
      fc.constantFrom(...edgesOf(field), ...ANYTHING).map((value) => [field.name, value] as const),
    )
  await fc.assert(
    fc.asyncProperty(fc.array(edge, { minLength: 1, maxLength: 3 }), async (edges) => {
      const changed = Object.fromEntries(edges)
      const input = await makeInput(admin, meta.id, changed, { full: true })
      const { status, body, text } = await admin.post(meta.api, input)
      if (status !== 201) return assertNamed(changed, { status, body, text })
      const read = await admin.get(withChildren(meta, `${meta.api}/${body.id}`))
      assert.deepEqual(read.body, body)
      const listed = await admin.get(
        withChildren(meta, `${meta.api}?filter=${encodeURIComponent(JSON.stringify({ id: body.id }))}`),
      )
      assert.deepEqual(listed.body.items, [body])
    }),
    { numRuns: RUNS },
  )
}

function assertNamed(
  changed: Readonly<Record<string, unknown>>,
  { status, body, text }: { status: number; body: any; text: string },
): void {
  assert.ok(status >= 400 && status < 500, text)
  const errors = (body.errors ?? []) as ProblemError[]
  // A hook of the plugin's own may refuse a record as a whole.
  if (body.code !== 'validation_failed') return
  assert.ok(errors.length > 0, text)
  // A rule over several fields names one that may have been left as it was.
  for (const { pointer } of errors.filter(({ code }) => !code.startsWith('check.')))
    assert.ok((pointer.split('/')[1] ?? '') in changed, `${pointer} was not changed: ${text}`)
}
