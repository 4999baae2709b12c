import type { ConnectedApp } from '@plinth/sdk'
import { api, asProblem, confirm, fmt, pick, PlinthElement, Resource, toast } from '@plinth/ui'
import { html, nothing } from 'lit'
import { apiAccessStyles } from '../console/api-access/api-access.styles.ts'
import { problemSentence } from '../problem-sentence.ts'
import { t } from './texts.ts'

const ROOT = '/api/v1/oauth/grants'

/** The programs that act in the name of the member, for their account page. */
export class ConnectedApps extends PlinthElement {
  readonly #apps = new Resource<readonly ConnectedApp[]>(
    this,
    async (signal) => (await api.get<{ items: readonly ConnectedApp[] }>(ROOT, { signal })).items,
  )

  static override styles = apiAccessStyles

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
    return html`<li class="row">
      <span class="words">
        <strong>${app.name}</strong>
        <small>${app.scopes.map(({ label }) => pick(label)).join(', ')}</small>
        <small>${t('apps.since', { date: fmt.datetime(app.since) })}</small>
      </span>
      <button
        type="button"
        class="pl-button"
        aria-label=${t('apps.end.named', { name: app.name })}
        @click=${() => void this.#end(app)}
      >
        ${t('apps.end')}
      </button>
    </li>`
  }

  override render(): unknown {
    const apps = this.#apps.value
    return html`<section aria-labelledby="apps">
      <div class="head">
        <div>
          <h2 id="apps">${t('apps.title')}</h2>
          <p class="hint">${t('apps.hint')}</p>
        </div>
      </div>
      ${
        apps
          ? apps.length === 0
            ? html`<p class="pl-card none">${t('apps.none')}</p>`
            : html`<ul class="pl-card rows" aria-labelledby="apps">
                ${apps.map((app) => this.#row(app))}
              </ul>`
          : this.#apps.render(() => nothing)
      }
    </section>`
  }
}

customElements.define('pl-connected-apps', ConnectedApps)
