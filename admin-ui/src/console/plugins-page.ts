import type { PluginCard, PluginPlan } from '@plinth/sdk'
import {
  asProblem,
  common,
  pick,
  PlinthElement,
  query,
  Resource,
  setQuery,
  toast,
  type PlDialog,
} from '@plinth/ui'
import { html, nothing } from 'lit'
import { problemSentence } from '../problem-sentence.ts'
import { refreshShell } from '../session/session.ts'
import { shell, tenant } from '../session/state.ts'
import './plan-dialog.ts'
import type { PlanDialog, PlanDone } from './plan-dialog.ts'
import { doneText, listNames } from './plan-words.ts'
import { fetchCards, isSwitchedOn, retryPlugin, type Cards } from './plugin-api.ts'
import { groupPlugins, type Show } from './plugin-list.ts'
import './plugin-panel.ts'
import type { PluginPanel } from './plugin-panel.ts'
import { renderRow, type RowContext } from './plugin-row.ts'
import { renderTools, SHOWS } from './plugin-tools.ts'
import { pluginsPageStyles } from './plugins-page.styles.ts'
import { t } from './texts.ts'
import { undoPlan } from './undo-plan.ts'

/** Between two looks at an upgrade that is under way. */
const FOLLOW_MS = 2_000

/** The tenant's plugins: what there is, what is on, and the switches. */
export class PluginsPage extends PlinthElement {
  readonly #cards = new Resource<Cards>(this, (signal) => fetchCards({ signal }))
  /** Switches shown as thrown until the server has answered: id → on. */
  readonly #pending = new Map<string, boolean>()
  readonly #retrying = new Set<string>()
  #seenShell = shell.peek()
  #next: ReturnType<typeof setTimeout> | undefined
  readonly #wide = matchMedia('(min-width: 1180px)')

  static override styles = pluginsPageStyles

