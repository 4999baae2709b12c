import { Hono } from 'hono'
import type { TrashEmptied } from '@plinth/sdk'
import { Failure } from '../../errors.ts'
import {
  purgeable,
  purgeAll,
  purgeRecord,
  requireTrash,
  restoreRecord,
  TRASH_BATCH,
  type EntityModel,
  type ReadScope,
  type RowScope,
  type TrashModel,
} from '../../data/index.ts'
import { actorWrite, type Work } from '../../plugins/index.ts'
import { answerList } from '../answer-list.ts'
import { jsonAnswer } from '../answer-once.ts'
import { change, etagOf, requireId } from '../entity-request.ts'
import type { HttpContext, HttpEnvironment } from '../environment.ts'
import { findModel, readScope } from '../read-scope.ts'
import { describeEach } from '../openapi/describe.ts'
import {
  describeEmptyTrash,
  describePurge,
  describeRestore,
  describeTrash,
} from '../openapi/trash-descriptions.ts'
import type { HttpServices } from '../services.ts'

/** Who may do one of these with a record may also see it in the trash. */
const TRASH_ACTIONS = ['restore', 'delete', 'purge']

/** Deleted records: looking at them, bringing them back, removing them for good. */
export function trashRoutes(services: HttpServices): Hono<HttpEnvironment> {
  return new Hono<HttpEnvironment>()
    .get('/:plugin/:collection/trash', describeEach(describeTrash), async (c, next) => {
      const model = findModel(c)
      if (!model?.trash) return next()
      c.get('access').require(model.permission('read'))
      const granted = TRASH_ACTIONS.some((action) => c.get('access').can(model.permission(action)))
      if (!granted) c.get('access').require(model.permission('restore'))
      return answerList(c, services, model.trash, await trashScope(c, services, model.trash))
    })
    .post('/:plugin/:collection/:id/restore', describeEach(describeRestore), async (c, next) => {
      const model = findModel(c)
      if (!model?.trash) return next()
      c.get('access').require(model.permission('restore'))
      const id = requireId(c)
      return change(c, services, model, undefined, async (work) => {
        const record = await restoreRecord(requireTrash(actorWrite(work, model, 'restore')), id)
        return jsonAnswer(200, record, { etag: etagOf(record) })
      })
    })
    .delete('/:plugin/:collection/trash', describeEach(describeEmptyTrash), async (c, next) => {
      const model = findModel(c)
      if (!model?.trash) return next()
      c.get('access').require(model.permission('purge'))
      return change(c, services, model, undefined, async (work) =>
        jsonAnswer(200, await emptyTrash(work, model)),
      )
    })
    .delete('/:plugin/:collection/trash/:id', describeEach(describePurge), async (c, next) => {
      const model = findModel(c)
      if (!model?.trash) return next()
      c.get('access').require(model.permission('purge'))
      const id = requireId(c)
      return change(c, services, model, undefined, async (work) => {
        await purgeRecord(requireTrash(actorWrite(work, model, 'purge')), id)
        return jsonAnswer(204, undefined)
      })
    })
}

async function trashScope(c: HttpContext, services: HttpServices, trash: TrashModel): Promise<ReadScope> {
  const scope = await readScope(c, services, trash)
  const access = c.get('access')
  const granted = either(TRASH_ACTIONS.map((action) => access.rows(trash, action)))
  return {
    ...scope,
    readable: (model) => (model === trash ? both(scope.readable(trash), granted) : scope.readable(model)),
  }
}

function either(scopes: readonly RowScope[]): RowScope {
  const some = scopes.filter((scope) => scope !== false)
  if (some.length === 0 || some.includes(true)) return some.length > 0
  return { or: some.filter((scope) => typeof scope === 'object') }
}

function both(left: RowScope, right: RowScope): RowScope {
  if (left === false || right === false) return false
  if (left === true) return right
  return right === true ? left : { and: [left, right] }
}

/** All at once; where records in the trash refer to one another, one by one. */
async function emptyTrash(work: Work, model: EntityModel): Promise<TrashEmptied> {
  const write = (part: Work) => requireTrash(actorWrite(part, model, 'purge'))
  try {
    const purged = (await work.part((part) => purgeAll(write(part)))).length
    return { purged, kept: 0, more: purged === TRASH_BATCH }
  } catch (error) {
    if (!isReferenced(error)) throw error
  }
  const ids = await purgeable(write(work))
  let purged = 0
  for (const id of ids) {
    try {
      await work.part((part) => purgeRecord(write(part), id))
      purged += 1
    } catch (error) {
      if (!isReferenced(error)) throw error
    }
  }
  return { purged, kept: ids.length - purged, more: purged > 0 && ids.length === TRASH_BATCH }
}

function isReferenced(error: unknown): boolean {
  return error instanceof Failure && error.code === 'still_referenced'
}
