import { ApiProblem, defineTexts, type ScreenHost } from '@plinth/ui'
import { afterEach, expect, test } from 'vitest'
import de from '../locales/de.json' with { type: 'json' }
import en from '../locales/en.json' with { type: 'json' }
import { ActivityComposer } from './activity-composer.ts'

// The test environment has no popovers, in which toasts are shown.
HTMLElement.prototype.showPopover ??= () => undefined
HTMLElement.prototype.hidePopover ??= () => undefined

/** A composer whose requests are answered by `answer`, and what it sent. */
async function drawComposer(answer: () => Promise<unknown> = () => Promise.resolve({})) {
  const sent: unknown[] = []
  const added: Event[] = []
  const post = (_: string, body: unknown) => {
    sent.push(body)
    return answer()
  }
  const composer = new ActivityComposer()
  composer.host = {
    t: defineTexts({ de, en }),
    entity: () => undefined,
    api: { post },
  } as unknown as ScreenHost
  composer.customerId = 'c1'
  composer.addEventListener('added', (event) => added.push(event))
  document.body.append(composer)
  await composer.updateComplete
  return { composer, sent, added }
}

async function write(composer: ActivityComposer, subject: string, body = ''): Promise<void> {
  const field = (name: string) => composer.renderRoot.querySelector<HTMLInputElement>(`[name=${name}]`)
  for (const [name, value] of Object.entries({ subject, body })) {
    const input = field(name)
    if (input) input.value = value
  }
  composer.renderRoot.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }))
  await new Promise((done) => setTimeout(done))
  await composer.updateComplete
}

afterEach(() => document.body.replaceChildren())

test('a note needs a word on what it was about, and nothing is sent without', async () => {
  const { composer, sent } = await drawComposer()
  await write(composer, '   ')
  expect(sent).toEqual([])
  expect(composer.renderRoot.querySelector('[role=alert]')?.textContent).toContain(
    en['compose.subjectMissing'],
  )
})

test('a note is sent without a direction and empties the fields', async () => {
  const { composer, sent, added } = await drawComposer()
  await write(composer, ' Zahlungsziel ', 'Zahlt pünktlich.')
  expect(sent).toEqual([
    { kind: 'note', customerId: 'c1', direction: null, subject: 'Zahlungsziel', body: 'Zahlt pünktlich.' },
  ])
  expect(added).toHaveLength(1)
  expect(composer.renderRoot.querySelector<HTMLInputElement>('[name=subject]')?.value).toBe('')
})

test('a call says who called', async () => {
  const { composer, sent } = await drawComposer()
  composer.kind = 'call'
  composer.direction = 'out'
  await write(composer, 'Rückruf')
  expect(sent).toEqual([{ kind: 'call', customerId: 'c1', direction: 'out', subject: 'Rückruf', body: null }])
})

test('what could not be saved stays in the fields', async () => {
  const { composer, added } = await drawComposer(() =>
    Promise.reject(new ApiProblem({ status: 0, code: 'network' })),
  )
  await write(composer, 'Rückruf')
  expect(added).toEqual([])
  expect(composer.renderRoot.querySelector<HTMLInputElement>('[name=subject]')?.value).toBe('Rückruf')
})
