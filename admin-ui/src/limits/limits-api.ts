import type { LimitDocument } from '@plinth/sdk'
import { api, type CallOptions } from '@plinth/ui'

/** The limits of what whoever asks looks after. */
export async function fetchLimits(options: CallOptions = {}): Promise<readonly LimitDocument[]> {
  return (await api.get<{ items: readonly LimitDocument[] }>('/api/v1/limits', options)).items
}
