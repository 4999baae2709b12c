export { ConfigError, loadConfig, type Config } from './load-config.ts'
export type { ServerConfig } from './read-servers.ts'
