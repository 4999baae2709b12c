import type { PlanStep, PluginCard } from '@plinth/sdk'
import { common, fmt, hueOf, pick, PlinthElement, Resource } from '@plinth/ui'
import { html, nothing, type PropertyDeclarations } from 'lit'
import { limitStyles, renderLimits } from './limit-list.ts'
import { fetchPlan, isSwitchedOn, type Cards } from './plugin-api.ts'
import './plugin-features.ts'
import { pluginPanelStyles } from './plugin-panel.styles.ts'
import { t } from './texts.ts'
import { haltedSentence, renderErrors, renderProgress, upgradeStyles } from './upgrade-note.ts'

/**
 * Everything about one plugin: whose it is, what it needs, what needs it, what it brings.
 *
 * @fires close
 * @fires choose `detail` is the id of another plugin to show
 */
export class PluginPanel extends PlinthElement {
  static override properties: PropertyDeclarations = {
    plugin: { attribute: false },
    cards: { attribute: false },
    headless: { type: Boolean },
  }
  declare plugin: PluginCard
  declare cards: Cards
  /** Name and close button are there already, in the head of a dialog. */
  declare headless: boolean

  /** The plan of its switch knows the entities and how much is in them. */
  readonly #step = new Resource<PlanStep | undefined>(
    this,
    async (signal) => {
      const plan = await fetchPlan(this.plugin.id, isSwitchedOn(this.plugin) ? 'disable' : 'enable', {
        signal,
      })
      return plan.steps.find((step) => step.plugin === this.plugin.id)
    },
    () => [this.plugin.id, this.plugin.state],
  )

  static override styles = [upgradeStyles, limitStyles, pluginPanelStyles]

  /** Puts the keyboard and the screen reader at the start of the panel. */
  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('h2')?.focus()
  }

  #others(ids: readonly string[], none: string): unknown {
    if (ids.length === 0) return html`<span class="rows">${none}</span>`
    return html`<div class="others">
      ${ids.map((id) => {
        const card = this.cards.find((each) => each.id === id)
        return html`<button
          class="other"
          type="button"
          ?disabled=${!card}
          @click=${() => this.dispatchEvent(new CustomEvent('choose', { detail: id }))}
        >
          <pl-status
            tone=${card?.state === 'enabled' ? 'positive' : card?.state === 'quarantined' ? 'danger' : 'neutral'}
            label=${card ? pick(card.name) : id}
          ></pl-status>
          ${card ? html`<span class="pl-sr-only">${t(`panel.state.${card.state}`)}</span>` : nothing}
        </button>`
      })}
    </div>`
  }

  #brings(): unknown {
    const entities = this.#step.value?.entities ?? []
    if (entities.length === 0) return nothing
    return html`<div class="fact">
      <dt>${t('panel.brings')}</dt>
      <dd>
        <ul class="brings">
          ${entities.map(
            ({ label, rows }) =>
              html`<li>
                <span>${pick(label)}</span>
                ${
                  rows > 0
                    ? html`<span class="rows" aria-hidden="true">${fmt.num(rows)}</span
                        ><span class="pl-sr-only">${t('panel.rows', { count: rows })}</span>`
                    : nothing
                }
              </li>`,
          )}
        </ul>
      </dd>
    </div>`
  }

  #limits(): unknown {
    const limits = this.#step.value?.limits ?? []
    if (limits.length === 0) return nothing
    return html`<div class="fact">
      <dt>${t('panel.limits')}</dt>
      <dd>${renderLimits(limits)}</dd>
    </div>`
  }

  #notes(): unknown {
    const { locked, name } = this.plugin
    const halted = haltedSentence(this.plugin)
    return html`${
      locked
        ? html`<p class="note">
            <pl-icon name="lock"></pl-icon
            ><span>${t('panel.locked', { name: pick(name), tier: common(`tier.${locked.tier}`) })}</span>
          </p>`
        : nothing
    }${
      halted === undefined
        ? nothing
        : html`<p class="note halted"><pl-icon name="octagon-pause"></pl-icon><span>${halted}</span></p>`
    }`
  }

  #head(): unknown {
    const { plugin } = this
    const hue = isSwitchedOn(plugin) ? hueOf(plugin.id) : undefined
    const by = t('panel.by', { publisher: publisherName(plugin.publisher), version: plugin.version })
    if (this.headless) return html`<p class="by">${by}</p>`
    return html`<div class="head">
      <pl-icon-tile .icon=${plugin.icon} .hue=${hue}></pl-icon-tile>
      <div class="title">
        <h2 tabindex="-1">${pick(plugin.name)}</h2>
        <p class="by">${by}</p>
      </div>
      <button
        class="pl-button ghost icon"
        type="button"
        aria-label=${t('panel.close')}
        @click=${() => this.dispatchEvent(new Event('close'))}
      >
        <pl-icon name="x"></pl-icon>
      </button>
    </div>`
  }

  override render(): unknown {
    const { plugin } = this
    return html`
      ${this.#head()}
      <p class="about">${pick(plugin.description)}</p>
      ${this.#notes()} ${renderProgress(plugin)}
      <pl-plugin-features .plugin=${plugin.id}></pl-plugin-features>
      <dl>
        ${renderErrors(plugin)}
        ${
          plugin.tier === 'free' || plugin.locked
            ? nothing
            : html`<div class="fact">
                <dt>${t('panel.tier')}</dt>
                <dd>${common(`tier.${plugin.tier}`)}</dd>
              </div>`
        }
        <div class="fact">
          <dt>${t('panel.needs')}</dt>
          <dd>${this.#others(plugin.requires, t('panel.needsNothing'))}</dd>
        </div>
        <div class="fact">
          <dt>${t('panel.usedBy')}</dt>
          <dd>${this.#others(plugin.requiredBy, t('panel.usedByNone'))}</dd>
        </div>
        ${this.#limits()} ${this.#brings()}
      </dl>
    `
  }
}

/** Ids of publishers are small letters; names are not. */
function publisherName(id: string): string {
  return id.charAt(0).toUpperCase() + id.slice(1)
}

customElements.define('pl-plugin-panel', PluginPanel)
