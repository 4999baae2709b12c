export { Dispatcher, type Delivery } from './dispatcher.ts'
export { readEvent } from './read-event.ts'
