import { PluginProblem } from '@plinth/sdk'
import { expect, test } from 'vitest'
import { checkEmployment, type Employment } from './employment.ts'

function refusal(employment: Employment, language = 'en'): PluginProblem | undefined {
  try {
    checkEmployment(employment, language)
    return undefined
  } catch (problem) {
    if (problem instanceof PluginProblem) return problem
    throw problem
  }
}

test('an exit before the entry is refused, one on the same day is not', () => {
  expect(refusal({ entryDate: '2026-03-02', exitDate: '2026-03-01' })).toMatchObject({
    code: 'exit_before_entry',
    pointer: '/exitDate',
  })
  expect(refusal({ entryDate: '2026-03-02', exitDate: '2026-03-02' })).toBeUndefined()
})

test('who has left needs an exit date', () => {
  expect(refusal({ entryDate: '2026-03-02', status: 'left' })?.code).toBe('exit_missing')
  expect(refusal({ entryDate: '2026-03-02', status: 'left', exitDate: '2026-09-30' })).toBeUndefined()
})

test('an exit date may be known long before the status changes', () => {
  expect(refusal({ entryDate: '2026-03-02', status: 'active', exitDate: '2027-01-31' })).toBeUndefined()
})

test('the reason is given in the language asked for', () => {
  expect(refusal({ status: 'left' }, 'de')?.message).toBe(
    'Wer ausgeschieden ist, braucht ein Austrittsdatum.',
  )
})
