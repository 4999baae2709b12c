import { isUuid } from '../data/index.ts'
import { isObject, member, type Attributes } from './patch.ts'
import { ScimError } from './scim-error.ts'
import { textOf } from './user-resource.ts'

export const GROUP_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:Group'

export const GROUP_ATTRIBUTES: Attributes = {
  plain: ['displayName', 'externalId'],
  parts: {},
  lists: { members: ['value', 'type', 'display'] },
  fixed: ['id', 'meta'],
}

export interface GroupInput {
  readonly displayName: string
  readonly externalId: string | null
  /** Ids of users, each once. */
  readonly members: readonly string[]
}

export interface GroupRow {
  readonly id: string
  readonly displayName: string
  readonly externalId: string | null
  readonly version: number
  readonly createdAt: string
  readonly updatedAt: string
  /** Null where they were not asked for. */
  readonly members: readonly { readonly value: string; readonly display: string }[] | null
}

type Json = Readonly<Record<string, unknown>>

/** Reads a whole group. @throws ScimError `invalidValue` */
export function readGroup(body: Json): GroupInput {
  const displayName = textOf(member(body, 'displayName'), 'displayName')
  if (displayName === null) throw new ScimError(400, 'invalidValue', 'displayName is needed.')
  return {
    displayName,
    externalId: textOf(member(body, 'externalId'), 'externalId'),
    members: membersOf(member(body, 'members')),
  }
}

function membersOf(value: unknown): string[] {
  if (value === undefined || value === null) return []
  if (!Array.isArray(value)) throw new ScimError(400, 'invalidValue', 'members is a list.')
  const ids = value.map((each: unknown) => {
    const id = isObject(each) ? member(each, 'value') : undefined
    if (typeof id !== 'string' || !isUuid(id))
      throw new ScimError(400, 'invalidValue', 'Each of members has the id of a user as value.')
    return id.toLowerCase()
  })
  return [...new Set(ids)]
}

/** The part of a group that its provider says, as a resource. */
export function groupCore({ displayName, externalId, members }: GroupRow): Record<string, unknown> {
  return { displayName, ...(externalId === null ? {} : { externalId }), ...(members ? { members } : {}) }
}

export function groupVersion({ version }: Pick<GroupRow, 'version'>): string {
  return `W/"${version}"`
}

/** @param root address below which resources are */
export function groupResource(group: GroupRow, root: string): Record<string, unknown> {
  const { id, members, createdAt, updatedAt } = group
  return {
    schemas: [GROUP_SCHEMA],
    id,
    ...groupCore(group),
    ...(members
      ? { members: members.map((each) => ({ ...each, type: 'User', $ref: `${root}/Users/${each.value}` })) }
      : {}),
    meta: {
      resourceType: 'Group',
      created: new Date(createdAt).toISOString(),
      lastModified: new Date(updatedAt).toISOString(),
      location: `${root}/Groups/${id}`,
      version: groupVersion(group),
    },
  }
}
