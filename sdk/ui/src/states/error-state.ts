import type { Tier } from '@plinth/sdk'
import { css, html, nothing, type PropertyDeclarations } from 'lit'
import type { ApiProblem } from '../api/problem.ts'
import { PlinthElement } from '../element/plinth-element.ts'
import { common } from '../texts.ts'
import { whyOf } from './explain-refusal.ts'

type Kind =
  | 'offline'
  | 'forbidden'
  | 'locked'
  | 'missing'
  | 'conflict'
  | 'shredded'
  | 'sealed'
  | 'tampered'
  | 'failed'

const ICONS: Readonly<Record<Kind, string>> = {
  offline: 'wifi-off',
  forbidden: 'shield-off',
  locked: 'lock',
  missing: 'search-x',
  conflict: 'git-compare',
  shredded: 'lock',
  sealed: 'lock',
  tampered: 'shield-off',
  failed: 'triangle-alert',
}

/** Which of the calm sentences a problem gets. */
export function kindOf(problem: Pick<ApiProblem, 'status' | 'code'> | undefined): Kind {
  if (problem?.code === 'network') return 'offline'
  if (problem?.status === 402) return 'locked'
  if (problem?.status === 403) return 'forbidden'
  if (problem?.status === 404) return 'missing'
  if (problem?.status === 409) return 'conflict'
  if (problem?.code === 'key_destroyed') return 'shredded'
  if (problem?.code === 'key_unavailable') return 'sealed'
  if (problem?.code === 'ciphertext_invalid') return 'tampered'
  return 'failed'
}

/**
 * What went wrong, what to do, and the number support asks for. Speaks for every problem: no connection, no permission,
 * tier too low, not found, failure.
 *
 * @fires retry - when trying again makes sense and is asked for
 */
export class PlError extends PlinthElement {
  static override properties: PropertyDeclarations = {
    error: { attribute: false },
    page: { type: Boolean },
  }
  declare error: ApiProblem | undefined
  /** It is the whole page, not a part of one. */
  declare page: boolean

  static override styles = css`
    :host {
      display: block;
    }
    .fact {
      margin-top: 6px;
      color: var(--pl-text-3);
      font: 400 var(--pl-size-12) / 18px var(--pl-font-mono);
      text-align: center;
      user-select: all;
    }
    pl-empty {
      padding-bottom: 0;
    }
    :host {
      padding-bottom: 56px;
    }
  `

  override render(): unknown {
    const kind = kindOf(this.error)
    const { problem } = this.error ?? {}
    const { permission, tier } = (problem ?? {}) as { permission?: string; tier?: Tier }
    const id = this.error?.requestId
    const facts = [
      tier && common('error.tier', { tier: common(`tier.${tier}`) }),
      permission && common('error.permission', { permission }),
      id && common('error.request', { id }),
    ]
    const why = whyOf(this.error)
    const retry = kind === 'offline' || kind === 'failed' || kind === 'conflict' || kind === 'sealed'
    return html`
      <pl-empty
        role="alert"
        ?page=${this.page}
        icon=${ICONS[kind]}
        heading=${common(`error.${kind}.heading`)}
        text=${common(`error.${kind}.text`)}
      >
        ${
          retry
            ? html`<button
                slot="action"
                class="pl-button"
                @click=${() => this.dispatchEvent(new Event('retry'))}
              >
                <pl-icon name="rotate-cw"></pl-icon>${common('common.retry')}
              </button>`
            : nothing
        }
        ${
          why
            ? html`<button slot="action" type="button" class="pl-button" @click=${why}>
                ${common('error.why')}
              </button>`
            : nothing
        }
      </pl-empty>
      ${facts.filter(Boolean).map((fact) => html`<p class="fact">${fact}</p>`)}
    `
  }
}

customElements.define('pl-error', PlError)
