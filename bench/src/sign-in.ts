import { PASSWORD } from './world.ts'

/** What a signed-in browser sends along. */
export interface Signed {
  readonly cookie: string
  readonly 'x-csrf-token': string
}

/**
 * Signs a member of the measured tenant in.
 *
 * @param base address of the API of the tenant
 */
export async function signIn(
  ask: (url: string, init: RequestInit) => Response | Promise<Response>,
  base: string,
  email: string,
): Promise<{ headers: Signed; member: { readonly id: string } }> {
  const response = await ask(`${base}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: PASSWORD }),
  })
  if (response.status !== 201) throw new Error(`${email} is not let in: ${response.status}`)
  const cookie = response.headers.get('set-cookie')!.split(';')[0]!
  const { csrf, member } = (await response.json()) as { csrf: string; member: { id: string } }
  return { headers: { cookie, 'x-csrf-token': csrf }, member }
}
