import { currencyDigits, type ProblemError } from '@plinth/sdk'
import { css, html, nothing, type TemplateResult } from 'lit'
import '@vaadin/combo-box'
import type { ComboBox } from '@vaadin/combo-box'
import { locale } from '../i18n/locale.ts'
import { currencies } from './currencies.ts'
import type { Editor } from './editor.ts'
import './number-input.ts'
import { partProblem } from './problems.ts'
import { t } from './texts.ts'

/** An amount while it is being typed. */
export interface MoneyDraft {
  readonly amount: string | null
  readonly currency: string
}

/** What people here mostly mean. */
const USUAL = 'EUR'

/** An amount with the digits of its currency; the currency can be chosen where the field leaves it open. */
export function moneyEditor(editor: Editor<MoneyDraft | null>): TemplateResult {
  const { field } = editor
  const { amount = null, currency = field.currency ?? USUAL } = editor.value ?? {}
  const scale = currencyDigits(currency) ?? 2
  const wrong = (part: keyof MoneyDraft): ProblemError | undefined => partProblem(editor.problems, part)
  const change = (next: Partial<MoneyDraft>, problem?: string): void =>
    editor.change({ amount, currency, ...next }, problem)
  return html`<div class="money">
    <pl-number-input
      .value=${amount}
      .scale=${scale}
      .label=${field.currency ? `${editor.label} (${currency})` : editor.label}
      .help=${editor.help}
      .error=${wrong('currency') && !wrong('amount') ? '' : editor.error}
      ?required=${editor.required}
      ?disabled=${editor.disabled}
      @change=${(event: CustomEvent<{ value: string | null; problem?: string }>) =>
        change({ amount: event.detail.value }, event.detail.problem)}
    ></pl-number-input>
    ${
      field.currency
        ? nothing
        : html`<vaadin-combo-box
            item-value-path="code"
            item-label-path="name"
            .label=${t('money.currency')}
            .items=${currencies(locale.value)}
            .value=${currency}
            ?disabled=${editor.disabled}
            ?invalid=${Boolean(wrong('currency'))}
            .errorMessage=${wrong('currency') ? t('problem.enum') : ''}
            manual-validation
            @change=${(event: Event) => {
              const chosen = (event.currentTarget as ComboBox).value
              if (chosen) change({ currency: chosen })
            }}
          ></vaadin-combo-box>`
    }
  </div>`
}

export const moneyStyles = css`
  .money {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    align-items: start;
    gap: 12px;
  }
  .money input {
    text-overflow: ellipsis;
  }
  .money:has(vaadin-combo-box) {
    grid-template-columns: minmax(0, 3fr) minmax(120px, 2fr);
  }
`
