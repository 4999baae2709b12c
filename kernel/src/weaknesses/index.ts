export { Weaknesses } from './weaknesses.ts'
