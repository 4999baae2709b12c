import pino, { type DestinationStream, type Logger } from 'pino'
import type { Config } from './config/index.ts'
import { tenantIfAny } from './tenancy/index.ts'

/** Structured JSON; every line of a tenant's work carries its name. */
export function createLog(config: Config, destination?: DestinationStream): Logger {
  const options = {
    level: config.logLevel,
    mixin: () => ({ tenant: tenantIfAny()?.slug }),
    redact: ['password', 'token', 'cookie', 'authorization', '*.password', '*.token'],
    serializers: { err: serialiseError },
  }
  return destination ? pino(options, destination) : pino(options)
}

/** Message, code and stack; never the values a statement was run with. */
function serialiseError(error: unknown): object {
  const { name, message, code, stack } = error as Error & { code?: string }
  return {
    type: name,
    message: message?.split('\n')[0],
    code,
    stack: stack?.split('\n').slice(1, 12).join('\n'),
  }
}
