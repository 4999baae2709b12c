/** Aura in two halves, made by the shell's build. */
declare module 'virtual:aura' {
  export const tokens: string
  export const rules: string
}
