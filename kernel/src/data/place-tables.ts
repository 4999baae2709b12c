import { PLATFORM_ROLE } from './role-names.ts'

/**
 * Where tenants live. In the control database a row of `plinth.tenant` is the tenant's routing record; in any other database it says that
 * the tenant lives there. `here` is false where it lives no longer, or not yet.
 */
export const placeTables = `
  ALTER TABLE plinth.tenant ADD COLUMN server text NOT NULL DEFAULT 'main', ADD COLUMN database text NOT NULL DEFAULT '',
    ADD COLUMN epoch int NOT NULL DEFAULT 1, ADD COLUMN here boolean NOT NULL DEFAULT true, ADD COLUMN closed_until timestamptz;
  CREATE FUNCTION plinth.enter(tenant uuid, expected int) RETURNS SETOF uuid LANGUAGE sql VOLATILE SECURITY DEFINER ROWS 1
  BEGIN ATOMIC
    SELECT t.id FROM plinth.tenant t
    WHERE t.id = tenant AND t.epoch = expected AND t.here AND (t.closed_until IS NULL OR t.closed_until < now())
    FOR KEY SHARE SKIP LOCKED;
  END;
  REVOKE ALL ON FUNCTION plinth.enter FROM PUBLIC;
  CREATE TABLE plinth.place (
    server text NOT NULL, database text NOT NULL, schema text NOT NULL, level text NOT NULL, state text NOT NULL DEFAULT 'spare',
    tenant uuid, error text, changed_at timestamptz(3) NOT NULL DEFAULT now(),
    PRIMARY KEY (server, database, schema), CHECK (state IN ('preparing','spare','taken','retired')));
  GRANT SELECT, INSERT, UPDATE, DELETE ON plinth.place TO ${PLATFORM_ROLE};`

/** Which lock keeps a tenant from moving: changes share it, a move waits until it has it alone. */
export const DOOR = (tenant: string): string => `uuid_hash_extended(${tenant}, 1)`

/**
 * `plinth.enter` lets a change in: it holds the tenant's door, so that the tenant cannot move before the change is done, and says no when the
 * tenant is not here, has moved in between, or is just being moved. It never waits. The look at the tenant comes second, with a snapshot of
 * its own: what a move has said before it had the door to itself is seen by everyone who comes after.
 *
 * An advisory lock, because a lock on the tenant's row would be written to the table by every change, and shared ones to a list of those
 * who hold them, with all changes of a busy tenant waiting in turn for both. For the same reason what comes with each change refers to
 * no row of the tenant: the entrance has made sure that there is one.
 */
export const doors = `
  DROP FUNCTION plinth.enter(uuid, int);
  CREATE FUNCTION plinth.enter(wanted uuid, expected int) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
  BEGIN
    IF NOT pg_try_advisory_xact_lock_shared(${DOOR('wanted')}) THEN RETURN false; END IF;
    RETURN EXISTS (SELECT FROM plinth.tenant t
      WHERE t.id = wanted AND t.epoch = expected AND t.here AND (t.closed_until IS NULL OR t.closed_until < now()));
  END $$;
  REVOKE ALL ON FUNCTION plinth.enter FROM PUBLIC;
  ALTER TABLE plinth.audit DROP CONSTRAINT audit_tenant_id_fkey;
  ALTER TABLE plinth.outbox DROP CONSTRAINT outbox_tenant_id_fkey;
  ALTER TABLE plinth.delivery DROP CONSTRAINT delivery_tenant_id_fkey;
  ALTER TABLE plinth.idempotency DROP CONSTRAINT idempotency_tenant_id_fkey;`
