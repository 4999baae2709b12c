import type pg from 'pg'
import type { Models } from '../model/entity-model.ts'

/*
 * References of custom fields. One column would have to refer to any table, so no foreign key can hold them: what it would do is done here,
 * as the owner of the tables, like all that follows references. Row-level security keeps other tenants out of reach, as it is forced.
 */

/**
 * `has_record` says whether a record exists outside the trash and keeps it until the transaction ends, as the check of a foreign key does:
 * whoever deletes it meanwhile waits, and is then refused. `keep_referenced` refuses to delete what a custom field in use refers to.
 * `follow_trash_custom` takes side rows into the trash with their record, and lets none come back that refers to what is gone.
 */
export const customReferenceFunctions = `
  CREATE FUNCTION plinth.has_record(place text, target text, wanted uuid) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
  DECLARE
    found boolean;
  BEGIN
    -- Not every table has a trash.
    EXECUTE format('SELECT true FROM %I.%I t WHERE t.tenant_id = current_setting(''plinth.tenant'')::uuid AND t.id = $1
      AND to_jsonb(t) ->> ''deleted_at'' IS NULL FOR KEY SHARE', place, target) INTO found USING wanted;
    RETURN coalesce(found, false);
  END $body$;
  REVOKE ALL ON FUNCTION plinth.has_record FROM PUBLIC;

  CREATE FUNCTION plinth.keep_referenced() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
  DECLARE
    fields uuid[];
    side text;
    found uuid;
  BEGIN
    -- Whoever works on all tenants at once removes them as a whole.
    IF coalesce(current_setting('plinth.tenant', true), '') = '' THEN
      RETURN NULL;
    END IF;
    SELECT array_agg(id) INTO fields FROM plinth.custom_field
      WHERE tenant_id = OLD.tenant_id AND archived_at IS NULL AND declaration ->> 'type' = 'ref';
    IF fields IS NULL THEN
      RETURN NULL;
    END IF;
    FOR side IN SELECT relname FROM pg_class WHERE relnamespace = to_regnamespace(quote_ident(TG_TABLE_SCHEMA)) AND relkind = 'r' AND relname LIKE '%\\_\\_custom' LOOP
      EXECUTE format('SELECT field_id FROM %I.%I WHERE tenant_id = $1 AND field_id = ANY ($2) AND ref = $3 AND target = $5 AND record_id <> $3 AND (live OR $4) LIMIT 1',
        TG_TABLE_SCHEMA, side) INTO found USING OLD.tenant_id, fields, OLD.id, TG_OP = 'DELETE', TG_TABLE_NAME::text;
      IF found IS NOT NULL THEN
        RAISE EXCEPTION 'still referenced by a custom field' USING ERRCODE = '23503', SCHEMA = TG_TABLE_SCHEMA, TABLE = side, COLUMN = found::text;
      END IF;
    END LOOP;
    RETURN NULL;
  END $body$;

  CREATE OR REPLACE FUNCTION plinth.follow_trash_custom() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
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
      EXECUTE format('SELECT s.field_id FROM %s s JOIN plinth.custom_field f ON f.tenant_id = s.tenant_id AND f.id = s.field_id AND f.archived_at IS NULL
        WHERE s.tenant_id = $1 AND s.record_id = $2 AND s.ref IS NOT NULL AND s.ref <> $2
        AND to_regclass(format(''%%I.%%I'', $3, s.target)) IS NOT NULL AND NOT plinth.has_record($3, s.target, s.ref) LIMIT 1', side)
        INTO taken USING NEW.tenant_id, NEW.id, TG_TABLE_SCHEMA::text;
      IF taken IS NOT NULL THEN
        RAISE EXCEPTION 'reference to what is gone' USING ERRCODE = '23503', SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_ARGV[0], COLUMN = taken::text;
      END IF;
    END IF;
    EXECUTE format('UPDATE %s SET live = $3 WHERE tenant_id = $1 AND record_id = $2 AND (single IS NOT NULL OR ref IS NOT NULL)', side)
      USING NEW.tenant_id, NEW.id, NEW.deleted_at IS NULL;
    RETURN NULL;
  END $body$;`

/** Keeps the records of all entities while custom fields refer to them. Run as owner of the tables. */
export async function addReferenceGuards(client: pg.Client, models: Models, schema: string): Promise<void> {
  for (const model of models.values())
    await client.query(guardSql(`${schema}.${model.table}`, model.trashable))
}

/** The names come after those of foreign keys and of the trash: what goes along with a record is gone by then, and its references with it. */
function guardSql(table: string, isTrashable: boolean): string {
  const guard = `FOR EACH ROW EXECUTE FUNCTION plinth.keep_referenced()`
  const trash = `CREATE OR REPLACE TRIGGER zz_keep_referenced_trash AFTER UPDATE OF deleted_at ON ${table}
    FOR EACH ROW WHEN (OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL) EXECUTE FUNCTION plinth.keep_referenced();`
  return `CREATE OR REPLACE TRIGGER zz_keep_referenced AFTER DELETE ON ${table} ${guard};${isTrashable ? trash : ''}`
}
