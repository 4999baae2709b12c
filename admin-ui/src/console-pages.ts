import type { ShellDocument } from '@plinth/sdk'

export type ConsolePage = ShellDocument['console'][number]

/** Where the pages of the console are, and what stands for them. */
export const CONSOLE_PAGES: Readonly<Record<ConsolePage, { readonly path: string; readonly icon: string }>> =
  {
    members: { path: '/admin/members', icon: 'users' },
    plugins: { path: '/admin/plugins', icon: 'blocks' },
    'custom-fields': { path: '/admin/custom-fields', icon: 'list-plus' },
    'api-access': { path: '/admin/api-access', icon: 'key-round' },
    roles: { path: '/admin/roles', icon: 'user-round-cog' },
    security: { path: '/admin/security', icon: 'shield-check' },
    'sign-on': { path: '/admin/sign-on', icon: 'log-in' },
    audit: { path: '/admin/audit', icon: 'scroll-text' },
    // Where people look for it who have read the address in a document.
    reference: { path: '/api/v1/reference', icon: 'code-xml' },
  }
