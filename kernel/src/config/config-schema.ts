/** The environment the kernel reads, as JSON Schema. Names are part of the product: operators write them into files. */
export const configSchema = {
  type: 'object',
  properties: {
    DATABASE_URL: {
      type: 'string',
      pattern: '^postgres(ql)?://',
      description: 'Administrative login of a PostgreSQL 15+ database. Absent: embedded server.',
    },
    PLINTH_SECRET: {
      type: 'string',
      minLength: 32,
      description: 'Root of derived keys; at least 32 characters. Required with DATABASE_URL.',
    },
    PLINTH_PORT: { type: 'integer', minimum: 0, maximum: 65_535, default: 4000 },
    PLINTH_HOST: { type: 'string', minLength: 1, default: '127.0.0.1', description: 'Address to listen on.' },
    PLINTH_DOMAIN: {
      type: 'string',
      pattern: '^[a-z0-9.-]+$',
      default: 'localhost',
      description: 'Tenants are reached at <slug>.<domain>.',
    },
    PLINTH_ROLES: { type: 'string', pattern: '^(web|worker)(,(web|worker))?$', default: 'web,worker' },
    PLINTH_PLUGINS: {
      type: 'string',
      minLength: 1,
      default: 'plugins',
      description: 'Folder with one folder per plugin.',
    },
    PLINTH_DEMO: {
      type: 'boolean',
      description: 'Create the demonstration tenants. Default: only with the embedded server.',
    },
    PLINTH_DIRECTORY: {
      type: 'string',
      minLength: 1,
      default: '.plinth',
      description: 'Data of the embedded server and generated secrets.',
    },
    PLINTH_LOG: { enum: ['fatal', 'error', 'warn', 'info', 'debug', 'silent'], default: 'info' },
  },
  dependentRequired: { DATABASE_URL: ['PLINTH_SECRET'] },
} as const
