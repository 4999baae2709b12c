import type { EntityDeclaration } from '@plinth/sdk'
import { describe, expect, test } from 'vitest'
import { between, entity, source, type Fields } from '../../../test/between-versions.ts'
import { buildModels } from '../model/entity-model.ts'
import { digestOf, modelsOfShape, shapesOf } from './plugin-shape.ts'
import { hasContract } from './upgrade-plan.ts'

const label = { en: 'X' }

const field = (was: Fields[string], now: Fields[string], byCode?: readonly string[]) =>
  between({ thing: entity({ a: was }) }, { thing: entity({ a: now }) }, byCode)

const place = '/entities/thing/fields/a'

describe('there is no safe way, and it is refused, when', () => {
  test.each<[string, Fields[string], Fields[string], string]>([
    ['text becomes a number', { type: 'string' }, { type: 'int' }, 'type_changed'],
    ['text becomes a date', { type: 'text' }, { type: 'date' }, 'type_changed'],
    ['decimals become whole', { type: 'decimal' }, { type: 'int' }, 'type_changed'],
    ['a number becomes money of no known currency', { type: 'int' }, { type: 'money' }, 'type_changed'],
    ['a day becomes a moment', { type: 'date' }, { type: 'datetime' }, 'type_changed'],
    ['a list becomes text', { type: 'tags' }, { type: 'string' }, 'type_changed'],
    ['a member becomes text', { type: 'member' }, { type: 'string' }, 'type_changed'],
  ])('%s', (_change, was, now, code) => {
    expect(field(was, now).refusals).toEqual([`${place} ${code}`])
    // The code of a plugin can do what no rule can.
    expect(field(was, now, ['thing']).refusals).toEqual([])
  })

  test('a reference leads somewhere else', () => {
    const others = { one: entity({}), two: entity({}) }
    const to = (target: string) => ({ ...others, thing: entity({ a: { type: 'ref', entity: target } }) })
    expect(between(to('one'), to('two')).refusals).toEqual([`${place} reference_changed`])
  })

  test('a new field has to have a value that nobody can give', () => {
    const change = (now: Fields[string], byCode: string[] = []) =>
      between({ thing: entity({}) }, { thing: entity({ a: now }) }, byCode).refusals
    expect(change({ type: 'int', required: true })).toEqual([`${place} value_missing`])
    expect(change({ type: 'int', required: true, default: 4 })).toEqual([])
    expect(change({ type: 'int' })).toEqual([])
    expect(change({ type: 'int', required: true }, ['thing'])).toEqual([])
  })

  test('a trash is given up, because what lies in it would come back', () => {
    const [kept, none] = [{ thing: entity({}, { softDelete: true }) }, { thing: entity({}) }]
    expect(between(kept, none).refusals).toEqual(['/entities/thing trash_lost'])
    expect(between(none, kept).refusals).toEqual([])
  })

  test('an extensible entity gives up the fields of workspaces, or the name they hang on', () => {
    const open = entity({}, { extensible: true })
    expect(between({ thing: open }, { thing: entity({}) }).refusals).toEqual(['/entities/thing custom_lost'])
    const renamed = entity({}, { extensible: true, was: 'thing' })
    expect(between({ thing: open }, { object: renamed }).refusals).toEqual(['/entities/object custom_lost'])
    expect(between({ thing: entity({}) }, { thing: open }).refusals).toEqual([])
    const { plan } = between({ thing: open, other: open }, { other: open })
    expect(plan.dropTables).toEqual(['shop_thing', 'shop_thing__custom'])
  })

  test.each<[string, Fields[string] | undefined, Fields[string]]>([
    ['is encrypted from now on', { type: 'string' }, { type: 'string', encrypted: true }],
    ['is not encrypted any more', { type: 'string', encrypted: true }, { type: 'string' }],
    [
      'is encrypted and of another type',
      { type: 'string', encrypted: true },
      { type: 'iban', encrypted: true },
    ],
    [
      'is encrypted and looked up from now on',
      { type: 'string', encrypted: true },
      { type: 'string', encrypted: true, indexed: true },
    ],
    ['is new, encrypted and needed', undefined, { type: 'string', encrypted: true, required: true }],
  ])('a field %s, even by code', (_change, was, now) => {
    const before = { thing: entity(was ? { a: was } : {}) }
    const { refusals } = between(before, { thing: entity({ a: now }) }, ['thing'])
    expect(refusals).toEqual([`${place} secret_changed`])
  })

  test('an encrypted field has another name, or its entity has', () => {
    const secret = { type: 'string', encrypted: true, indexed: true } as const
    const before = { thing: entity({ a: secret }) }
    const after = { thing: entity({ b: { ...secret, was: 'a' } }) }
    expect(between(before, after).refusals).toEqual(['/entities/thing/fields/b secret_changed'])
    const { refusals } = between(before, { object: entity({ a: secret }, { was: 'thing' }) })
    expect(refusals).toEqual(['/entities/object/fields/a secret_changed'])
    expect(
      between(before, { thing: entity({ a: secret, b: { type: 'string', encrypted: true } }) }).refusals,
    ).toEqual([])
    expect(between(before, { thing: entity({}) }).plan.entities[0]!.drop).toEqual(['a', 'a_blind'])
  })

  test('several things change, each of which is named', () => {
    const before = { thing: entity({ a: { type: 'string' }, b: { type: 'date' } }) }
    const after = {
      thing: entity({ a: { type: 'int' }, b: { type: 'bool' }, c: { type: 'int', required: true } }),
    }
    expect(between(before, after).refusals).toEqual([
      '/entities/thing/fields/a type_changed',
      '/entities/thing/fields/b type_changed',
      '/entities/thing/fields/c value_missing',
    ])
  })
})

