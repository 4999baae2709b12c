import { join, resolve } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { isTimeZone } from '@plinth/sdk'
import { configSchema } from './config-schema.ts'
import { readServers, type ServerConfig } from './read-servers.ts'

export interface Config {
  /** Administrative database login, or undefined for the embedded server. */
  readonly databaseUrl: string | undefined
  /** Undefined until the embedded set-up has generated one. */
  readonly secret: string | undefined
  /** The key ring itself. */
  readonly keys?: string | undefined
  /** File that holds the key ring. */
  readonly keysFile?: string | undefined
  /** After how many days keys are renewed; 0: only on command. Default: 365. */
  readonly keyAges?: { readonly dataDays: number; readonly wrappingDays: number }
  readonly port: number
  readonly host: string
  /** How many trusted proxies stand in front. Default: 0. */
  readonly proxies?: number
  /** Header in which a trusted proxy names the country of the client. */
  readonly countryHeader?: string | undefined
  readonly domain: string
  /** Address of a workspace, with `{tenant}` in place of its name. Default: made of domain and port. */
  readonly publicUrl?: string | undefined
  /** Server that takes mail. Undefined: no mail is sent. */
  readonly smtpUrl?: string | undefined
  /** Sender of all mail. Default: no-reply at the domain. */
  readonly mailFrom?: string | undefined
  /** Hosts of identity providers that may have private addresses, and no TLS. Default: none. */
  readonly privateProviders?: ReadonlySet<string>
  readonly roles: ReadonlySet<'web' | 'worker'>
  readonly pluginsFolder: string
  readonly demo: boolean
  readonly directory: string
  /** Where the bytes of uploaded files are. */
  readonly filesFolder: string
  /** Where signed checkpoints of the audit logs are written. */
  readonly checkpointsFolder: string
  readonly logLevel: string
  /** Further database servers by name. */
  readonly servers: ReadonlyMap<string, ServerConfig>
  /** Upper bound of connections to all databases together. */
  readonly connections: number
  readonly prepared: boolean
  /** How many empty places workers keep ready on each server. */
  readonly spares: { readonly schema: number; readonly database: number }
  readonly operatorToken: string | undefined
  /** Hours from the last tenant's completion to the contract step; undefined: only on command. */
  readonly contractAfterHours?: number | undefined
  /** IANA name of the time zone of tenants for which none is named. */
  readonly timeZone: string
}

/** The environment is not usable; the message lists every fault, one per line. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Reads the configuration from environment variables, coerced and checked against the schema.
 *
 * @throws ConfigError naming every variable that is wrong; values are never repeated, they may be secrets.
 */
export function loadConfig(environment: Environment, root: string): Config {
  const known = Object.keys(configSchema.properties)
  const input: Record<string, unknown> = {}
  for (const name of known) {
    const value = environment[name]
    if (value !== undefined && value !== '') input[name] = value
  }
  const unknown = Object.keys(environment).filter(
    (name) => name.startsWith('PLINTH_') && !known.includes(name) && !name.startsWith('PLINTH_TEST_'),
  )
  const validate = new Ajv2020({ allErrors: true, coerceTypes: true, useDefaults: true }).compile(
    configSchema,
  )
  const faults = validate(input)
    ? []
    : (validate.errors ?? []).map(
        (error) =>
          `${error.instancePath.slice(1) || error.params['missingProperty'] || 'environment'}: ${error.message ?? 'invalid'}`,
      )
  const servers = readServers(input['PLINTH_SERVERS'] as string | undefined, faults)
  if (input['PLINTH_KEYS'] !== undefined && input['PLINTH_KEYS_FILE'] !== undefined)
    faults.push('PLINTH_KEYS: there is PLINTH_KEYS_FILE already')
  const timeZone = input['PLINTH_TIME_ZONE'] as string
  if (!isTimeZone(timeZone)) faults.push('PLINTH_TIME_ZONE: there is no such time zone')
  faults.push(...unknown.map((name) => `${name}: unknown variable`))
  if (faults.length > 0)
    throw new ConfigError(
      `The configuration is not usable:\n${faults.map((fault) => `  ${fault}`).join('\n')}`,
    )
  const databaseUrl = input['DATABASE_URL'] as string | undefined
  return {
    databaseUrl,
    secret: input['PLINTH_SECRET'] as string | undefined,
    keys: input['PLINTH_KEYS'] as string | undefined,
    keysFile:
      input['PLINTH_KEYS_FILE'] === undefined
        ? undefined
        : resolve(root, input['PLINTH_KEYS_FILE'] as string),
    keyAges: {
      dataDays: input['PLINTH_DATA_KEY_DAYS'] as number,
      wrappingDays: input['PLINTH_WRAPPING_KEY_DAYS'] as number,
    },
    port: input['PLINTH_PORT'] as number,
    host: input['PLINTH_HOST'] as string,
    proxies: input['PLINTH_PROXIES'] as number,
    countryHeader: input['PLINTH_COUNTRY_HEADER'] as string | undefined,
    domain: input['PLINTH_DOMAIN'] as string,
    publicUrl: input['PLINTH_PUBLIC_URL'] as string | undefined,
    smtpUrl: input['PLINTH_SMTP_URL'] as string | undefined,
    mailFrom: input['PLINTH_MAIL_FROM'] as string | undefined,
    privateProviders: new Set(
      ((input['PLINTH_PRIVATE_PROVIDERS'] as string | undefined) ?? '').split(',').filter(Boolean),
    ),
    roles: new Set((input['PLINTH_ROLES'] as string).split(',') as ('web' | 'worker')[]),
    pluginsFolder: resolve(root, input['PLINTH_PLUGINS'] as string),
    demo: (input['PLINTH_DEMO'] as boolean | undefined) ?? databaseUrl === undefined,
    directory: resolve(root, input['PLINTH_DIRECTORY'] as string),
    filesFolder: resolve(
      root,
      (input['PLINTH_FILES'] as string | undefined) ?? join(input['PLINTH_DIRECTORY'] as string, 'files'),
    ),
    checkpointsFolder: resolve(
      root,
      (input['PLINTH_CHECKPOINTS'] as string | undefined) ??
        join(input['PLINTH_DIRECTORY'] as string, 'checkpoints'),
    ),
    logLevel: input['PLINTH_LOG'] as string,
    servers,
    connections: input['PLINTH_CONNECTIONS'] as number,
    prepared: input['PLINTH_PREPARED'] as boolean,
    spares: {
      schema: input['PLINTH_SPARE_SCHEMAS'] as number,
      database: input['PLINTH_SPARE_DATABASES'] as number,
    },
    operatorToken: input['PLINTH_OPERATOR_TOKEN'] as string | undefined,
    contractAfterHours: input['PLINTH_CONTRACT_AFTER'] as number | undefined,
    timeZone,
  }
}
