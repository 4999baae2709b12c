/** The one copy of signals the shell and every plugin share. Reading one in `render` makes an element follow it. */
export {
  batch,
  computed,
  effect,
  signal,
  untracked,
  type ReadonlySignal,
  type Signal,
} from '@preact/signals-core'
