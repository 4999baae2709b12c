import type { CustomFieldDocument, ExtensibleEntity } from '@plinth/sdk'
import { api, type CallOptions } from '@plinth/ui'

const ROOT = '/api/v1/custom-fields'

/** Address of the page of an entity's fields. */
export function fieldsPath(entityId: string): string {
  return `/admin/custom-fields/${entityId.replace('.', '/')}`
}

const address = (entityId: string): string => `${ROOT}/${entityId.replace('.', '/')}`

export async function fetchEntities(options: CallOptions = {}): Promise<readonly ExtensibleEntity[]> {
  return (await api.get<{ items: readonly ExtensibleEntity[] }>(ROOT, options)).items
}

export async function fetchFields(
  entityId: string,
  options: CallOptions = {},
): Promise<readonly CustomFieldDocument[]> {
  return (await api.get<{ items: readonly CustomFieldDocument[] }>(address(entityId), options)).items
}

export function addField(entityId: string, input: object): Promise<CustomFieldDocument> {
  return api.post<CustomFieldDocument>(address(entityId), input)
}

/** @throws ApiProblem `version_conflict` when someone else has changed it meanwhile */
export function changeField(field: CustomFieldDocument, changes: object): Promise<CustomFieldDocument> {
  return api.patch<CustomFieldDocument>(`${address(field.entity)}/${field.id}`, changes, {
    version: field.version,
  })
}

export function archiveField(field: CustomFieldDocument): Promise<void> {
  return api.delete(`${address(field.entity)}/${field.id}`)
}
