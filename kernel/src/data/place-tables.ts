import { PLATFORM_ROLE } from './role-names.ts'

/**
 * Where tenants live. In the control database a row of `plinth.tenant` is the tenant's routing record; in any other database it says that
 * the tenant lives there. `here` is false where it lives no longer, or not yet.
 *
 * `plinth.enter` lets a change in: it locks the tenant's row, so that the tenant cannot move before the change is done, and answers nothing
 * when the tenant is not here, has moved in between, or is just being moved. It never waits.
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
