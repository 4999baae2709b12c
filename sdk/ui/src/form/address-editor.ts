import type { Address } from '@plinth/sdk'
import { css, html, type TemplateResult } from 'lit'
import '@vaadin/combo-box'
import '@vaadin/text-field'
import type { ComboBox } from '@vaadin/combo-box'
import type { TextField } from '@vaadin/text-field'
import { locale } from '../i18n/locale.ts'
import { countries } from './countries.ts'
import type { Editor } from './editor.ts'
import { pointerParts, problemText } from './problems.ts'
import { t } from './texts.ts'

type Part = keyof Address

/** Street, postcode, city and country as one group. */
export function addressEditor(editor: Editor<Address | null>): TemplateResult {
  const address = editor.value ?? {}
  const change = (part: Part, text: string): void => editor.change({ ...address, [part]: text })
  const wrong = (part: Part): string => {
    const problem = editor.problems.find((each) => pointerParts(each.pointer)[1] === part)
    return problem ? problemText(problem) : ''
  }
  const text = (part: Exclude<Part, 'country'>, maxLength: number): TemplateResult =>
    html`<vaadin-text-field
      class=${part}
      .label=${t(`address.${part}`)}
      .value=${address[part] ?? ''}
      .maxlength=${maxLength}
      ?disabled=${editor.disabled}
      ?invalid=${Boolean(wrong(part))}
      .errorMessage=${wrong(part)}
      manual-validation
      autocomplete="off"
      @input=${(event: Event) => change(part, (event.currentTarget as TextField).value)}
    ></vaadin-text-field>`
  const whole = editor.problems.some((each) => pointerParts(each.pointer).length === 1) ? editor.error : ''
  return html`<fieldset class="address" aria-describedby="address-note">
    <legend class="legend">${editor.label}</legend>
    <div class="parts">
      ${text('street', 200)}${text('zip', 20)}${text('city', 100)}
      <vaadin-combo-box
        class="country"
        item-value-path="code"
        item-label-path="name"
        .label=${t('address.country')}
        .items=${countries(locale.value)}
        .value=${address.country ?? ''}
        ?disabled=${editor.disabled}
        ?invalid=${Boolean(wrong('country'))}
        .errorMessage=${wrong('country')}
        clear-button-visible
        manual-validation
        @change=${(event: Event) => change('country', (event.currentTarget as ComboBox).value)}
      ></vaadin-combo-box>
    </div>
    <p id="address-note" class=${whole ? 'note wrong' : 'note'} ?hidden=${!whole && !editor.help}>
      ${whole || editor.help}
    </p>
  </fieldset>`
}

export const addressStyles = css`
  .parts {
    display: grid;
    grid-template-columns: 120px 1fr 1fr;
    gap: 12px;
    padding: 14px 16px 16px;
    border: 1px solid var(--pl-hairline);
    border-radius: var(--pl-radius-l);
  }
  .parts .street {
    grid-column: 1 / -1;
  }
  @container (max-width: 460px) {
    .parts {
      grid-template-columns: 104px 1fr;
    }
    .parts .country {
      grid-column: 1 / -1;
    }
  }
`
