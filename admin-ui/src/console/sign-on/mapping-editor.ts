import type { SignOnMapping, SignOnRole } from '@plinth/sdk'
import { pick, PlinthElement } from '@plinth/ui'
import { html, nothing, type PropertyDeclarations } from 'lit'
import { mappingStyles } from './mapping-editor.styles.ts'
import { t } from './texts.ts'

/**
 * Which group at a provider gives which role here.
 *
 * @fires change with the mapping as `detail`
 */
export class MappingEditor extends PlinthElement {
  static override properties: PropertyDeclarations = {
    mapping: { attribute: false },
    roles: { attribute: false },
  }
  declare mapping: readonly SignOnMapping[]
  declare roles: readonly SignOnRole[]

  static override styles = mappingStyles

  #set(mapping: readonly SignOnMapping[]): void {
    this.mapping = mapping
    this.dispatchEvent(new CustomEvent('change', { detail: mapping }))
  }

  #change(index: number, changes: Partial<SignOnMapping>): void {
    this.#set(this.mapping.map((each, place) => (place === index ? { ...each, ...changes } : each)))
  }

  async #add(): Promise<void> {
    this.#set([...this.mapping, { value: '', role: this.roles[0]?.id ?? 'member' }])
    await this.updateComplete
    this.renderRoot.querySelector<HTMLInputElement>('li:last-child input')?.focus()
  }

  #row({ value, role }: SignOnMapping, place: number): unknown {
    const index = place + 1
    const known = this.roles.some(({ id }) => id === role)
    return html`<li>
      <input
        aria-label=${t('signOn.mapping.value', { index })}
        autocapitalize="none"
        spellcheck="false"
        .value=${value}
        @input=${(event: Event) => this.#change(place, { value: (event.currentTarget as HTMLInputElement).value })}
      />
      <pl-icon name="arrow-right"></pl-icon>
      <select
        aria-label=${t('signOn.mapping.role', { index })}
        @change=${(event: Event) => this.#change(place, { role: (event.currentTarget as HTMLSelectElement).value })}
      >
        ${known ? nothing : html`<option value=${role} selected>${role}</option>`}
        ${this.roles.map(
          ({ id, label }) => html`<option value=${id} ?selected=${id === role}>${pick(label)}</option>`,
        )}
      </select>
      <button
        type="button"
        class="pl-button ghost icon"
        aria-label=${t('signOn.mapping.remove', { index })}
        @click=${() => this.#set(this.mapping.filter((_, at) => at !== place))}
      >
        <pl-icon name="x"></pl-icon>
      </button>
    </li>`
  }

  override render(): unknown {
    if (!this.mapping) return nothing
    return html`<h3>${t('signOn.mapping')}</h3>
      ${
        this.mapping.length === 0
          ? html`<p>${t('signOn.mapping.none')}</p>`
          : html`<ul>
              ${this.mapping.map((each, index) => this.#row(each, index))}
            </ul>`
      }
      <button type="button" class="pl-button" @click=${() => void this.#add()}>
        <pl-icon name="plus"></pl-icon>${t('signOn.mapping.add')}
      </button>`
  }
}

customElements.define('pl-sign-on-mapping', MappingEditor)
