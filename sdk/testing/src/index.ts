/**
 * Tests a plugin on a real platform: real database, real HTTP, nothing faked.
 *
 * @module
 * @example
 * ```ts
 * import { bootForTest } from '@plinth/testing'
 *
 * const platform = await bootForTest({ adminUrl, pluginsFolder: 'plugins', plugins: ['rooms'] })
 * const { admin, member } = platform.tenant('acme')
 * const room = await admin.post('/rooms/rooms', { name: 'Attic' })
 * expect((await member.get(`/rooms/rooms/${room.body.id}`)).status).toBe(200)
 * await platform.stop()
 * ```
 */
export * from '@plinth/kernel/testing'
