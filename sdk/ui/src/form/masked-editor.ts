import { css, html, nothing, type TemplateResult } from 'lit'
import '@vaadin/text-field'
import type { Editor } from './editor.ts'
import { fieldFrame } from './field-frame.ts'
import { t } from './texts.ts'

/** A value that is covered: it stays as it is until someone who may enters another one. */
export function maskedEditor(editor: Editor, mask: string, replace: () => void): TemplateResult {
  const may = editor.field.mask?.replace && !editor.disabled
  return html`<vaadin-text-field
      ${fieldFrame({ ...editor, help: may ? editor.help : t('masked.locked'), disabled: !may })}
      .value=${mask}
      readonly
    ></vaadin-text-field>
    ${
      may
        ? html`<button
            type="button"
            class="mask-button"
            aria-label=${`${t('masked.replace')}: ${editor.label}`}
            @click=${replace}
          >
            ${t('masked.replace')}
          </button>`
        : nothing
    }`
}

/** Below an editor in which a covered value is being replaced. */
export function keepButton(mask: string, keep: () => void): TemplateResult {
  return html`<button type="button" class="mask-button" @click=${keep}>${t('masked.keep', { mask })}</button>`
}

export const maskedStyles = css`
  .mask-button {
    padding: 4px 0;
    border: 0;
    background: none;
    color: var(--pl-accent-text);
    font: 500 var(--pl-size-13) / 20px var(--pl-font);
    cursor: pointer;
  }
  .mask-button:hover {
    text-decoration: underline;
    text-underline-offset: 3px;
  }
`
