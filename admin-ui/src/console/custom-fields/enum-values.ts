import type { CustomEnumValue } from '@plinth/sdk'
import { locale, pick, PlinthElement } from '@plinth/ui'
import { css, html, nothing, type PropertyDeclarations } from 'lit'
import { t } from '../texts.ts'

type Draft = Omit<CustomEnumValue, 'value'> & { readonly value?: string }

/**
 * The values of an enum field that is in use: they can be named anew, retired, taken back and added, but not taken away.
 *
 * @fires change with the values as `detail`
 */
export class EnumValues extends PlinthElement {
  static override properties: PropertyDeclarations = { values: { attribute: false } }
  declare values: readonly Draft[]

  static override styles = css`
    :host {
      display: block;
      margin-block: 4px 20px;
    }
    h3 {
      margin-block-end: 6px;
      font-size: var(--pl-size-14);
      font-weight: 500;
      line-height: 20px;
    }
    ul {
      display: grid;
      gap: 6px;
      margin: 0 0 8px;
      padding: 0;
      list-style: none;
    }
    li {
      display: flex;
      gap: 8px;
      align-items: center;
    }
    input {
      flex: 1;
      min-width: 0;
      min-height: var(--pl-control);
      padding: 0 12px;
      border: 1px solid var(--pl-hairline-strong);
      border-radius: var(--pl-radius-m);
      background: var(--pl-raised);
      color: var(--pl-text);
      font: inherit;
    }
    .retired input {
      color: var(--pl-text-3);
      text-decoration: line-through;
    }
  `

  #set(values: readonly Draft[]): void {
    this.values = values
    this.dispatchEvent(new CustomEvent('change', { detail: values }))
  }

  #change(index: number, changes: Partial<Draft>): void {
    this.#set(this.values.map((each, position) => (position === index ? { ...each, ...changes } : each)))
  }

  #rename(index: number, text: string): void {
    const language = locale.value.slice(0, 2)
    const { label, value } = this.values[index]!
    this.#change(index, {
      label: {
        ...label,
        [language]: text,
        en: value === undefined ? text : language === 'en' ? text : label.en,
      },
    })
  }

  #row(each: Draft, index: number): unknown {
    const name = pick(each.label) || t('fields.values.new')
    return html`<li class=${each.retired ? 'retired' : ''}>
      <input
        aria-label=${t('fields.values.label', { name })}
        .value=${pick(each.label)}
        @input=${(event: Event) => this.#rename(index, (event.currentTarget as HTMLInputElement).value)}
      />
      ${
        each.value === undefined
          ? html`<button
              type="button"
              class="pl-button ghost icon"
              aria-label=${t('fields.values.remove', { name })}
              @click=${() => this.#set(this.values.filter((_, position) => position !== index))}
            >
              <pl-icon name="x"></pl-icon>
            </button>`
          : html`<button
              type="button"
              class="pl-button ghost"
              aria-label=${t(each.retired ? 'fields.values.reviveNamed' : 'fields.values.retireNamed', { name })}
              @click=${() => this.#change(index, { retired: !each.retired })}
            >
              ${t(each.retired ? 'fields.values.revive' : 'fields.values.retire')}
            </button>`
      }
    </li>`
  }

  override render(): unknown {
    if (!this.values) return nothing
    return html`<h3>${t('fields.choices')}</h3>
      <ul>
        ${this.values.map((each, index) => this.#row(each, index))}
      </ul>
      <button
        type="button"
        class="pl-button"
        @click=${() => this.#set([...this.values, { label: { en: '' } }])}
      >
        <pl-icon name="plus"></pl-icon>${t('fields.values.add')}
      </button>`
  }
}

customElements.define('pl-enum-values', EnumValues)
