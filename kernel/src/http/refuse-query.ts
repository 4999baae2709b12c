import { Failure } from '../errors.ts'

/** The refusal of one parameter of the address. */
export function refuseQuery(parameter: string, code: string, detail: string): Failure {
  return new Failure('query_invalid', { errors: [{ pointer: `/query/${parameter}`, code, detail }] })
}
