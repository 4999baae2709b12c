import { beforeEach, onTestFailed } from 'vitest'

/** Makes the tests of a suite the steps of one journey: after one that failed the others are skipped, not failed too. */
export function oneJourney(): void {
  let isOver = false
  beforeEach((context) => {
    if (isOver) context.skip('An earlier step of the journey has failed.')
    onTestFailed(() => {
      isOver = true
    })
  })
}