describe('nothing has to be done in the records when', () => {
  test.each<[string, Fields[string], Fields[string]]>([
    ['a text may be longer', { type: 'string', maxLength: 5 }, { type: 'string', maxLength: 9 }],
    ['a number may be smaller', { type: 'int', min: 3 }, { type: 'int', min: 0 }],
    ['a value need not be given any more', { type: 'int', required: true }, { type: 'int' }],
    ['values need not differ any more', { type: 'string', unique: true }, { type: 'string' }],
    [
      'there are more values to choose from',
      { type: 'enum', values: [{ value: 'a', label }] },
      {
        type: 'enum',
        values: [
          { value: 'b', label },
          { value: 'a', label },
        ],
      },
    ],
  ])('%s', (_change, was, now) => {
    const { plan, refusals } = field(was, now)
    expect(refusals).toEqual([])
    expect(hasContract(plan)).toBe(false)
  })

  test('an entity or a field is new', () => {
    const { plan } = between(
      { thing: entity({}) },
      { thing: entity({ a: { type: 'string' } }), other: entity({ b: { type: 'int', required: true } }) },
    )
    expect(hasContract(plan)).toBe(false)
  })
})

describe('every record is looked at when', () => {
  test.each<[string, Fields[string], Fields[string]]>([
    ['a text has to be shorter', { type: 'string', maxLength: 9 }, { type: 'string', maxLength: 5 }],
    ['a text has to fit a pattern', { type: 'string' }, { type: 'string', pattern: '^a' }],
    ['a number has to be greater', { type: 'int', min: 3 }, { type: 'int', min: 4 }],
    ['a number got a limit', { type: 'decimal' }, { type: 'decimal', max: 9 }],
    ['a value has to be given', { type: 'int' }, { type: 'int', required: true }],
  ])('%s', (_change, was, now) => {
    const { plan, refusals } = field(was, now)
    expect(refusals).toEqual([])
    expect(plan.entities[0]!.checks).toEqual(['a'])
    // They stay in their columns.
    expect(plan.entities[0]).toMatchObject({ moves: [], drop: [] })
  })

  test('values have to differ from now on', () => {
    const { plan } = field({ type: 'string' }, { type: 'string', unique: true })
    expect(plan.entities[0]!.uniques).toEqual([['a']])
  })
})

