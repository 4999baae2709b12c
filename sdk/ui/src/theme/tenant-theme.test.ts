import { describe, expect, it } from 'vitest'
import { contrastWithWhite, fitChroma, oklchToLinear } from './oklch.ts'
import { tenantTheme } from './tenant-theme.ts'

const hues = Array.from({ length: 72 }, (_, step) => step * 5)

describe('the theme of a tenant', () => {
  it('keeps white text on the accent readable in both schemes, whatever the hue', () => {
    for (const hue of hues) {
      const { l, c, h } = tenantTheme(hue)
      expect(contrastWithWhite(l, c, h), `light, hue ${hue}`).toBeGreaterThanOrEqual(4.5)
      // Dark mode lightens the accent and takes some chroma away, as tokens.css does.
      expect(contrastWithWhite(l + 0.03, c * 0.88, h), `dark, hue ${hue}`).toBeGreaterThanOrEqual(4.5)
    }
  })

  it('never asks for a colour a screen cannot show', () => {
    for (const hue of hues) {
      const { l, c, h } = tenantTheme(hue)
      for (const channel of oklchToLinear(l, c, h)) {
        expect(channel).toBeGreaterThan(-0.002)
        expect(channel).toBeLessThan(1.002)
      }
    }
  })

  it('takes any number as a hue', () => {
    expect(tenantTheme(-90).h).toBe(270)
    expect(tenantTheme(725).h).toBe(5)
  })
})

describe('OKLCH', () => {
  it('knows black, white and the contrast between them', () => {
    for (const channel of oklchToLinear(1, 0, 0)) expect(channel).toBeCloseTo(1, 3)
    expect(contrastWithWhite(0, 0, 0)).toBeCloseTo(21, 1)
  })

  it('takes chroma away only where it must', () => {
    expect(fitChroma(0.5, 265, 0.05)).toBeCloseTo(0.05, 3)
    expect(fitChroma(0.5, 200, 0.3)).toBeLessThan(0.1)
  })
})
