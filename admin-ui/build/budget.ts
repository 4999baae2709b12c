import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Rolldown } from 'vite'

/** Most that the scripts of the first page may weigh on the wire, in bytes after Brotli. */
const HOME = 110 * 1024

/** The named chunks with everything they import statically. */
function closure(output: Rolldown.RolldownOutput['output'], names: readonly string[]): Set<string> {
  const chunks = output.filter((part) => part.type === 'chunk')
  const found = new Set<string>()
  const queue = chunks.filter(({ name }) => names.includes(name)).map(({ fileName }) => fileName)
  for (let file = queue.pop(); file; file = queue.pop()) {
    if (found.has(file)) continue
    found.add(file)
    queue.push(...(chunks.find(({ fileName }) => fileName === file)?.imports ?? []))
  }
  return found
}

function weight(file: string): number {
  return statSync(existsSync(`${file}.br`) ? `${file}.br` : file).size
}

/**
 * Holds the first page to its budget. A heavy import that slips into the frame is noticed here, not by those who wait.
 *
 * @throws Error when shell and home page together weigh more
 */
export function checkBudget(out: string, output: Rolldown.RolldownOutput['output']): void {
  const files = [...closure(output, ['shell', 'home'])]
  const total = files.reduce((sum, file) => sum + weight(join(out, file)), 0)
  if (total <= HOME) return
  const heaviest = files.toSorted((a, b) => weight(join(out, b)) - weight(join(out, a))).slice(0, 5)
  throw new Error(`The first page weighs ${total} bytes of ${HOME}. Heaviest: ${heaviest.join(', ')}`)
}
