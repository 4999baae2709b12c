import { html, nothing, type PropertyDeclarations } from 'lit'
import { common, PlinthElement, tenantTheme } from '@plinth/ui'
import { demoTenants, workspaceExists, workspaceUrl, type DemoTenant } from '../session/workspaces.ts'
import { t } from '../texts.ts'
import { choiceWords, entryChoices, entryFrame, entryMessage } from './entry-frame.ts'
import { entryStyles } from './entry.styles.ts'

/** Finds the way to a workspace, on an address that belongs to none. */
export class Workspaces extends PlinthElement {
  static override properties: PropertyDeclarations = {
    demo: { state: true },
    unknown: { state: true },
    failed: { state: true },
  }
  declare private demo: readonly DemoTenant[]
  /** The name nobody has. */
  declare private unknown: string | undefined
  declare private failed: boolean

  static override styles = entryStyles

  constructor() {
    super()
    this.demo = []
  }

  override connectedCallback(): void {
    super.connectedCallback()
    document.title = t('app.name')
    void demoTenants().then((tenants) => (this.demo = tenants))
  }

  async #submit(event: Event): Promise<void> {
    event.preventDefault()
    const name = this.renderRoot.querySelector('input')?.value.trim().toLowerCase() ?? ''
    if (!name) return
    this.failed = false
    this.unknown = undefined
    try {
      if (await workspaceExists(name)) location.href = workspaceUrl(name)
      else this.unknown = name
    } catch {
      this.failed = true
    }
  }

  #message(): unknown {
    if (!this.unknown && !this.failed) return nothing
    return entryMessage(
      this.unknown ? t('workspaces.unknown', { name: this.unknown }) : t('signIn.unreachable'),
    )
  }

  #swatch(hue: number): string {
    const { l, c, h } = tenantTheme(hue)
    const bright = `oklch(${l + 0.28} ${c * 0.6} ${h})`
    return `background: radial-gradient(circle at 34% 28%, ${bright}, oklch(${l + 0.04} ${c} ${h}) 55%, oklch(${l - 0.16} ${c * 0.8} ${h}))`
  }

  #demoList(): unknown {
    return entryChoices(
      t('workspaces.demo'),
      this.demo.map(
        ({ slug, name, tier, hue }) =>
          html`<a class="choice" href=${workspaceUrl(slug)}>
            <span class="swatch" style=${this.#swatch(hue)}></span>
            ${choiceWords(name, common(`tier.${tier}`))}
          </a>`,
      ),
    )
  }

  override render(): unknown {
    return entryFrame(
      t('workspaces.claim'),
      html`
        <h1>${t('workspaces.heading')}</h1>
        <p class="lead">${t('workspaces.text')}</p>
        ${this.#message()}
        <form novalidate @submit=${this.#submit}>
          <div class="field">
            <label for="name">${t('workspaces.name')}</label>
            <input
              id="name"
              name="organization"
              type="text"
              autocomplete="organization"
              autocapitalize="none"
              spellcheck="false"
              aria-invalid=${Boolean(this.unknown)}
              aria-describedby=${this.unknown || this.failed ? 'message' : nothing}
            />
          </div>
          <button class="pl-button primary submit" type="submit">${t('workspaces.open')}</button>
        </form>
        ${this.#demoList()}
      `,
    )
  }
}

customElements.define('pl-workspaces', Workspaces)
