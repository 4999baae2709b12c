export { Dispatcher, type Delivery } from './dispatcher.ts'
export { readEvent } from './read-event.ts'
export { NEXT_DELIVERY, Rounds } from './rounds.ts'
