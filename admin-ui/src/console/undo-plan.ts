import type { PluginPlan } from '@plinth/sdk'
import { applyPlan, fetchPlan, type Cards } from './plugin-api.ts'

/** How undoing ended: with the new cards, or with the plugins that would be touched beyond what was done. */
export type Undone =
  | { readonly kind: 'done'; readonly cards: Cards | undefined }
  | { readonly kind: 'wider'; readonly plan: PluginPlan; readonly cards: Cards | undefined }

/** Server calls, replaceable for tests. */
export interface PlanCalls {
  fetchPlan: typeof fetchPlan
  applyPlan: typeof applyPlan
}

/**
 * Takes back exactly what a plan did, last step first. Where someone has built on it meanwhile and more than that
 * would have to go, it stops and says so instead.
 */
export async function undoPlan(
  done: PluginPlan,
  calls: PlanCalls = { fetchPlan, applyPlan },
): Promise<Undone> {
  const action = done.action === 'enable' ? 'disable' : 'enable'
  const ours = new Set(done.steps.map((step) => step.plugin))
  const back = new Set<string>()
  let cards: Cards | undefined
  for (const { plugin } of done.steps.toReversed()) {
    if (back.has(plugin)) continue
    const plan = await calls.fetchPlan(plugin, action)
    if (plan.steps.some((step) => !ours.has(step.plugin))) return { kind: 'wider', plan, cards }
    if (plan.steps.length > 0) cards = await calls.applyPlan(plan)
    for (const step of plan.steps) back.add(step.plugin)
  }
  return { kind: 'done', cards }
}
