import type { FeatureCard } from '@plinth/sdk'
import { api, asProblem, common, pick, PlinthElement, Resource, toast } from '@plinth/ui'
import { css, html, nothing, type PropertyDeclarations } from 'lit'
import { followFrame } from '../session/follow-frame.ts'
import { refreshShell } from '../session/session.ts'
import { toastProblem } from '../toast-problem.ts'
import { switchStyles } from './switch.styles.ts'
import { t } from './texts.ts'

/** The features of a plugin: whether each is on, why, and its switch. */
export class PluginFeatures extends PlinthElement {
  static override properties: PropertyDeclarations = { plugin: { attribute: false } }
  /** Its id. */
  declare plugin: string
  readonly #features = new Resource<readonly FeatureCard[]>(
    this,
    async (signal) =>
      (await api.get<{ items: readonly FeatureCard[] }>('/api/v1/features', { signal })).items,
  )
  /** Switched until the server has answered: id → on. */
  readonly #pending = new Map<string, boolean>()

  constructor() {
    super()
    followFrame(this, () => void this.#features.reload())
  }

  static override styles = [
    switchStyles,
    css`
      .fact {
        padding-block: 12px;
        border-block-start: 1px solid var(--pl-hairline);
      }
      h3 {
        margin-block-end: 4px;
        color: var(--pl-text-2);
        font-size: var(--pl-size-13);
        font-weight: 400;
      }
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: flex;
        align-items: flex-start;
        gap: 12px;
        padding-block: 8px;
      }
      .words {
        flex: 1;
        min-width: 0;
        overflow-wrap: anywhere;
      }
      .name {
        font-weight: 550;
        line-height: 22px;
      }
      .text,
      .why {
        color: var(--pl-text-2);
        font-size: var(--pl-size-13);
        line-height: 18px;
        text-wrap: pretty;
      }
      .why {
        margin-block-start: 2px;
      }
      .reset {
        min-height: 24px;
        padding: 0;
        border: 0;
        background: none;
        color: var(--pl-accent-text);
        font: inherit;
        text-decoration: underline;
        cursor: pointer;
      }
    `,
  ]

  async #decide({ plugin, id, label, version }: FeatureCard, on: boolean | null): Promise<void> {
    if (this.#pending.has(id)) return
    if (on !== null) this.#pending.set(id, on)
    this.requestUpdate()
    try {
      const now = await api.patch<FeatureCard>(`/api/v1/features/${plugin}/${id}`, { on }, { version })
      toast(t(now.on ? 'feature.isOn' : 'feature.isOff', { name: pick(label) }), { tone: 'positive' })
      // The event stream says so too, but only where it is open; the menu must not wait for it.
      await Promise.all([this.#features.reload(), refreshShell()])
    } catch (error) {
      toastProblem(asProblem(error))
      await this.#features.reload()
    } finally {
      this.#pending.delete(id)
      this.requestUpdate()
    }
  }

  #row(feature: FeatureCard): unknown {
    const { id, label, description, canSwitch, override } = feature
    const on = this.#pending.get(id) ?? feature.on
    return html`<li>
      <div class="words">
        <p class="name">${pick(label)}</p>
        ${description ? html`<p class="text">${pick(description)}</p>` : nothing}
        <p class="why" id="why-${id}">
          ${whyWords(feature)}
          ${
            canSwitch && override !== null
              ? html`<button
                  class="reset"
                  type="button"
                  aria-label=${t('feature.resetNamed', { name: pick(label) })}
                  @click=${() => void this.#decide(feature, null)}
                >
                  ${t('feature.reset')}
                </button>`
              : nothing
          }
        </p>
      </div>
      <button
        class="switch"
        type="button"
        role="switch"
        aria-checked=${on ? 'true' : 'false'}
        aria-label=${t('feature.switch', { name: pick(label) })}
        aria-describedby="why-${id}"
        aria-busy=${this.#pending.has(id) ? 'true' : 'false'}
        ?disabled=${!canSwitch}
        @click=${() => void this.#decide(feature, !on)}
      ></button>
    </li>`
  }

  override render(): unknown {
    const features = (this.#features.value ?? []).filter(({ plugin }) => plugin === this.plugin)
    if (features.length === 0) return nothing
    return html`<section class="fact">
      <h3>${t('panel.features')}</h3>
      <ul role="list">
        ${features.map((feature) => this.#row(feature))}
      </ul>
    </section>`
  }
}

/** Why it is on or off, in a few words. */
function whyWords({ on, why, tier }: FeatureCard): string {
  if (why === 'stopped') return t('feature.why.stopped')
  if (why === 'tier') return t('feature.why.tier', { tier: tier ? common(`tier.${tier}`) : '' })
  return t(`feature.why.${why}.${on ? 'on' : 'off'}`)
}

customElements.define('pl-plugin-features', PluginFeatures)
