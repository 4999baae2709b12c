import type { PolicyVersionDocument, SecurityBaselineDocument, SecurityReportDocument } from '@plinth/sdk'
import { api } from '@plinth/ui'

const AT = '/api/v1/security'

interface Options {
  readonly signal: AbortSignal
}

/** @param since from when on events are counted. Default: the last day */
export const fetchReport = (options: Options, since?: Date): Promise<SecurityReportDocument> =>
  api.get(`${AT}/report${since ? `?since=${since.toISOString()}` : ''}`, options)

export const fetchBaseline = (options: Options): Promise<SecurityBaselineDocument> =>
  api.get(`${AT}/baseline`, options)

export const adoptBaseline = (version: string): Promise<unknown> => api.post(`${AT}/baseline`, { version })

export async function fetchVersions(options: Options): Promise<readonly PolicyVersionDocument[]> {
  const { items } = await api.get<{ items: readonly PolicyVersionDocument[] }>(
    `${AT}/policy/versions`,
    options,
  )
  return items
}

export const restoreVersion = (number: number): Promise<unknown> =>
  api.post(`${AT}/policy/versions/${number}/restore`)
