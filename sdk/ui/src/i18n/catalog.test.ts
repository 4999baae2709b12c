import { afterEach, describe, expect, it } from 'vitest'
import { defineTexts } from './catalog.ts'
import { locale, pick, setLocale } from './locale.ts'

const t = defineTexts({
  en: {
    count: '{count, plural, one {# ticket} other {# tickets}}',
    hello: 'Hello {name}',
    plain: 'Save',
    quote: "It''s {name}",
  },
  de: {
    count: '{count, plural, one {# Ticket} other {# Tickets}}',
    hello: 'Hallo {name}',
    plain: 'Speichern',
    quote: '{name} ist’s',
  },
})

afterEach(() => setLocale('en'))

describe('texts', () => {
  it('follow the language', () => {
    expect(t('plain')).toBe('Save')
    setLocale('de')
    expect(t('plain')).toBe('Speichern')
    setLocale('de-AT')
    expect(t('hello', { name: 'Jana' })).toBe('Hallo Jana')
  })

  it('know one from many, with numbers written as the language writes them', () => {
    setLocale('de')
    expect(t('count', { count: 1 })).toBe('1 Ticket')
    expect(t('count', { count: 12_345 })).toBe('12.345 Tickets')
  })

  it('are English where a language has no catalog', () => {
    setLocale('fr')
    expect(t('plain')).toBe('Save')
  })

  it('show values as they are, never as markup or pattern', () => {
    expect(t('hello', { name: '<b>{count}</b>' })).toBe('Hello <b>{count}</b>')
    expect(t('quote', { name: 'Meyer' })).toBe("It's Meyer")
  })

  it('ask the fallback for a key that is nowhere, and show the key where nobody knows it', () => {
    const loose = defineTexts<string>({ en: { own: 'own' }, de: { own: 'eigen' } }, (key) => `common ${key}`)
    expect(loose('own')).toBe('own')
    expect(loose('common.save')).toBe('common common.save')
    expect(defineTexts<string>({ en: {}, de: {} })('missing')).toBe('missing')
  })
})

describe('pick', () => {
  it('takes the language, its base, or English', () => {
    setLocale('de-CH')
    expect(pick({ en: 'Customer', de: 'Kunde' })).toBe('Kunde')
    locale.value = 'fr'
    expect(pick({ en: 'Customer', de: 'Kunde' })).toBe('Customer')
  })
})
