import type { FilterOperator } from '@plinth/sdk'
import { Failure } from '../../errors.ts'
import type { FieldModel } from '../model/entity-model.ts'
import { plainDegrees } from '../model/field-columns.ts'
import type { SqlValues } from './sql-values.ts'

/** Mean radius of the Earth in kilometres. */
const RADIUS = 6371.0088

/** Half way round. */
const MAX_KM = 20_038

/**
 * Conditions on places. `near` first compares with the box around the circle, which an index on the latitude serves and row-level
 * security lets through, and then computes the distance of what is left.
 */
export function compileGeo(
  field: FieldModel,
  operator: FilterOperator,
  value: unknown,
  values: SqlValues,
  alias: string,
  pointer: string,
): string {
  const [lat = '', lng = ''] = field.columns.map((column) => `${alias}.${column}`)
  if (operator !== 'near') throw refuse(pointer, 'operator', 'Places know the operators near and isNull.')
  const circle = readCircle(value, pointer)
  const add = (degrees: number) => `${values.add(degrees)}::float8`
  const [centreLat, centreLng] = [add(circle.lat), add(circle.lng)]
  const distance = `${2 * RADIUS} * asin(least(1, sqrt(power(sin(radians(${lat} - ${centreLat}) / 2), 2)
    + cos(radians(${centreLat})) * cos(radians(${lat})) * power(sin(radians(${lng} - ${centreLng}) / 2), 2))))`
  return `(${box(circle, lat, lng, add)} AND ${distance} <= ${add(circle.km)})`
}

interface Circle {
  readonly lat: number
  readonly lng: number
  readonly km: number
}

function box(
  { lat, lng, km }: Circle,
  latitude: string,
  longitude: string,
  add: (n: number) => string,
): string {
  // A little wider than the circle, so that rounding excludes nothing.
  const angle = (km / RADIUS) * 1.000001 + 1e-9
  const reach = (angle * 180) / Math.PI
  const band = `${latitude} BETWEEN ${add(lat - reach)} AND ${add(lat + reach)}`
  const ratio = Math.sin(angle) / Math.cos((lat * Math.PI) / 180)
  // With a pole inside, every longitude is.
  if (Math.abs(lat) + reach >= 90 || ratio >= 1) return band
  const width = (Math.asin(ratio) * 180) / Math.PI
  const [west, east] = [lng - width, lng + width]
  // Across the date line the box has two parts.
  if (west < -180) return `${band} AND (${longitude} <= ${add(east)} OR ${longitude} >= ${add(west + 360)})`
  if (east > 180) return `${band} AND (${longitude} >= ${add(west)} OR ${longitude} <= ${add(east - 360)})`
  return `${band} AND ${longitude} BETWEEN ${add(west)} AND ${add(east)}`
}

function readCircle(value: unknown, pointer: string): Circle {
  const { lat, lng, km, ...rest } = (typeof value === 'object' ? (value ?? {}) : {}) as Partial<Circle>
  const within = (number: unknown, least: number, most: number) =>
    typeof number === 'number' && number >= least && number <= most
  if (
    !within(lat, -90, 90) ||
    !within(lng, -180, 180) ||
    !within(km, 0, MAX_KM) ||
    Object.keys(rest).length > 0
  )
    throw refuse(
      pointer,
      'type',
      '"near" takes a place and a distance, like {"lat":53.55,"lng":9.99,"km":5}.',
    )
  return { lat: plainDegrees(lat!), lng: plainDegrees(lng!), km: km! }
}

function refuse(pointer: string, code: string, detail: string): Failure {
  return new Failure('query_invalid', { errors: [{ pointer, code, detail }] })
}
