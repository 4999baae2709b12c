import assert from 'node:assert/strict'
import type { EntityMeta, FieldMeta, ProblemError } from '@plinth/sdk'
import fc from 'fast-check'
import { makeInput } from '../make-record.ts'
import { withChildren, type ConformanceCase, type ConformanceWorld } from './conformance-world.ts'

const RUNS = 25
/** An id nothing has. */
const NOBODY = '0190f3a0-0000-7000-8000-000000000000'

const ANYTHING: readonly unknown[] = [
  null,
  '',
  ' ',
  true,
  0,
  -1,
  1.5,
  [],
  {},
  [null],
  '0',
  'null',
  '\u0000',
  '\ud800',
]
const TEXTS: readonly unknown[] = [
  'a',
  ' around ',
  'e\u0301',
  '👩‍👩‍👧‍👦',
  '\u202eabc',
  "'; DROP TABLE x; --",
  '<b>&amp;</b>',
  '%_\\',
  'a\nb\tc',
  'x'.repeat(10_001),
]

/** Values at the edges of a type, accepted or not. */
function edgesOf(field: FieldMeta): readonly unknown[] {
  const { min, max, minLength, maxLength } = field
  switch (field.type) {
    case 'int':
      return [-2_147_483_648, 2_147_483_647, 2_147_483_648, min, max, 1e21].filter(
        (each) => each !== undefined,
      )
    case 'decimal':
      return [
        '0.00',
        '-0',
        '1e3',
        '99999999999999999999',
        '0.123456789',
        '1,5',
        String(min ?? 0),
        String(max ?? 0),
      ]
    case 'money':
      return ['0', '-0.01', '0.001', '99999999999999.99'].map((amount) => ({
        amount,
        currency: field.currency ?? 'EUR',
      }))
    case 'date':
      return ['0001-01-01', '9999-12-31', '2024-02-29', '2023-02-29', '2024-1-1', '10000-01-01']
    case 'datetime':
      return [
        '0001-01-01T00:00:00Z',
        '9999-12-31T23:59:59.999Z',
        '2024-03-31T02:30:00+01:00',
        '2024-01-01',
        '2024-01-01T24:01:00Z',
      ]
    case 'email':
      return ['a@b.de', 'a@b', 'ä@ö.example', `${'a'.repeat(300)}@b.example`, 'a b@c.example']
    case 'url':
      return ['https://a.example', 'javascript:alert(1)', 'https://ä.example/ü?x=1#y', 'a.example']
    case 'tags':
      return [['a', 'a'], Array.from({ length: 101 }, (_, index) => `t${index}`), ['x'.repeat(60)], ['']]
    case 'geo':
      return [{ lat: 90, lng: 180 }, { lat: -90.1, lng: 0 }, { lat: 0 }]
    case 'string':
    case 'text':
      return [
        ...TEXTS,
        ...[minLength, maxLength].flatMap((length) =>
          length ? ['y'.repeat(length), 'y'.repeat(length + 1)] : [],
        ),
      ]
    case 'file':
      return [
        { id: NOBODY },
        { id: 'x' },
        { id: NOBODY, url: '/etc/passwd' },
        { name: 'a.png' },
        NOBODY,
        ...TEXTS,
      ]
    default:
      return TEXTS
  }
}

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
