import { asProblem, fmt, PlinthElement, Resource } from '@plinth/ui'
import { html, nothing, type PropertyDeclarations } from 'lit'
import { toastProblem } from '../../toast-problem.ts'
import { auditStyles } from './audit.styles.ts'
import { fetchChain, verifyChain, type ChainState, type Verification } from './audit-api.ts'
import { t, tell } from './texts.ts'

/** Faults that are shown before more are wanted. */
const SHOWN = 5

/** How far the chain of the log is, and whether all of it is as it was written. */
export class AuditChain extends PlinthElement {
  static override properties: PropertyDeclarations = {
    busy: { state: true },
    found: { state: true },
    whole: { state: true },
  }
  declare protected busy: boolean
  /** Whether all that was found is shown. */
  declare protected whole: boolean
  declare protected found: Verification | undefined
  readonly #state = new Resource<ChainState>(this, (signal) => fetchChain({ signal }))

  static override styles = auditStyles

  async #verify(): Promise<void> {
    this.busy = true
    this.whole = false
    try {
      this.found = await verifyChain()
      await this.#state.reload()
    } catch (error) {
      toastProblem(asProblem(error))
    } finally {
      this.busy = false
    }
  }

  #verified({ verified }: ChainState): unknown {
    if (!verified) return html`<p>${t('chain.never')}</p>`
    const time = fmt.datetime(verified.at)
    return verified.intact
      ? html`<p>${t('chain.intact', { time })}</p>`
      : html`<p class="bad">${t('chain.broken', { time })}</p>`
  }

  #found(): unknown {
    if (!this.found) return nothing
    const { intact, entries, adopted } = this.found
    const old = adopted > 0 ? html`<p>${t('chain.adopted', { count: fmt.num(adopted) })}</p>` : nothing
    const result = intact ? html`<p>${t('chain.sound', { count: entries })}</p>` : this.#faults(this.found)
    return html`<div role="status">${result}${old}</div>`
  }

  #faults({ faults }: Verification): unknown {
    const shown = this.whole ? faults : faults.slice(0, SHOWN)
    return html`<ul class="bad faults">
        ${shown.map(({ kind, block, entry }) => {
          const place = { entry: entry ?? '', block: String(block) }
          return html`<li>${tell(`fault.${kind}`, kind, place)}</li>`
        })}
      </ul>
      ${
        shown.length < faults.length
          ? html`<button type="button" class="pl-button ghost" @click=${() => (this.whole = true)}>
              ${t('chain.more', { count: fmt.num(faults.length - shown.length) })}
            </button>`
          : nothing
      }`
  }

  override render(): unknown {
    const state = this.#state.value
    if (!state) return this.#state.render(() => nothing)
    const { head, waiting, refused } = state
    return html`<div class="pl-card chain">
      <div>
        <p>
          ${
            head
              ? t('chain.sealed', { count: fmt.num(head.seq), time: fmt.datetime(head.at) })
              : t('chain.empty')
          }${waiting > 0 ? ` · ${t('chain.waiting', { count: waiting })}` : ''}
        </p>
        ${this.#verified(state)}
        ${refused > 0 ? html`<p class="bad">${t('chain.refused', { count: refused })}</p>` : nothing}
        ${this.#found()}
      </div>
      <button type="button" class="pl-button" ?disabled=${this.busy} @click=${() => void this.#verify()}>
        ${this.busy ? t('chain.verifying') : t('chain.verify')}
      </button>
    </div>`
  }
}

customElements.define('pl-audit-chain', AuditChain)
