import { expect, test } from 'vitest'
import { ConfigError, loadConfig } from './index.ts'

test('an empty environment gives the embedded server with demonstration data', () => {
  const config = loadConfig({}, '/srv')
  expect(config).toMatchObject({
    databaseUrl: undefined,
    demo: true,
    port: 4000,
    host: '127.0.0.1',
    directory: '/srv/.plinth',
    timeZone: 'Europe/Berlin',
  })
  expect([...config.roles]).toEqual(['web', 'worker'])
})

test('every fault is named at once and no value is repeated', () => {
  const load = () =>
    loadConfig(
      {
        PLINTH_PORT: 'hunter2',
        PLINTH_ROLES: 'boss',
        DATABASE_URL: 'postgres://a:geheim@h/d',
        PLINTH_PROT: '1',
        PLINTH_KEYS: 'a:geheim',
        PLINTH_KEYS_FILE: '/keys',
        PLINTH_TIME_ZONE: 'geheim/Ort',
      },
      '/srv',
    )
  expect(load).toThrow(ConfigError)
  const message = String(catchError(load))
  for (const name of [
    'PLINTH_PORT',
    'PLINTH_ROLES',
    'PLINTH_SECRET',
    'PLINTH_PROT',
    'PLINTH_KEYS',
    'PLINTH_TIME_ZONE',
  ])
    expect(message).toContain(name)
  expect(message).not.toMatch(/hunter2|geheim|boss/)
})

test('a database of one’s own switches the demonstration off unless asked for', () => {
  const own = { DATABASE_URL: 'postgres://a@h/d', PLINTH_SECRET: 'x'.repeat(32) }
  expect(loadConfig(own, '/srv').demo).toBe(false)
  expect(loadConfig({ ...own, PLINTH_DEMO: 'true' }, '/srv').demo).toBe(true)
})

function catchError(run: () => unknown): unknown {
  try {
    run()
  } catch (error) {
    return error
  }
  return undefined
}