describe('values get columns beside the old ones, which the contract step drops, when', () => {
  test.each<[string, Fields[string], Fields[string], string[]]>([
    ['text becomes an address', { type: 'string' }, { type: 'email' }, ['a__2']],
    ['whole numbers become decimals', { type: 'int' }, { type: 'decimal', scale: 1 }, ['a__2']],
    ['decimals get more places', { type: 'decimal', scale: 2 }, { type: 'decimal', scale: 3 }, ['a__2']],
    [
      'decimals become money',
      { type: 'decimal' },
      { type: 'money', currency: 'EUR' },
      ['a__2_amount', 'a__2_currency'],
    ],
    [
      'values to choose from are called otherwise',
      { type: 'enum', values: [{ value: 'a', label }] },
      { type: 'enum', values: [{ value: 'b', label, was: ['a'] }] },
      ['a__2'],
    ],
  ])('%s', (_change, was, now, columns) => {
    const { plan, refusals, models } = field(was, now)
    expect(refusals).toEqual([])
    expect(plan.entities[0]).toMatchObject({ moves: [{ field: 'a', from: ['a'] }], drop: ['a'] })
    expect(models.get('shop.thing')!.byName.get('a')!.columns).toHaveLength(columns.length)
    expect(new Set(models.get('shop.thing')!.byName.get('a')!.columns)).not.toContain('a')
  })
})

describe('what is called otherwise', () => {
  test('keeps its table and its columns', () => {
    const { plan, models } = between(
      { thing: entity({ a: { type: 'string', unique: true } }) },
      { object: entity({ name: { type: 'string', unique: true, was: 'a' } }, { was: 'thing' }) },
    )
    const object = models.get('shop.object')!
    expect([object.table, object.byName.get('name')!.column]).toEqual(['shop_thing', 'a'])
    expect(hasContract(plan)).toBe(false)
    expect(plan.dropTables).toEqual([])
  })

  test('is something else without "was": the one is dropped at the end, the other one is new', () => {
    const { plan, models } = between(
      { thing: entity({ a: { type: 'string' } }) },
      { object: entity({ a: { type: 'string' } }) },
    )
    expect(models.get('shop.object')!.table).toBe('shop_object')
    expect(plan.dropTables).toEqual(['shop_thing'])
  })

  test('may say so for ever: once it has happened, "was" means nothing', () => {
    const renamed = { thing: entity({ name: { type: 'string', was: 'a' } }) }
    const { plan } = between(renamed, {
      thing: entity({ name: { type: 'string', was: 'a', maxLength: 90_000 } }),
    })
    expect(plan.entities[0]).toMatchObject({ moves: [], drop: [] })
  })

  test('does not get the column of what has its name now', () => {
    const { models } = between(
      { thing: entity({ a: { type: 'string' } }) },
      { thing: entity({ b: { type: 'string', was: 'a' }, a: { type: 'int' } }) },
    )
    // "a" is still there, so "b" is new; the manifest check refuses such a "was" anyway.
    const { byName } = models.get('shop.thing')!
    expect(byName.get('b')!.column).toBe('b')
    expect(byName.get('a')!.column).toBe('a__2')
  })

  test('is referred to under its new name', () => {
    const before = { thing: entity({}), part: entity({ a: { type: 'ref', entity: 'thing' } }) }
    const after = {
      object: entity({}, { was: 'thing' }),
      part: entity({ a: { type: 'ref', entity: 'object' } }),
    }
    const { plan, refusals } = between(before, after)
    expect(refusals).toEqual([])
    expect(hasContract(plan)).toBe(false)
  })
})

test('a version that only looks different is the same one', () => {
  const digest = (declaration: EntityDeclaration) =>
    digestOf(buildModels([source('1.0.0', { thing: declaration })]).values())
  const plain = digest(entity({ a: { type: 'string' }, b: { type: 'int' } }))
  expect(
    digest(
      entity({ b: { type: 'int' }, a: { type: 'string', help: label } }, { icon: 'x', collection: 'y' }),
    ),
  ).toBe(plain)
  expect(digest(entity({ a: { type: 'string' } }))).not.toBe(plain)
  expect(digest(entity({ a: { type: 'string', unique: true }, b: { type: 'int' } }))).not.toBe(plain)
})

test('a stored version is read as the one it was', () => {
  const models = buildModels([
    source('1.0.0', { thing: entity({ a: { type: 'money' }, bC: { type: 'geo' } }) }),
  ])
  const shape = JSON.parse(JSON.stringify(shapesOf(models).get('shop'))) as never
  const read = modelsOfShape({ id: 'shop', area: 'office' }, shape)
  expect(digestOf(read.values())).toBe(digestOf(models.values()))
})
