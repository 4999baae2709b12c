import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { inRoot, root } from './paths.mjs'

/** Lets git run what is in `.githooks`; a hook folder that someone chose stays. */
export function enableHooks() {
  if (!existsSync(inRoot('.git'))) return
  const git = (...args) => spawnSync('git', args, { cwd: root, encoding: 'utf8' })
  const chosen = git('config', '--get', 'core.hooksPath')
  if (chosen.status === 1) git('config', 'core.hooksPath', '.githooks')
}
