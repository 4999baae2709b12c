import { expect, test } from 'vitest'
import { networkOf, placeOf } from './network-of.ts'

test.each([
  ['203.0.113.7', '203.0.113.0/24'],
  ['::ffff:203.0.113.200', '203.0.113.0/24'],
  ['2001:db8:aa::1', '2001:db8:aa::/48'],
  ['2001:0DB8:00aa:ffff:1:2:3:4', '2001:db8:aa::/48'],
  ['2001:db8::1', '2001:db8:0::/48'],
  ['::1', '0:0:0::/48'],
  ['fe80::1%eth0', 'fe80:0:0::/48'],
])('%s is in %s', (address, network) => {
  expect(networkOf(address)).toBe(network)
})

test.each([null, '', 'localhost', '203.0.113', '203.0.113.7, 10.0.0.1', '1::2::3'])(
  '%j is no address',
  (text) => {
    expect(networkOf(text)).toBeUndefined()
  },
)

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['2001:db8:aa:bb:1:2:3:4', '2001:db8:aa:bb::/64'],
  ['2001:db8:aa:bb:ffff::9', '2001:db8:aa:bb::/64'],
  ['2001:db8:aa:bc::9', '2001:db8:aa:bc::/64'],
  ['no address', 'no address'],
])('attempts from %s are counted under %s', (address, place) => {
  expect(placeOf(address)).toBe(place)
})
