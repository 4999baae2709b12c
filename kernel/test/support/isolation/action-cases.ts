import assert from 'node:assert/strict'
import type { ActionMeta } from '@plinth/sdk'
import { assertSilent, NOBODY, type IsolationCase } from './isolation-case.ts'
import type { GuardedEntity, IsolationWorld } from './isolation-world.ts'

/** What the intruder can try with actions that are carried out on several records together. */
export function actionCases(world: IsolationWorld, entity: GuardedEntity): IsolationCase[] {
  return (entity.meta.collectionActions ?? [])
    .filter(({ records }) => records)
    .map((action) => ({
      name: `${entity.meta.id}: ${action.name} is not carried out on records of another workspace`,
      run: () => actTogether(world, entity, action),
    }))
}

async function actTogether(
  world: IsolationWorld,
  { owned, own }: GuardedEntity,
  { api, records, chosen = [] }: ActionMeta,
): Promise<void> {
  const others = Array.from(
    { length: records!.min },
    (_, index) => NOBODY.slice(0, -4) + String(1000 + index),
  )
  for (const together of [
    [own.id, owned.id, ...others.slice(2)],
    [owned.id, ...others.slice(1)],
  ]) {
    const named = Object.fromEntries(chosen.map((name) => [name, together[0]]))
    const body = { ...named, records: together.map((id) => ({ id })) }
    const answer = await world.intruder.admin.post(api!, body)
    assert.ok(answer.status >= 400 && answer.status < 500, `${answer.status} ${answer.text}`)
    assertSilent(world, answer, [owned.id])
  }
}
