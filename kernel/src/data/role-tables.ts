/** What a workspace says of the roles it has made, and which version of one somebody has seen. */
export const roleVersions = `
  ALTER TABLE plinth.role ADD COLUMN description text NOT NULL DEFAULT '', ADD COLUMN version int NOT NULL DEFAULT 1,
    ADD COLUMN created_at timestamptz(3) NOT NULL DEFAULT now(), ADD COLUMN changed_at timestamptz(3) NOT NULL DEFAULT now();`
