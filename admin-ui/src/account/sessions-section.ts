import type { SessionEntry } from '@plinth/sdk'
import { api, asProblem, fmt, PlinthElement, Resource, toast } from '@plinth/ui'
import { html, nothing } from 'lit'
import { problemSentence } from '../problem-sentence.ts'
import { t } from '../texts.ts'
import { deviceName } from './device-name.ts'
import { listSectionStyles } from './list-section.styles.ts'

/** Where one is signed in, device by device. */
export class SessionsSection extends PlinthElement {
  readonly #sessions = new Resource<readonly SessionEntry[]>(
    this,
    async (signal) =>
      (await api.get<{ items: readonly SessionEntry[] }>('/api/v1/sessions', { signal })).items,
  )

  static override styles = listSectionStyles

  async #end(path: string): Promise<void> {
    try {
      await api.delete(path)
      toast(t('sessions.ended'), { tone: 'positive' })
    } catch (error) {
      toast(problemSentence(asProblem(error)), { tone: 'danger' })
    }
    await this.#sessions.reload()
  }

  #row({ id, isCurrent, agent, address, seenAt }: SessionEntry): unknown {
    const where = [address, isCurrent ? t('sessions.here') : t('sessions.seen', { when: fmt.rel(seenAt) })]
    const name = deviceName(agent)
    return html`<li>
      <div>
        <strong>${name}</strong>
        <small>${where.filter(Boolean).join(' · ')}</small>
      </div>
      ${
        isCurrent
          ? nothing
          : html`<button
              type="button"
              class="pl-button"
              aria-label=${t('sessions.endOne', { name })}
              @click=${() => void this.#end(`/api/v1/sessions/${id}`)}
            >
              ${t('sessions.end')}
            </button>`
      }
    </li>`
  }

  override render(): unknown {
    return html`<section class="pl-card">
      <h2>${t('sessions.title')}</h2>
      <p>${t('sessions.intro')}</p>
      ${this.#sessions.render(
        (items) =>
          html`<ul>
              ${items.map((each) => this.#row(each))}
            </ul>
            ${
              items.length > 1
                ? html`<button
                    type="button"
                    class="pl-button all"
                    @click=${() => void this.#end('/api/v1/sessions')}
                  >
                    ${t('sessions.endOthers')}
                  </button>`
                : nothing
            }`,
      )}
    </section>`
  }
}

customElements.define('pl-sessions-section', SessionsSection)
