export { ConfigError, loadConfig, type Config } from './load-config.ts'
