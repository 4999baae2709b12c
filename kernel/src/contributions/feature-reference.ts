import { suggestion } from './nearest.ts'
import type { Path, PointContext, Report } from './point.ts'
import { text, type Dict } from './reading.ts'

/** Checks that the feature a contribution is part of is one of the plugin's own. */
export function checkFeature(
  contribution: Dict,
  path: Path,
  { own }: Pick<PointContext, 'own'>,
  report: Report,
): void {
  const feature = text(contribution['feature'])
  if (feature === undefined || own.features.has(feature)) return
  const message = `This plugin has no feature "${feature}".${suggestion(feature, own.features)}`
  report([...path, 'feature'], 'feature_unknown', message)
}
