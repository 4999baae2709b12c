/** Serves a directory until it is killed, as a Plinth would. Usage: node serve-postgres.ts <directory> */
import { startEmbeddedPostgres } from '../src/postgres/index.ts'

const [directory] = process.argv.slice(2)
if (!directory) throw new Error('usage: serve-postgres.ts <directory>')
const { adminUrl } = await startEmbeddedPostgres({ directory, log: { info() {}, warn() {} } })
console.log(adminUrl)
setInterval(() => undefined, 60_000)
