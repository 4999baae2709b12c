import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { ROOT } from './paths.ts'

const require = createRequire(join(ROOT, 'sdk/ui/package.json'))

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

/** Vaadin packages that are no elements, or only parts of others. */
const NOT_SHARED = new Set([
  'a11y-base',
  'ai-field-marker',
  'aura',
  'component-base',
  'field-base',
  'field-highlighter',
  'icons',
  'input-container',
  'item',
  'lit-renderer',
  'login',
  'overlay',
  'router',
  'vaadin-core',
  'vaadin-development-mode-detector',
  'vaadin-lumo-styles',
  'vaadin-themable-mixin',
  'vaadin-usage-statistics',
])

function vaadinPackages(): string[] {
  const core = JSON.parse(readFileSync(require.resolve('@vaadin/vaadin-core/package.json'), 'utf8')) as {
    dependencies: Record<string, string>
  }
  return Object.keys(core.dependencies).filter(
    (name) => name.startsWith('@vaadin/') && !NOT_SHARED.has(name.slice('@vaadin/'.length)),
  )
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
    '@lit/context',
    '@plinth/sdk',
    '@plinth/ui',
    ...ownModules(),
    ...vaadinPackages(),
    '@vaadin/grid/vaadin-grid-column.js',
    '@vaadin/grid/vaadin-grid-selection-column.js',
    '@vaadin/grid/vaadin-grid-sort-column.js',
    '@vaadin/grid/vaadin-grid-sorter.js',
    '@vaadin/grid/vaadin-grid-tree-column.js',
    '@vaadin/grid/vaadin-grid-tree-toggle.js',
    '@vaadin/lit-renderer',
  ].filter((name, index, all) => all.indexOf(name) === index)
}

/** Number of the contract between shell and plugin modules; a major change of the list above raises it. */
export const UI_ABI = 1
