import { cp, readdir, rename, rm } from 'node:fs/promises'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { ROOT } from './paths.ts'

const lucide = dirname(createRequire(join(ROOT, 'sdk/ui/package.json')).resolve('lucide-static/package.json'))
const { version } = JSON.parse(readFileSync(join(lucide, 'package.json'), 'utf8')) as { version: string }

/** Folder of the icons below the shell's output; browsers keep what lies in it for ever, so it names the version. */
export const ICON_FOLDER = `assets/lucide-${version}`

/** All icons, one file each: manifests name them, and a page loads only those it shows. */
export async function copyIcons(out: string): Promise<void> {
  const target = join(out, ICON_FOLDER)
  if (existsSync(target)) return
  const assets = join(out, 'assets')
  for (const old of (await readdir(assets)).filter((name) => name.startsWith('lucide'))) {
    await rm(join(assets, old), { recursive: true })
  }
  // An interrupted copy must not look like a finished one.
  const unfinished = `${target}.${process.pid}`
  await cp(join(lucide, 'icons'), unfinished, { recursive: true, filter: (file) => !file.endsWith('.json') })
  await rename(unfinished, target)
}
