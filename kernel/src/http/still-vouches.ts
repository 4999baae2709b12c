import { giverOf, type Giver } from '../accounts/index.ts'
import { Failure } from '../errors.ts'
import { accessOf } from '../plugins/index.ts'
import type { HttpContext } from './environment.ts'
import type { HttpServices } from './services.ts'

/**
 * Whether whoever has written an invitation or a link could write it now. What they have passed to others by it, or to themselves, must
 * not outlive their own rights.
 *
 * @param makerId null where an operator has, or nobody in particular
 * @param check throws `permission_missing` where the maker may not give so much any more
 */
export async function stillVouches(
  c: HttpContext,
  services: HttpServices,
  makerId: string | null,
  check: (giver: Giver) => void,
): Promise<boolean> {
  if (makerId === null) return true
  const tenant = c.get('tenant')
  const [maker, plugins] = await Promise.all([
    services.members.actingAs(tenant.id, makerId),
    services.states.of(tenant),
  ])
  if (!maker || !accessOf(maker, plugins).can('platform.kernel.member.manage')) return false
  try {
    check(giverOf(maker, plugins))
    return true
  } catch (error) {
    if (error instanceof Failure && error.code === 'permission_missing') return false
    throw error
  }
}
