/**
 * Elements and services of Plinth's browser side, shared by the shell and every plugin (one copy, by import map).
 *
 * - Element: extend `PlinthElement` (theme in the shadow root, follows signals read in `render`). Data: `Resource`
 *   (loading, skeleton, error with retry). State: `signal`, `computed`, `effect`.
 * - Language: `locale` signal, `defineTexts({ de, en })` gives a typed `t` (flat JSON catalogs, ICU MessageFormat),
 *   `fmt` for numbers and dates, `pick` for manifest texts, `common` for words everyone needs.
 * - Server: `api.get/list/post/patch/delete` with paths as the server gives them (`/api/v1/...`), rejects with
 *   `ApiProblem`. `entityMeta(id)` is what an entity's screens are drawn from, `displayLabel` what a record is called.
 * - Addresses: `navigate('/app/...')`, `href()` for links, `path`/`query` signals, `match`, `setQuery`, `beforeLeave`.
 * - Theme: tokens `--pl-*` (`theme/tokens.css`), classes `pl-button` (`primary danger ghost icon`), `pl-card`, `pl-link`,
 *   `pl-mono`, `pl-sr-only` in every `PlinthElement`; `scheme` signal. Vaadin elements are themed when imported.
 * - Feedback: `toast(text, { action })`, `confirm({...})`, `<pl-dialog>`, `<pl-menu>`, `<pl-command-palette>`.
 * - States: `<pl-empty>`, `<pl-error>`, `<pl-skeleton>`, `<pl-locked>`. Display: `<pl-page-header>`, `<pl-status>`,
 *   `<pl-avatar>`, `<pl-person>`, `<pl-icon>`, `<pl-icon-tile>`. Input: `<pl-segmented>`.
 * - Plugins: `definePluginUi`, `PlinthScreen`.
 *
 * Heavier parts have their own door: `@plinth/ui/form`, `@plinth/ui/data-grid`.
 *
 * @module
 */
export { CrashEvent, PlinthElement } from './element/plinth-element.ts'
export { Resource, type SkeletonKind } from './element/resource.ts'
export {
  batch,
  computed,
  effect,
  signal,
  untracked,
  type ReadonlySignal,
  type Signal,
} from './element/signals.ts'

export { LOCALES, locale, pick, setLocale } from './i18n/locale.ts'
export { clockAt, dayOf, setTimeZone, timeZone } from './i18n/time-zone.ts'
export { defineTexts, type Catalog, type Translate, type Values } from './i18n/catalog.ts'
export { EMPTY, fmt, type Format } from './i18n/format.ts'
export { common } from './texts.ts'

export {
  answerConfirmation,
  api,
  csrf,
  listQuery,
  factorOwed,
  signedOut,
  type AnyRecord,
  type Api,
  type CallOptions,
  type ListQuery,
} from './api/client.ts'
export { ApiProblem, asProblem } from './api/problem.ts'
export { currentPath, href, resolve } from './api/base.ts'
export { customFacts, type CustomFact } from './meta/custom-facts.ts'
export { currencies } from './form/currencies.ts'
export { nestCustomValues, withCustomValues } from './meta/custom-values.ts'
export { displayLabel, entityMeta, forgetEntityMetas } from './meta/entity-meta.ts'

export {
  beforeLeave,
  match,
  navigate,
  path,
  query,
  setQuery,
  startRouter,
  type Match,
  type Route,
} from './router/router.ts'

export { baseRules } from './theme/base-rules.ts'
export { elementRules } from './theme/element-rules.ts'
export { applyScheme, chooseScheme, scheme, schemeChoice, type SchemeChoice } from './theme/scheme.ts'
export { applyTenantTheme, tenantTheme, type TenantTheme } from './theme/tenant-theme.ts'

import './icon/icon-set.ts'
export { PlPageHeader } from './display/page-header.ts'
export { PlStatus } from './display/status.ts'
export { PlAvatar } from './display/avatar.ts'
export { PlPerson } from './display/person.ts'
export { PlIconTile } from './display/icon-tile.ts'
export { hueOf, initials } from './display/hue.ts'
export { PlSegmented, type SegmentedOption } from './input/segmented.ts'
export { PlEmpty } from './states/empty.ts'
export { answerWhy } from './states/explain-refusal.ts'
export { PlError } from './states/error-state.ts'
export { PlSkeleton } from './states/skeleton.ts'
export { PlLocked } from './states/locked.ts'
export { isInDialog, PlDialog } from './feedback/dialog.ts'
export { confirm, type ConfirmOptions } from './feedback/confirm.ts'
export { restoreRecord, toastDeleted, type DeletedFrom } from './feedback/deleted.ts'
export { toast, type ToastOptions } from './feedback/toast.ts'
export { PlMenu, type MenuItem } from './menu/menu.ts'
export { PlCommandPalette } from './command/command-palette.ts'
export { findCommands, type Command } from './command/command.ts'
export { registerIcons, setIconFolder } from './icon/icon-registry.ts'
export { PlIcon } from './icon/icon.ts'

export { definePluginUi, type PluginUi, type ScreenClass } from './plugin/plugin-ui.ts'
export { PlinthScreen } from './plugin/plinth-screen.ts'
export type { ScreenHost } from './plugin/host.ts'
