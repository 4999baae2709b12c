/** Who has made a link to another password for a member; null where members have asked for it themselves. */
export const passwordLinkMakers = 'ALTER TABLE plinth.account_link ADD COLUMN made_by uuid;'
