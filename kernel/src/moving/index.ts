export { MOVE_STEPS, type Move } from './move.ts'
export { Mover } from './mover.ts'
export { Moves } from './moves.ts'
