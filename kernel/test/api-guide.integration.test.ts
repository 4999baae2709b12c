import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, expect, inject, test } from 'vitest'
import { bootForTest } from './support/index.ts'

const run = promisify(execFile)
const root = join(import.meta.dirname, '../..')
const platform = await bootForTest({
  adminUrl: inject('adminUrl'),
  pluginsFolder: join(root, 'plugins'),
  plugins: ['crm'],
})
const { port } = await platform.listen()
const { body } = await platform.tenant('acme').admin.post('/api-keys', {
  name: 'Guide',
  permissions: ['backoffice.crm.*', 'platform.kernel.customField.*'],
})
afterAll(() => platform.stop())

const guide = readFileSync(join(root, 'docs/api.md'), 'utf8')
const steps = [...guide.matchAll(/```sh\n(.*?)```\n\n```answer\n(.*?)\n```/gs)].map(
  ([, command, answer]) => ({ command: command!, answer: answer! }),
)

test('every command of the guide stands with what it answers', () => {
  expect(steps.length).toBeGreaterThan(8)
  expect(guide.match(/```sh/g)).toHaveLength(steps.length)
})

// One after the other, as someone following the guide would.
test.each(steps)('$command', async ({ command, answer }) => {
  const env = { ...process.env, PLINTH: `http://127.0.0.1:${port}/t/acme/api/v1`, KEY: body.key as string }
  const { stdout } = await run('sh', ['-ec', command], { env })
  // PostgreSQL puts spaces between tokens of JSON where it likes.
  expect(stdout.replaceAll(' : ', ':')).toContain(answer)
})
