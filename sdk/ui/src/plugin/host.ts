import type { ShellDocument, ShellEntity } from '@plinth/sdk'
import type { Api } from '../api/client.ts'
import type { Values } from '../i18n/catalog.ts'
import type { Format } from '../i18n/format.ts'

/** Everything the shell hands to a screen of a plugin. */
export interface ScreenHost {
  /** The workspace's HTTP interface, signed in as the current member. */
  readonly api: Api
  /** A text of the plugin's catalog, or one of the shell's `common.*` texts; reads the locale signal. */
  t(key: string, values?: Values): string
  /** Numbers, money and dates in the member's language; reads the locale signal. */
  readonly fmt: Format
  /** Opens a path below the workspace, e.g. `/app/crm/customers`. */
  navigate(path: string): void
  /** What this member has: navigation, screens, readable entities. Kept up to date while the screen is open. */
  readonly shell: ShellDocument
  /** A readable entity by `plugin.entity`, or undefined where it is switched off or not permitted. */
  entity(id: string): ShellEntity | undefined
}
