import type { EntityMeta, ImportDocument, ImportRowPage, ImportSettings } from '@plinth/sdk'
import { api } from '@plinth/ui'

const WORKBOOK = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** What the file chooser offers. */
export const ACCEPTED = `.csv,.txt,.tsv,.xlsx,text/csv,${WORKBOOK}`

const path = (meta: EntityMeta, id?: string): string =>
  `${meta.api}/imports${id === undefined ? '' : `/${encodeURIComponent(id)}`}`

/** Sends a file. */
export function upload(meta: EntityMeta, file: File): Promise<ImportDocument> {
  // Browsers call CSV what the machine calls it, which may be anything.
  const type = /\.xls[xm]?$/i.test(file.name) ? WORKBOOK : 'text/csv'
  const name = encodeURIComponent(file.name.slice(-255))
  return api.post(`${path(meta)}?name=${name}`, new Blob([file], { type }))
}

export function change(
  meta: EntityMeta,
  id: string,
  settings: Partial<ImportSettings>,
): Promise<ImportDocument> {
  return api.patch(path(meta, id), settings)
}

export function read(meta: EntityMeta, id: string, signal: AbortSignal): Promise<ImportDocument> {
  return api.get(path(meta, id), { signal })
}

/** The imports of this member, the latest first. */
export async function earlier(meta: EntityMeta, signal: AbortSignal): Promise<readonly ImportDocument[]> {
  const { items } = await api.get<{ items: readonly ImportDocument[] }>(path(meta), { signal })
  return items
}

export function step(
  meta: EntityMeta,
  id: string,
  deed: 'check' | 'run' | 'cancel',
): Promise<ImportDocument> {
  return api.post(`${path(meta, id)}/${deed}`)
}

/** Refused rows from after one on. */
export function refusals(meta: EntityMeta, id: string, after: number): Promise<ImportRowPage> {
  return api.get(`${path(meta, id)}/rows?outcome=refused&after=${after}`)
}

/** Address of the file of refused rows. */
export function refusedPath(meta: EntityMeta, id: string, language: 'de' | 'en'): string {
  return `${path(meta, id)}/refused?locale=${language}`
}
