import { api, currentPath } from '@plinth/ui'

/**
 * Sends the browser to a provider: to sign in, or to confirm who is signed in.
 *
 * @throws ApiProblem when it cannot be reached
 */
export async function goToProvider(
  provider: string,
  returnTo: string,
  { confirm = false }: { readonly confirm?: boolean } = {},
): Promise<void> {
  const { url } = await api.post<{ url: string }>('/api/v1/auth/start', {
    provider,
    returnTo,
    ...(confirm ? { confirm } : {}),
  })
  location.assign(url)
}

/** Whether the address is one providers send browsers to. */
export function isComingFromProvider(): boolean {
  return /^\/sign-on\/[^/]+$/.test(currentPath())
}
