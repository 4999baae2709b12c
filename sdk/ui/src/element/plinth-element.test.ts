import { html, type PropertyDeclarations } from 'lit'
import { afterEach, describe, expect, it } from 'vitest'
import { CrashEvent, PlinthElement } from './plinth-element.ts'
import { Resource } from './resource.ts'
import { signal } from './signals.ts'

const name = signal('Jana')
let drawn = 0

class Probe extends PlinthElement {
  static override properties: PropertyDeclarations = { broken: { type: Boolean } }
  declare broken: boolean

  override render(): unknown {
    drawn++
    if (this.broken) throw new Error('broken')
    return html`<b>${name.value}</b>`
  }
}
customElements.define('test-probe', Probe)

class Loading extends PlinthElement {
  static override properties: PropertyDeclarations = { recordId: {} }
  declare recordId: string
  answers: Record<string, { resolve: (value: string) => void; reject: (error: Error) => void }> = {}
  readonly record = new Resource(
    this,
    () => {
      const { promise, ...settle } = Promise.withResolvers<string>()
      this.answers[this.recordId] = settle
      return promise
    },
    () => [this.recordId],
  )

  override render(): unknown {
    return this.record.render((value) => html`<b>${value}</b>`)
  }
}
customElements.define('test-loading', Loading)

async function show<E extends PlinthElement>(element: E): Promise<E> {
  document.body.append(element)
  await element.updateComplete
  return element
}

const text = (element: PlinthElement): string | null | undefined =>
  element.renderRoot.querySelector('b')?.textContent
const settled = async (element: PlinthElement): Promise<void> => {
  await new Promise((done) => setTimeout(done))
  await element.updateComplete
}

afterEach(() => {
  document.body.replaceChildren()
  name.value = 'Jana'
})

describe('an element', () => {
  it('draws again when a signal it read changes, once per change', async () => {
    const probe = await show(new Probe())
    drawn = 0
    name.value = 'Tarek'
    await probe.updateComplete
    expect(text(probe)).toBe('Tarek')
    expect(drawn).toBe(1)
  })

  it('lets go of signals outside the document and catches up when it comes back', async () => {
    const probe = await show(new Probe())
    probe.remove()
    drawn = 0
    name.value = 'Nele'
    await probe.updateComplete
    expect(drawn).toBe(0)
    await show(probe)
    expect(text(probe)).toBe('Nele')
  })

  it('reports a crash to whoever listens above it', async () => {
    const errors: unknown[] = []
    const probe = new Probe()
    document.body.addEventListener(
      CrashEvent.type,
      (event) => {
        event.preventDefault()
        errors.push((event as CrashEvent).error)
      },
      { once: true },
    )
    probe.broken = true
    await show(probe)
    expect(errors).toEqual([new Error('broken')])
  })
})

describe('a resource', () => {
  it('shows a skeleton, then the value', async () => {
    const element = new Loading()
    element.recordId = 'a'
    await show(element)
    expect(element.renderRoot.querySelector('pl-skeleton')).not.toBeNull()
    element.answers['a']?.resolve('first')
    await settled(element)
    expect(text(element)).toBe('first')
  })

  it('drops an answer that belongs to an earlier question', async () => {
    const element = new Loading()
    element.recordId = 'a'
    await show(element)
    element.recordId = 'b'
    await element.updateComplete
    element.answers['b']?.resolve('second')
    element.answers['a']?.resolve('first')
    await settled(element)
    expect(text(element)).toBe('second')
  })

  it('shows what went wrong and tries again when asked', async () => {
    const element = new Loading()
    element.recordId = 'a'
    await show(element)
    element.answers['a']?.reject(new Error('no luck'))
    await settled(element)
    const error = element.renderRoot.querySelector('pl-error')
    expect(error).toHaveProperty('error.message', 'no luck')
    error?.dispatchEvent(new Event('retry'))
    element.answers['a']?.resolve('second try')
    await settled(element)
    expect(text(element)).toBe('second try')
  })
  it('asks for nothing on behalf of an element that has been taken away while it was about to draw', async () => {
    const element = new Loading()
    element.recordId = 'a'
    await show(element)
    element.answers = {}
    element.requestUpdate()
    element.remove()
    await settled(element)
    expect(element.answers).toEqual({})
    await show(element)
    expect(Object.keys(element.answers)).toEqual(['a'])
  })
})
