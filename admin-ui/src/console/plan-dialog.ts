import type { PlanStep, PluginPlan } from '@plinth/sdk'
import {
  asProblem,
  common,
  fmt,
  hueOf,
  pick,
  PlinthElement,
  type ApiProblem,
  type PlDialog,
} from '@plinth/ui'
import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit'
import { problemSentence } from '../problem-sentence.ts'
import { limitStyles, renderLimits } from './limit-list.ts'
import { planDialogStyles } from './plan-dialog.styles.ts'
import { rowsTouched, stepReason } from './plan-words.ts'
import { applyPlan, fetchPlan, type Action, type Cards } from './plugin-api.ts'
import { t } from './texts.ts'

/** What came of a plan that was carried out. */
export interface PlanDone {
  readonly plan: PluginPlan
  readonly cards: Cards
}

/**
 * Shows what switching a plugin means before it is done, and does it.
 *
 * @fires plan-start `detail` is the plan that is being carried out
 * @fires plan-done `detail` is a `PlanDone`
 * @fires plan-failed nothing was changed
 */
export class PlanDialog extends PlinthElement {
  static override properties: PropertyDeclarations = {
    cards: { attribute: false },
    pluginId: { state: true },
    action: { state: true },
    plan: { state: true },
    problem: { state: true },
    renewed: { state: true },
    working: { state: true },
  }
  declare cards: Cards
  declare pluginId: string
  declare action: Action
  declare plan: PluginPlan | undefined
  declare problem: ApiProblem | undefined
  /** The plan shown is another one than before, because the world has changed. */
  declare renewed: boolean
  declare working: boolean

  #running: AbortController | undefined

  static override styles = [planDialogStyles, limitStyles]

  constructor() {
    super()
    this.cards = []
    this.pluginId = ''
    this.action = 'enable'
    this.renewed = false
    this.working = false
  }

