import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './paths.ts'

/** Lit's directives a plugin may use; each is a module of its own. */
const DIRECTIVES = [
  'async-append',
  'async-replace',
  'cache',
  'choose',
  'class-map',
  'guard',
  'if-defined',
  'join',
  'keyed',
  'live',
  'map',
  'range',
  'ref',
  'repeat',
  'style-map',
  'template-content',
  'unsafe-html',
  'unsafe-svg',
  'until',
  'when',
]

/** Doors of Vaadin packages beside their main one. */
const VAADIN_PARTS = [
  '@vaadin/grid/vaadin-grid-column.js',
  '@vaadin/grid/vaadin-grid-selection-column.js',
  '@vaadin/grid/vaadin-grid-sort-column.js',
  '@vaadin/grid/vaadin-grid-sorter.js',
  '@vaadin/grid/vaadin-grid-tree-column.js',
  '@vaadin/grid/vaadin-grid-tree-toggle.js',
]

/** Every Vaadin package @plinth/ui depends on is shared; its theme is no module. */
function vaadinPackages(): string[] {
  const file = readFileSync(join(ROOT, 'sdk/ui/package.json'), 'utf8')
  const { dependencies } = JSON.parse(file) as { dependencies: Record<string, string> }
  return Object.keys(dependencies).filter((name) => name.startsWith('@vaadin/') && name !== '@vaadin/aura')
}

function ownModules(): string[] {
  const parts = readdirSync(join(ROOT, 'sdk/ui/src'), { withFileTypes: true })
  const doors = parts.filter(({ name }) => ['form', 'data-grid'].includes(name)).map(({ name }) => name)
  return doors
    .filter((name) => existsSync(join(ROOT, 'sdk/ui/src', name, 'index.ts')))
    .map((name) => `@plinth/ui/${name}`)
}

/**
 * The modules of which there is one copy in the page, shared by shell and plugins through the import map. Plugin builds
 * leave exactly these out; the list is the contract of the browser side and changes with its ABI number only.
 */
export function sharedSpecifiers(): string[] {
  return [
    'lit',
    'lit/static-html.js',
    ...DIRECTIVES.map((name) => `lit/directives/${name}.js`),
    '@plinth/sdk',
    '@plinth/ui',
    ...ownModules(),
    ...vaadinPackages(),
    ...VAADIN_PARTS,
  ]
}

/** Number of the contract between shell and plugin modules; a major change of the list above raises it. */
export const UI_ABI = 1
