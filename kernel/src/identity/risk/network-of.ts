import { isIPv4, isIPv6 } from 'node:net'

/**
 * The network an address belongs to, as one knows a place again by it: 256 addresses of the fourth version, a site of the sixth.
 * Undefined when the text is none.
 */
export function networkOf(address: string | null): string | undefined {
  const plain = plainAddress(address ?? '')
  if (isIPv4(plain)) return `${plain.split('.').slice(0, 3).join('.')}.0/24`
  return isIPv6(plain) ? `${leading(plain, 3)}::/48` : undefined
}

/**
 * What attempts from an address are counted under. Of the sixth version it is the smallest network there is: whoever has one address of
 * it has all of them, and would have a count of their own with each.
 */
export function placeOf(address: string): string {
  const plain = plainAddress(address)
  return isIPv6(plain) ? `${leading(plain, 4)}::/64` : plain
}

/** Without the interface, and of the fourth version where it is one that is written as of the sixth. */
function plainAddress(address: string): string {
  return address.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/i, '')
}

/** The first of the eight groups of an address. */
function leading(address: string, count: number): string {
  const [head = '', tail] = address.split('::')
  const groups = head === '' ? [] : head.split(':')
  const rest = tail === undefined || tail === '' ? [] : tail.split(':')
  const missing = tail === undefined ? 0 : Math.max(0, 8 - groups.length - rest.length)
  const whole = [...groups, ...Array.from({ length: missing }, () => '0'), ...rest]
  const wanted = whole.slice(0, count).map((group) => Number.parseInt(group, 16).toString(16))
  return wanted.join(':')
}
