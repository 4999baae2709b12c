import { PLATFORM_ROLE } from './role-names.ts'

/**
 * Moves of tenants from one place to another, in the control database. Written before each step is taken, so that whoever finds a move that no
 * one works on knows how far it has come.
 */
export const moveTables = `
  CREATE TABLE plinth.move (
    id uuid PRIMARY KEY, tenant uuid NOT NULL REFERENCES plinth.tenant, epoch int NOT NULL,
    source jsonb NOT NULL, target jsonb NOT NULL, step text NOT NULL DEFAULT 'waiting', attempts int NOT NULL DEFAULT 0,
    rows bigint NOT NULL DEFAULT 0, tables jsonb, pause_ms int, error text,
    created_at timestamptz(3) NOT NULL DEFAULT now(), changed_at timestamptz(3) NOT NULL DEFAULT now(), ended_at timestamptz(3));
  CREATE UNIQUE INDEX move_running ON plinth.move (tenant) WHERE ended_at IS NULL;
  GRANT SELECT, INSERT, UPDATE ON plinth.move TO ${PLATFORM_ROLE};`

/** Someone wants a move to be called back. Whoever works on it learns this by being unable to note its next step. */
export const cancelledMoves = `ALTER TABLE plinth.move ADD COLUMN cancelled_at timestamptz(3);`
