import type { ReactiveController, ReactiveControllerHost } from 'lit'

/** How wide an element is, or what it draws itself by of that; the element is drawn again when it changes. */
export class ElementWidth<T> implements ReactiveController {
  readonly #host: Element
  readonly #observer: ResizeObserver
  #value: T | undefined

  /** @param take what the element wants to know of its width, in pixels */
  constructor(host: ReactiveControllerHost & Element, take: (width: number) => T) {
    this.#host = host
    this.#observer = new ResizeObserver(([entry]) => {
      if (!entry) return
      const value = take(entry.contentRect.width)
      if (value === this.#value) return
      this.#value = value
      host.requestUpdate()
    })
    host.addController(this)
  }

  /** Undefined before the element has been measured. */
  get value(): T | undefined {
    return this.#value
  }

  hostConnected(): void {
    this.#observer.observe(this.#host)
  }

  hostDisconnected(): void {
    this.#observer.disconnect()
  }
}
