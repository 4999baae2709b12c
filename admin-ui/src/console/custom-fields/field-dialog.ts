import type { CustomEnumValue, CustomFieldDocument } from '@plinth/sdk'
import { asProblem, common, pick, PlinthElement, toast, type PlDialog } from '@plinth/ui'
import '@plinth/ui/form'
import type { FormValues, PlRecordForm } from '@plinth/ui/form'
import { css, html, nothing, type PropertyDeclarations } from 'lit'
import { shell } from '../../session/state.ts'
import { toastProblem } from '../../toast-problem.ts'
import { t } from '../texts.ts'
import { addField, changeField } from './custom-fields-api.ts'
import { atForm, definitionMeta, definitionValues, previewMeta, toInput } from './definition.ts'
import './enum-values.ts'

/**
 * Adds a custom field or changes one, with a look at what it will be like in forms.
 *
 * @fires saved when the field is stored
 */
export class FieldDialog extends PlinthElement {
  static override properties: PropertyDeclarations = {
    entityId: { attribute: false },
    original: { state: true },
    initial: { state: true },
    values: { state: true },
    busy: { state: true },
  }
  declare entityId: string
  declare private original: CustomFieldDocument | undefined
  /** Undefined while the dialog is closed. */
  declare private initial: FormValues | undefined
  declare private values: FormValues
  declare private busy: boolean

  static override styles = css`
    .preview {
      margin-block: 4px 8px;
      padding: 14px 16px 16px;
      border: 1px dashed var(--pl-hairline-strong);
      border-radius: var(--pl-radius-m);
    }
    .preview h3 {
      margin-block-end: 10px;
      color: var(--pl-text-2);
      font-size: var(--pl-size-12);
      font-weight: 500;
      line-height: 16px;
    }
    .fixed {
      margin-block-end: 14px;
      color: var(--pl-text-2);
      font-size: var(--pl-size-13);
      line-height: 19px;
    }
  `

  constructor() {
    super()
    this.values = {}
    this.busy = false
  }

  /** Opens for a new field, or for an existing one. */
  async show(field?: CustomFieldDocument): Promise<void> {
    this.original = field
    this.initial = definitionValues(field)
    this.values = this.initial
    await this.updateComplete
    await this.#dialog?.show()
    await this.#form?.updateComplete
    this.#form?.focus()
  }

  get #dialog(): PlDialog | null {
    return this.renderRoot.querySelector('pl-dialog')
  }

  get #form(): PlRecordForm | null {
    return this.renderRoot.querySelector('pl-record-form')
  }

  async #save(): Promise<void> {
    const form = this.#form
    if (!form || this.busy || !form.check()) return
    this.busy = true
    try {
      const input = toInput({ ...this.values, ...form.values }, this.original)
      const saved = await (this.original ? changeField(this.original, input) : addField(this.entityId, input))
      toast(t(this.original ? 'fields.saved' : 'fields.added', { name: pick(saved.label) }), {
        tone: 'positive',
      })
      this.#dialog?.close()
      this.dispatchEvent(new Event('saved'))
    } catch (error) {
      const problem = asProblem(error)
      if (problem.errors.length > 0) await form.refuse(atForm(problem.errors, this.original))
      else toastProblem(problem)
    } finally {
      this.busy = false
    }
  }

  override render(): unknown {
    if (!this.initial) return nothing
    const { original: before, values } = this
    const entities = Object.values(shell.value?.entities ?? {})
    const meta = definitionMeta(values, before, entities)
    return html`<pl-dialog
      side
      .width=${560}
      heading=${before ? t('fields.edit', { name: pick(before.label) }) : t('fields.new')}
      @close=${() => (this.initial = undefined)}
    >
      ${
        before
          ? html`<p class="fixed">
              ${t('fields.fixed', { type: t(`fields.type.${before.type}`), name: before.name })}
            </p>`
          : nothing
      }
      <div class="preview">
        <h3>${t('fields.preview')}</h3>
        <pl-field
          .field=${previewMeta(values, before, entities)}
          .value=${values['initial'] ?? null}
          .problems=${[]}
        ></pl-field>
      </div>
      ${
        before?.type === 'enum'
          ? html`<pl-enum-values
              .values=${values['values']}
              @change=${(event: CustomEvent<readonly CustomEnumValue[]>) =>
                (this.values = { ...this.values, values: event.detail })}
            ></pl-enum-values>`
          : nothing
      }
      <pl-record-form
        .meta=${meta}
        .initial=${this.initial}
        creating
        @changed=${() => (this.values = { ...this.values, ...this.#form?.values, values: this.values['values'] })}
      ></pl-record-form>
      <button slot="footer" type="button" class="pl-button ghost" @click=${() => this.#dialog?.close()}>
        ${common('common.cancel')}
      </button>
      <button
        slot="footer"
        type="button"
        class="pl-button primary"
        aria-disabled=${this.busy ? 'true' : 'false'}
        @click=${() => void this.#save()}
      >
        ${t(before ? 'fields.save' : 'fields.add')}
      </button>
    </pl-dialog>`
  }
}

customElements.define('pl-custom-field-dialog', FieldDialog)
