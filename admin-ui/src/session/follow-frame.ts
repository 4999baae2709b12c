import { effect, untracked } from '@plinth/ui'
import type { ReactiveControllerHost } from 'lit'
import { shell } from './state.ts'

/**
 * Runs `renew` whenever the frame was fetched anew while an element is shown: somebody has switched a plugin or a feature, or has
 * changed what this member may do.
 */
export function followFrame(host: ReactiveControllerHost, renew: () => void): void {
  let stop: (() => void) | undefined
  host.addController({
    hostConnected() {
      let seen = shell.peek()
      stop = effect(() => {
        const now = shell.value
        const isNews = seen !== undefined && now !== undefined && now !== seen
        seen = now
        if (isNews) untracked(renew)
      })
    },
    hostDisconnected() {
      stop?.()
    },
  })
}
