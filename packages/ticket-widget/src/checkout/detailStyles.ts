/** The buyer's details and the total, busy and second buttons. */
export const detailStyles = `
.buyer { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 208px), 1fr)); gap: 16px; padding: 20px var(--_inset) 24px; border-block-start: 1px solid var(--_border); }
.buyer legend { float: inline-start; inline-size: 100%; grid-column: 1 / -1; font-weight: 650; }
.buyer legend + * { clear: both; }
.field label { display: block; font-size: 0.875em; font-weight: 550; margin-block-end: 6px; }
.field input { display: block; inline-size: 100%; min-block-size: 46px; margin: 0; padding: 8px 14px; border: 1px solid var(--_line); border-radius: var(--_soft); background: var(--_surface); color: inherit; font: inherit; font-size: max(16px, 1em); line-height: 1.4; appearance: none; }
.field input:focus-visible { outline-offset: -1px; border-color: transparent; }
.field input[aria-invalid] { border-color: var(--_danger); box-shadow: inset 0 0 0 1px var(--_danger); }
.field p { margin-block-start: 6px; }
.error { color: var(--_danger); font-size: 0.875em; line-height: 1.45; }
.sum { padding: 16px var(--_inset) 20px; border-block-start: 1px solid var(--_border); }
.sum > div { display: flex; justify-content: space-between; gap: 16px; padding-block: 3px; color: var(--_muted); font-size: 0.9375em; }
.sum > .total { padding-block-start: 8px; color: var(--_text); font-size: 1.125em; font-weight: 650; }
.sum dd { white-space: nowrap; }
.quiet { min-block-size: 48px; border: 1px solid var(--_border); background: none; color: var(--_text); font-weight: 550; }
.quiet.muted { opacity: 0.5; }
.spinner { flex: none; inline-size: 18px; block-size: 18px; border: 2px solid color-mix(in srgb, currentcolor 30%, transparent); border-block-start-color: currentcolor; border-radius: 50%; }
.banner:focus-visible { outline: 2px solid var(--_tone); outline-offset: 2px; }
.banner a { color: inherit; }
.banner li { margin-block-start: 4px; }
@media (hover: hover) { .quiet:not([aria-disabled]):hover { background: var(--_sunken); } }
@media (prefers-reduced-motion: no-preference) { .rise { animation: rise 220ms cubic-bezier(0.2, 0.7, 0.2, 1); } .spinner { animation: turn 800ms linear infinite; } @keyframes turn { to { rotate: 1turn; } } }
`
