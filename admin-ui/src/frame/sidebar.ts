import { html, nothing, type PropertyDeclarations } from 'lit'
import {
  chooseScheme,
  common,
  href,
  path,
  pick,
  PlinthElement,
  scheme,
  schemeChoice,
  type MenuItem,
} from '@plinth/ui'
import { CONSOLE_PAGES } from '../console-pages.ts'
import { chooseLanguage, LANGUAGE_NAMES, otherLanguage } from '../session/language.ts'
import { signOut } from '../session/session.ts'
import { shell } from '../session/state.ts'
import { chooserUrl, demoTenants, workspaceUrl, type DemoTenant } from '../session/workspaces.ts'
import { t } from '../texts.ts'
import { sidebarStyles } from './sidebar.styles.ts'

interface Entry {
  readonly path: string
  readonly label: string
  readonly icon: string
}

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent)

/**
 * Tenant, search, navigation and the member's own things.
 *
 * @fires search - the command palette is wanted
 * @fires done - the drawer can close
 */
export class Sidebar extends PlinthElement {
  static override properties: PropertyDeclarations = {
    drawer: { type: Boolean, reflect: true },
    demo: { state: true },
  }
  /** Inside the drawer of narrow windows. */
  declare drawer: boolean
  declare private demo: readonly DemoTenant[]

  static override styles = sidebarStyles

  constructor() {
    super()
    this.demo = []
  }

  override connectedCallback(): void {
    super.connectedCallback()
    // Only a demonstration platform lists its tenants; asking any other would be a needless 404.
    if (shell.value?.tenant.demo) void demoTenants().then((tenants) => (this.demo = tenants))
  }

  #entry(entry: Entry): unknown {
    const here = entry.path === '/' ? path.value === '/' : `${path.value}/`.startsWith(`${entry.path}/`)
    return html`<a
      href=${href(entry.path)}
      aria-current=${here ? 'page' : nothing}
      @click=${() => this.#done()}
    >
      <pl-icon name=${entry.icon}></pl-icon><span>${entry.label}</span>
    </a>`
  }

  #done(): void {
    this.dispatchEvent(new Event('done'))
  }

  #workspaceItems(): MenuItem[] {
    const others = this.demo.filter(({ slug }) => slug !== shell.value?.tenant.slug)
    return [
      ...others.map(({ name, slug, tier }) => ({
        label: name,
        hint: common(`tier.${tier}`),
        icon: 'building-2',
        to: workspaceUrl(slug),
      })),
      {
        label: t('frame.otherWorkspace'),
        icon: 'arrow-left-right',
        to: chooserUrl(),
        divided: others.length > 0,
      },
    ]
  }

  #memberItems(): MenuItem[] {
    const choices = ['auto', 'light', 'dark'] as const
    const icons = { auto: 'monitor', light: 'sun', dark: 'moon' } as const
    return [
      ...choices.map((choice) => ({
        label: t(`frame.scheme.${choice}`),
        icon: icons[choice],
        checked: schemeChoice.value === choice,
        run: () => chooseScheme(choice),
      })),
      // The account of somebody else is none of their business who look through their eyes.
      ...(shell.value?.viewing
        ? []
        : [{ label: t('frame.account'), icon: 'user-round', to: href('/account'), divided: true }]),
      { label: t('frame.signOut'), icon: 'log-out', run: signOut },
    ]
  }

  #tenant(): unknown {
    const tenant = shell.value?.tenant
    return html`<pl-menu wide label=${t('frame.workspace')} .items=${this.#workspaceItems()}>
      <button slot="trigger" class="tenant" type="button">
        <pl-avatar shape="square" name=${tenant?.name ?? ''} size="31"></pl-avatar>
        <span class="two">
          <strong>${tenant?.name}</strong>
          <small>${tenant && common(`tier.${tenant.tier}`)}</small>
        </span>
        <pl-icon name="chevron-down"></pl-icon>
      </button>
    </pl-menu>`
  }

  #navigation(): unknown {
    const items = shell.value?.navigation ?? []
    const console = shell.value?.console ?? []
    return html`<nav aria-label=${t('frame.main')}>
      ${this.#entry({ path: '/', label: t('frame.home'), icon: 'layout-dashboard' })}
      ${items.map((item) => this.#entry({ path: item.path, label: pick(item.label), icon: item.icon }))}
      ${
        console.length > 0
          ? html`<h2>${t('frame.admin')}</h2>
              ${console.map((page) => this.#entry({ ...CONSOLE_PAGES[page], label: t(`frame.${page}`) }))}`
          : nothing
      }
    </nav>`
  }

  #foot(): unknown {
    const dark = scheme.value === 'dark'
    const other = otherLanguage()
    const name = LANGUAGE_NAMES[other] ?? other
    const member = shell.value?.member
    return html`<footer>
      <div class="switches">
        <button
          class="pl-button ghost icon"
          type="button"
          aria-label=${t(dark ? 'frame.scheme.toLight' : 'frame.scheme.toDark')}
          @click=${() => chooseScheme(dark ? 'light' : 'dark')}
        >
          <pl-icon name=${dark ? 'sun' : 'moon'}></pl-icon>
        </button>
        <button
          class="pl-button ghost language"
          type="button"
          aria-label=${t('frame.language', { language: name })}
          @click=${() => void chooseLanguage(other)}
        >
          <span lang=${other}>${name}</span>
        </button>
      </div>
      <pl-menu wide label=${t('frame.member')} .items=${this.#memberItems()}>
        <button slot="trigger" class="member" type="button">
          <pl-avatar name=${member?.name ?? ''} size="26"></pl-avatar>
          <span class="two">
            <strong>${member?.name}</strong>
            <small>${member?.email}</small>
          </span>
        </button>
      </pl-menu>
    </footer>`
  }

  override render(): unknown {
    return html`<aside aria-label=${t('frame.workspace')}>
      ${this.#tenant()}
      <button class="search" type="button" @click=${() => this.dispatchEvent(new Event('search'))}>
        <pl-icon name="search"></pl-icon><span>${t('frame.search')}</span>
        <kbd>${isMac ? '⌘ K' : t('frame.keys')}</kbd>
      </button>
      ${this.#navigation()} ${this.#foot()}
    </aside>`
  }
}

customElements.define('pl-sidebar', Sidebar)