  override connectedCallback(): void {
    super.connectedCallback()
    this.#wide.addEventListener('change', this.#resized)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#wide.removeEventListener('change', this.#resized)
    clearTimeout(this.#next)
    this.#next = undefined
  }

  /** Progress is no news to the rest of the frame, so it is asked for. */
  #follow(): void {
    if (this.#next !== undefined || !this.#cards.value?.some(({ state }) => state === 'upgrading')) return
    this.#next = setTimeout(() => {
      this.#next = undefined
      void this.#cards.reload()
    }, FOLLOW_MS)
  }

  readonly #resized = (): void => this.requestUpdate()

  protected override willUpdate(): void {
    // The frame is fetched anew when somebody switches something, here or elsewhere: the cards follow.
    if (shell.value === this.#seenShell) return
    this.#seenShell = shell.value
    if (this.#cards.value) void this.#cards.reload()
  }

  get #search(): string {
    return query.value.get('q') ?? ''
  }

  get #show(): Show {
    const show = query.value.get('show') as Show
    return SHOWS.includes(show) ? show : 'all'
  }

  get #chosen(): PluginCard | undefined {
    const id = query.value.get('plugin')
    return this.#cards.value?.find((card) => card.id === id)
  }

  get #panel(): PluginPanel | null {
    return this.renderRoot.querySelector<PluginPanel>('pl-plugin-panel')
  }

  readonly #context: RowContext & { chosen: string | undefined } = {
    chosen: undefined,
    isOn: (plugin) => this.#pending.get(plugin.id) ?? isSwitchedOn(plugin),
    isBusy: (plugin) => this.#pending.has(plugin.id) || this.#retrying.has(plugin.id),
    open: (plugin) => void this.#open(plugin.id),
    flip: (plugin) => {
      const dialog = this.renderRoot.querySelector<PlanDialog>('pl-plan-dialog')
      if (!this.#context.isBusy(plugin))
        void dialog?.show(plugin.id, isSwitchedOn(plugin) ? 'disable' : 'enable')
    },
    retry: (plugin) => void this.#retry(plugin),
  }

  async #open(id: string): Promise<void> {
    if (this.#chosen?.id === id) return this.#close()
    setQuery({ plugin: id })
    await this.updateComplete
    this.#panel?.focus()
  }

  protected override updated(): void {
    this.#follow()
    // Also when the address brought the details along.
    void this.renderRoot.querySelector<PlDialog>('pl-dialog.side')?.show()
  }

  #close(): void {
    const id = this.#chosen?.id
    setQuery({ plugin: null })
    // Back to where the details were opened from.
    if (id) this.renderRoot.querySelector<HTMLElement>(`[data-plugin="${CSS.escape(id)}"]`)?.focus()
  }

  #started({ detail: plan }: CustomEvent<PluginPlan>): void {
    for (const step of plan.steps) this.#pending.set(step.plugin, step.action === 'enable')
    this.requestUpdate()
  }

  #failed(): void {
    this.#pending.clear()
    this.requestUpdate()
  }

  #done({ detail: { plan, cards } }: CustomEvent<PlanDone>): void {
    this.#take(cards)
    toast(doneText(plan), {
      tone: 'positive',
      duration: 10_000,
      action: { label: common('common.undo'), run: () => this.#undo(plan) },
    })
  }

  #take(cards: Cards): void {
    this.#pending.clear()
    this.#cards.set(cards)
    // The event stream says so too, but only where it is open; the menu must not wait for it.
    void refreshShell()
  }

  async #undo(plan: PluginPlan): Promise<void> {
    for (const step of plan.steps) this.#pending.set(step.plugin, step.action === 'disable')
    this.requestUpdate()
    try {
      const undone = await undoPlan(plan)
      this.#take(undone.cards ?? (await fetchCards()))
      if (undone.kind === 'done') {
        toast(t('toast.undone'))
        return
      }
      const others = undone.plan.steps.filter((step) => !plan.steps.some((own) => own.plugin === step.plugin))
      toast(t('toast.undoBlocked', { names: listNames(others.map((step) => pick(step.name))) }), {
        tone: 'danger',
      })
    } catch (error) {
      this.#failed()
      toast(t('toast.failed', { reason: problemSentence(asProblem(error)) }), { tone: 'danger' })
      void this.#cards.reload()
    }
  }

  async #retry(plugin: PluginCard): Promise<void> {
    if (this.#retrying.has(plugin.id)) return
    const name = pick(plugin.name)
    this.#retrying.add(plugin.id)
    this.requestUpdate()
    try {
      const cards = await retryPlugin(plugin.id)
      this.#take(cards)
      const now = cards.find((card) => card.id === plugin.id)
      if (now?.state === 'quarantined')
        toast(t('quarantine.failed', { name, reason: now.reason ?? '' }), { tone: 'danger' })
      else toast(t('quarantine.retried', { name }), { tone: 'positive' })
    } catch (error) {
      toast(t('quarantine.failed', { name, reason: problemSentence(asProblem(error)) }), { tone: 'danger' })
      void this.#cards.reload()
    } finally {
      this.#retrying.delete(plugin.id)
      this.requestUpdate()
    }
  }

  #groups(cards: Cards): unknown {
    const groups = groupPlugins(cards, this.#search, this.#show)
    if (cards.length === 0) {
      return html`<pl-empty
        icon="puzzle"
        heading=${t('page.empty.heading')}
        text=${t('page.empty.text')}
      ></pl-empty>`
    }
    if (groups.length === 0) {
      return html`<pl-empty icon="search-x" heading=${t('page.none.heading')} text=${t('page.none.text')}>
        <button slot="action" class="pl-button" @click=${() => setQuery({ q: null, show: null })}>
          ${t('page.reset')}
        </button>
      </pl-empty>`
    }
    return groups.map(
      ({ category, plugins }) =>
        html`<section class="group">
          <h2 class="category">${category}</h2>
          <ul class="pl-card rows" role="list">
            ${plugins.map((plugin) => renderRow(plugin, this.#context))}
          </ul>
        </section>`,
    )
  }

  #details(cards: Cards): unknown {
    const plugin = this.#chosen
    if (!plugin) return nothing
    const wide = this.#wide.matches
    const panel = html`<pl-plugin-panel
      ?headless=${!wide}
      .plugin=${plugin}
      .cards=${cards}
      @close=${() => this.#close()}
      @choose=${(event: CustomEvent<string>) => void this.#open(event.detail)}
    ></pl-plugin-panel>`
    if (wide) {
      const close = (event: KeyboardEvent): void => {
        if (event.key === 'Escape') this.#close()
      }
      return html`<aside
        class="aside"
        aria-label=${t('panel.details', { name: pick(plugin.name) })}
        @keydown=${close}
      >
        ${panel}
      </aside>`
    }
    return html`<pl-dialog
      class="side"
      side
      .width=${400}
      heading=${pick(plugin.name)}
      @close=${() => this.#close()}
    >
      ${panel}
    </pl-dialog>`
  }

  override render(): unknown {
    // Read here, because only what drawing reads is followed; `willUpdate` acts on it.
    void shell.value
    const cards = this.#cards.value
    if (!cards) {
      return html`<pl-page-header heading=${t('page.title')}></pl-page-header
        >${this.#cards.render(() => nothing)}`
    }
    this.#context.chosen = this.#chosen?.id
    const active = cards.filter((card) => this.#context.isOn(card)).length
    const sentence = t('page.sentence', { active, all: cards.length, tenant: tenant.value?.name })
    return html`<div class=${this.#chosen && this.#wide.matches ? 'page split' : 'page'}>
        <div class="list">
          <pl-page-header heading=${t('page.title')} subheading=${sentence}
            >${renderTools(cards, this.#search, this.#show)}</pl-page-header
          >
          <div class="groups">${this.#groups(cards)}</div>
        </div>
        ${this.#details(cards)}
      </div>
      <pl-plan-dialog
        .cards=${cards}
        @plan-start=${this.#started}
        @plan-done=${this.#done}
        @plan-failed=${this.#failed}
      ></pl-plan-dialog>`
  }
}

customElements.define('pl-plugins-page', PluginsPage)
