import { describe, expect, test } from 'vitest'
import { compileFilter, type FilterColumns } from './compile-filter.ts'
import { parseFilter } from './filter.ts'
import { ScimError } from './scim-error.ts'

const WORLD: FilterColumns = {
  columns: {
    username: { sql: 'u.user_key', type: 'key' },
    active: { sql: 'u.active', type: 'flag' },
    'emails.value': { sql: 'u.email', type: 'key' },
    'emails.type': { sql: `'work'`, type: 'key' },
    'members.value': { sql: 's.member', type: 'key' },
    'meta.lastmodified': { sql: 'u.updated_at', type: 'time' },
  },
  lists: { members: (condition) => `EXISTS (${condition})` },
}

function compiled(filter: string): [string, ...unknown[]] {
  const values: unknown[] = []
  return [compileFilter(parseFilter(filter), WORLD, (value) => `$${values.push(value)}`), ...values]
}

describe('a filter', () => {
  test.each([
    ['userName eq "Ada"', 'coalesce(u.user_key = $1::text, false)', 'ada'],
    ['USERNAME Eq "Ada"', 'coalesce(u.user_key = $1::text, false)', 'ada'],
    [
      'urn:ietf:params:scim:schemas:core:2.0:User:userName sw "a"',
      'coalesce(starts_with(u.user_key, $1::text), false)',
      'a',
    ],
    ['userName co "%_\\""', 'coalesce(strpos(u.user_key, $1::text) > 0, false)', '%_"'],
    ['userName pr', 'u.user_key IS NOT NULL'],
    ['active eq "False"', 'coalesce(u.active = $1::boolean, false)', false],
    ['emails co "x"', 'coalesce(strpos(u.email, $1::text) > 0, false)', 'x'],
    ['members eq "1"', 'EXISTS (coalesce(s.member = $1::text, false))', '1'],
    ['members[value eq "1"]', 'EXISTS (coalesce(s.member = $1::text, false))', '1'],
    [
      'emails[type eq "work"].value eq "x"',
      `(coalesce('work' = $1::text, false) AND coalesce(u.email = $2::text, false))`,
      'work',
      'x',
    ],
    [
      'not (active eq true) and (userName eq "a" or userName eq "b")',
      '(NOT coalesce(u.active = $1::boolean, false) AND (coalesce(u.user_key = $2::text, false) OR coalesce(u.user_key = $3::text, false)))',
      true,
      'a',
      'b',
    ],
    [
      'meta.lastModified gt "2026-01-02T03:04:05Z"',
      'coalesce(u.updated_at > $1::timestamptz, false)',
      '2026-01-02T03:04:05.000Z',
    ],
    ['userName eq null', 'coalesce(u.user_key IS NULL, false)'],
  ])('%s', (filter, ...expected) => {
    expect(compiled(filter)).toEqual(expected)
  })

  test('joins by and before or', () => {
    expect(compiled('userName pr or active eq true and userName eq "b"')[0]).toBe(
      '(u.user_key IS NOT NULL OR (coalesce(u.active = $1::boolean, false) AND coalesce(u.user_key = $2::text, false)))',
    )
  })

  test.each([
    '',
    'userName',
    'userName eq',
    'userName eq ada',
    'userName is "ada"',
    'userName eq "ada',
    `userName eq 'ada'`,
    'userName eq "ada" or',
    'userName eq "ada") or (userName pr',
    '(userName eq "ada"',
    'userName eq "ada"; DROP TABLE plinth.member',
    `userName eq "ada" -- "`,
    'password eq "x"',
    'constructor pr',
    '__proto__ pr',
    'emails.toString pr',
    'userName[value eq "x"]',
    'active gt true',
    'active eq "perhaps"',
    'meta.lastModified gt "yesterday"',
    'userName gt null',
    'userName eq "\\u0000"',
    `${'('.repeat(40)}userName pr${')'.repeat(40)}`,
    Array.from({ length: 65 }, () => 'userName pr').join(' or '),
    `userName eq "${'x'.repeat(5_000)}"`,
  ])('%s is refused', (filter) => {
    expect(() => compiled(filter)).toThrow(
      expect.objectContaining({ status: 400, scimType: 'invalidFilter' }),
    )
  })

  test('puts no value into the text of the statement', () => {
    const [text, ...values] = compiled(`userName eq "x') OR true --"`)
    expect(text).toBe('coalesce(u.user_key = $1::text, false)')
    expect(values).toEqual([`x') or true --`])
  })

  // An expression that backtracks would keep this one until the end of its time.
  test('is read to its end, however it is made', () => {
    for (const evil of [
      '"'.repeat(3_999),
      '\\"'.repeat(1_999),
      'a.'.repeat(1_999),
      'a:'.repeat(1_999),
      '-'.repeat(3_999),
    ]) {
      expect(() => parseFilter(`userName eq ${evil}`.slice(0, 4_000))).toThrow(ScimError)
    }
  })
})
