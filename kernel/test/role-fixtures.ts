import type { RoleDocument } from '@plinth/sdk'
import type { Client, TestTenant } from './support/index.ts'

let count = 0

/** A name no other role has. */
export function roleName(): string {
  return `Role ${++count}`
}

/** Makes roles in a workspace, each with a name of its own; without further word, by its administrator. */
export function roleMaker({ admin }: TestTenant) {
  return async (input: object = {}, who: Client = admin): Promise<RoleDocument> => {
    const { status, body, text } = await who.post<RoleDocument>('/roles', { label: roleName(), ...input })
    if (status !== 201) throw new Error(`The role cannot be made: ${status} ${text}`)
    return body
  }
}
