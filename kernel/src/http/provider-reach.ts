import { invalid } from '../errors.ts'
import type { Provider } from '../sign-on/index.ts'
import type { HttpContext } from './environment.ts'
import { isAdministrative, requireGrantable, rolesOf } from './grantable-roles.ts'
import type { HttpServices } from './services.ts'

/**
 * Who decides what a provider says decides who somebody is: they must hold what comes of it. That is what its groups and its newcomers are
 * given, and what those have who sign in by it. One that vouches for addresses lets in whoever has such an address, administrators too. Rights of
 * administrators come from a mapping alone, where someone has named them; never from having come at all.
 *
 * @param id of a provider by which people sign in already
 * @throws Failure `permission_missing` | `validation_failed`
 */
export async function requireReach(
  c: HttpContext,
  { providers }: HttpServices,
  { settings: { mapping, defaultRoles, domains } }: Pick<Provider, 'settings'>,
  id?: string,
): Promise<void> {
  const plugins = c.get('plugins')
  const known = new Set(rolesOf(plugins))
  const people = id === undefined ? [] : await providers.rolesOfPeople(c.get('tenant').id, id)
  const general = defaultRoles.map((role, index) => ({ role, pointer: `/defaultRoles/${index}` }))
  requireGrantable(c, [
    ...mapping.map(({ role }, index) => ({ role, pointer: `/mapping/${index}/role` })),
    ...general,
    ...(domains.length > 0 ? [{ role: 'admin', pointer: '/domains' }] : []),
    ...people.filter((role) => known.has(role)).map((role) => ({ role, pointer: '' })),
  ])
  for (const { role, pointer } of general)
    if (isAdministrative(role, plugins))
      throw invalid(pointer, 'administrative', 'Rights of administrators need a mapping of their own.')
}
