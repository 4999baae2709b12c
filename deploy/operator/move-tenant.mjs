/**
 * Moves a tenant to another level or server, and shows how far it has come. Ending this command does not end the move.
 *
 *   node deploy/operator/move-tenant.mjs acme database            where it is, if that server takes the level
 *   node deploy/operator/move-tenant.mjs acme shared --server eu2
 *   node deploy/operator/move-tenant.mjs acme                     shows the tenant's latest move
 *   node deploy/operator/move-tenant.mjs acme --cancel            calls it back, as long as the tenant has not been switched over
 *
 * PLINTH_URL is the address of the platform (default http://localhost:4000), PLINTH_OPERATOR_TOKEN its operator token.
 */
const { PLINTH_URL = 'http://localhost:4000', PLINTH_OPERATOR_TOKEN } = process.env
const words = process.argv.slice(2)
const at = words.indexOf('--server')
const [server] = at === -1 ? [undefined] : words.splice(at, 2).slice(1)
const cancels = words.includes('--cancel')
const [slug, level, ...rest] = words.filter((word) => word !== '--cancel')

const isMisused =
  slug === undefined || rest.length > 0 || slug.startsWith('-') || (cancels && level !== undefined)
if (isMisused || !PLINTH_OPERATOR_TOKEN) {
  console.error(
    'Usage: PLINTH_OPERATOR_TOKEN=… node deploy/operator/move-tenant.mjs <tenant> [<level> [--server <name>] | --cancel]',
  )
  process.exit(2)
}

async function call(method, path, body) {
  const response = await fetch(`${PLINTH_URL}/platform/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${PLINTH_OPERATOR_TOKEN}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const answer = await response.json()
  if (!response.ok) throw new Error([answer.title, answer.detail].filter(Boolean).join(': '))
  return answer
}

const where = ({ level: of, server: on, database, schema }) =>
  [of, on, database, schema === 'shared' ? '' : schema].filter(Boolean).join(' ')

async function latestOf(tenant) {
  const { id } = await call('GET', `/tenants/${tenant}`)
  const { items } = await call('GET', '/moves')
  const found = items.find((each) => each.tenant === id)
  if (!found) throw new Error('The tenant has not been moved lately')
  return found
}

try {
  let move =
    level === undefined
      ? await latestOf(slug)
      : await call('POST', `/tenants/${slug}/moves`, { level, server })
  if (cancels) move = await call('DELETE', `/moves/${move.id}`)
  console.log(`${slug}: ${where(move.source)} → ${where(move.target)}`)
  for (let shown = ''; ;) {
    const line = `${move.step}${move.rows > 0 ? `, ${move.rows} rows` : ''}${move.error ? ` (${move.error})` : ''}`
    if (line !== shown) console.log(line)
    shown = line
    if (move.endedAt !== null) break
    await new Promise((resolve) => setTimeout(resolve, 500))
    move = await call('GET', `/moves/${move.id}`)
  }
  if (move.pauseMs !== null) console.log(`Nothing could be changed for ${move.pauseMs} ms.`)
  process.exitCode = move.step === (cancels ? 'cancelled' : 'done') ? 0 : 1
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
