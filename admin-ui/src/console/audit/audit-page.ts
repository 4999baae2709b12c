import type { AuditWords } from '@plinth/sdk'
import { api, asProblem, entityMeta, pick, PlinthElement, query, Resource, setQuery } from '@plinth/ui'
import { html, nothing, type PropertyDeclarations } from 'lit'
import { download } from '../../entity/download.ts'
import { recordName } from '../../entity/record-name.ts'
import { shell } from '../../session/state.ts'
import { toastProblem } from '../../toast-problem.ts'
import './audit-chain.ts'
import './audit-entry.ts'
import { fetchAudit, type AuditEntry, type AuditList } from './audit-api.ts'
import { auditQuery, readAuditFilter, type AuditFilter } from './audit-filter.ts'
import { auditStyles } from './audit.styles.ts'
import { renderAuditTools } from './audit-tools.ts'
import { t, tell } from './texts.ts'

/** The workspace's audit log, with what concerns security as a view of its own, narrowed to what the address says. */
export class AuditPage extends PlinthElement {
  static override properties: PropertyDeclarations = { older: { state: true } }
  /** Pages after the first. */
  declare protected older: readonly AuditList[]
  readonly #latest = new Resource<AuditList>(
    this,
    (signal) => {
      this.older = []
      return fetchAudit(this.#filter, undefined, { signal })
    },
    () => [this.#asked],
  )
  readonly #subject = new Resource<string>(
    this,
    (signal) => subjectName(this.#filter, signal),
    () => [this.#filter.subjectType, this.#filter.subjectId],
  )

  static override styles = auditStyles

  constructor() {
    super()
    this.older = []
  }

  get #filter(): AuditFilter {
    return readAuditFilter(query.value)
  }

  get #asked(): string {
    return String(auditQuery(this.#filter))
  }

  async #more(entries: readonly AuditEntry[]): Promise<void> {
    const asked = this.#asked
    try {
      const page = await fetchAudit(this.#filter, entries.at(-1)?.id)
      if (asked !== this.#asked) return
      this.older = [...this.older, page]
    } catch (error) {
      toastProblem(asProblem(error))
    }
  }

  #entries(first: AuditList): unknown {
    const pages = [first, ...this.older]
    const entries = pages.flatMap(({ items }) => items)
    const words: AuditWords = Object.assign({}, ...pages.map((page) => page.words))
    if (entries.length === 0) return html`<p class="pl-card none">${this.#nothing()}</p>`
    return html`<ul class="pl-card entries">
        ${entries.map((entry) => html`<li><pl-audit-entry .entry=${entry} .words=${words}></pl-audit-entry></li>`)}
      </ul>
      ${
        pages.at(-1)!.more
          ? html`<button type="button" class="pl-button more" @click=${() => void this.#more(entries)}>
              ${t('audit.more')}
            </button>`
          : nothing
      }`
  }

  #nothing(): string {
    const { subjectType, subjectId, action } = this.#filter
    return subjectId !== '' && action === `${subjectType}.revealed` ? t('audit.unseen') : t('audit.none')
  }

  override render(): unknown {
    const address = `/api/v1/audit/export?${this.#asked}`
    const subject = this.#subject.value ?? this.#filter.subjectId
    return html`<pl-page-header heading=${t('audit.title')} subheading=${t('audit.intro')}>
        <button slot="actions" type="button" class="pl-button" @click=${() => void download(address)}>
          ${t('audit.export')}
        </button>
      </pl-page-header>
      <section>
        <pl-audit-chain></pl-audit-chain>
        ${renderAuditTools(this.#filter, subject, (change) => setQuery(change))}
        ${this.#latest.render((first) => this.#entries(first))}
      </section>`
  }
}

/** What a record is called; its id where it is gone, or is none of an entity. */
async function subjectName({ subjectType, subjectId }: AuditFilter, signal: AbortSignal): Promise<string> {
  const entity = shell.value?.entities[subjectType]
  if (!entity || subjectId === '')
    return [tell(`subject.${subjectType}`, ''), subjectId].filter(Boolean).join(' ')
  const label = pick(entity.label)
  try {
    const meta = await entityMeta(subjectType)
    const record = await api.get(`${meta.api}/${encodeURIComponent(subjectId)}`, { signal })
    return `${label}: ${recordName(meta, record)}`
  } catch (error) {
    if (signal.aborted) throw error
    return `${label}: ${subjectId}`
  }
}

customElements.define('pl-audit-page', AuditPage)
