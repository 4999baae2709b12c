import type { EntityModel } from '../model/entity-model.ts'

/**
 * Unique values of custom fields are free while their record is in the trash, as those of declared fields are. Runs as the owner of the
 * tables, like whatever else follows a record into the trash, so that records that merely go along are covered too.
 */
export const customTrashFunction = `
  CREATE FUNCTION plinth.follow_trash_custom() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
  -- Argument: the side table.
  DECLARE
    side text := format('%I.%I', TG_TABLE_SCHEMA, TG_ARGV[0]);
    taken uuid;
  BEGIN
    IF NEW.deleted_at IS NULL THEN
      -- The index would refuse it too, but under row-level security it does not say which value was in the way.
      EXECUTE format('SELECT a.field_id FROM %1$s a JOIN %1$s b USING (tenant_id, field_id, single)
        WHERE a.tenant_id = $1 AND a.record_id = $2 AND NOT a.live AND b.live LIMIT 1', side) INTO taken USING NEW.tenant_id, NEW.id;
      IF taken IS NOT NULL THEN
        RAISE EXCEPTION 'value taken since' USING ERRCODE = '23505', SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_ARGV[0], COLUMN = taken::text;
      END IF;
    END IF;
    EXECUTE format('UPDATE %s SET live = $3 WHERE tenant_id = $1 AND record_id = $2 AND single IS NOT NULL', side)
      USING NEW.tenant_id, NEW.id, NEW.deleted_at IS NULL;
    RETURN NULL;
  END $body$;`

/** Has the side table of a trashable entity follow its records into the trash and back. */
export function followTrash(model: EntityModel, side: string, schema: string): string {
  return `CREATE OR REPLACE TRIGGER custom_trash AFTER UPDATE OF deleted_at ON ${schema}.${model.table} FOR EACH ROW
    WHEN ((OLD.deleted_at IS NULL) <> (NEW.deleted_at IS NULL)) EXECUTE FUNCTION plinth.follow_trash_custom('${side}');`
}
