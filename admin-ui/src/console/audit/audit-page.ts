import { asProblem, PlinthElement, Resource, type PlSegmented } from '@plinth/ui'
import { html, nothing, type PropertyDeclarations } from 'lit'
import { download } from '../../entity/download.ts'
import { toastProblem } from '../../toast-problem.ts'
import './audit-chain.ts'
import './audit-entry.ts'
import { auditQuery, fetchAudit, type AuditEntry, type AuditFilter } from './audit-api.ts'
import { auditStyles } from './audit.styles.ts'
import { t } from './texts.ts'

/** Entries of a page of the list. */
const PAGE = 100

/** The workspace's audit log, with what concerns security as a view of its own. */
export class AuditPage extends PlinthElement {
  static override properties: PropertyDeclarations = { filter: { state: true }, older: { state: true } }
  declare protected filter: AuditFilter
  /** Entries after the first page. */
  declare protected older: readonly AuditEntry[]
  #isComplete = false
  readonly #latest = new Resource<readonly AuditEntry[]>(
    this,
    (signal) => fetchAudit(this.filter, undefined, { signal }),
    () => [JSON.stringify(this.filter)],
  )

  static override styles = auditStyles

  constructor() {
    super()
    this.filter = { security: false, q: '', from: '', to: '' }
    this.older = []
  }

  #narrow(change: Partial<AuditFilter>): void {
    this.filter = { ...this.filter, ...change }
    this.older = []
    this.#isComplete = false
  }

  async #more(entries: readonly AuditEntry[]): Promise<void> {
    const { filter } = this
    try {
      const page = await fetchAudit(filter, entries.at(-1)?.id)
      if (filter !== this.filter) return
      this.#isComplete = page.length < PAGE
      this.older = [...this.older, ...page]
    } catch (error) {
      toastProblem(asProblem(error))
    }
  }

  #tools(): unknown {
    const { security, q, from, to } = this.filter
    const day = (name: 'from' | 'to', value: string): unknown =>
      html`<label
        >${t(`audit.${name}`)}<input
          type="date"
          .value=${value}
          @change=${(event: Event) => this.#narrow({ [name]: (event.target as HTMLInputElement).value })}
      /></label>`
    return html`<div class="tools">
      <pl-segmented
        label=${t('audit.which')}
        .value=${security ? 'security' : 'all'}
        .options=${[
          { value: 'all', label: t('audit.all') },
          { value: 'security', label: t('audit.security') },
        ]}
        @change=${(event: Event) =>
          this.#narrow({ security: (event.target as PlSegmented).value === 'security' })}
      ></pl-segmented>
      <label class="search"
        >${t('audit.search')}<input
          type="search"
          maxlength="200"
          .value=${q}
          @change=${(event: Event) => this.#narrow({ q: (event.target as HTMLInputElement).value })}
      /></label>
      ${day('from', from)} ${day('to', to)}
    </div>`
  }

  #entries(first: readonly AuditEntry[]): unknown {
    const entries = [...first, ...this.older]
    if (entries.length === 0) return html`<p class="pl-card none">${t('audit.none')}</p>`
    const isMore = first.length === PAGE && !this.#isComplete
    return html`<ul class="pl-card entries">
        ${entries.map((entry) => html`<li><pl-audit-entry .entry=${entry}></pl-audit-entry></li>`)}
      </ul>
      ${
        isMore
          ? html`<button type="button" class="pl-button more" @click=${() => void this.#more(entries)}>
              ${t('audit.more')}
            </button>`
          : nothing
      }`
  }

  override render(): unknown {
    const address = `/api/v1/audit/export?${auditQuery(this.filter)}`
    return html`<pl-page-header heading=${t('audit.title')} subheading=${t('audit.intro')}>
        <button slot="actions" type="button" class="pl-button" @click=${() => void download(address)}>
          ${t('audit.export')}
        </button>
      </pl-page-header>
      <section>
        <pl-audit-chain></pl-audit-chain>
        ${this.#tools()} ${this.#latest.render((entries) => this.#entries(entries))}
      </section>`
  }
}

customElements.define('pl-audit-page', AuditPage)
