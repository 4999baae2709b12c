import type { PluginCard, PluginPlan } from '@plinth/sdk'
import { api, type CallOptions } from '@plinth/ui'

export type Action = PluginPlan['action']

export type Cards = readonly PluginCard[]

const address = (id: string, verb: string): string => `/api/v1/plugins/${encodeURIComponent(id)}/${verb}`

export async function fetchCards(options: CallOptions = {}): Promise<Cards> {
  return (await api.get<{ items: Cards }>('/api/v1/plugins', options)).items
}

/** What switching would do; changes nothing. */
export function fetchPlan(id: string, action: Action, options: CallOptions = {}): Promise<PluginPlan> {
  return api.post<PluginPlan>(address(id, 'plan'), { action }, options)
}

/** Carries a plan out. @throws ApiProblem `plan_stale` when the world has changed since it was made */
export async function applyPlan({ plugin, action, hash }: PluginPlan): Promise<Cards> {
  return (await api.post<{ items: Cards }>(address(plugin, 'apply'), { action, hash })).items
}

/** Lifts a quarantine. */
export async function retryPlugin(id: string): Promise<Cards> {
  return (await api.post<{ items: Cards }>(address(id, 'retry'))).items
}

/** It was switched on and not off since; it may rest while its records are brought to another version. */
export function isSwitchedOn({ state }: PluginCard): boolean {
  return state === 'enabled' || state === 'upgrading'
}
