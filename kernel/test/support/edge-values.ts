import type { FieldMeta } from '@plinth/sdk'

type FieldRules = Pick<FieldMeta, 'type' | 'values' | 'min' | 'max' | 'minLength' | 'maxLength' | 'currency'>

/** An id nothing has. */
const NOBODY = '0190f3a0-0000-7000-8000-000000000000'

/** Values of no type, or of another. */
export const ANYTHING: readonly unknown[] = [
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
export function edgesOf(field: FieldRules): readonly unknown[] {
  const { min, max, minLength, maxLength } = field
  switch (field.type) {
    case 'int':
      return [-2_147_483_648, 2_147_483_647, 2_147_483_648, -2_147_483_649, -0, 1, min, max, 1e21].filter(
        (each) => each !== undefined,
      )
    case 'decimal':
      return [
        '0.00',
        '-0',
        '-0.00',
        0.1,
        -1,
        1e-7,
        '007.5',
        '-0.01',
        '999999999999999999',
        '-9999999999999999.99',
        '9999999999999999.99',
        '999999999999.999999',
        '-999999999999999.999',
        '1e3',
        '99999999999999999999',
        '0.123456789',
        '1,5',
        String(min ?? 0),
        String(max ?? 0),
      ]
    case 'money':
      return [
        ...['0', '-0', '-0.01', '0.001', '99999999999999.99', '-99999999999999.99', 1.5].map((amount) => ({
          amount,
          currency: field.currency ?? 'EUR',
        })),
        { amount: '99999999999999', currency: 'JPY' },
        { amount: '-99999999999999.9999', currency: 'CLF' },
        { amount: '0.001', currency: 'KWD' },
        { amount: '1.5' },
      ]
    case 'date':
      return [
        '0001-01-01',
        '9999-12-31',
        '0000-12-31',
        '1582-10-10',
        '1900-02-29',
        '2024-02-29',
        '2023-02-29',
        '2024-1-1',
        '10000-01-01',
      ]
    case 'datetime':
      return [
        '0001-01-01T00:00:00Z',
        '9999-12-31T23:59:59.999Z',
        '9999-12-31T23:59:59.999999Z',
        '9999-12-31T23:59:59.9999999Z',
        '9999-12-31T12:00:00-15:59',
        '0001-01-01T12:00:00+15:59',
        '0001-01-02T12:00:00+15:59',
        '2024-01-01T00:00:00.0005Z',
        '2024-01-01T00:00:00.9999999Z',
        '1969-12-31T23:59:59.9995Z',
        '2016-12-31T23:59:60Z',
        '2024-01-01T24:00:00Z',
        '2024-03-31T02:30:00+01:00',
        '2024-01-01',
        '2024-01-01T24:01:00Z',
      ]
    case 'email':
      return [
        'a@b.de',
        'a@b',
        'ä@ö.example',
        'A.B+c@EXAMPLE.org',
        "o'hara@b.example",
        `${'a'.repeat(300)}@b.example`,
        'a b@c.example',
      ]
    case 'url':
      return [
        'https://a.example',
        'javascript:alert(1)',
        'https://ä.example/ü?x=1#y',
        'HTTPS://A.EXAMPLE/B',
        'https://a.example/%zz',
        'https://a.example/a%2fb?q=%',
        'http://a.example:80',
        'a.example',
      ]
    case 'tags':
      return [
        ['a', 'a'],
        ['e\u0301'],
        [' a '],
        ['%', '_', '\\', '"', ',', '{}', 'NULL'],
        Array.from({ length: 101 }, (_, index) => `t${index}`),
        ['x'.repeat(60)],
        [''],
      ]
    case 'geo':
      return [
        { lat: 90, lng: 180 },
        { lat: -90, lng: -180 },
        { lat: -0, lng: 5e-324 },
        { lat: 1e-15, lng: 0.1 },
        { lat: -90.1, lng: 0 },
        { lat: 0 },
      ]
    case 'string':
    case 'text':
      return [
        ...TEXTS,
        ' ',
        'ÅÅ',
        '\u2126',
        'İ',
        'ẞ',
        'ﬁ',
        '\ufeffmark',
        '\u0001',
        '"',
        "''",
        '\\',
        '{}',
        'null',
        '\u{10ffff}',
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
    case 'enum':
      return [...(field.values ?? []).map(({ value }) => value), ...TEXTS]
    case 'bool':
      return [true, false]
    case 'phone':
      return ['112', '+49 40 123456', '(0)1/2.3-4', '0'.repeat(20), '١١٢', ...TEXTS]
    case 'iban':
      return [
        'DE89370400440532013000',
        'de89 3704 0044 0532 0130 00',
        'DE89-3704-0044-0532-0130-00',
        'NO9386011117947',
        'MT84MALT011000012345MTLCAST001S',
        ...TEXTS,
      ]
    case 'address':
      return [{ city: 'e\u0301' }, { country: 'de' }, { country: 'XK' }, { street: 'x'.repeat(200) }, {}]
    case 'json':
      return [
        [],
        {},
        ['a', 'b'],
        [null],
        { a: { b: [1.5, '\u2028'] } },
        { '': '' },
        [-0, 1e21, 5e-324, 2 ** 53 + 2],
      ]
    default:
      return TEXTS
  }
}
