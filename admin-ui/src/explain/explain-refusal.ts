import type { ApiProblem } from '@plinth/ui'

const EXPLAINABLE: ReadonlySet<string> = new Set(['permission_missing', 'feature_off', 'tier_required'])

/** Opens the explanation of a refusal; what draws it is loaded when somebody asks. */
export async function explainRefusal(problem: ApiProblem): Promise<void> {
  await (await import('./why-dialog.ts')).showWhyRefused(problem)
}

/** Whether more can be said of a refusal of something somebody has just tried. */
export function isExplainable({ code, problem }: ApiProblem): boolean {
  return EXPLAINABLE.has(code) && typeof problem['permission'] === 'string'
}
