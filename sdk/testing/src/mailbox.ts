/**
 * A mail server of this machine, for tests of what people get by mail.
 *
 * @module
 * @example
 * ```ts
 * const mailbox = await Mailbox.open()
 * const platform = await bootForTest({ config: { smtpUrl: mailbox.url } })
 * await expect.poll(() => mailbox.for('jana@acme.example')).toHaveLength(1)
 * ```
 */
export * from '@plinth/kernel/testing/mailbox'
