import type { ApiProblem } from '../api/problem.ts'

type Explain = (problem: ApiProblem) => Promise<void>

let explain: Explain | undefined

/** Says who explains a refusal to whoever asks why: something is not permitted, not in the plan, or not there. */
export function answerWhy(answer: Explain): void {
  explain = answer
}

/** Who explains this problem, if it is one that can be explained. */
export function whyOf(problem: ApiProblem | undefined): (() => void) | undefined {
  const tell = explain
  if (!tell || !problem) return undefined
  const { status, code } = problem
  const isRefusal = code === 'permission_missing' || status === 402 || status === 404
  return isRefusal ? () => void tell(problem) : undefined
}
