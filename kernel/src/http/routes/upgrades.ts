import { Hono } from 'hono'
import type { HttpEnvironment } from '../environment.ts'
import { describe } from '../openapi/describe.ts'
import {
  contractRoute,
  revertRoute,
  runUpgradesRoute,
  upgradesRoute,
} from '../openapi/upgrade-descriptions.ts'
import type { HttpServices } from '../services.ts'
import { operatorMay, operatorStep } from '../steps/operator.ts'

/** For operators: how far the upgrades of plugins are in all tenants, and their last step. */
export function upgradeRoutes(services: HttpServices): Hono<HttpEnvironment> {
  const { upgrades } = services
  const list = async () => ({ items: await upgrades.list() })
  return new Hono<HttpEnvironment>()
    .use(operatorStep(services))
    .get('/', describe(upgradesRoute), operatorMay('platform.upgrade.read'), async (c) =>
      c.json(await list()),
    )
    .post('/run', describe(runUpgradesRoute), operatorMay('platform.upgrade.manage'), async (c) => {
      await upgrades.run()
      return c.json(await list())
    })
    .post('/:plugin/contract', describe(contractRoute), operatorMay('platform.upgrade.manage'), async (c) => {
      await upgrades.contract(c.req.param('plugin'))
      return c.json(await list())
    })
    .post('/:plugin/revert', describe(revertRoute), operatorMay('platform.upgrade.manage'), async (c) => {
      await upgrades.revert(c.req.param('plugin'))
      return c.json(await list())
    })
}
