/** The kernel's own permissions: what the admin console and the platform's routes ask for. */
export const kernelPermissions = [
  'platform.kernel.plugin.read',
  'platform.kernel.plugin.switch',
  'platform.kernel.feature.switch',
  'platform.kernel.member.read',
  'platform.kernel.member.manage',
  'platform.kernel.member.viewAs',
  'platform.kernel.delegation.give',
  'platform.kernel.key.manage',
  'platform.kernel.policy.read',
  'platform.kernel.policy.change',
  'platform.kernel.policy.report',
  'platform.kernel.audit.read',
  'platform.kernel.audit.export',
  'platform.kernel.audit.verify',
  'platform.kernel.operatorAccess.read',
  'platform.kernel.operatorAccess.end',
  'platform.kernel.customField.read',
  'platform.kernel.customField.manage',
  'platform.kernel.role.read',
  'platform.kernel.role.manage',
  'platform.kernel.signOn.read',
  'platform.kernel.signOn.manage',
] as const

export type KernelPermission = (typeof kernelPermissions)[number]
