import type { CustomEnumValue, CustomFieldDocument, ProblemError } from '@plinth/sdk'
import { pick, toast } from '@plinth/ui'
import type { FormValues } from '@plinth/ui/form'
import { css, html, nothing, type PropertyDeclarations } from 'lit'
import { FormDialog } from '../../form-dialog/form-dialog.ts'
import { shell } from '../../session/state.ts'
import { t } from '../texts.ts'
import { addField, changeField } from './custom-fields-api.ts'
import { atForm, definitionMeta, definitionValues, previewMeta, toInput } from './definition.ts'
import './enum-values.ts'

/**
 * Adds a custom field or changes one, with a look at what it will be like in forms.
 *
 * @fires saved when the field is stored
 */
export class FieldDialog extends FormDialog {
  static override properties: PropertyDeclarations = {
    entityId: { attribute: false },
    original: { state: true },
  }
  declare entityId: string
  declare private original: CustomFieldDocument | undefined

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

  /** Opens for a new field, or for an existing one. */
  async show(field?: CustomFieldDocument): Promise<void> {
    this.original = field
    await this.open(definitionValues(field))
  }

  protected override placed(errors: readonly ProblemError[]): readonly ProblemError[] {
    return atForm(errors, this.original)
  }

  protected override async store(values: FormValues): Promise<void> {
    const input = toInput(values, this.original)
    const saved = await (this.original ? changeField(this.original, input) : addField(this.entityId, input))
    toast(t(this.original ? 'fields.saved' : 'fields.added', { name: pick(saved.label) }), {
      tone: 'positive',
    })
    this.close()
    this.dispatchEvent(new Event('saved'))
  }

  override render(): unknown {
    if (!this.initial) return nothing
    const { original: before, values } = this
    const entities = Object.values(shell.value?.entities ?? {})
    return this.draw({
      heading: before ? t('fields.edit', { name: pick(before.label) }) : t('fields.new'),
      action: t(before ? 'fields.save' : 'fields.add'),
      width: 560,
      meta: definitionMeta(values, before, entities),
      before: html`${
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
        }`,
    })
  }
}

customElements.define('pl-custom-field-dialog', FieldDialog)
