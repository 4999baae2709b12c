import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { LaunchOptions } from 'playwright-core'

const cache = join(import.meta.dirname, '../../../node_modules/.cache')

/** Whether the Chromium among the dependencies runs on this kind of machine. */
export const bundledChromiumRuns = process.platform === 'linux' && process.arch === 'x64'

/**
 * How to launch the Chromium that comes as an npm package. The first call unpacks it, which takes about two seconds.
 * Its archive also holds the system libraries that a bare machine lacks.
 */
export function bundledChromium(): LaunchOptions {
  const folder = unpacked()
  return {
    executablePath: join(folder, 'chromium'),
    // Not the package's own list of arguments: it switches process separation and web security off.
    args: ['--no-zygote', '--font-render-hinting=none'],
    env: {
      HOME: folder,
      ...process.env,
      LD_LIBRARY_PATH: join(folder, 'al2023/lib'),
      FONTCONFIG_FILE: join(folder, 'fonts.conf'),
    },
  }
}

function unpacked(): string {
  const entry = fileURLToPath(import.meta.resolve('@sparticuz/chromium'))
  const root = dirname(dirname(entry))
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  const folder = join(cache, `chromium-${version}`)
  if (existsSync(folder)) {
    nameFonts(folder, folder)
    return folder
  }
  const draft = `${folder}.${process.pid}`
  mkdirSync(draft, { recursive: true })
  // The package unpacks into the system's folder for temporary files; a process of its own can be given another one.
  const { status, stderr } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, 'unpack-chromium.ts'), root],
    {
      env: { ...process.env, TMPDIR: draft },
      encoding: 'utf8',
    },
  )
  if (status !== 0) throw new Error(`The bundled Chromium could not be unpacked.\n${stderr}`)
  nameFonts(draft, folder)
  try {
    renameSync(draft, folder)
  } catch (error) {
    // Another process may have been quicker.
    rmSync(draft, { recursive: true, force: true })
    if (!existsSync(folder)) throw error
  }
  return folder
}

/**
 * Says in `place` where the fonts are once it is `folder`. The package's own file names a fixed folder, and one written before
 * the repository was moved another; where no font is found, no text is painted at all, not even web fonts.
 */
function nameFonts(place: string, folder: string): void {
  const file = join(place, 'fonts.conf')
  const wanted = fontsConf(folder)
  if (!existsSync(file) || readFileSync(file, 'utf8') !== wanted) writeFileSync(file, wanted)
}

function fontsConf(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>${folder}/fonts</dir>
  <cachedir>${folder}/fonts-cache</cachedir>
</fontconfig>
`
}
