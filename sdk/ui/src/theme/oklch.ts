/** Linear-light sRGB of an OKLCH colour; channels outside 0 to 1 are out of gamut. `h` in degrees. */
export function oklchToLinear(l: number, c: number, h: number): readonly [number, number, number] {
  const a = c * Math.cos((h * Math.PI) / 180)
  const b = c * Math.sin((h * Math.PI) / 180)
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const medium = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
  ]
}

/** The highest chroma up to `wanted` that every screen can show at this lightness and hue. */
export function fitChroma(l: number, h: number, wanted: number): number {
  let low = 0
  let high = wanted
  for (let step = 0; step < 20; step++) {
    const middle = (low + high) / 2
    const fits = oklchToLinear(l, middle, h).every((channel) => channel >= -0.0005 && channel <= 1.0005)
    if (fits) low = middle
    else high = middle
  }
  return low
}

/** WCAG 2 contrast ratio of white on an OKLCH colour. */
export function contrastWithWhite(l: number, c: number, h: number): number {
  const [red, green, blue] = oklchToLinear(l, c, h).map((channel) => Math.min(1, Math.max(0, channel))) as [
    number,
    number,
    number,
  ]
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
}
