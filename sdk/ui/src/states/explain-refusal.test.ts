import { expect, test } from 'vitest'
import { ApiProblem } from '../api/problem.ts'
import { answerWhy, whyOf } from './explain-refusal.ts'

test('what was refused can be explained, what failed cannot', () => {
  const told: ApiProblem[] = []
  expect(whyOf(new ApiProblem({ status: 404, code: 'not_found' }))).toBeUndefined()
  answerWhy((problem) => {
    told.push(problem)
    return Promise.resolve()
  })
  for (const [status, code] of [
    [403, 'permission_missing'],
    [402, 'tier_required'],
    [404, 'not_found'],
  ] as const) {
    const problem = new ApiProblem({ status, code })
    whyOf(problem)!()
    expect(told.at(-1)).toBe(problem)
  }
  for (const [status, code] of [
    [403, 'csrf_invalid'],
    [403, 'confirmation_needed'],
    [500, 'internal'],
    [0, 'network'],
  ] as const)
    expect(whyOf(new ApiProblem({ status, code }))).toBeUndefined()
  expect(whyOf(undefined)).toBeUndefined()
})
