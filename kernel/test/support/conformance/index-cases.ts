import assert from 'node:assert/strict'
import type { EntityMeta } from '@plinth/sdk'
import {
  compileList,
  parseListQuery,
  type EntityModel,
  type ReadScope,
  type Statement,
} from '../../../src/data/index.ts'
import type { ConformanceCase, ConformanceWorld } from './conformance-world.ts'

interface PlanNode {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly 'Index Cond'?: string
  readonly Plans?: readonly PlanNode[]
}

/** What PostgreSQL does for the lists people open, asked as the role that reads them, fences included. */
export function indexCases(world: ConformanceWorld, meta: EntityMeta): ConformanceCase[] {
  return [
    {
      name: `${meta.id}: its list is found by an index that begins with the workspace, already in order`,
      async run() {
        const scan = await explain(world, meta, '', { sorting: false })
        assert.deepEqual(scan.sorts, [], 'The order of the list has no index')
        assertConfined(scan.nodes)
      },
    },
    {
      name: `${meta.id}: fields that refer to others are found by an index`,
      async run() {
        for (const { name } of meta.fields.filter((field) => field.ref)) {
          const filter = encodeURIComponent(
            JSON.stringify({ [name]: '0190f3a0-0000-7000-8000-000000000000' }),
          )
          assertConfined((await explain(world, meta, `filter=${filter}`, { sorting: true })).nodes)
        }
      },
    },
  ]
}

function assertConfined(nodes: readonly PlanNode[]): void {
  const scans = nodes.filter((node) => node['Relation Name'] !== undefined)
  assert.ok(scans.length > 0, JSON.stringify(nodes))
  for (const scan of nodes) assert.notEqual(scan['Node Type'], 'Seq Scan', JSON.stringify(scan))
  const conditions = nodes.map((node) => node['Index Cond'] ?? '')
  assert.ok(
    conditions.some((each) => each.includes('tenant_id')),
    JSON.stringify(nodes),
  )
}

/** What is sorted as a whole counts; making an order of the index total, by `id`, does not. */
async function explain(
  { platform, tenant }: ConformanceWorld,
  meta: EntityMeta,
  parameters: string,
  { sorting }: { readonly sorting: boolean },
): Promise<{ readonly nodes: readonly PlanNode[]; readonly sorts: readonly PlanNode[] }> {
  const { database, states, tenants, cursors } = platform.platform.root.cradle
  const stored = (await tenants.byId(tenant.id))!
  const { view } = await states.of(stored)
  const model: EntityModel = view.entities.get(meta.id)!
  const scope: ReadScope = {
    models: view.entities,
    schema: (await tenant.home()).schema,
    timeZone: 'UTC',
    readable: () => true,
  }
  const query = parseListQuery(model, new URLSearchParams(parameters), tenant.id, cursors, scope)
  const { text, values } = compileList(query, scope)
  return database.transaction({ tenantId: tenant.id, role: model.role }, async (transaction) => {
    // On a table of a few rows the planner would rightly read it whole: what is asked is whether it could do otherwise.
    const plain: Statement = {
      text: `SELECT set_config('enable_seqscan', 'off', true), set_config('enable_sort', $1, true)`,
      values: [sorting ? 'on' : 'off'],
    }
    await transaction.run(plain)
    const rows = await transaction.run({
      text: `EXPLAIN (FORMAT JSON) ${text}`,
      ...(values ? { values } : {}),
    })
    const [{ Plan }] = (rows[0] as { 'QUERY PLAN': [{ Plan: PlanNode }] })['QUERY PLAN']
    const nodes = flatten(Plan)
    return { nodes, sorts: nodes.filter((node) => node['Node Type'] === 'Sort') }
  })
}

function flatten(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(flatten)]
}
