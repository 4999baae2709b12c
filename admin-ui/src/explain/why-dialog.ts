import type { AccessExplanation } from '@plinth/sdk'
import { path, PlinthElement, Resource, type ApiProblem } from '@plinth/ui'
import { css, html, nothing, type PropertyDeclarations } from 'lit'
import { fetchExplanation, type WhyQuestion } from './explain-api.ts'
import './explanation.ts'
import { showInDialog } from './show-in-dialog.ts'
import { t } from './texts.ts'

/** The answer to a question, as soon as it is there. */
export class WhyAnswer extends PlinthElement {
  static override properties: PropertyDeclarations = {
    question: { attribute: false },
    missing: { type: Boolean },
    brief: { type: Boolean },
  }
  declare question: WhyQuestion
  /** It is asked where a record was not found. */
  declare missing: boolean
  /** What it is about stands beside it already. */
  declare brief: boolean
  readonly #answer = new Resource<AccessExplanation>(
    this,
    (signal) => fetchExplanation(this.question, { signal }),
    () => [this.question],
  )

  static override styles = css`
    :host {
      display: grid;
      gap: 10px;
    }
  `

  override render(): unknown {
    // What is at no address cannot be explained.
    if (this.#answer.problem?.code === 'query_invalid') return html`<p>${t('why.unknown')}</p>`
    return this.#answer.render(
      (explanation) =>
        html`<pl-explanation ?brief=${this.brief} .explanation=${explanation}></pl-explanation> ${
            this.missing && explanation.allowed ? html`<p>${t('why.record.gone')}</p>` : nothing
          }`,
      'form',
    )
  }
}

customElements.define('pl-why-answer', WhyAnswer)

/** Opens the answer to why somebody may do something or not. */
export function showWhy(question: WhyQuestion, missing = false): Promise<void> {
  const answer = new WhyAnswer()
  answer.question = question
  answer.missing = missing
  return showInDialog(answer, t('why.heading'))
}

/** Explains a refusal: of what it names, or of the screen that is open. */
export function showWhyRefused({ status, problem }: ApiProblem): Promise<void> {
  const { permission, record, feature } = problem as {
    readonly permission?: string
    readonly record?: string
    readonly feature?: string
  }
  return permission === undefined
    ? showWhy({ screen: path.peek() }, status === 404)
    : showWhy({ permission, record, feature })
}
