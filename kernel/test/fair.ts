import type { FeatureCard } from '@plinth/sdk'
import { bootFixtures } from './boot-fixtures.ts'
import { asOperator, OPERATOR_TOKEN } from './operator.ts'
import type { Answer, Client, TestPlatform } from './support/index.ts'

/** A platform with the plugin that has features, and workspaces of two tiers. */
export function bootFair(): Promise<TestPlatform> {
  return bootFixtures({
    plugins: ['fair'],
    tenants: [{ slug: 'acme' }, { slug: 'other' }, { slug: 'small', tier: 'free' }],
    config: { operatorToken: OPERATOR_TOKEN },
  })
}

export async function featureOf(who: Client, id: string): Promise<FeatureCard> {
  const { body } = await who.get<{ items: FeatureCard[] }>('/features')
  return body.items.find((each) => each.id === id)!
}

/** Has an administrator decide about a feature. */
export async function decide(who: Client, id: string, on: boolean | null): Promise<Answer> {
  const { version } = await featureOf(who, id)
  return who.patch(`/features/fair/${id}`, { on }, { version })
}

/** Has the operator decide about one. */
export function operate(platform: TestPlatform, id: string, body: object): Promise<Answer> {
  return asOperator(platform, 'PATCH', `/features/fair/${id}`, body)
}

/** As if nobody had decided anything. */
export async function undecide(platform: TestPlatform): Promise<void> {
  for (const id of ['raffle', 'map', 'fireworks']) {
    await decide(platform.tenant('acme').admin, id, null)
    await operate(platform, id, { stopped: false, percentage: null, reason: 'As before' })
  }
}
