import type { EnumValue } from '@plinth/sdk'
import { css, html, nothing, type TemplateResult } from 'lit'
import '@vaadin/checkbox'
import '@vaadin/multi-select-combo-box'
import '@vaadin/select'
import type { Checkbox } from '@vaadin/checkbox'
import type { MultiSelectComboBox } from '@vaadin/multi-select-combo-box'
import type { Select } from '@vaadin/select'
import { pick } from '../i18n/locale.ts'
import type { Editor } from './editor.ts'
import { fieldFrame } from './field-frame.ts'
import { t } from './texts.ts'

/** Up to so many values stand side by side; more go into a list. */
const SIDE_BY_SIDE = 3
/** Letters of all their labels together that fit into the narrowest form. */
const LETTERS_SIDE_BY_SIDE = 36

export function boolEditor(editor: Editor<boolean | null>): TemplateResult {
  return html`<vaadin-checkbox
    ${fieldFrame({ ...editor, required: false })}
    .checked=${Boolean(editor.value)}
    @change=${(event: Event) => editor.change((event.currentTarget as Checkbox).checked)}
  ></vaadin-checkbox>`
}

export function enumEditor(editor: Editor<string | null>): TemplateResult {
  // A record keeps a retired value; no other gets it.
  const values = (editor.field.values ?? []).filter(
    ({ retired, value }) => !retired || value === editor.value,
  )
  const letters = values.reduce((sum, { label }) => sum + pick(label).length, 0)
  const fits = values.length <= SIDE_BY_SIDE && letters <= LETTERS_SIDE_BY_SIDE
  return editor.required && !editor.compact && fits ? sideBySide(editor, values) : dropDown(editor, values)
}

function sideBySide(editor: Editor<string | null>, values: readonly EnumValue[]): TemplateResult {
  const name = `choice-${editor.field.name}`
  return html`<fieldset class="choice" ?disabled=${editor.disabled} aria-describedby="choice-note">
    <legend class="legend">${editor.label}</legend>
    <div class="segments">
      ${values.map(
        ({ value, label, tone }) =>
          html`<label class="segment"
            ><input
              class="radio"
              type="radio"
              name=${name}
              value=${value}
              .checked=${editor.value === value}
              @change=${() => editor.change(value)}
            /><span class="face"
              >${tone ? html`<i class="dot" style="background: var(--pl-${tone})"></i>` : nothing}${pick(label)}</span
            ></label
          >`,
      )}
    </div>
    <p
      id="choice-note"
      class=${editor.error ? 'note wrong' : 'note'}
      ?hidden=${!editor.error && !editor.help}
    >
      ${editor.error || editor.help}
    </p>
  </fieldset>`
}

function dropDown(editor: Editor<string | null>, values: readonly EnumValue[]): TemplateResult {
  const items = values.map(({ value, label }) => ({ value, label: pick(label) }))
  return html`<vaadin-select
    ${fieldFrame(editor)}
    .items=${editor.required ? items : [{ value: '', label: t('choice.none') }, ...items]}
    .value=${editor.value ?? ''}
    @change=${(event: Event) => editor.change((event.currentTarget as Select).value || null)}
  ></vaadin-select>`
}

export function tagsEditor(editor: Editor<readonly string[] | null>): TemplateResult {
  const tags = [...(editor.value ?? [])]
  const take = (next: readonly string[]): void => editor.change([...new Set(next)])
  return html`<vaadin-multi-select-combo-box
    ${fieldFrame(editor)}
    .items=${tags}
    .selectedItems=${tags}
    .placeholder=${tags.length > 0 ? '' : t('tags.placeholder')}
    allow-custom-value
    auto-open-disabled
    auto-expand-vertically
    clear-button-visible
    @custom-value-set=${(event: CustomEvent<string>) => {
      const tag = event.detail.trim()
      if (tag) take([...tags, tag])
    }}
    @change=${(event: Event) => take((event.currentTarget as MultiSelectComboBox<string>).selectedItems)}
  ></vaadin-multi-select-combo-box>`
}

export const choiceStyles = css`
  /* There is nothing to choose from: what it would list stands in the field. */
  vaadin-multi-select-combo-box::part(toggle-button) {
    display: none;
  }
  .choice,
  .address {
    min-width: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  .legend {
    padding: 0;
    margin-block-end: 5px;
    font-size: var(--pl-size-14);
    font-weight: 500;
    line-height: 20px;
  }
  .segments {
    display: inline-flex;
    gap: 2px;
    max-width: 100%;
    padding: 3px;
    border-radius: calc(var(--pl-radius-m) + 2px);
    background: light-dark(oklch(0.955 0.003 var(--pl-neutral-h)), oklch(0.175 0.004 var(--pl-neutral-h)));
    overflow-x: auto;
    scrollbar-width: none;
  }
  .segment {
    position: relative;
    display: block;
    cursor: pointer;
  }
  .radio {
    position: absolute;
    inset: 0;
    margin: 0;
    opacity: 0;
    cursor: inherit;
  }
  .face {
    display: flex;
    align-items: center;
    gap: 7px;
    min-height: calc(var(--pl-control) - 6px);
    padding: 0 12px;
    border-radius: calc(var(--pl-radius-m) - 1px);
    color: var(--pl-text-2);
    font-size: var(--pl-size-13);
    font-weight: 500;
    white-space: nowrap;
  }
  .radio:checked + .face {
    background: var(--pl-raised);
    color: var(--pl-text);
    box-shadow:
      0 0 0 1px var(--pl-hairline),
      var(--pl-shadow-rest);
  }
  .radio:focus-visible + .face {
    outline: 2px solid var(--pl-focus);
    outline-offset: -1px;
  }
  .choice:disabled .face {
    cursor: default;
    color: var(--pl-text-3);
  }
  .dot {
    flex: none;
    width: 7px;
    height: 7px;
    border-radius: 50%;
  }
  .note {
    margin-block-start: 5px;
    color: var(--pl-text-2);
    font-size: var(--pl-size-13);
    line-height: 18px;
  }
  .note.wrong {
    color: var(--pl-danger-text);
  }
  @media (forced-colors: active) {
    .radio:checked + .face {
      outline: 2px solid Highlight;
    }
  }
`
