import type { PermissionGroup, RoleDocument, RoleInput } from '@plinth/sdk'
import { api, type CallOptions } from '@plinth/ui'

const ROOT = '/api/v1/roles'

export async function fetchRoles(options: CallOptions = {}): Promise<readonly RoleDocument[]> {
  return (await api.get<{ items: readonly RoleDocument[] }>(ROOT, options)).items
}

/** What roles can grant, in words. */
export async function fetchPermissions(options: CallOptions = {}): Promise<readonly PermissionGroup[]> {
  const { items } = await api.get<{ items: readonly PermissionGroup[] }>(
    '/api/v1/access/permissions',
    options,
  )
  return items
}

export function createRole(input: RoleInput): Promise<RoleDocument> {
  return api.post(ROOT, input)
}

/** @param version the one that was seen */
export function changeRole(id: string, version: number | null, input: RoleInput): Promise<RoleDocument> {
  return api.patch(`${ROOT}/${id}`, { ...input, version })
}

/** @param replacement what its members get instead */
export function deleteRole(id: string, replacement: string | undefined): Promise<void> {
  return api.delete(
    `${ROOT}/${id}${replacement === undefined ? '' : `?replacement=${encodeURIComponent(replacement)}`}`,
  )
}
