import { expect } from 'vitest'
import type { Client } from './support/index.ts'

/** The entity of plugin `clinic` that has encrypted fields of all types. */
export const DOSSIERS = '/clinic/dossiers'

/** Creates dossiers for a client, each with a title of its own. */
export function dossierMaker(client: Client): (values?: object) => Promise<any> {
  let count = 0
  return async (values = {}) => {
    count += 1
    const { body, status, text } = await client.post(DOSSIERS, { title: `Dossier ${count}`, ...values })
    expect(status, text).toBe(201)
    return body
  }
}
