import type { LimitTiers, Manifest, Text } from '@plinth/sdk'

/** How many records of an entity a tenant may have. */
export interface LimitModel {
  /** `<plugin>.<limit>` */
  readonly id: string
  readonly label: Text
  readonly tiers: LimitTiers
}

/** The limits a manifest declares. */
export function limitsOf({ id, limits = [] }: Pick<Manifest, 'id' | 'limits'>): LimitModel[] {
  return limits.map(({ id: name, label, tiers }) => ({ id: `${id}.${name}`, label, tiers }))
}

/** The limit that counts an entity, by the entity's name. */
export function limitOn(manifest: Pick<Manifest, 'id' | 'limits'>, entity: string): LimitModel | undefined {
  const index = manifest.limits?.findIndex(({ counts }) => counts === entity) ?? -1
  return index < 0 ? undefined : limitsOf(manifest)[index]
}
