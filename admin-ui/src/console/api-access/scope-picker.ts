import type { ScopeGroup } from '@plinth/sdk'
import { pick, PlinthElement } from '@plinth/ui'
import { css, html, nothing, type PropertyDeclarations } from 'lit'
import { pickerStyles } from '../picker.styles.ts'
import { t } from './texts.ts'

/**
 * Chooses what a program may do: permissions one by one, or all of a plugin where all of it is theirs to give. What was chosen before and is not offered stays.
 *
 * @fires change with the scopes as `detail`
 */
export class ScopePicker extends PlinthElement {
  static override properties: PropertyDeclarations = {
    groups: { attribute: false },
    value: { attribute: false },
    missing: { type: Boolean },
    sought: { state: true },
  }
  declare groups: readonly ScopeGroup[]
  declare value: readonly string[]
  /** Whether to say that something has to be chosen. */
  declare missing: boolean
  /** What is looked for, in small letters. */
  declare private sought: string

  static override styles = [
    pickerStyles,
    css`
      .missing {
        margin-block-end: 8px;
        color: var(--pl-danger-text);
        font-size: var(--pl-size-13);
      }
      .search {
        width: 100%;
        height: 36px;
        margin-block-end: 8px;
        padding-inline: 10px;
        border: 1px solid var(--pl-hairline-strong);
        border-radius: var(--pl-radius-m);
        background: var(--pl-raised);
        color: inherit;
        font: inherit;
      }
      .none {
        padding: 10px 12px;
        color: var(--pl-text-2);
      }
      small {
        color: var(--pl-text-2);
        font-size: var(--pl-size-13);
      }
      ul {
        margin: 0;
        padding: 0 12px 10px 38px;
        list-style: none;
      }
    `,
  ]

  constructor() {
    super()
    this.sought = ''
  }

  /** What is found of a group: all of it by its name, else what has the words in its own. */
  #found({ label, items }: ScopeGroup): ScopeGroup['items'] {
    const has = (text: string) => text.toLocaleLowerCase().includes(this.sought)
    return has(pick(label)) ? items : items.filter((item) => has(pick(item.label)))
  }

  #toggle(scope: string, on: boolean, instead: readonly string[] = []): void {
    const kept = this.value.filter((each) => each !== scope && !instead.includes(each))
    this.value = on ? [...kept, scope] : kept
    this.dispatchEvent(new CustomEvent('change', { detail: this.value }))
  }

  #box(id: string, label: string, { on, fixed = false }: { on: boolean; fixed?: boolean }, all?: string[]) {
    return html`<li>
      <label>
        <input
          type="checkbox"
          .checked=${on}
          ?disabled=${fixed}
          @change=${(event: Event) => this.#toggle(id, (event.currentTarget as HTMLInputElement).checked, all)}
        />
        <span>${label}</span>
      </label>
    </li>`
  }

  #group(group: ScopeGroup): unknown {
    const { id, label, items, whole } = group
    const found = this.#found(group)
    if (found.length === 0) return nothing
    const every = this.value.includes('*') || this.value.includes(id)
    const count = items.filter((item) => this.value.includes(item.id)).length
    const ids = items.map((item) => item.id)
    return html`<details ?open=${this.sought !== ''}>
      <summary>
        <pl-icon name="chevron-right"></pl-icon><span>${pick(label)}</span>
        <small
          >${every ? t('keys.scopes.all') : count > 0 ? t('keys.scopes.chosen', { count }) : nothing}</small
        >
      </summary>
      <ul>
        ${
          (whole && found === items) || every
            ? this.#box(
                id,
                t('access.everything', { name: pick(label) }),
                { on: every, fixed: this.value.includes('*') },
                ids,
              )
            : nothing
        }
        ${found.map((item) =>
          this.#box(item.id, pick(item.label), { on: every || this.value.includes(item.id), fixed: every }),
        )}
      </ul>
    </details>`
  }

  override render(): unknown {
    if (!this.groups || !this.value) return nothing
    return html`<h3 id="heading">${t('keys.scopes')}</h3>
      ${this.missing ? html`<p class="missing" role="alert">${t('keys.scopes.needed')}</p>` : nothing}
      <input
        class="search"
        type="search"
        aria-label=${t('keys.scopes.search')}
        placeholder=${t('keys.scopes.search')}
        @input=${(event: Event) =>
          (this.sought = (event.currentTarget as HTMLInputElement).value.trim().toLocaleLowerCase())}
      />
      <div class="groups" role="group" aria-labelledby="heading">
        ${this.groups.map((group) => this.#group(group))}
        ${
          this.groups.some((group) => this.#found(group).length > 0)
            ? nothing
            : html`<p class="none">${t('keys.scopes.unfound')}</p>`
        }
      </div>`
  }
}

customElements.define('pl-scope-picker', ScopePicker)
