export { boot, createLog, FenceMissing, type BootOptions, type Platform } from './boot.ts'
export { ConfigError, loadConfig, type Config } from './config/index.ts'
export { countStatements, statementCount } from './data/index.ts'
export { EmbeddedPostgresError, removeEmbeddedPostgres, startEmbeddedPostgres } from './postgres/index.ts'
