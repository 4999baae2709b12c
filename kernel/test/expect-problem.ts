import { expect } from 'vitest'
import type { Answer } from './support/index.ts'

/** Expects a refusal after RFC 9457 that names its request: with this status and code if they are given, else any 4xx. */
export function expectProblem(answer: Answer, status?: number, code?: string): void {
  expect(answer.status, answer.text).toBeGreaterThanOrEqual(400)
  if (status === undefined) expect(answer.status, answer.text).toBeLessThan(500)
  expect(answer.headers.get('content-type')).toBe('application/problem+json')
  expect(answer.body).toMatchObject({
    type: expect.stringMatching(/^urn:plinth:problem:/),
    title: expect.any(String),
    status: answer.status,
    code: expect.stringMatching(/^([a-z-]+\.)?[a-z_]+$/),
    requestId: answer.headers.get('x-request-id'),
  })
  if (status !== undefined)
    expect({ status: answer.status, code: answer.body.code }, answer.text).toEqual({ status, code })
}
