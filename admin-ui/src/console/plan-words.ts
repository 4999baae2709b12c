import type { PlanStep, PluginCard, PluginPlan, Text } from '@plinth/sdk'
import { locale, pick } from '@plinth/ui'
import { t } from './texts.ts'

/** `A`, `A und B`, `A, B und C` */
export function listNames(names: readonly string[]): string {
  return new Intl.ListFormat(locale.value, { type: 'conjunction' }).format(names)
}

/** Why a step is part of the plan, in words. */
export function stepReason(step: PlanStep, plan: PluginPlan, plugins: readonly PluginCard[]): string {
  if (step.because === 'requested') return t('step.requested')
  const inPlan = new Map(plan.steps.map((each) => [each.plugin, each.name]))
  const requires = (id: string): readonly string[] =>
    plugins.find((plugin) => plugin.id === id)?.requires ?? []
  const names = (ids: readonly string[]): string =>
    listNames(ids.flatMap((id) => (inPlan.has(id) ? [pick(inPlan.get(id) as Text)] : [])))
  if (step.action === 'enable') {
    const users = plan.steps.map(({ plugin }) => plugin).filter((id) => requires(id).includes(step.plugin))
    return users.length > 0 ? t('step.neededBy', { names: names(users) }) : ''
  }
  const bases = requires(step.plugin).filter((id) => inPlan.has(id))
  return bases.length > 0 ? t('step.needs', { names: names(bases) }) : ''
}

/** Rows of the tenant in everything the plan touches. */
export function rowsTouched(plan: PluginPlan): number {
  return plan.steps.flatMap((step) => step.entities).reduce((sum, entity) => sum + entity.rows, 0)
}

/** What has happened, for the toast: the requested plugin by name, the others by number. */
export function doneText(plan: PluginPlan): string {
  const requested = plan.steps.find((step) => step.because === 'requested') ?? plan.steps.at(-1)
  const name = requested ? pick(requested.name) : plan.plugin
  const values = { name, others: plan.steps.length - 1 }
  return t(plan.action === 'enable' ? 'toast.enabled' : 'toast.disabled', values)
}
