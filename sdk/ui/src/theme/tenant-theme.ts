import { contrastWithWhite, fitChroma } from './oklch.ts'

export interface TenantTheme {
  readonly l: number
  readonly c: number
  readonly h: number
  readonly neutralHue: number
  readonly neutralChroma: number
}

/** Contrast of white text on the accent. AA asks for 4.5; dark mode lightens the accent by 0.03 and needs the reserve. */
const CONTRAST = 5.2

/** The accent and the stone it stands on, from one hue in degrees. White text on the accent is always readable. */
export function tenantTheme(hue: number): TenantTheme {
  const h = ((hue % 360) + 360) % 360
  let l = 0.54
  let c = fitChroma(l, h, 0.19)
  while (contrastWithWhite(l, c, h) < CONTRAST && l > 0.3) {
    l -= 0.005
    c = fitChroma(l, h, 0.19)
  }
  // Cool accents stand on stone of their own hue, warm and green ones on sand.
  const cool = h >= 180 && h <= 320
  return { l, c, h, neutralHue: cool ? h : 85, neutralChroma: cool ? 0.006 : 0.005 }
}

/** Gives the page the colours of a tenant. */
export function applyTenantTheme(hue: number): void {
  const theme = tenantTheme(hue)
  const { style } = document.documentElement
  style.setProperty('--pl-accent-l', theme.l.toFixed(3))
  style.setProperty('--pl-accent-c', theme.c.toFixed(3))
  style.setProperty('--pl-accent-h', theme.h.toFixed(1))
  style.setProperty('--pl-neutral-h', theme.neutralHue.toFixed(1))
  style.setProperty('--pl-neutral-c', theme.neutralChroma.toFixed(3))
}
