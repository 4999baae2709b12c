import type { EntityMeta, ImportDocument, ImportRow } from '@plinth/sdk'
import { asProblem, PlinthElement, type ApiProblem } from '@plinth/ui'
import { css, html, nothing, type PropertyDeclarations } from 'lit'
import { refusals } from './import-api.ts'
import { blamed, reasonText } from './reason.ts'
import { t } from './texts.ts'

/** The refused rows of a check or run, with every reason, page by page. */
export class RefusalList extends PlinthElement {
  static override properties: PropertyDeclarations = {
    meta: { attribute: false },
    doc: { attribute: false },
    rows: { state: true },
    problem: { state: true },
  }
  declare meta: EntityMeta
  declare doc: ImportDocument
  declare rows: readonly ImportRow[]
  declare problem: ApiProblem | undefined
  #next: number | null = 0
  #asked = ''

  static override styles = css`
    ul {
      margin: 0;
      padding: 0;
      list-style: none;
    }
    .rows {
      border-block: 1px solid var(--pl-hairline);
    }
    .rows > li {
      display: grid;
      grid-template-columns: 92px minmax(0, 1fr);
      gap: 2px 16px;
      padding-block: 9px;
    }
    .rows > li + li {
      border-block-start: 1px solid var(--pl-hairline);
    }
    .row {
      color: var(--pl-text-2);
      font-variant-numeric: tabular-nums;
    }
    .reasons li {
      overflow-wrap: anywhere;
    }
    b {
      font-weight: 550;
    }
    .pl-button {
      margin-block-start: 12px;
    }
    @media (max-width: 560px) {
      .rows > li {
        grid-template-columns: minmax(0, 1fr);
      }
    }
  `

  constructor() {
    super()
    this.rows = []
  }

  protected override willUpdate(): void {
    const { id, status, done } = this.doc
    const asked = `${id} ${status} ${done}`
    if (asked === this.#asked) return
    this.#asked = asked
    this.#next = 0
    void this.#more(true)
  }

  async #more(afresh = false): Promise<void> {
    const asked = this.#asked
    this.problem = undefined
    try {
      const page = await refusals(this.meta, this.doc.id, this.#next ?? 0)
      if (asked !== this.#asked) return
      this.rows = afresh ? page.items : [...this.rows, ...page.items]
      this.#next = page.next
    } catch (error) {
      if (asked === this.#asked) this.problem = asProblem(error)
    }
  }

  override render(): unknown {
    if (this.problem)
      return html`<pl-error .error=${this.problem} @retry=${() => void this.#more()}></pl-error>`
    if (this.rows.length === 0) return html`<pl-skeleton kind="list"></pl-skeleton>`
    return html`<ul class="rows">
        ${this.rows.map(
          ({ row, errors }) =>
            html`<li>
              <span class="row">${t('refused.row', { row })}</span>
              <ul class="reasons">
                ${errors.map((error) => {
                  const where = blamed(this.meta, this.doc, error)
                  return html`<li>
                    ${where ? html`<b>${where}:</b> ` : nothing}${reasonText(this.meta, error)}
                  </li>`
                })}
              </ul>
            </li>`,
        )}
      </ul>
      ${
        this.#next === null
          ? nothing
          : html`<button class="pl-button" type="button" @click=${() => void this.#more()}>
              ${t('refused.more')}
            </button>`
      }`
  }
}

customElements.define('pl-refusal-list', RefusalList)
