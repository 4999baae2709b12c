import type { AccessExplanation, FieldRule } from '@plinth/sdk'
import { common, href, path, pick, PlinthElement, resolve } from '@plinth/ui'
import { css, html, nothing, type PropertyDeclarations } from 'lit'
import { copyText } from '../copy-text.ts'
import { overrideWords, reachedWords } from '../limits/limit-words.ts'
import { shell } from '../session/state.ts'
import { renderWays, wayStyles } from './grant-ways.ts'
import { t } from './texts.ts'

const RULES: readonly FieldRule['rule'][] = ['masked', 'partly', 'shown', 'readOnly', 'immutable']

/** Why somebody may do something or not, in words, and what can be done about it. */
export class Explanation extends PlinthElement {
  static override properties: PropertyDeclarations = {
    explanation: { attribute: false },
    brief: { type: Boolean },
  }
  declare explanation: AccessExplanation
  /** What it is about stands beside it already. */
  declare brief: boolean

  static override styles = [
    wayStyles,
    css`
      :host {
        display: grid;
        gap: 10px;
        line-height: 21px;
        overflow-wrap: anywhere;
      }
      h3 {
        margin-block-end: 4px;
        font-size: var(--pl-size-13);
        font-weight: 500;
        color: var(--pl-text-2);
      }
      .about,
      small {
        color: var(--pl-text-2);
        font-size: var(--pl-size-13);
      }
      .rules {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      .out {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
      }
    `,
  ]

  get #self(): boolean {
    return this.explanation.member.id === shell.value?.member.id
  }

  get #verdict(): string {
    const { reason, grants, member, plugin, feature, limit } = this.explanation
    if (feature && (reason === 'feature_off' || reason === 'tier_required'))
      return t(`why.feature_off.${feature.why}`, {
        feature: pick(feature.label),
        tier: feature.tier ? common(`tier.${feature.tier}`) : '',
      })
    const about = { self: this.#self ? 'yes' : 'no', name: member.label }
    if (reason === 'limit_reached' && limit) return reachedWords(limit)
    switch (reason) {
      case 'granted':
        return t(grants.some(({ condition }) => !condition) ? 'why.granted' : 'why.granted.some', about)
      case 'not_granted':
      case 'condition_unmet':
        return t(`why.${reason}`, about)
      case 'limit_reached':
      case 'feature_off':
        return ''
      default:
        return t(`why.${reason}`, {
          plugin: plugin ? pick(plugin.label) : '',
          tier: plugin ? common(`tier.${plugin.tier}` as 'tier.free') : '',
        })
    }
  }

  /** The limit that is reached, where something else is possible all the same; and who has set it, if not the tier. */
  #limit(): unknown {
    const { limit, allowed } = this.explanation
    if (!limit) return nothing
    const words = [allowed ? reachedWords(limit) : undefined, overrideWords(limit)].filter(Boolean)
    return words.map((line) => html`<small>${line}</small>`)
  }

  /** The feature it is part of, where that is not what decided. */
  #feature(): unknown {
    const { feature, reason } = this.explanation
    if (!feature || reason === 'feature_off' || reason === 'tier_required') return nothing
    const about = { feature: pick(feature.label) }
    return html`<small
      >${feature.on ? t(`why.feature.${feature.why as 'override'}.on`, about) : t('why.feature.off', about)}</small
    >`
  }

  #ways(): unknown {
    const { grants, roles, fields, member } = this.explanation
    if (grants.length === 0) return nothing
    const who = this.#self ? t('why.you') : member.label
    return html`<div>
      <h3>${t('why.ways')}</h3>
      ${renderWays(grants, { roles, fields, who })}
    </div>`
  }

  #rules(): unknown {
    const lines = RULES.flatMap((rule) => {
      const names = this.explanation.rules
        .filter((each) => each.rule === rule)
        .map(({ label }) => pick(label))
      return names.length > 0 ? [t(`why.rule.${rule}`, { fields: names.join(', ') })] : []
    })
    if (lines.length === 0) return nothing
    return html`<div>
      <h3>${t('why.rules')}</h3>
      <ul class="rules">
        ${lines.map((line) => html`<li>${line}</li>`)}
      </ul>
    </div>`
  }

  /** Where those who can change it find what is to be changed. */
  get #question(): string {
    const { plugin, reason, permission, member } = this.explanation
    const query = new URLSearchParams({ member: member.id, right: permission })
    return reason.startsWith('plugin_') || ['feature_off', 'limit_reached', 'tier_required'].includes(reason)
      ? `/admin/plugins?plugin=${plugin?.id ?? ''}`
      : `/admin/members?${query}`
  }

  /** The page where it can be changed; whoever is there already needs no way. */
  #fix(fix: string): unknown {
    const [address, page] = /^\/admin\/([a-z]+)/u.exec(fix) ?? []
    if (address === path.value) return nothing
    const label = t(`why.fix.${page}` as 'why.fix.members', { name: this.explanation.member.label })
    return html`<div class="out"><a class="pl-button primary" href=${href(fix)}>${label}</a></div>`
  }

  #ask(): unknown {
    const names = (this.explanation.askWhom ?? []).map(({ label }) => label).join(', ')
    return html`<p>${names ? t('why.ask', { names }) : t('why.askSomebody')}</p>
      <div class="out">
        <button
          type="button"
          class="pl-button"
          @click=${() => void copyText(resolve(this.#question).href, t('why.copied'))}
        >
          ${t('why.copy')}
        </button>
      </div>`
  }

  #way(): unknown {
    const { allowed, fix, givenBy, reason, feature } = this.explanation
    // What the operator has stopped nobody here can let out again.
    if (allowed || (reason === 'feature_off' && feature?.why === 'stopped')) return nothing
    const roles = (givenBy ?? []).map(({ label }) => pick(label)).join(', ')
    return html`${roles ? html`<p>${t('why.givenBy', { roles })}</p>` : nothing}
    ${fix === undefined ? this.#ask() : this.#fix(fix)}`
  }

  override render(): unknown {
    if (!this.explanation) return nothing
    const { words, plugin } = this.explanation
    const about = { group: pick(words.group), subject: pick(words.subject), action: pick(words.action) }
    return html`${this.brief ? nothing : html`<p class="about">${t('why.line', about)}</p>`}
      <p>${this.#verdict}</p>
      ${plugin?.because ? html`<small>${t('why.because', { reason: plugin.because })}</small>` : nothing}
      ${this.#limit()} ${this.#feature()} ${this.#ways()} ${this.#rules()} ${this.#way()}`
  }
}

customElements.define('pl-explanation', Explanation)
