import { invalid } from '../errors.ts'
import type { HttpContext } from './environment.ts'

const MOST_PER_MINUTE = 100_000

/** The member whose rights bound what is made here: who asks, or for whom the program that asks acts. Null: nobody bounds it either. */
export function makerOf(c: HttpContext): string | null {
  const { member, behalfOf } = c.get('identity')
  return member?.id ?? behalfOf ?? null
}

/** @throws Failure `validation_failed` */
export function readName(name: unknown): string {
  if (typeof name !== 'string' || name.trim() === '' || name.length > 100)
    throw invalid('/name', 'type', 'A name of at most 100 characters is needed.')
  return name.trim()
}

/** @throws Failure `validation_failed` */
export function readRate(value: unknown): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1 || value > MOST_PER_MINUTE)
    throw invalid('/perMinute', 'range', `A whole number from 1 to ${MOST_PER_MINUTE} is needed.`)
  return value
}

/** A moment to come; null: never. @throws Failure `validation_failed` */
export function readEnd(value: unknown): Date | null {
  if (value === null) return null
  const end = typeof value === 'string' && ISO.test(value) ? new Date(value) : undefined
  if (!end || Number.isNaN(end.getTime()) || end.getFullYear() > 9999)
    throw invalid('/expiresAt', 'format', 'A moment after ISO 8601 is needed, with its time zone.')
  if (end.getTime() <= Date.now()) throw invalid('/expiresAt', 'range', 'This moment has passed.')
  return end
}

const ISO = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})$/
