/** Sessions whose member sees the workspace as a colleague does, and until when. */
export const sessionViews = `
  ALTER TABLE plinth.session ADD COLUMN viewed_id uuid, ADD COLUMN view_until timestamptz(3),
    ADD CHECK ((viewed_id IS NULL) = (view_until IS NULL));`
