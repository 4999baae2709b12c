import type { Actor } from '@plinth/sdk'
import type { PassedOn } from './passed-on.ts'
import type { OutdatedPassword, Proof, Wait } from './proof.ts'
import type { SecondMethod } from './second-factor/second-method.ts'

export interface MemberProfile {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly locale: string | null
}

/** What a program signs its requests with. */
export interface Machine {
  readonly kind: 'key' | 'client' | 'grant'
  readonly id: string
  /** Requests it may make in a minute. */
  readonly perMinute: number
  /** The access token it came with, and what that is for. A key has none. */
  readonly token?: { readonly id: string; readonly scopes: readonly string[] }
}

/** Who a request comes from, proven by a session or an API key. */
export interface Identity {
  readonly tenantId: string
  readonly actor: Actor
  /** Present for members. */
  readonly member?: MemberProfile
  /** Role ids of the member, or of the one a program acts for. */
  readonly roles: readonly string[]
  /** Of members: what others have passed on to them, now or later. It can be used, and not given to anybody. */
  readonly passedOn?: readonly PassedOn[]
  /** Permissions of a key that nobody made, wildcards allowed; empty for all others. */
  readonly permissions: readonly string[]
  /** Present for programs. */
  readonly machine?: Machine
  /** The member a program acts for: it may do nothing they may not do at this moment. */
  readonly behalfOf?: string
  /** What a program was given, at most: each list is a bound of its own. Wildcards allowed. */
  readonly bounds?: readonly (readonly string[])[]
  /** Present for operators who have been let in: by which access, and whether they may change anything. */
  readonly operator?: { readonly access: string; readonly write: boolean }
  /** Token every changing request of this session must carry; absent for keys, which no browser sends by itself. */
  readonly csrf?: string
  /** Id of the session, by which people list and end them; absent for keys. */
  readonly sessionId?: string
  readonly expiresAt: Date | undefined
  /** How the session was opened. */
  readonly method?: Proof['method']
  /** The session waits for this, and reaches nothing else until then. */
  readonly waits?: Wait
  /** The second factor that was given when it was opened. */
  readonly second?: SecondMethod
  /** Why the password it was opened with has to be replaced before it reaches anything. */
  readonly outdated?: OutdatedPassword['reason']
  /** A code by mail is taken as what it waits for. */
  readonly takesMail?: boolean
  /** Until when the member needs a second factor. */
  readonly enrolBy?: Date
  /** Set while a member sees the workspace as a colleague does: who looks, as themselves, and until when. All else is the colleague's. */
  readonly viewing?: { readonly viewer: Identity; readonly until: Date }
  /** Set where neither the member has a second factor, besides codes by mail, nor one was given when the session was opened. */
  readonly lacksFactor?: boolean
  /** When who has the session has last proven who they are. */
  readonly provenAt?: Date
}
