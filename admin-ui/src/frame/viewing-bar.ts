import { api, asProblem, fmt, PlinthElement, resolve, toast } from '@plinth/ui'
import { html, nothing } from 'lit'
import { problemSentence } from '../problem-sentence.ts'
import { shell } from '../session/state.ts'
import { t } from '../texts.ts'

/** Says all the time that the workspace is seen as somebody else sees it, and ends that. */
export class ViewingBar extends PlinthElement {
  #timer: ReturnType<typeof setTimeout> | undefined

  protected override createRenderRoot(): HTMLElement {
    return this
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearTimeout(this.#timer)
  }

  override updated(): void {
    clearTimeout(this.#timer)
    const until = shell.value?.viewing?.until
    if (until) this.#timer = setTimeout(beginAnew, Math.max(1_000, Date.parse(until) - Date.now()))
  }

  async #end(): Promise<void> {
    try {
      await api.delete('/api/v1/session/view')
    } catch (error) {
      // It is over already: the page is that of somebody else all the same.
      if (asProblem(error).status !== 404) {
        toast(problemSentence(asProblem(error)), { tone: 'danger' })
        return
      }
    }
    beginAnew()
  }

  override render(): unknown {
    const { viewing, member } = shell.value ?? {}
    if (!viewing || !member) return nothing
    return html`<aside class="notice viewing" aria-label=${t('frame.viewing.label')}>
      <pl-icon name="eye"></pl-icon>
      <span>${t('frame.viewing', { name: member.name, time: fmt.time(viewing.until) })}</span>
      <button type="button" class="pl-button" @click=${() => void this.#end()}>
        ${t('frame.viewing.end')}
      </button>
    </aside>`
  }
}

/** Nothing of what another person sees stays in the page. */
export function beginAnew(): void {
  location.assign(resolve('/'))
}

customElements.define('pl-viewing-bar', ViewingBar)
