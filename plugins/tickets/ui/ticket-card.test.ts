import { defineTexts, fmt, registerIcons, type ScreenHost } from '@plinth/ui'
import { afterEach, expect, test } from 'vitest'
import de from '../locales/de.json' with { type: 'json' }
import en from '../locales/en.json' with { type: 'json' }
import { CardMoveEvent, CardStepEvent } from './card-events.ts'
import type { ShownTicket } from './records.ts'
import { TicketCard } from './ticket-card.ts'

// No server to load it from.
registerIcons({ ellipsis: '<svg></svg>' })

const shown = {
  id: 't1',
  number: 'T-2026-00001',
  subject: 'Lieferung unvollständig',
  priority: 'high',
  status: 'waiting_customer',
  receivedAt: '2026-11-20T09:00:00Z',
  responseDueAt: '2026-11-20T17:00:00Z',
  firstResponseAt: null,
} as ShownTicket

async function drawCard(values: Partial<TicketCard>): Promise<TicketCard> {
  const card = new TicketCard()
  const host = { t: defineTexts({ de, en }), fmt, entity: () => undefined }
  Object.assign(card, { host: host as unknown as ScreenHost, ticket: shown, movable: true, ...values })
  document.body.append(card)
  await card.updateComplete
  return card
}

function press(card: TicketCard, key: string, options: KeyboardEventInit = {}): Event[] {
  const heard: Event[] = []
  for (const { type } of [CardMoveEvent, CardStepEvent]) {
    card.addEventListener(type, (event) => heard.push(event), { once: true })
  }
  const link = card.renderRoot.querySelector('.subject')
  link?.dispatchEvent(new KeyboardEvent('keydown', { key, cancelable: true, ...options }))
  return heard
}

afterEach(() => document.body.replaceChildren())

test('Shift with an arrow asks to move the ticket to the next state it may go to', async () => {
  const [event] = press(await drawCard({}), 'ArrowRight', { shiftKey: true })
  expect(event).toBeInstanceOf(CardMoveEvent)
  expect((event as CardMoveEvent).to).toBe('resolved')
})

test('an arrow alone asks for another ticket', async () => {
  const [event] = press(await drawCard({}), 'ArrowDown')
  expect(event).toBeInstanceOf(CardStepEvent)
  expect(event).toMatchObject({ x: 0, y: 1 })
})

test('the keys of the browser are left to the browser', async () => {
  expect(press(await drawCard({}), 'ArrowLeft', { altKey: true })).toEqual([])
})

test('who may not change tickets gets neither the menu nor the keys to move them', async () => {
  const card = await drawCard({ movable: false })
  expect(press(card, 'ArrowRight', { shiftKey: true })).toEqual([])
  expect(card.renderRoot.querySelector('pl-menu')).toBeNull()
  expect(card.renderRoot.querySelector('article')?.getAttribute('draggable')).toBe('false')
})

test('a request that waits too long for its first answer says so', async () => {
  const late = await drawCard({})
  const answered = await drawCard({ ticket: { ...shown, firstResponseAt: '2026-11-20T12:00:00Z' } })
  expect(late.renderRoot.querySelector('.overdue')).not.toBeNull()
  expect(answered.renderRoot.querySelector('.overdue')).toBeNull()
})
