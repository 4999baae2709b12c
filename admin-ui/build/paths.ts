import { fileURLToPath } from 'node:url'

/** Root of the repository. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** The shell's package. */
export const SHELL = fileURLToPath(new URL('../', import.meta.url))
