import { Failure } from '../errors.ts'

/** As browsers and documents write it; a database knows fewer years than JavaScript. */
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/

/** A moment out of the query. @throws Failure `query_invalid` */
export function readMoment(text: string | undefined, name: string): Date | undefined {
  if (text === undefined) return undefined
  if (!isMoment(text)) throw queryFault(name)
  return new Date(text)
}

export function isMoment(text: string): boolean {
  const moment = new Date(text)
  return MOMENT.test(text) && !Number.isNaN(moment.getTime()) && moment.getUTCFullYear() >= 1
}

export function queryFault(parameter: string): Failure {
  return new Failure('query_invalid', {
    errors: [{ pointer: `/query/${parameter}`, code: 'value', detail: 'The value is not accepted.' }],
  })
}
