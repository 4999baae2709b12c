import type { EntityUpgrade } from './upgrade-plan.ts'

/** Set, for its transaction, by the backfill: what it writes is not a change that the version before has to follow. */
export const BACKFILL_SETTING = 'plinth.backfill'

/**
 * A trigger that keeps the columns of two versions in step while nodes of both change records: whichever column was written, the other one
 * follows. What the version before leaves empty and the next one needs is filled.
 */
export function syncSql({ table, moves, fills }: EntityUpgrade, schema: string): string {
  const name = `${schema}.${syncName(table)}`
  const lines = moves.flatMap(({ from, to, forward, backward }) => {
    if (!forward || !backward) return []
    const ahead = assign(to, forward, from)
    const back = assign(from, backward, to)
    return [
      `IF TG_OP = 'INSERT' THEN`,
      `  IF NEW.${to[0]} IS NOT NULL THEN ${back} ELSE ${ahead} END IF;`,
      `ELSIF ${changed(to)} THEN ${back}`,
      // Empty: the backfill has not been here yet.
      `ELSIF ${changed(from)} OR NEW.${to[0]} IS NULL THEN ${ahead}`,
      `END IF;`,
    ]
  })
  for (const { column, value } of fills) lines.push(`NEW.${column} := coalesce(NEW.${column}, ${value});`)
  if (lines.length === 0) return removeSync({ table }, schema)
  return `
    CREATE OR REPLACE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS $sync$
    BEGIN
      IF current_setting('${BACKFILL_SETTING}', true) = 'on' THEN RETURN NEW; END IF;
      ${lines.join('\n      ')}
      RETURN NEW;
    END $sync$;
    CREATE OR REPLACE TRIGGER sync BEFORE INSERT OR UPDATE ON ${schema}.${table} FOR EACH ROW EXECUTE FUNCTION ${name}();`
}

/** Takes the trigger away again. */
export function removeSync({ table }: Pick<EntityUpgrade, 'table'>, schema: string): string {
  return `DROP TRIGGER IF EXISTS sync ON ${schema}.${table}; DROP FUNCTION IF EXISTS ${schema}.${syncName(table)}()`
}

function syncName(table: string): string {
  return `${table}__sync`
}

/** An expression of a conversion, over columns that are addressed by `prefix`. */
export function applyTo(expression: string, columns: readonly string[], prefix: string): string {
  return expression.replaceAll(/\$([01])/g, (_, index: string) => `${prefix}${columns[Number(index)]!}`)
}

function assign(
  targets: readonly string[],
  expressions: readonly string[],
  sources: readonly string[],
): string {
  return targets
    .map((column, index) => `NEW.${column} := ${applyTo(expressions[index]!, sources, 'NEW.')};`)
    .join(' ')
}

function changed(columns: readonly string[]): string {
  const row = (prefix: string) => columns.map((column) => `${prefix}.${column}`).join(', ')
  return `(${row('NEW')}) IS DISTINCT FROM (${row('OLD')})`
}
