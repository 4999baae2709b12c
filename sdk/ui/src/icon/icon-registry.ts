import { resolve } from '../api/base.ts'

const drawings = new Map<string, string>()
const loading = new Map<string, Promise<string>>()
let folder = ''

/** The drawing inside an icon file, without the `svg` element around it. */
function inner(svg: string): string {
  return /<svg[^>]*>([\s\S]*)<\/svg>/.exec(svg)?.[1]?.trim() ?? ''
}

/** Adds icons that come with the code, as the text of their files. */
export function registerIcons(icons: Readonly<Record<string, string>>): void {
  for (const [name, svg] of Object.entries(icons)) drawings.set(name, inner(svg))
}

/** Where the other icons lie, below the base. */
export function setIconFolder(path: string): void {
  folder = path
}

/** The drawing of an icon if it is at hand. */
export function iconNow(name: string): string | undefined {
  return drawings.get(name)
}

/** Loads any icon of the set once. An unknown name gives an empty drawing. */
export function loadIcon(name: string): Promise<string> {
  let job = loading.get(name)
  if (!job) {
    // Names come from manifests: nothing but a lucide name may become a part of the address.
    const known = folder !== '' && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)
    job = known
      ? fetch(resolve(`${folder}/${name}.svg`)).then(
          (answer) => (answer.ok ? answer.text() : ''),
          () => '',
        )
      : Promise.resolve('')
    job = job.then((svg) => {
      const drawing = inner(svg)
      drawings.set(name, drawing)
      return drawing
    })
    loading.set(name, job)
  }
  return job
}
