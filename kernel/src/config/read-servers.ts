import { Ajv2020 } from 'ajv/dist/2020.js'

/** A further database server, as the operator configures it. */
export interface ServerConfig {
  /** Administrative login. */
  readonly url: string
  /** Levels of the tenants it takes. Default: shared, schema and database. `cluster` makes it a server for a single tenant. */
  readonly levels?: readonly ('shared' | 'schema' | 'database' | 'cluster')[]
  /** Share of the new tenants it gets, against the others'. Default 1; 0: only tenants sent there by name. */
  readonly weight?: number
  /** Most tenants it takes. Default: any number; with level `cluster` one. */
  readonly capacity?: number
  /** Host and port of a connection pooler before it. */
  readonly pooler?: string
}

const settings = {
  levels: {
    type: 'array',
    minItems: 1,
    uniqueItems: true,
    items: { enum: ['shared', 'schema', 'database', 'cluster'] },
  },
  weight: { type: 'number', minimum: 0 },
  capacity: { type: 'integer', minimum: 1 },
  pooler: { type: 'string', pattern: '^[^\\s/@]+:\\d+$' },
} as const

const schema = {
  type: 'object',
  properties: { main: { type: 'object', properties: settings, additionalProperties: false } },
  additionalProperties: {
    type: 'object',
    required: ['url'],
    properties: { ...settings, url: { type: 'string', pattern: '^postgres(ql)?://' } },
    additionalProperties: false,
  },
  propertyNames: { pattern: '^[a-z][a-z0-9-]{0,30}$' },
} as const

/** Reads PLINTH_SERVERS. What is wrong is added to `faults`, without its value: it may hold passwords. */
export function readServers(text: string | undefined, faults: string[]): ReadonlyMap<string, ServerConfig> {
  if (text === undefined) return new Map()
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    faults.push('PLINTH_SERVERS: is not JSON')
    return new Map()
  }
  const validate = new Ajv2020({ allErrors: true }).compile(schema)
  if (!validate(value)) {
    for (const { instancePath, message } of validate.errors ?? [])
      faults.push(`PLINTH_SERVERS${instancePath}: ${message ?? 'invalid'}`)
    return new Map()
  }
  return new Map(Object.entries(value as Record<string, ServerConfig>))
}
