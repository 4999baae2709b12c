import { css, svg } from 'lit'

/**
 * The picture of the product: quiet stone, and on it one warm light in the tenant's colour. Drawn with tokens, so it
 * follows tenant and scheme.
 */
export const plinthArt = svg`
  <svg class="art" viewBox="0 -120 600 880" preserveAspectRatio="xMidYMax slice" aria-hidden="true">
    <defs>
      <radialGradient id="glow" cx="50%" cy="50%" r="50%">
        <stop offset="0" class="glow-in" />
        <stop offset="1" class="glow-out" />
      </radialGradient>
      <radialGradient id="ball" cx="36%" cy="30%" r="78%">
        <stop offset="0" class="ball-light" />
        <stop offset=".46" class="ball-mid" />
        <stop offset="1" class="ball-dark" />
      </radialGradient>
      <linearGradient id="front" x1="0" x2="1">
        <stop offset="0" class="stone-light" />
        <stop offset=".55" class="stone-mid" />
        <stop offset="1" class="stone-dark" />
      </linearGradient>
      <linearGradient id="top" x1="0" x2="1" y1="1" y2="0">
        <stop offset="0" class="top-light" />
        <stop offset="1" class="top-dark" />
      </linearGradient>
      <radialGradient id="shade" cx="50%" cy="50%" r="50%">
        <stop offset="0" class="shade-in" />
        <stop offset="1" class="shade-out" />
      </radialGradient>
      <linearGradient id="fade" x1="0" x2="0" y1="0" y2="1">
        <stop offset="0" class="fade-in" />
        <stop offset="1" class="fade-out" />
      </linearGradient>
    </defs>
    <ellipse cx="300" cy="318" rx="330" ry="318" fill="url(#glow)" />
    <g>
      <ellipse cx="318" cy="742" rx="300" ry="44" fill="url(#shade)" />
      <path d="M112 676h376v84H112z" fill="url(#front)" />
      <path d="M112 676l34-26h308l34 26z" fill="url(#top)" />
      <path d="M168 480h264v176H168z" fill="url(#front)" />
      <path d="M168 636h264v20H168z" fill="url(#shade)" opacity=".35" />
      <path d="M138 436h324v52H138z" fill="url(#front)" />
      <path d="M138 436l40-30h244l40 30z" fill="url(#top)" />
      <path d="M168 488h264v26H168z" fill="url(#fade)" />
    </g>
    <ellipse cx="316" cy="423" rx="112" ry="12" fill="url(#shade)" />
    <circle class="ball" cx="300" cy="316" r="104" fill="url(#ball)" />
  </svg>
`

export const plinthArtStyles = css`
  .art {
    display: block;
    width: 100%;
    height: 100%;
  }
  .glow-in {
    stop-color: light-dark(
      oklch(0.99 calc(var(--pl-accent-c) * 0.1) var(--pl-accent-h)),
      oklch(0.42 calc(var(--pl-accent-c) * 0.55) var(--pl-accent-h))
    );
  }
  .glow-out {
    stop-color: light-dark(oklch(0.99 0.01 var(--pl-accent-h)), oklch(0.3 0.06 var(--pl-accent-h)));
    stop-opacity: 0;
  }
  .ball-light {
    stop-color: oklch(calc(var(--pl-accent-l) + 0.34) calc(var(--pl-accent-c) * 0.5) var(--pl-accent-h));
  }
  .ball-mid {
    stop-color: oklch(calc(var(--pl-accent-l) + 0.06) var(--pl-accent-c) var(--pl-accent-h));
  }
  .ball-dark {
    stop-color: oklch(calc(var(--pl-accent-l) - 0.22) calc(var(--pl-accent-c) * 0.75) var(--pl-accent-h));
  }
  .stone-light {
    stop-color: light-dark(oklch(0.985 0.004 var(--pl-neutral-h)), oklch(0.37 0.008 var(--pl-neutral-h)));
  }
  .stone-mid {
    stop-color: light-dark(oklch(0.945 0.006 var(--pl-neutral-h)), oklch(0.3 0.008 var(--pl-neutral-h)));
  }
  .stone-dark {
    stop-color: light-dark(oklch(0.87 0.01 var(--pl-neutral-h)), oklch(0.225 0.008 var(--pl-neutral-h)));
  }
  .top-light {
    stop-color: light-dark(oklch(1 0 0), oklch(0.44 0.01 var(--pl-neutral-h)));
  }
  .top-dark {
    stop-color: light-dark(oklch(0.955 0.006 var(--pl-neutral-h)), oklch(0.34 0.01 var(--pl-neutral-h)));
  }
  .shade-in {
    stop-color: light-dark(
      oklch(0.4 0.04 var(--pl-accent-h) / 0.5),
      oklch(0.08 0.01 var(--pl-accent-h) / 0.85)
    );
  }
  .shade-out,
  .fade-out {
    stop-color: oklch(0.3 0.02 var(--pl-accent-h));
    stop-opacity: 0;
  }
  .fade-in {
    stop-color: light-dark(
      oklch(0.4 0.02 var(--pl-neutral-h) / 0.2),
      oklch(0.08 0.01 var(--pl-neutral-h) / 0.5)
    );
  }
`
