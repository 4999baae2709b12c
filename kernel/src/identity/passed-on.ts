/** What a colleague has passed on for a while. */
export interface PassedOn {
  /** Id of the delegation. */
  readonly id: string
  readonly giver: { readonly id: string; readonly label: string }
  /** Role ids that were passed on. */
  readonly roles: readonly string[]
  /** Role ids the giver has been given themselves at present: no more than follows from these comes by it. */
  readonly giverRoles: readonly string[]
  /** From when until when, in milliseconds. */
  readonly from: number
  readonly until: number
}

type StoredPassedOn = Omit<PassedOn, 'from' | 'until'> & { readonly from: string; readonly until: string }

/** A column of a query about a member: what is passed on to them, now or later. Of givers who are active members still. */
export function passedOnColumn(member: 'm' | 'v'): string {
  return `(SELECT json_agg(json_build_object('id', d.id, 'giver', json_build_object('id', g.id, 'label', g.name), 'roles', d.roles,
      'giverRoles', g.roles, 'from', d.starts_at, 'until', d.ends_at) ORDER BY d.id)
    FROM plinth.delegation d JOIN plinth.member g ON g.tenant_id = d.tenant_id AND g.id = d.giver_id AND g.status = 'active'
    WHERE d.tenant_id = ${member}.tenant_id AND d.receiver_id = ${member}.id AND d.ended_at IS NULL AND d.ends_at > now())`
}

/** What was stored, as a part of an identity. */
export function readPassedOn(stored: unknown): { readonly passedOn?: readonly PassedOn[] } {
  if (!Array.isArray(stored) || stored.length === 0) return {}
  return {
    passedOn: (stored as StoredPassedOn[]).map((each) => ({
      ...each,
      from: Date.parse(each.from),
      until: Date.parse(each.until),
    })),
  }
}

/** What of it is good at this moment. */
export function activeAt(passedOn: readonly PassedOn[], now: number): PassedOn[] {
  return passedOn.filter(({ from, until }) => from <= now && now < until)
}

/** The next moment at which something begins or ends; undefined where all stays as it is. */
export function nextTurn(passedOn: readonly PassedOn[], now: number): number | undefined {
  const ahead = passedOn.flatMap(({ from, until }) => [from, until]).filter((moment) => moment > now)
  return ahead.length === 0 ? undefined : Math.min(...ahead)
}
