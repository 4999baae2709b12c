/**
 * Adds to package-lock.json the builds for other machines that npm left out. npm does so when the registry it was run
 * against lacks them, and then refuses every later `npm ci`, also against a registry that has them.
 *
 * Usage: node deploy/local/complete-lock.mjs (part of `npm run lock`)
 */
import { readFileSync, writeFileSync } from 'node:fs'

const file = new URL('../../package-lock.json', import.meta.url)
const lock = JSON.parse(readFileSync(file, 'utf8'))
const packages = lock.packages
const systems = { windows: 'win32' }
const processors = { 64: 'x64' }

for (const entry of Object.values(packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (Object.keys(packages).some((path) => path.endsWith(`node_modules/${name}`))) continue
    packages[`node_modules/${name}`] = {
      version,
      ...(entry.dev ? { dev: true } : {}),
      ...machineOf(name),
      optional: true,
    }
    console.log(`package-lock.json: added ${name}@${version}`)
  }
}

lock.packages = Object.fromEntries(Object.entries(packages).toSorted(([a], [b]) => a.localeCompare(b, 'en')))
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)

/** System, processor and C library, as such packages carry them in their names: `binding-linux-x64-gnu`, `darwin-arm64`. */
function machineOf(name) {
  const [system, processor, abi] = name
    .replace(/^.*\//, '')
    .replace(/^binding-/, '')
    .split('-')
  const os = systems[system] ?? system
  const libc = os === 'linux' && abi ? { libc: [abi.startsWith('musl') ? 'musl' : 'glibc'] } : {}
  return { cpu: [processors[processor] ?? processor], ...libc, os: [os] }
}
