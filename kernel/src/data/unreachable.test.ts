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

test('whoever was ended so that another could go on may try again, also where a plugin was asking', () => {
  const deadlock = Object.assign(new Error('deadlock detected'), { code: '40P01' })
  for (const error of [deadlock, new Error('Plugin hire failed: deadlock detected', { cause: deadlock })])
    expect(unreachable(error)).toMatchObject({
      code: 'unavailable',
      publicDetail: expect.stringContaining('Nothing was changed'),
    })
})

test('a server that goes away while a plugin is asking is no fault of the plugin', () => {
  const shutdown = Object.assign(new Error('terminating connection due to administrator command'), {
    code: '57P01',
  })
  expect(unreachable(new Error('Plugin hire failed', { cause: shutdown }))).toMatchObject({
    code: 'unavailable',
  })
})
