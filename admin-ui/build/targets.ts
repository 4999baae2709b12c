/**
 * Oldest browsers served. Also the CSS target: Vite's default would lower `light-dark()` to variables nobody sets, which
 * makes text transparent in production only.
 */
export const TARGETS = ['chrome123', 'edge123', 'firefox128', 'safari18']
