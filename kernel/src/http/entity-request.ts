import { Failure } from '../errors.ts'
import { isUuid, type EntityModel, type StoredAnswer } from '../data/index.ts'
import type { Work } from '../plugins/index.ts'
import { answerOnce } from './answer-once.ts'
import type { HttpContext } from './environment.ts'
import type { HttpServices } from './services.ts'

/** What is no id names no record. @throws Failure `not_found` */
export function requireId(c: HttpContext): string {
  const id = c.req.param('id') ?? ''
  if (!isUuid(id)) throw new Failure('not_found')
  return id.toLowerCase()
}

/** Carries out a change to records of an entity, see `answerOnce`. */
export function change(
  c: HttpContext,
  services: HttpServices,
  model: EntityModel,
  body: unknown,
  task: (work: Work) => Promise<StoredAnswer>,
  plain = false,
): Promise<Response> {
  return answerOnce(c, services, { plugin: model.plugin, role: model.role, body, plain }, task)
}

export function etagOf(record: Readonly<Record<string, unknown>>): string {
  return `"${String(record['version'])}"`
}
