import { svg } from 'lit'

/** The sign of the product: something on a plinth. */
export const mark = svg`
  <svg viewBox="0 0 20 20" fill="currentColor" aria-hidden="true">
    <circle cx="10" cy="4.2" r="3" />
    <path d="M4.5 8.6h11v2.2h-11zM6.4 11.8h7.2v3.4H6.4zM3 16.2h14v2.3H3z" opacity=".82" />
  </svg>
`
