import type { Tier } from '@plinth/sdk'

export interface DemoTenant {
  readonly slug: string
  readonly name: string
  readonly tier: Tier
  readonly hue: number
}

/** Address of a workspace: by path where this page is reached by path, else by host name like this page. */
export function workspaceUrl(slug: string): string {
  const { protocol, host, hostname } = location
  const byHost = new URL(document.baseURI).pathname === '/' && hostname.endsWith('.localhost')
  if (!byHost) return `${protocol}//${host}/t/${slug}/`
  return `${protocol}//${slug}${host.slice(host.indexOf('.'))}/`
}

/** Address where another workspace can be chosen. */
export function chooserUrl(): string {
  const { protocol, host, hostname } = location
  return hostname.endsWith('.localhost')
    ? `${protocol}//${host.slice(host.indexOf('.') + 1)}/`
    : `${protocol}//${host}/`
}

/** Whether there is a workspace of this name. */
export async function workspaceExists(slug: string): Promise<boolean> {
  const answer = await fetch(`/t/${encodeURIComponent(slug)}/api/v1/tenant`)
  if (answer.status === 404) return false
  if (!answer.ok) throw new Error(`The platform answered ${answer.status}.`)
  return true
}

/** Workspaces of a demonstration platform; empty on any other. */
export async function demoTenants(): Promise<readonly DemoTenant[]> {
  const answer = await fetch('/platform/v1/demo').catch(() => null)
  if (!answer?.ok) return []
  return ((await answer.json()) as { tenants: DemoTenant[] }).tenants
}
