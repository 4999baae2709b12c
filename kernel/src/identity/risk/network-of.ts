import { isIPv4, isIPv6 } from 'node:net'

/**
 * The network an address belongs to, as one knows a place again by it: 256 addresses of the fourth version, a site of the sixth.
 * Undefined when the text is none.
 */
export function networkOf(address: string | null): string | undefined {
  const plain = (address ?? '').replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/i, '')
  if (isIPv4(plain)) return `${plain.split('.').slice(0, 3).join('.')}.0/24`
  if (!isIPv6(plain)) return undefined
  const [head = '', tail] = plain.split('::')
  const groups = head === '' ? [] : head.split(':')
  const rest = tail === undefined || tail === '' ? [] : tail.split(':')
  const missing = tail === undefined ? 0 : Math.max(0, 8 - groups.length - rest.length)
  const whole = [...groups, ...Array.from({ length: missing }, () => '0'), ...rest]
  const site = whole.slice(0, 3).map((group) => Number.parseInt(group, 16).toString(16))
  return `${site.join(':')}::/48`
}
