import { lookup as resolve, type LookupAddress } from 'node:dns'
import { request as requestPlain } from 'node:http'
import { request as requestSecure } from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import type { Failure } from '../errors.ts'
import { unreachable } from './unreachable.ts'

const PATIENCE_MS = 8_000
const MOST_BYTES = 1_048_576

const privateV4 = new BlockList()
for (const range of [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
]) {
  const [address, bits] = range.split('/')
  privateV4.addSubnet(address!, Number(bits))
}
/** Of the addresses of IPv6 only these lead to the internet; those that carry an address of IPv4 inside might lead anywhere. */
const globalV6 = new BlockList()
globalV6.addSubnet('2000::', 3, 'ipv6')
const wrappedV6 = new BlockList()
for (const [address, bits] of [
  ['2001::', 32],
  ['2001:db8::', 32],
  ['2002::', 16],
] as const)
  wrappedV6.addSubnet(address, bits, 'ipv6')

/** Whether an IP address is one of the internet, and not of this machine or the network around it. */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 4) return !privateV4.check(address)
  if (isIP(address) !== 6) return false
  return globalV6.check(address, 'ipv6') && !wrappedV6.check(address, 'ipv6')
}

export interface GuardedRequest {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | URLSearchParams | null | undefined
  readonly signal?: AbortSignal | undefined
}

/**
 * Asks addresses that administrators of tenants have given, or providers in their answers. Only over TLS and only in the internet: whoever
 * may name an address must not reach what is meant for the platform alone. The address a name stands for is judged when connecting, so it
 * cannot be another one by then. Redirections are not followed.
 *
 * @param allowed hosts, with port, that may be anywhere and go without TLS
 * @throws Failure `provider_unreachable`
 */
export async function guardedFetch(
  address: string,
  { method = 'GET', headers = {}, body, signal }: GuardedRequest,
  allowed: ReadonlySet<string>,
): Promise<Response> {
  const url = new URL(address)
  const isAllowed = allowed.has(url.host)
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (!isAllowed && url.protocol !== 'https:')
    throw unreachable('without_tls', `${url.host} is to be reached without TLS`, { host: url.host })
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw unreachable('protocol_unknown', `${url.protocol} is not understood`, { host: url.host })
  if (!isAllowed && isIP(host) !== 0 && !isPublicAddress(host))
    throw unreachable('address_private', `${host} is a private address`, { host })
  return new Promise((done, failed) => {
    const start = url.protocol === 'https:' ? requestSecure : requestPlain
    const limit = AbortSignal.timeout(PATIENCE_MS)
    const outgoing = start(
      url,
      {
        method,
        headers: { ...headers, 'accept-encoding': 'identity' },
        agent: false,
        signal: signal ? AbortSignal.any([signal, limit]) : limit,
        ...(isAllowed ? {} : { lookup: publicOnly }),
      },
      (incoming) => {
        const chunks: Buffer[] = []
        let size = 0
        incoming.on('data', (chunk: Buffer) => {
          size += chunk.byteLength
          if (size > MOST_BYTES) outgoing.destroy(new TooLong('The answer is too long'))
          else chunks.push(chunk)
        })
        incoming.on('error', (error) => failed(refusal(error, url.host)))
        incoming.on('end', () => {
          const status = incoming.statusCode ?? 502
          const received = new Headers()
          for (const [name, value] of Object.entries(incoming.headers))
            if (value !== undefined) received.set(name, Array.isArray(value) ? value.join(', ') : value)
          const bare = status === 204 || status === 304
          done(new Response(bare ? null : Buffer.concat(chunks), { status, headers: received }))
        })
      },
    )
    outgoing.on('error', (error) => failed(refusal(error, url.host)))
    outgoing.end(body?.toString())
  })
}

const publicOnly: LookupFunction = (host, options, answer) => {
  resolve(host, { ...options, all: true }, (error, found: LookupAddress[]) => {
    if (error) return answer(error, '', 0)
    const hidden = found.find(({ address }) => !isPublicAddress(address))
    if (hidden || found.length === 0) return answer(new Hidden(`${host} has a private address`), '', 0)
    if (options.all) return answer(null, found)
    answer(null, found[0]!.address, found[0]!.family)
  })
}

/** More was answered than anything a provider says of itself. */
class TooLong extends Error {}

/** The name stands for an address that is not one of the internet. */
class Hidden extends Error {}

/** What those who look after a provider can do something with, in place of the name of a call of the system. */
function refusal(cause: Error & { readonly code?: string }, host: string): Failure {
  const { code = '', message } = cause
  if (cause instanceof TooLong) return unreachable('answer_too_long', message, { host, cause })
  if (cause instanceof Hidden) return unreachable('address_private', message, { host, cause })
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return unreachable('host_unknown', `${host} is not found`, { host, cause })
  if (code === 'ECONNREFUSED')
    return unreachable('connection_refused', `${host} takes no connection`, { host, cause })
  if (code === 'ABORT_ERR' || code === 'ETIMEDOUT')
    return unreachable('timed_out', `${host} does not answer in time`, { host, cause })
  const reason = /CERT|SIGNATURE|ERR_TLS/.test(code) ? 'certificate_refused' : 'connection_failed'
  return unreachable(reason, message, { host, cause })
}
