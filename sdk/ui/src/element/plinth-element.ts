import { LitElement, type CSSResultGroup, type CSSResultOrNative, type PropertyValues } from 'lit'
import { effect, untracked } from './signals.ts'
import { baseRules } from '../theme/base-rules.ts'
import { elementRules } from '../theme/element-rules.ts'

/** Fired, bubbling through shadow roots, when an element throws while drawing itself. */
export class CrashEvent extends Event {
  static readonly type = 'pl-crash'
  readonly error: unknown

  constructor(error: unknown) {
    super(CrashEvent.type, { bubbles: true, composed: true, cancelable: true })
    this.error = error
  }
}

/**
 * Base of every element of Plinth and its plugins: brings the theme into the shadow root, draws again when a signal
 * read in `render` changes, and reports a crash to the nearest screen instead of leaving half a page.
 */
export class PlinthElement extends LitElement {
  #stopWatching: (() => void) | undefined

  protected static override finalizeStyles(styles?: CSSResultGroup): CSSResultOrNative[] {
    return [elementRules, baseRules, ...super.finalizeStyles(styles)]
  }

  override connectedCallback(): void {
    super.connectedCallback()
    // Signals were let go while the element was out of the document.
    if (this.hasUpdated && !this.#stopWatching) this.requestUpdate()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#letGo()
  }

  protected override update(changed: PropertyValues): void {
    this.#stopWatching?.()
    let drawing = true
    this.#stopWatching = effect(() => {
      if (drawing) super.update(changed)
      else untracked(() => this.requestUpdate())
      drawing = false
    })
    // Taken away while it was about to draw: it draws once more, but nobody will tell it to let go.
    if (!this.isConnected) this.#letGo()
  }

  #letGo(): void {
    this.#stopWatching?.()
    this.#stopWatching = undefined
  }

  protected override performUpdate(): void {
    try {
      super.performUpdate()
    } catch (error) {
      // Whoever handles the crash calls preventDefault; otherwise it surfaces like any other error.
      if (this.dispatchEvent(new CrashEvent(error))) throw error
    }
  }
}
