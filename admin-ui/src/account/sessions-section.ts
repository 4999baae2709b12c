import type { SessionEntry } from '@plinth/sdk'
import { api, asProblem, fmt, PlinthElement, Resource, toast } from '@plinth/ui'
import { css, html, nothing } from 'lit'
import { problemSentence } from '../problem-sentence.ts'
import { t } from '../texts.ts'
import { deviceName } from './device-name.ts'

/** Where one is signed in, device by device. */
export class SessionsSection extends PlinthElement {
  readonly #sessions = new Resource<readonly SessionEntry[]>(
    this,
    async (signal) =>
      (await api.get<{ items: readonly SessionEntry[] }>('/api/v1/sessions', { signal })).items,
  )

  static override styles = css`
    section {
      padding: 18px 20px 8px;
    }
    h2 {
      font-size: var(--pl-size-14);
      font-weight: 600;
      line-height: 20px;
    }
    p,
    small {
      color: var(--pl-text-2);
      font-size: var(--pl-size-13);
      line-height: 19px;
    }
    ul {
      margin: 8px 0 0;
      padding: 0;
      list-style: none;
    }
    li {
      display: flex;
      flex-wrap: wrap;
      gap: 4px 12px;
      align-items: center;
      padding: 10px 0;
      border-block-start: 1px solid var(--pl-hairline);
    }
    li > div {
      flex: 1 1 220px;
      min-width: 0;
    }
    li small {
      display: block;
    }
    .others {
      margin-block: 4px 10px;
    }
  `

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
                    class="pl-button others"
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
