import type { Origin } from '../data/index.ts'
import type { HttpContext } from './environment.ts'
import { visitorOf } from './origin.ts'
import type { HttpServices } from './services.ts'

/** In the name of the operator who asks: for what the people of a tenant read in their own audit log. */
export function operatorOrigin(c: HttpContext, services: HttpServices): Origin {
  const { id = null, name } = c.get('operator')
  return { ...visitorOf(c, services), actor: { kind: 'operator', id, name } }
}
