import { KERNEL_ROLE, PLATFORM_ROLE, PLUGIN_GROUP } from './role-names.ts'

/**
 * What is known of files whose bytes lie in the storage. A row comes before the bytes, so that no object is ever without one:
 *
 * `receiving` (bytes on their way) → `pending` (complete, of no record yet) → `attached` (a record refers to it) → `released` (none does any
 * more, its bytes go with the next sweep). `place` is the column it is for, `table.column`, which stays when a field is renamed.
 *
 * The functions run as the owner of the tables: a plugin's role sees no files, and yet its records keep and give up theirs, whichever way
 * they change or go, along foreign keys too. Row-level security is forced on the owner, so both reach files of the one tenant alone.
 */
export const fileTables = `
  CREATE TABLE plinth.file (
    tenant_id uuid NOT NULL REFERENCES plinth.tenant, id uuid NOT NULL, place text NOT NULL, name text NOT NULL, type text NOT NULL DEFAULT '',
    size bigint NOT NULL DEFAULT 0, sha256 text, state text NOT NULL DEFAULT 'receiving', record_id uuid, actor_kind text NOT NULL, actor_id uuid,
    created_at timestamptz(3) NOT NULL DEFAULT now(), changed_at timestamptz(3) NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id), CHECK (state IN ('receiving','pending','attached','released')), CHECK (state <> 'attached' OR record_id IS NOT NULL),
    CHECK (state IN ('receiving','released') OR sha256 IS NOT NULL));
  CREATE INDEX file_open ON plinth.file (changed_at) WHERE state <> 'attached';
  CREATE INDEX file_waiting ON plinth.file (tenant_id, actor_id) WHERE state IN ('receiving','pending');
  CREATE INDEX file_place ON plinth.file (place) WHERE state = 'attached';
  ALTER TABLE plinth.file ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
  CREATE POLICY tenant ON plinth.file USING (tenant_id = current_setting('plinth.tenant')::uuid)
    WITH CHECK (tenant_id = current_setting('plinth.tenant')::uuid);
  CREATE POLICY platform ON plinth.file TO ${PLATFORM_ROLE} USING (true) WITH CHECK (true);
  GRANT SELECT (tenant_id, id, place, state, changed_at), UPDATE (state, changed_at), DELETE ON plinth.file TO ${PLATFORM_ROLE};
  GRANT SELECT, INSERT, UPDATE, DELETE ON plinth.file TO ${KERNEL_ROLE};
  CREATE FUNCTION plinth.pending_files(ids uuid[], kind text, actor uuid)
    RETURNS TABLE (id uuid, place text, name text, type text, size bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
    SELECT f.id, f.place, f.name, f.type, f.size FROM plinth.file f
    WHERE f.tenant_id = current_setting('plinth.tenant')::uuid AND f.id = ANY ($1) AND f.state = 'pending'
      AND f.actor_kind = $2 AND f.actor_id IS NOT DISTINCT FROM $3 $body$;
  REVOKE ALL ON FUNCTION plinth.pending_files FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION plinth.pending_files TO ${PLUGIN_GROUP}, ${KERNEL_ROLE};
  CREATE FUNCTION plinth.follow_files() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
  -- Arguments: column, and the name under which a wrong reference is reported.
  DECLARE
    before uuid;
    after uuid;
  BEGIN
    IF TG_OP <> 'INSERT' THEN before := (to_jsonb(OLD) -> TG_ARGV[0] ->> 'id')::uuid; END IF;
    IF TG_OP <> 'DELETE' THEN after := (to_jsonb(NEW) -> TG_ARGV[0] ->> 'id')::uuid; END IF;
    IF before IS NOT DISTINCT FROM after THEN RETURN NULL; END IF;
    IF before IS NOT NULL THEN
      UPDATE plinth.file SET state = 'released', changed_at = clock_timestamp()
        WHERE tenant_id = OLD.tenant_id AND id = before AND state = 'attached' AND record_id = OLD.id;
    END IF;
    IF after IS NOT NULL THEN
      UPDATE plinth.file SET state = 'attached', record_id = NEW.id, changed_at = clock_timestamp()
        WHERE tenant_id = NEW.tenant_id AND id = after AND state = 'pending' AND place = TG_TABLE_NAME || '.' || TG_ARGV[0];
      IF NOT FOUND THEN
        RAISE EXCEPTION 'no such file' USING ERRCODE = '23503', SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME, CONSTRAINT = TG_ARGV[1];
      END IF;
    END IF;
    RETURN NULL;
  END $body$;`
