import { Hono } from 'hono'
import { isUuid, type EntityModel } from '../../data/index.ts'
import { Failure, invalid } from '../../errors.ts'
import type { Work } from '../../plugins/index.ts'
import { answerOnce, jsonAnswer } from '../answer-once.ts'
import type { HttpContext, HttpEnvironment } from '../environment.ts'
import {
  archiveCustomFieldRoute,
  changeCustomFieldRoute,
  createCustomFieldRoute,
  customFieldsRoute,
  extensibleRoute,
} from '../openapi/custom-field-descriptions.ts'
import { describe } from '../openapi/describe.ts'
import { readObject } from '../read-json.ts'
import { readVersion } from '../read-version.ts'
import type { HttpServices } from '../services.ts'

/** Defining the fields a tenant adds to the entities of its plugins. */
export function customFieldRoutes(services: HttpServices): Hono<HttpEnvironment> {
  const { customFields } = services
  return new Hono<HttpEnvironment>()
    .get('/custom-fields', describe(extensibleRoute), async (c) => {
      c.get('access').require('platform.kernel.customField.read')
      return c.json({ items: await customFields.entities(c.get('tenant'), c.get('plugins').view) })
    })
    .get('/custom-fields/:plugin/:entity', describe(customFieldsRoute), async (c) => {
      c.get('access').require('platform.kernel.customField.read')
      return c.json({ items: await customFields.list(c.get('tenant'), c.get('plugins').view, findEntity(c)) })
    })
    .post('/custom-fields/:plugin/:entity', describe(createCustomFieldRoute), async (c) => {
      c.get('access').require('platform.kernel.customField.manage')
      const model = findEntity(c)
      const input = await readObject(c)
      return change(c, services, input, async (work) => {
        const field = await customFields.create(work, model, input)
        const location = `${c.get('base')}/api/v1/custom-fields/${model.id.replace('.', '/')}/${field.id}`
        return jsonAnswer(201, field, { location, etag: `"${field.version}"` })
      })
    })
    .patch('/custom-fields/:plugin/:entity/:id', describe(changeCustomFieldRoute), async (c) => {
      c.get('access').require('platform.kernel.customField.manage')
      const model = findEntity(c)
      const id = requireId(c)
      const body = await readObject(c)
      const { version: inBody, ...input } = body
      const version = readVersion(c.req.header('if-match'), inBody)
      return change(c, services, body, async (work) => {
        const field = await customFields.change(work, model, id, version, input)
        return jsonAnswer(200, field, { etag: `"${field.version}"` })
      })
    })
    .delete('/custom-fields/:plugin/:entity/:id', describe(archiveCustomFieldRoute), async (c) => {
      c.get('access').require('platform.kernel.customField.manage')
      const model = findEntity(c)
      const id = requireId(c)
      return change(c, services, undefined, async (work) => {
        await customFields.archive(work, model, id)
        return jsonAnswer(204, undefined)
      })
    })
}

type Task = Parameters<typeof answerOnce>[3]

async function change(c: HttpContext, services: HttpServices, body: unknown, task: Task): Promise<Response> {
  const answer = await answerOnce(c, services, { plugin: 'kernel', role: undefined, body }, (work: Work) =>
    task(work),
  )
  await services.customFields.announce(c.get('tenant'))
  return answer
}

function findEntity(c: HttpContext): EntityModel {
  const model = c.get('plugins').view.entities.get(`${c.req.param('plugin')}.${c.req.param('entity')}`)
  if (!model) throw new Failure('not_found')
  if (!model.declaration.extensible)
    throw invalid('', 'not_extensible', `${model.id} does not take further fields.`)
  return model
}

function requireId(c: HttpContext): string {
  const id = c.req.param('id') ?? ''
  if (!isUuid(id)) throw new Failure('not_found')
  return id.toLowerCase()
}
