import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import pg from 'pg'
import { expect, test } from 'vitest'
import { unreachable } from './unreachable.ts'

async function failureOf(port: number): Promise<unknown> {
  const client = new pg.Client({ host: '127.0.0.1', port, connectionTimeoutMillis: 50 })
  client.on('error', () => undefined)
  return client.connect().then(
    () => undefined,
    (error: unknown) => error,
  )
}

test('a server that takes connections and does not answer is unavailable, and so is one that takes none', async () => {
  const sockets: Socket[] = []
  const silent = createServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1')
  await once(silent, 'listening')
  const { port } = silent.address() as AddressInfo
  expect(unreachable(await failureOf(port))).toMatchObject({ code: 'unavailable', status: 503 })
  for (const socket of sockets) socket.destroy()
  await new Promise((resolve) => silent.close(resolve))
  expect(unreachable(await failureOf(port))).toMatchObject({ code: 'unavailable', status: 503 })
})

test('what a statement did wrong stays what it is', () => {
  const faults = [
    Object.assign(new Error('syntax error'), { code: '42601' }),
    new Error('timeout'),
    'nothing',
  ]
  for (const error of faults) expect(unreachable(error)).toBe(error)
})
