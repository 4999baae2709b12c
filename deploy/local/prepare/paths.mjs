import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Root of the repository. */
export const root = fileURLToPath(new URL('../../../', import.meta.url))

/** A path below the root. */
export function inRoot(path) {
  return join(root, path)
}
