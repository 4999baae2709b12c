import { describe, expect, it } from 'vitest'
import { findCommands, type Command } from './command.ts'

const command = (label: string, group: string, keywords = ''): Command => ({
  id: label,
  label,
  group,
  keywords,
  run: () => {},
})
const all = [
  command('Übersicht', 'Gehe zu', 'home'),
  command('Kunden', 'Gehe zu', 'Customers'),
  command('Ansprechpartner', 'Gehe zu'),
  command('Neu: Kunde', 'Aktionen'),
]
const labels = (typed: string): string[] => findCommands(all, typed).map(({ label }) => label)

describe('finding commands', () => {
  it('shows everything before anything is typed', () => {
    expect(labels('  ')).toHaveLength(4)
  })

  it('needs every word and puts the best first', () => {
    expect(labels('kunde')).toEqual(['Kunden', 'Neu: Kunde'])
    expect(labels('neu kunde')).toEqual(['Neu: Kunde'])
    expect(labels('kunde xyz')).toEqual([])
  })

  it('forgives case and accents, and knows other words for the same thing', () => {
    expect(labels('UBERSICHT')).toEqual(['Übersicht'])
    expect(labels('customers')).toEqual(['Kunden'])
  })

  it('keeps groups together', () => {
    expect(findCommands(all, 'n').map(({ group }) => group)).toEqual(['Aktionen', 'Gehe zu', 'Gehe zu'])
  })
})
