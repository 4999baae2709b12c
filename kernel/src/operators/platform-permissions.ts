/** What may be allowed to operators: the permissions the routes below `/platform/v1` ask for. */
export const platformPermissions = [
  'platform.tenant.read',
  'platform.tenant.create',
  'platform.tenant.change',
  'platform.tenant.suspend',
  'platform.tenant.move',
  'platform.tenant.access',
  'platform.tenant.write',
  'platform.feature.read',
  'platform.feature.manage',
  'platform.server.read',
  'platform.upgrade.read',
  'platform.upgrade.manage',
  'platform.key.read',
  'platform.key.manage',
  'platform.key.destroy',
  'platform.operator.read',
  'platform.operator.manage',
  'platform.journal.read',
] as const

export type PlatformPermission = (typeof platformPermissions)[number]

/** A named set of platform permissions. Wildcards stand at the end only. */
export interface PlatformRole {
  readonly id: string
  readonly label: { readonly en: string; readonly de: string }
  readonly permissions: readonly string[]
}

/** Roles every platform has. They cannot be changed; others may be added. */
export const systemRoles: readonly PlatformRole[] = [
  { id: 'owner', label: { en: 'Owner', de: 'Inhaber' }, permissions: ['platform.*'] },
  {
    id: 'support',
    label: { en: 'Support', de: 'Support' },
    permissions: ['platform.tenant.read', 'platform.tenant.access'],
  },
  {
    id: 'helper',
    label: { en: 'Helper', de: 'Helfer' },
    permissions: ['platform.tenant.read'],
  },
]
