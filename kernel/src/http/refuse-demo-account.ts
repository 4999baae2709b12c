import { refusePublished } from '../accounts/index.ts'
import type { HttpContext } from './environment.ts'
import { requireMember } from './routes/session.ts'
import type { HttpServices } from './services.ts'

/** What somebody signs in with stays as it is where it is shown to everyone. @throws Failure `demo_account` */
export function refuseDemoAccount(c: HttpContext, { demo }: HttpServices): void {
  refusePublished(demo, c.get('tenant'), requireMember(c.get('identity')).member.email)
}