  get #dialog(): PlDialog | null {
    return this.renderRoot.querySelector<PlDialog>('pl-dialog')
  }

  /** Opens with the plan for switching a plugin. */
  async show(pluginId: string, action: Action): Promise<void> {
    this.pluginId = pluginId
    this.action = action
    this.renewed = false
    this.plan = undefined
    this.problem = undefined
    await this.updateComplete
    await this.#dialog?.show()
    await this.#load()
    this.#focusSafe()
  }

  async #load(): Promise<void> {
    this.#running?.abort()
    const { signal } = (this.#running = new AbortController())
    try {
      const plan = await fetchPlan(this.pluginId, this.action, { signal })
      if (signal.aborted) return
      this.plan = plan
      this.problem = undefined
    } catch (error) {
      if (signal.aborted) return
      this.problem = asProblem(error)
    }
    await this.updateComplete
  }

  /** Enter must not switch anything off by habit. */
  #focusSafe(): void {
    const selector = this.action === 'enable' ? '.decide' : '.cancel'
    const button =
      this.renderRoot.querySelector<HTMLElement>(selector) ??
      this.renderRoot.querySelector<HTMLElement>('.cancel')
    button?.focus()
  }

  #close(): void {
    this.#running?.abort()
    this.#dialog?.close()
  }

  async #apply(plan: PluginPlan): Promise<void> {
    if (this.working) return
    this.working = true
    this.dispatchEvent(new CustomEvent('plan-start', { detail: plan }))
    try {
      const cards = await applyPlan(plan)
      this.#close()
      this.dispatchEvent(new CustomEvent<PlanDone>('plan-done', { detail: { plan, cards } }))
    } catch (error) {
      const problem = asProblem(error)
      this.dispatchEvent(new CustomEvent('plan-failed'))
      if (problem.code === 'plan_stale') {
        await this.#load()
        this.renewed = true
        this.#focusSafe()
      } else this.problem = problem
    } finally {
      this.working = false
    }
  }

  #step(step: PlanStep, plan: PluginPlan): TemplateResult {
    const icon = this.cards.find((card) => card.id === step.plugin)?.icon ?? 'puzzle'
    return html`<li class="step">
      <pl-icon-tile .icon=${icon} .hue=${hueOf(step.plugin)} .size=${32}></pl-icon-tile>
      <div>
        <p class="name">${pick(step.name)}</p>
        <p class="reason">${stepReason(step, plan, this.cards)}</p>
        ${step.limits.length > 0 ? renderLimits(step.limits) : nothing}
        ${
          step.entities.length > 0
            ? html`<ul class="entities">
                ${step.entities.map(
                  ({ label, rows }) =>
                    html`<li class="entity">
                      <span aria-hidden="true"
                        >${pick(label)}${rows > 0 ? html` <b>${fmt.num(rows)}</b>` : nothing}</span
                      >
                      <span class="pl-sr-only"
                        >${rows > 0 ? t('step.entity', { label: pick(label), count: rows }) : pick(label)}</span
                      >
                    </li>`,
                )}
              </ul>`
            : nothing
        }
      </div>
    </li>`
  }

  #blockers(plan: PluginPlan): unknown {
    if (plan.blockers.length === 0) return nothing
    return html`<div class="note blocked" role="alert">
      <pl-icon name="lock"></pl-icon>
      <div>
        <p class="name">${t('dialog.blocked')}</p>
        ${plan.blockers.map(({ detail }) => html`<p>${pick(detail)}</p>`)}
      </div>
    </div>`
  }

  #note(icon: string, tone: string, text: string, role?: string): TemplateResult {
    return html`<div class="note ${tone}" role=${role ?? nothing}>
      <pl-icon name=${icon}></pl-icon>
      <p>${text}</p>
    </div>`
  }

  #body(): unknown {
    const { plan, problem } = this
    if (problem) return this.#note('circle-alert', 'blocked', problemSentence(problem), 'alert')
    if (!plan) return html`<pl-skeleton kind="form"></pl-skeleton>`
    const name = this.#name
    if (plan.steps.length === 0)
      return html`<p class="intro">${t(`dialog.already.${plan.action}`, { name })}</p>`
    const kept = rowsTouched(plan) > 0
    return html`
      ${this.renewed ? this.#note('refresh-cw', 'renewed', t('dialog.again'), 'status') : nothing}
      <p class="intro">${t(`dialog.intro.${plan.action}`, { count: plan.steps.length })}</p>
      <ol class="steps" aria-label=${t('dialog.steps')}>
        ${plan.steps.map((step) => this.#step(step, plan))}
      </ol>
      ${
        kept
          ? this.#note('database', 'kept', plan.action === 'disable' ? t('dialog.kept') : t('dialog.returns'))
          : nothing
      }
      ${this.#blockers(plan)}
    `
  }

  get #name(): string {
    const card = this.cards.find(({ id }) => id === this.pluginId)
    return card ? pick(card.name) : this.pluginId
  }

  #foot(): unknown {
    const { plan } = this
    const possible = plan && !this.problem && plan.steps.length > 0 && plan.blockers.length === 0
    return html`
      <button slot="footer" class="pl-button cancel" type="button" @click=${() => this.#close()}>
        ${plan && !possible ? common('common.close') : common('common.cancel')}
      </button>
      ${
        possible
          ? html`<button
              slot="footer"
              class="pl-button decide ${plan.action === 'disable' ? 'danger' : 'primary'}"
              type="button"
              aria-disabled=${this.working ? 'true' : 'false'}
              @click=${() => void this.#apply(plan)}
            >
              ${this.working ? t('dialog.working') : t(`dialog.confirm.${plan.action}`, { count: plan.steps.length })}
            </button>`
          : nothing
      }
    `
  }

  override render(): unknown {
    return html`<pl-dialog heading=${t(`dialog.heading.${this.action}`, { name: this.#name })} .width=${480}>
      <div class="body" aria-live="polite" aria-busy=${!this.plan && !this.problem}>${this.#body()}</div>
      ${this.#foot()}
    </pl-dialog>`
  }
}

customElements.define('pl-plan-dialog', PlanDialog)
