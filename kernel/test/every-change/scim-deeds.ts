import { ScimProvider } from '../scim-world.ts'
import type { Deed, DeedWorld } from './deed-world.ts'

/** How providers change what they keep in step, and how they get their tokens. */
export function scimDeeds({ acme }: DeedWorld): Record<string, Deed> {
  let count = 0
  const fresh = (what: string): string => `${what}-${(count += 1)}`
  const provider = async (): Promise<string> => {
    const wish = { name: fresh('Keeper'), issuer: `https://${fresh('keeper')}.example`, clientId: 'x' }
    const { body } = await acme.admin.post('/sign-on/providers', wish)
    return `/sign-on/providers/${body.id}/provisioning/tokens`
  }
  let idp: Promise<ScimProvider> | undefined
  const keeper = (): Promise<ScimProvider> =>
    (idp ??= provider()
      .then((tokens) => acme.admin.post(tokens))
      .then(({ body }) => new ScimProvider(acme, body.token as string)))
  const user = async (): Promise<string> => (await keeper()).add(`${fresh('user')}@kept.example`)
  const group = async (): Promise<string> => (await keeper()).group(fresh('Group'), await user())
  const deed =
    (act: (scim: ScimProvider, id: string) => ReturnType<ScimProvider['send']>, of = async () => ''): Deed =>
    async () => {
      const [scim, id] = [await keeper(), await of()]
      return () => act(scim, id)
    }
  const off = { op: 'replace', path: 'active', value: false }
  const renamed = () => ({ op: 'replace', path: 'displayName', value: fresh('Renamed') })
  return {
    'POST /sign-on/providers/{id}/provisioning/tokens': async () => {
      const tokens = await provider()
      return () => acme.admin.post(tokens)
    },
    'DELETE /sign-on/providers/{id}/provisioning/tokens/{token}': async () => {
      const tokens = await provider()
      const { body } = await acme.admin.post(tokens)
      return () => acme.admin.delete(`${tokens}/${body.id}`)
    },
    'POST /scim/v2/Users': deed((scim) =>
      scim.send('POST', '/Users', { userName: `${fresh('user')}@kept.example` }),
    ),
    'PUT /scim/v2/Users/{id}': deed(
      (scim, id) => scim.send('PUT', `/Users/${id}`, { userName: `${fresh('user')}@kept.example` }),
      user,
    ),
    'PATCH /scim/v2/Users/{id}': deed((scim, id) => scim.patch(`/Users/${id}`, off), user),
    'DELETE /scim/v2/Users/{id}': deed((scim, id) => scim.send('DELETE', `/Users/${id}`), user),
    'POST /scim/v2/Groups': deed((scim) => scim.send('POST', '/Groups', { displayName: fresh('Group') })),
    'PUT /scim/v2/Groups/{id}': deed(
      (scim, id) => scim.send('PUT', `/Groups/${id}`, { displayName: fresh('Group') }),
      group,
    ),
    'PATCH /scim/v2/Groups/{id}': deed((scim, id) => scim.patch(`/Groups/${id}`, renamed()), group),
    'DELETE /scim/v2/Groups/{id}': deed((scim, id) => scim.send('DELETE', `/Groups/${id}`), group),
  }
}
