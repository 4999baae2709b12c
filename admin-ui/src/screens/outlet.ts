import { html, nothing, type PropertyDeclarations } from 'lit'
import {
  asProblem,
  CrashEvent,
  effect,
  href,
  path,
  PlinthElement,
  untracked,
  type ApiProblem,
} from '@plinth/ui'
import { shell, tenant } from '../session/state.ts'
import { t } from '../texts.ts'
import { screenFor, skeletonOf, titleOf } from './screens.ts'
import { viewAt, type View } from './view.ts'

type Shown =
  | { readonly kind: 'loading'; readonly view: View }
  | { readonly kind: 'screen'; readonly element: HTMLElement }
  | { readonly kind: 'gone' }
  | { readonly kind: 'crashed'; readonly problem: ApiProblem }

/**
 * Shows the screen of the present address: loads it, puts it in place, catches it when it crashes, and says so calmly
 * when it has been switched off while it was open.
 */
export class Outlet extends PlinthElement {
  static override properties: PropertyDeclarations = { shown: { state: true } }
  declare private shown: Shown | undefined
  #view: View | undefined
  #address = ''
  #stop: (() => void) | undefined

  /** In the page's own tree: rich text editors need that, and so do skip links. */
  protected override createRenderRoot(): HTMLElement {
    return this
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.addEventListener(CrashEvent.type, this.#onCrash)
    this.#stop = effect(() => {
      const address = path.value
      const document = shell.value
      if (document) untracked(() => this.#follow(address, viewAt(address, document)))
    })
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#stop?.()
    this.removeEventListener(CrashEvent.type, this.#onCrash)
  }

  readonly #onCrash = (event: Event): void => {
    event.preventDefault()
    const { error } = event as CrashEvent
    console.error(error)
    this.shown = { kind: 'crashed', problem: asProblem(error) }
  }

  #follow(address: string, view: View): void {
    const before = this.#view
    const sameAddress = address === this.#address
    this.#address = address
    if (before?.key === view.key) return
    this.#view = view
    // Same address, but nothing there any more: it was switched off while someone was looking.
    if (sameAddress && before && view.kind === 'unknown') this.shown = { kind: 'gone' }
    else void this.#show(view)
  }

  async #show(view: View): Promise<void> {
    const first = this.shown === undefined
    this.shown = { kind: 'loading', view }
    try {
      const element = await screenFor(view)
      if (this.#view === view) this.shown = { kind: 'screen', element }
    } catch (error) {
      console.error(error)
      if (this.#view === view) this.shown = { kind: 'crashed', problem: asProblem(error) }
    }
    if (this.#view !== view) return
    const main = this.closest('main')
    main?.scrollTo(0, 0)
    // After a navigation the keyboard and the screen reader start at the new screen, not at the old link.
    if (!first) main?.focus({ preventScroll: true })
  }

  #retry(): void {
    if (this.#view) void this.#show(this.#view)
  }

  override updated(): void {
    const title = this.#view ? titleOf(this.#view) : ''
    document.title = [title, tenant.value?.name].filter(Boolean).join(' · ')
  }

  #crashed(problem: ApiProblem): unknown {
    return html`<pl-empty
      page
      icon="bug"
      hue="25"
      role="alert"
      heading=${t('screen.crashed.heading')}
      text=${t('screen.crashed.text')}
    >
      <button slot="action" class="pl-button" @click=${this.#retry}>
        <pl-icon name="rotate-cw"></pl-icon>${t('screen.retry')}
      </button>
      ${problem.requestId ? html`<p class="pl-mono">${problem.requestId}</p>` : nothing}
    </pl-empty>`
  }

  override render(): unknown {
    switch (this.shown?.kind) {
      case 'screen':
        return this.shown.element
      case 'loading':
        return html`<h1 class="pl-sr-only">${titleOf(this.shown.view)}</h1>
          <pl-skeleton kind=${skeletonOf(this.shown.view)}></pl-skeleton>`
      case 'gone':
        return html`<pl-empty page icon="unplug" heading=${t('gone.heading')} text=${t('gone.text')}>
          <a slot="action" class="pl-button" href=${href('/')}>${t('screen.home')}</a>
        </pl-empty>`
      case 'crashed':
        return this.#crashed(this.shown.problem)
      default:
        return nothing
    }
  }
}

customElements.define('pl-outlet', Outlet)
