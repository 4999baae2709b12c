import { html, nothing, type ReactiveController, type ReactiveControllerHost } from 'lit'
import { asProblem, type ApiProblem } from '../api/problem.ts'

export type SkeletonKind = 'list' | 'cards' | 'form' | 'board' | 'page'

type State<T> =
  | { readonly kind: 'loading'; readonly value?: T }
  | { readonly kind: 'ready'; readonly value: T }
  | { readonly kind: 'failed'; readonly problem: ApiProblem }

/**
 * Data an element needs from the server: loads when the element connects and whenever `deps` give other values, drops
 * answers that come too late, and draws skeleton and error state.
 */
export class Resource<T> implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element
  readonly #load: (signal: AbortSignal) => Promise<T>
  readonly #deps: () => readonly unknown[]
  #known: readonly unknown[] | undefined
  #running: AbortController | undefined
  #state: State<T> = { kind: 'loading' }

  /** @param deps values the request depends on; read before each drawing of the host */
  constructor(
    host: ReactiveControllerHost & Element,
    load: (signal: AbortSignal) => Promise<T>,
    deps: () => readonly unknown[] = () => [],
  ) {
    this.#host = host
    this.#load = load
    this.#deps = deps
    host.addController(this)
  }

  /** The last loaded value, also while it is being loaded again. */
  get value(): T | undefined {
    return this.#state.kind === 'failed' ? undefined : this.#state.value
  }

  get problem(): ApiProblem | undefined {
    return this.#state.kind === 'failed' ? this.#state.problem : undefined
  }

  get loading(): boolean {
    return this.#state.kind === 'loading'
  }

  /** Replaces the value at once, for changes shown before the server confirms them. */
  set(value: T): void {
    this.#state = { kind: 'ready', value }
    this.#host.requestUpdate()
  }

  /** Loads again; the present value stays visible meanwhile. */
  async reload(): Promise<void> {
    this.#running?.abort()
    const run = (this.#running = new AbortController())
    const value = this.value
    this.#state = value === undefined ? { kind: 'loading' } : { kind: 'loading', value }
    this.#host.requestUpdate()
    try {
      const loaded = await this.#load(run.signal)
      if (run.signal.aborted) return
      this.#state = { kind: 'ready', value: loaded }
    } catch (error) {
      if (run.signal.aborted) return
      this.#state = { kind: 'failed', problem: asProblem(error) }
    }
    this.#host.requestUpdate()
  }

  hostUpdate(): void {
    // An element that was about to draw when it was taken away still does so, seen by nobody.
    if (!this.#host.isConnected) return
    const deps = this.#deps()
    if (
      this.#known &&
      deps.length === this.#known.length &&
      deps.every((dep, i) => Object.is(dep, this.#known?.[i]))
    )
      return
    this.#known = deps
    // Other dependencies ask another question: the old answer must not be shown for it.
    this.#state = { kind: 'loading' }
    void this.reload()
  }

  hostDisconnected(): void {
    this.#running?.abort()
    this.#known = undefined
  }

  /** Draws the value, or a skeleton in its shape, or the error state with a retry. */
  render(ready: (value: T) => unknown, skeleton: SkeletonKind = 'list'): unknown {
    if (this.#state.kind === 'failed') {
      return html`<pl-error .error=${this.#state.problem} @retry=${() => void this.reload()}></pl-error>`
    }
    if (this.#state.value !== undefined) return ready(this.#state.value)
    return this.#state.kind === 'loading' ? html`<pl-skeleton kind=${skeleton}></pl-skeleton>` : nothing
  }
}
