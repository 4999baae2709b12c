/**
 * What foreign keys do when a record is really deleted, done when it goes to the trash or comes back. Like the checks of foreign keys these
 * functions run as the owner of the tables: a plugin must not be able to read who refers to its records, and yet the rules must hold.
 * Rows of other tenants stay out of reach, because row-level security is forced on the owner too.
 */
export const trashFunctions = `
  CREATE FUNCTION plinth.follow_trash() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
  -- Arguments: table that refers to this one, its column, what to do with its rows, whether they can be in the trash, name of the foreign key.
  DECLARE
    referring text := format('%I.%I', TG_TABLE_SCHEMA, TG_ARGV[0]);
    here text := format('tenant_id = $1 AND %I = $2', TG_ARGV[1]);
    root uuid := coalesce(NEW.deleted_with, OLD.deleted_with, NEW.id);
    found boolean;
  BEGIN
    IF TG_ARGV[2] = 'cascade' AND NEW.deleted_at IS NULL THEN
      EXECUTE format('UPDATE %s SET deleted_at = NULL, deleted_by = NULL, deleted_with = NULL, version = version + 1 WHERE %s AND deleted_with = $3',
        referring, here) USING NEW.tenant_id, NEW.id, root;
    ELSIF TG_ARGV[2] = 'cascade' THEN
      -- Locked as rows to be deleted are: whoever is about to refer to one of them ends first, or waits and is refused.
      EXECUTE format('SELECT count(*) FROM (SELECT FROM %s WHERE %s AND deleted_at IS NULL FOR UPDATE) locked', referring, here)
        USING NEW.tenant_id, NEW.id;
      EXECUTE format('UPDATE %s SET deleted_at = $3, deleted_by = $4, deleted_with = $5, version = version + 1 WHERE %s AND deleted_at IS NULL',
        referring, here) USING NEW.tenant_id, NEW.id, NEW.deleted_at, NEW.deleted_by, root;
    ELSIF NEW.deleted_at IS NULL THEN
      RETURN NULL;
    ELSIF TG_ARGV[2] = 'setNull' THEN
      EXECUTE format('UPDATE %s SET %I = NULL WHERE %s', referring, TG_ARGV[1], here) USING NEW.tenant_id, NEW.id;
    ELSE
      EXECUTE format('SELECT EXISTS (SELECT FROM %s WHERE %s%s)', referring, here,
        CASE WHEN TG_ARGV[3]::boolean THEN ' AND deleted_at IS NULL' ELSE '' END) INTO found USING NEW.tenant_id, NEW.id;
      IF found THEN
        RAISE EXCEPTION 'still referenced' USING ERRCODE = '23503', SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_ARGV[0], CONSTRAINT = TG_ARGV[4];
      END IF;
    END IF;
    RETURN NULL;
  END $body$;
  CREATE FUNCTION plinth.refuse_trashed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
  -- Arguments: table referred to, column, name of the foreign key. Runs after the check of the foreign key, which waits for a deletion
  -- that is on its way; so this look sees how it ended.
  DECLARE
    found boolean;
  BEGIN
    EXECUTE format('SELECT EXISTS (SELECT FROM %I.%I WHERE tenant_id = $1.tenant_id AND id = $1.%I AND deleted_at IS NOT NULL)',
      TG_TABLE_SCHEMA, TG_ARGV[0], TG_ARGV[1]) INTO found USING NEW;
    IF found THEN
      RAISE EXCEPTION 'reference to what is in the trash' USING ERRCODE = '23503', SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME,
        CONSTRAINT = TG_ARGV[2];
    END IF;
    RETURN NULL;
  END $body$;`
