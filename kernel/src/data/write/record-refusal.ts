import type { ProblemError } from '@plinth/sdk'
import { Failure, type ProblemCode } from '../../errors.ts'
import type { Statement } from '../pipeline.ts'
import { refusedTable } from './map-database-error.ts'
import { filesRefused, suspectsSaid, type Said, type Suspect } from './suspects.ts'
import { explain, type LoneWrite } from './write.ts'

/** Asks the database something, where nothing that was refused is under way any more. */
export type Look = (statement: Statement) => Promise<{ i: number }[]>

/** A refusal that can name more once the change is taken back. */
export interface Unfinished {
  /** The same refusal with all there is to name. */
  pinpoint(look: Look): Promise<Failure>
}

/** The error, as a refusal that names everything where it is one that can. */
export async function pinpointed(error: unknown, look: Look): Promise<unknown> {
  return error instanceof Failure && 'pinpoint' in error
    ? (error as Failure & Unfinished).pinpoint(look)
    : error
}

interface Details {
  readonly errors: readonly ProblemError[]
  readonly detail?: string | undefined
  readonly cause?: unknown
}

/** Refusals of the database beside which more references may lead nowhere: it stops at what it comes upon first. */
const PARTIAL: readonly string[] = [
  'validation_failed',
  'unique_violated',
  'reference_unknown',
] satisfies ProblemCode[]

/**
 * A record was refused, perhaps with those saved along with it. It may have more references that lead nowhere than the refusal names:
 * looking at them takes a question that nobody pays for whose change is accepted.
 */
export class RecordRefusal extends Failure implements Unfinished {
  readonly suspects: readonly Suspect[]
  readonly schema: string

  /** @param suspects all references of what was refused */
  constructor(
    code: ProblemCode,
    { errors, detail, cause }: Details,
    suspects: readonly Suspect[],
    schema: string,
  ) {
    super(code, { errors, cause, ...(detail === undefined ? {} : { detail }) })
    this.suspects = suspects
    this.schema = schema
  }

  /** Of input that is not accepted, whatever its references lead to. */
  static ofInput(code: ProblemCode, errors: readonly ProblemError[], said: readonly Said[]): Failure {
    const [first] = said
    if (!first) return new Failure(code, { errors })
    const files = said.flatMap(filesRefused)
    const all = [...errors, ...files.filter((file) => !isNamed(errors, file.pointer))]
    return new RecordRefusal(code, { errors: all }, said.flatMap(suspectsSaid), first.write.schema)
  }

  override under(pointer: string): Failure {
    const suspects = this.suspects.map((each) => ({ ...each, pointer: `${pointer}${each.pointer}` }))
    return Object.defineProperty(super.under(pointer), 'suspects', { value: suspects })
  }

  async pinpoint(look: Look): Promise<Failure> {
    const open = this.suspects.filter((suspect) => !isNamed(this.errors, suspect.pointer))
    if (open.length === 0) return this
    const found = (await look(lookFor(open, this.schema))).map(({ i }): ProblemError => {
      const { pointer, isMember } = open[i]!
      return { pointer, code: 'reference', detail: `There is no such ${isMember ? 'member' : 'record'}.` }
    })
    if (found.length === 0) return this
    // Of many records the database only says in which list they are.
    const isVague = ({ code, pointer }: ProblemError): boolean =>
      code === 'reference' && found.some((each) => each.pointer.startsWith(`${pointer}/`))
    const errors = [...this.errors.filter((error) => !isVague(error)), ...found]
    const { publicDetail: detail, cause } = this
    return new RecordRefusal(this.code as ProblemCode, { errors, detail, cause }, [], this.schema)
  }
}

/**
 * Says what an error of the database means for a record.
 *
 * @param suspects references of the record, and of what is saved along with it
 * @param place where it is, in a list of many
 */
export function explainRecord(
  write: LoneWrite,
  suspects: () => readonly Suspect[],
  place = '',
): (error: unknown) => unknown {
  return (error) => {
    const refusal = explain(write)(error)
    if (!(refusal instanceof Failure) || refusedTable(refusal.cause) !== write.model.table) return refusal
    const { code, errors, publicDetail: detail, cause } = refusal.under(place)
    if (!PARTIAL.includes(code)) return refusal.under(place)
    const all = suspects()
    // Which of many it was nobody knows yet.
    const vague = place !== '' && code === 'reference_unknown'
    return new RecordRefusal(
      code as ProblemCode,
      {
        errors: vague ? errors.map((each) => ({ ...each, pointer: place })) : errors,
        detail,
        cause,
      },
      all,
      write.schema,
    )
  }
}

/** Whether nothing more needs to be said of a value. */
function isNamed(errors: readonly ProblemError[], pointer: string): boolean {
  return errors.some(
    (error) =>
      error.pointer === pointer ||
      error.pointer.startsWith(`${pointer}/`) ||
      // What is no record has no fields, and of what is too much nothing was read.
      ((error.code === 'type' || error.code === 'maxItems') && pointer.startsWith(`${error.pointer}/`)),
  )
}

/** Which of these references lead nowhere: what the check of a foreign key would say, and the trash. */
function lookFor(suspects: readonly Suspect[], schema: string): Statement {
  return {
    text: `SELECT s.i FROM json_to_recordset($1::json) AS s(i int, id uuid, "isMember" boolean, "table" text)
      WHERE CASE WHEN s."isMember" THEN NOT EXISTS (SELECT FROM plinth.member m WHERE m.tenant_id = current_setting('plinth.tenant')::uuid AND m.id = s.id)
        WHEN s."table" IS NULL THEN true ELSE NOT plinth.has_record('${schema}', s."table", s.id) END ORDER BY 1`,
    values: [JSON.stringify(suspects.map(({ id, isMember, table }, i) => ({ i, id, isMember, table })))],
  }
}
