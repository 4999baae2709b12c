import type { ShellDocument } from '@plinth/sdk'
import type { Access, KernelPermission } from '../access/index.ts'

export type ConsolePage = ShellDocument['console'][number]

/** The pages of the console, in their order, and what it takes to open them. */
export const CONSOLE_PERMISSIONS: Readonly<Record<ConsolePage, KernelPermission>> = {
  members: 'platform.kernel.member.manage',
  plugins: 'platform.kernel.plugin.read',
  'custom-fields': 'platform.kernel.customField.read',
  roles: 'platform.kernel.role.read',
  'sign-on': 'platform.kernel.signOn.read',
  security: 'platform.kernel.policy.read',
  'api-access': 'platform.kernel.key.manage',
  reference: 'platform.kernel.key.manage',
  audit: 'platform.kernel.audit.read',
}

/** Those that are open to somebody. */
export function consolePages(access: Access): ConsolePage[] {
  const pages = Object.keys(CONSOLE_PERMISSIONS) as ConsolePage[]
  return pages.filter((page) => access.can(CONSOLE_PERMISSIONS[page]))
}
