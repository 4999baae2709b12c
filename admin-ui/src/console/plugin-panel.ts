import type { PlanStep, PluginCard } from '@plinth/sdk'
import { common, fmt, hueOf, pick, PlinthElement, Resource } from '@plinth/ui'
import { css, html, nothing, type PropertyDeclarations } from 'lit'
import { limitStyles, renderLimits } from './limit-list.ts'
import { fetchPlan, isSwitchedOn, type Cards } from './plugin-api.ts'
import './plugin-features.ts'
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

  static override styles = css`
    ${upgradeStyles} ${limitStyles}
    :host {
      display: block;
    }
    .upgrade {
      margin-block: -4px 20px;
    }
    .errors {
      display: grid;
      gap: 10px;
      margin: 0;
      padding: 0;
      list-style: none;
    }
    .errors li {
      display: grid;
      overflow-wrap: anywhere;
    }
    .where {
      font-weight: 550;
    }
    .errors code,
    .trash,
    .remedy {
      color: var(--pl-text-2);
      font-size: var(--pl-size-12);
      line-height: 18px;
    }
    .remedy {
      margin-block-start: 12px;
    }
    .head {
      display: flex;
      align-items: flex-start;
      gap: 12px;
    }
    .title {
      flex: 1;
      min-width: 0;
    }
    h2 {
      font-size: var(--pl-size-16);
      font-weight: 600;
      line-height: 22px;
      letter-spacing: -0.01em;
      outline: 0;
    }
    .by {
      color: var(--pl-text-2);
      font-size: var(--pl-size-13);
      line-height: 18px;
    }
    .about {
      margin-block: 16px 20px;
      line-height: 21px;
      text-wrap: pretty;
    }
    .note {
      display: flex;
      gap: 10px;
      margin-block-end: 20px;
      padding: 10px 12px;
      border-radius: var(--pl-radius-m);
      background: var(--pl-warning-soft);
      color: var(--pl-warning-text);
      font-size: var(--pl-size-13);
      line-height: 19px;
      overflow-wrap: anywhere;
    }
    .note.halted {
      background: var(--pl-danger-soft);
      color: var(--pl-danger-text);
    }
    .note pl-icon {
      margin-block-start: 2px;
    }
    dl {
      margin: 0;
    }
    .fact {
      padding-block: 12px;
      border-block-start: 1px solid var(--pl-hairline);
    }
    dt {
      margin-block-end: 4px;
      color: var(--pl-text-2);
      font-size: var(--pl-size-13);
    }
    dd {
      margin: 0;
    }
    .others {
      display: flex;
      flex-wrap: wrap;
      gap: 6px;
    }
    .other {
      display: inline-flex;
      align-items: center;
      gap: 7px;
      min-height: 30px;
      padding: 0 10px;
      border: 1px solid var(--pl-hairline-strong);
      border-radius: 99px;
      background: var(--pl-raised);
      color: inherit;
      font: 500 var(--pl-size-13) / 20px var(--pl-font);
      cursor: pointer;
    }
    .other:hover {
      background: var(--pl-hover);
    }
    .brings {
      margin: 0;
      padding: 0;
      list-style: none;
    }
    .brings li {
      display: flex;
      justify-content: space-between;
      gap: 12px;
      line-height: 26px;
    }
    .rows {
      color: var(--pl-text-2);
      font-variant-numeric: tabular-nums;
    }
  `

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
