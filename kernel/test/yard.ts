import { expect } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import type { Answer, Client } from './support/index.ts'

export const MACHINES = '/yard/machines'

type Machine = Record<string, any> & { readonly id: string }

/** A platform with the plugin whose actions concern collections, and members who may carry out more or fewer of them. */
export async function openYard() {
  const platform = await bootFixtures({
    plugins: ['yard'],
    tenants: [{ slug: 'acme' }, { slug: 'beta' }],
    roles: ['web'],
  })
  const acme = platform.tenant('acme')
  const [hand, porter] = await Promise.all(['hand', 'porter'].map((role) => acme.addMember([`yard.${role}`])))
  const make = async (values: object = {}, client = acme.admin): Promise<Machine> => {
    const { status, body, text } = await client.post(MACHINES, { name: 'Digger', tons: '2.50', ...values })
    expect(status, text).toBe(201)
    return body
  }
  return {
    platform,
    admin: acme.admin,
    beta: platform.tenant('beta').admin,
    hand: hand!,
    porter: porter!,
    make,
  }
}

/** What an action is told of the records it is carried out on. */
export const chosen = (...machines: Machine[]): { id: string }[] => machines.map(({ id }) => ({ id }))

export const act = (client: Client, name: string, input: object = {}, options = {}): Promise<Answer> =>
  client.post(`${MACHINES}/actions/${name}`, input, options)

/** What was refused: status and code, then pointer and code of each error. */
export const refused = ({ status, body }: Answer): string[] => [
  `${status} ${body.code}`,
  ...(body.errors ?? []).map(({ pointer, code }: Record<string, string>) => `${pointer} ${code}`).toSorted(),
]
