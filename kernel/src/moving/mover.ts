import type pg from 'pg'
import type { Logger } from 'pino'
import { asAdmin, CONTROL, type Bus } from '../data/index.ts'
import { Lookout } from '../lookout.ts'
import { messageOf, type Places } from '../places/index.ts'
import { carryOut, giveUp, type MoveNeeds, type Note } from './carry-out.ts'
import { MOVE_COLUMNS, MoveCancelled, type Move } from './move.ts'

/** Whoever holds it, for the number of a move, works on that move. The number is arbitrary but fixed. */
const MOVE_LOCK = 7_035_004
const POLL_MS = 2_000
/** How often a move that fails before its switch is begun again. */
const MAX_ATTEMPTS = 3

interface Needs {
  readonly places: Places
  readonly bus: Bus
  readonly log: Logger
}

/**
 * Carries out moves of tenants, on nodes that work in the background. Whoever works on a move holds a lock that ends with the process or
 * its connection, so that another goes on at once.
 */
export class Mover {
  readonly #needs: MoveNeeds
  readonly #lookout = new Lookout({
    everyMs: POLL_MS,
    look: () => this.#round(),
    onError: (error) => this.#needs.log.error({ err: error }, 'moves'),
  })

  /** @param onStep told of every step before it is taken */
  constructor({ places, bus, log }: Needs, onStep?: MoveNeeds['onStep']) {
    this.#needs = { places, bus, log, onStep }
    bus.on('notice', ({ topic }) => {
      if (topic === 'places') this.wake()
    })
  }

  start(): void {
    this.#lookout.start()
    this.wake()
  }

  wake(): void {
    this.#lookout.wake()
  }

  /** Finishes the move at hand, begins no more. */
  stop(): Promise<void> {
    return this.#lookout.stop()
  }

  async #round(): Promise<void> {
    await asAdmin(this.#needs.places.servers.adminUrl(CONTROL.server, CONTROL.database), async (control) => {
      const { rows } = await control.query<{ id: string }>(
        'SELECT id FROM plinth.move WHERE ended_at IS NULL ORDER BY created_at',
      )
      for (const { id } of rows) if (!this.#lookout.isStopped) await this.#take(control, id)
    })
  }

  async #take(control: pg.Client, id: string): Promise<void> {
    const lock = [MOVE_LOCK, id]
    const { rows } = await control.query<{ mine: boolean }>(
      'SELECT pg_try_advisory_lock($1, hashtext($2)) AS mine',
      lock,
    )
    if (!rows[0]!.mine) return
    try {
      // It may have ended while someone else held the lock.
      const { rows: moves } = await control.query<Move>(
        `SELECT ${MOVE_COLUMNS} FROM plinth.move WHERE id = $1 AND ended_at IS NULL`,
        [id],
      )
      if (moves[0]) await this.#goOn(control, moves[0])
    } finally {
      await control.query('SELECT pg_advisory_unlock($1, hashtext($2))', lock)
    }
  }

  async #goOn(control: pg.Client, move: Move): Promise<void> {
    const { log } = this.#needs
    try {
      if (move.cancelledAt !== null) throw new MoveCancelled()
      // Through the connection that holds the lock: whoever has lost it writes nothing more.
      await carryOut(this.#needs, move, (note) => this.#note(control, move, note))
    } catch (error) {
      if (error instanceof MoveCancelled) return this.#end(control, move)
      log.error({ move: move.id, err: error }, 'move')
      const attempts = await noteError(control, move, error)
      if (attempts >= MAX_ATTEMPTS) await this.#end(control, move)
    }
  }

  /** Gives a move up that was called back or failed too often. What hinders that now is tried again later, and keeps no other from moving. */
  async #end(control: pg.Client, move: Move): Promise<void> {
    try {
      if (!(await giveUp(this.#needs, move))) return
      await control.query(
        `UPDATE plinth.move SET step = CASE WHEN cancelled_at IS NULL THEN 'failed' ELSE 'cancelled' END,
          changed_at = now(), ended_at = now() WHERE id = $1`,
        [move.id],
      )
      await this.#needs.onStep?.('ended')
    } catch (error) {
      this.#needs.log.error({ move: move.id, err: error }, 'move not given up')
      await noteError(control, move, error)
    }
  }

  /** @throws MoveCancelled instead of writing down a step of a move that was called back */
  async #note(control: pg.Client, { id }: Move, { step, rows, tables, pauseMs }: Note): Promise<void> {
    const { rowCount } = await control.query(
      `UPDATE plinth.move SET step = $2, rows = coalesce($3, rows), tables = coalesce($4, tables), pause_ms = coalesce($5, pause_ms), changed_at = now(),
        ended_at = CASE WHEN $2 = 'done' THEN now() END, error = CASE WHEN $2 = 'done' THEN NULL ELSE error END
       WHERE id = $1 AND cancelled_at IS NULL`,
      [id, step, rows ?? null, tables ? JSON.stringify(tables) : null, pauseMs ?? null],
    )
    if (rowCount !== 1) throw new MoveCancelled()
    await this.#needs.onStep?.(step)
  }
}

/** @returns how often it has failed */
async function noteError(control: pg.Client, { id }: Move, error: unknown): Promise<number> {
  const { rows } = await control.query<{ attempts: number }>(
    'UPDATE plinth.move SET attempts = attempts + 1, error = $2, changed_at = now() WHERE id = $1 RETURNING attempts',
    [id, messageOf(error)],
  )
  return rows[0]!.attempts
}
