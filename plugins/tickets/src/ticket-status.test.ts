import { expect, test } from 'vitest'
import { mayMove, STATUS_VALUES, statusAfter } from './ticket-status.ts'

const states = STATUS_VALUES.map(({ value }) => value)
const unassigned = { status: 'new', assigneeEmployeeId: null } as const
const taken = { status: 'assigned', assigneeEmployeeId: 'anna' } as const

test('work goes from new over assigned and in progress to resolved and closed', () => {
  expect(mayMove('new', 'assigned')).toBe(true)
  expect(mayMove('assigned', 'in_progress')).toBe(true)
  expect(mayMove('in_progress', 'waiting_customer')).toBe(true)
  expect(mayMove('waiting_customer', 'in_progress')).toBe(true)
  expect(mayMove('in_progress', 'resolved')).toBe(true)
  expect(mayMove('resolved', 'closed')).toBe(true)
})

test('nothing is closed that was neither solved nor just refused', () => {
  expect(states.filter((from) => mayMove(from, 'closed'))).toEqual(['new', 'resolved'])
})

test('what is resolved or closed comes back only by being reopened', () => {
  expect(states.filter((to) => mayMove('closed', to))).toEqual(['reopened'])
  expect(states.filter((to) => mayMove('resolved', to))).toEqual(['reopened', 'closed'])
  expect(states.filter((from) => mayMove(from, 'reopened'))).toEqual(['resolved', 'closed'])
})

test('every state can be reached and left, and none leads to itself', () => {
  expect(states.filter((to) => !states.some((from) => mayMove(from, to)))).toEqual([])
  expect(states.filter((from) => !states.some((to) => mayMove(from, to)))).toEqual([])
  expect(states.filter((status) => mayMove(status, status))).toEqual([])
})

test('assigning a new ticket makes it assigned, taking the assignment back makes it new', () => {
  expect(statusAfter(unassigned, { assigneeEmployeeId: 'anna' })).toBe('assigned')
  expect(statusAfter(taken, { assigneeEmployeeId: null })).toBe('new')
})

test('handing over a ticket in progress leaves its state', () => {
  const before = { status: 'in_progress', assigneeEmployeeId: 'anna' } as const
  expect(statusAfter(before, { assigneeEmployeeId: 'ben' })).toBe('in_progress')
  expect(statusAfter(before, { assigneeEmployeeId: null })).toBe('in_progress')
})

test('a state asked for goes before the one that follows from the assignment', () => {
  expect(statusAfter(unassigned, { status: 'in_progress', assigneeEmployeeId: 'anna' })).toBe('in_progress')
  expect(statusAfter(unassigned, { status: 'new', assigneeEmployeeId: 'anna' })).toBe('assigned')
})
