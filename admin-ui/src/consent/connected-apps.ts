import type { ConnectedApp } from '@plinth/sdk'
import { api, asProblem, confirm, fmt, pick, PlinthElement, Resource, toast } from '@plinth/ui'
import { html } from 'lit'
import { listSectionStyles } from '../account/list-section.styles.ts'
import { problemSentence } from '../problem-sentence.ts'
import { t } from './texts.ts'

const ROOT = '/api/v1/oauth/grants'

/** The programs that act in the name of the member, for their account page. */
export class ConnectedApps extends PlinthElement {
  readonly #apps = new Resource<readonly ConnectedApp[]>(
    this,
    async (signal) => (await api.get<{ items: readonly ConnectedApp[] }>(ROOT, { signal })).items,
  )

  static override styles = listSectionStyles

  async #end({ id, name }: ConnectedApp): Promise<void> {
    const sure = await confirm({
      heading: t('apps.end.heading', { name }),
      text: t('apps.end.text'),
      confirm: t('apps.end'),
      danger: true,
    })
    if (!sure) return
    try {
      await api.delete(`${ROOT}/${id}`)
      toast(t('apps.ended', { name }), { tone: 'positive' })
    } catch (error) {
      toast(problemSentence(asProblem(error)), { tone: 'danger' })
    }
    await this.#apps.reload()
  }

  #row(app: ConnectedApp): unknown {
    const { name, scopes, since, lastUsedAt } = app
    const times = [
      t('apps.since', { date: fmt.datetime(since) }),
      lastUsedAt ? t('apps.used', { when: fmt.rel(lastUsedAt) }) : t('apps.unused'),
    ]
    return html`<li>
      <div>
        <strong>${name}</strong>
        <small>${scopes.map(({ label }) => pick(label)).join(' · ')}</small>
        <small>${times.join(' · ')}</small>
      </div>
      <button
        type="button"
        class="pl-button"
        aria-label=${t('apps.end.named', { name })}
        @click=${() => void this.#end(app)}
      >
        ${t('apps.end')}
      </button>
    </li>`
  }

  override render(): unknown {
    return html`<section class="pl-card">
      <h2>${t('apps.title')}</h2>
      <p>${t('apps.hint')}</p>
      ${this.#apps.render((apps) =>
        apps.length === 0
          ? html`<p class="none">${t('apps.none')}</p>`
          : html`<ul>
              ${apps.map((app) => this.#row(app))}
            </ul>`,
      )}
    </section>`
  }
}

customElements.define('pl-connected-apps', ConnectedApps)
