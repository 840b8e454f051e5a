/** Loading, empty, failed, and the foot of the list. */
export const stateStyles = `
.state { display: grid; justify-items: center; gap: 4px; padding: 48px 24px 52px; text-align: center; color: var(--_muted); text-wrap: balance; }
.state > .icon { inline-size: 32px; block-size: 32px; stroke-width: 1.3; margin-block-end: 8px; }
.state .title { color: var(--_text); font-weight: 650; font-size: 1.067em; }
.state .plain { margin-block-start: 14px; color: var(--_text); }
.end { display: grid; justify-items: center; gap: 10px; padding: 16px var(--_inset); color: var(--_muted); font-size: 0.934em; text-align: center; outline: 0; }
.end:not(:empty) { border-block-start: 1px solid var(--_border); }
.end:empty { padding: 0; }
.end .plain { font-size: 1em; color: var(--_text); }
.end .plain[aria-disabled='true'] { color: var(--_muted); border-color: transparent; background: none; }
.feed:has(> .skeletons) { min-block-size: var(--vk-skeleton-height); }
.skeleton { display: grid; grid-template-columns: var(--_avatar) minmax(0, 1fr); gap: 9px var(--_gap); padding: 14px var(--_inset) 18px; }
.skeleton + .skeleton { border-block-start: 1px solid var(--_border); }
.bone { display: block; block-size: 10px; border-radius: 5px; background: color-mix(in srgb, var(--_text) 9%, var(--_surface)); grid-column: 2; }
.disc { grid-column: 1; grid-row: 1 / 4; inline-size: var(--_avatar); block-size: var(--_avatar); border-radius: 50%; }
.name { inline-size: 112px; margin-block: 4px 2px; }
.short .line:last-child { visibility: hidden; }
.short .line { inline-size: 60%; }
.long .line:last-child { inline-size: 72%; }
.middle .line:last-child { inline-size: 34%; }
@media (prefers-reduced-motion: no-preference) {
  .skeletons { animation: appear 240ms 120ms backwards; }
  .bone { animation: breathe 1.4s ease-in-out infinite alternate; }
  .skeleton:nth-child(3) .bone { animation-delay: 120ms; }
  .skeleton:nth-child(4) .bone { animation-delay: 240ms; }
  @keyframes breathe { to { opacity: 0.45; } }
}
`
