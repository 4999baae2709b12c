import type { ExplainedGrant, MemberRights as Rights, PermissionWords } from '@plinth/sdk'
import { locale, pick, PlinthElement, Resource } from '@plinth/ui'
import { css, html, nothing, type PropertyDeclarations } from 'lit'
import { grantPickerStyles } from '../console/roles/grant-picker.styles.ts'
import { fetchRights } from './explain-api.ts'
import { t } from './texts.ts'
import './why-dialog.ts'

interface Line {
  readonly id: string
  readonly words: PermissionWords
  /** Undefined: it is not held. */
  readonly grants?: readonly ExplainedGrant[]
}

/** What a member may do, by plugin, with a search; each line opens why. */
export class MemberRights extends PlinthElement {
  static override properties: PropertyDeclarations = {
    memberId: { attribute: false },
    right: { attribute: false },
    search: { state: true },
    lacking: { state: true },
    open: { state: true },
  }
  declare memberId: string
  /** A permission that is explained from the beginning. */
  declare right: string | undefined
  declare private search: string
  /** Whether what is not held is shown too. */
  declare private lacking: boolean
  /** The permission that is explained. */
  declare private open: string | undefined
  /** What is to be opened as soon as the rights are there. */
  #wanted: string | undefined
  readonly #rights = new Resource<Rights>(
    this,
    (signal) => fetchRights(this.memberId, { signal }),
    () => [this.memberId],
  )

  static override styles = [
    grantPickerStyles,
    css`
      .line {
        display: flex;
        gap: 10px;
        align-items: baseline;
        inline-size: 100%;
        padding: 4px 0;
        border: 0;
        background: none;
        color: inherit;
        font: inherit;
        line-height: 20px;
        text-align: start;
        cursor: pointer;
        overflow-wrap: anywhere;
      }
      .line small {
        flex: none;
      }
      .line:hover span {
        text-decoration: underline;
        text-underline-offset: 3px;
      }
      .subject {
        padding-block: 8px 2px;
        margin: 0;
        color: var(--pl-text-2);
        font-size: var(--pl-size-13);
      }
      .not {
        color: var(--pl-text-2);
      }
      pl-why-answer {
        padding: 4px 0 12px 14px;
        border-inline-start: 2px solid var(--pl-hairline-strong);
      }
      .also {
        margin-block-end: 8px;
      }
    `,
  ]

  constructor() {
    super()
    this.search = ''
    this.lacking = false
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('right')) this.#wanted = this.right
    const rights = this.#rights.value
    if (this.#wanted === undefined || !rights) return
    const line = [...rights.permissions, ...rights.lacking].find(({ id }) => id === this.#wanted)
    this.#wanted = undefined
    if (!line) return
    this.open = line.id
    this.search = pick(line.words.action)
    this.lacking = true
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector('[aria-expanded=true]')?.scrollIntoView({ block: 'start' }),
    )
  }

  #matches({ id, words }: Line): boolean {
    const wanted = this.search.trim().toLocaleLowerCase(locale.value)
    const texts = [id, pick(words.group), pick(words.subject), pick(words.action)]
    return texts.some((text) => text.toLocaleLowerCase(locale.value).includes(wanted))
  }

  #line({ id, words, grants }: Line): unknown {
    const isOpen = this.open === id
    const limited = grants?.every(({ condition, fields }) => condition ?? fields) === true
    const note = grants ? (limited ? t('rights.some') : nothing) : t('rights.not')
    return html`<li>
      <button
        type="button"
        class="line ${grants ? '' : 'not'}"
        aria-expanded=${isOpen ? 'true' : 'false'}
        @click=${() => (this.open = isOpen ? undefined : id)}
      >
        <span>${pick(words.action)}</span>${note === nothing ? nothing : html`<small>${note}</small>`}
      </button>
      ${isOpen ? html`<pl-why-answer brief .question=${this.#question(id)}></pl-why-answer>` : nothing}
    </li>`
  }

  #asked: { readonly permission: string; readonly member: string } | undefined

  /** The same question as long as it is the same, else its answer would be fetched with every drawing. */
  #question(permission: string): { readonly permission: string; readonly member: string } {
    if (this.#asked?.permission !== permission || this.#asked.member !== this.memberId)
      this.#asked = { permission, member: this.memberId }
    return this.#asked
  }

  #group(lines: readonly Line[]): unknown {
    const held = lines.filter(({ grants }) => grants).length
    const subjects = Map.groupBy(lines, ({ words }) => pick(words.subject))
    return html`<details ?open=${this.search !== ''}>
      <summary>
        <pl-icon name="chevron-right"></pl-icon><span>${pick(lines[0]!.words.group)}</span>
        <small>${t('rights.count', { count: held })}</small>
      </summary>
      <div class="inside">
        ${[...subjects].map(
          ([name, each]) =>
            html`<h3 class="subject">${name}</h3>
              <ul>
                ${each.map((line) => this.#line(line))}
              </ul>`,
        )}
      </div>
    </details>`
  }

  #list({ permissions, lacking }: Rights): unknown {
    const lines: readonly Line[] = [...permissions, ...(this.lacking ? lacking : [])]
    const groups = Map.groupBy(
      lines.filter((line) => this.#matches(line)),
      ({ id }) => id.split('.')[1],
    )
    return groups.size === 0
      ? html`<p class="none">${t('rights.none')}</p>`
      : html`<div class="groups">${[...groups.values()].map((each) => this.#group(each))}</div>`
  }

  override render(): unknown {
    return html`<input
        class="search"
        type="search"
        aria-label=${t('rights.search')}
        placeholder=${t('rights.search')}
        .value=${this.search}
        @input=${(event: Event) => (this.search = (event.currentTarget as HTMLInputElement).value)}
      />
      <label class="also">
        <input
          type="checkbox"
          .checked=${this.lacking}
          @change=${(event: Event) => (this.lacking = (event.currentTarget as HTMLInputElement).checked)}
        />
        <span>${t('rights.lacking')}</span>
      </label>
      ${this.#rights.render((rights) => this.#list(rights))}`
  }
}

customElements.define('pl-member-rights', MemberRights)
