import type { ApiClientKind } from '@plinth/sdk'
import { isStorable } from '../../data/index.ts'

const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost'])

/**
 * Whether members may be sent back to this address: https; on one's own machine http too; for programs on devices also a scheme of their
 * own, which has a dot in it (RFC 8252, 7.1). It is compared letter by letter later, so it means what it says and nothing else.
 */
export function isRedirectUri(text: string, kind: ApiClientKind): boolean {
  if (text.length > 500 || !isStorable(text) || /[\s\\#*<>"]/.test(text) || !URL.canParse(text)) return false
  const { protocol, hostname, username, password } = new URL(text)
  if (username !== '' || password !== '') return false
  if (protocol === 'https:') return hostname !== ''
  if (protocol === 'http:') return LOOPBACK.has(hostname)
  return kind === 'native' && /^[a-z][a-z0-9-]*(\.[a-z0-9-]+)+:$/.test(protocol)
}

/**
 * Whether a client has named the address: letter by letter. A program on a device that listens on its own machine gets whatever port is
 * free there, which alone may differ (RFC 8252, 7.3).
 */
export function isNamed(
  text: string,
  { kind, redirect_uris: named }: { readonly kind: ApiClientKind; readonly redirect_uris: readonly string[] },
): boolean {
  if (named.includes(text)) return true
  if (kind !== 'native' || !isRedirectUri(text, kind)) return false
  const wanted = withoutPort(text)
  return wanted !== undefined && named.some((each) => withoutPort(each) === wanted)
}

/** Undefined for all but addresses of one's own machine, in numbers: what `localhost` means is for others to say. */
function withoutPort(text: string): string | undefined {
  const parts = /^(http:\/\/(?:127\.0\.0\.1|\[::1\]))(?::\d{1,5})?((?:[/?].*)?)$/.exec(text)
  return parts ? parts[1]! + parts[2]! : undefined
}
