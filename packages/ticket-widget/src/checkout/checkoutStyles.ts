/** A failed try, waiting, a held order, and the success. */
export const checkoutStyles = `
:is(.sum, .rise) + .banner { margin-block: 0 20px; }
.panel .banner { margin: 0; text-align: start; }
.big { inline-size: 36px; block-size: 36px; border-width: 3px; margin-block: 6px 14px; color: var(--_accent); }
.held { padding-block-start: 24px; }
.held > :is(h3, p) { margin-inline: var(--_inset); }
.held .sum { margin-block-start: 20px; }
.payment { padding: 4px var(--_inset) 16px; }
.payment .panel { min-block-size: 480px; align-content: center; border-radius: var(--_soft); background: var(--_sunken); }
.lone { padding: 16px var(--_inset) 20px; }
.banner .button { margin-block-start: 10px; background: var(--_surface); }
.timer { display: inline-block; margin-block-start: 12px; padding: 5px 12px; border-radius: 99px; background: color-mix(in srgb, var(--_accent) 10%, var(--_surface)); color: var(--_accent); font-size: 0.875em; font-weight: 600; font-variant-numeric: tabular-nums; }
.success { padding-block-end: 24px; gap: 4px; }
.success .sign { color: light-dark(#14734a, #6fd6a2); }
@media (prefers-reduced-motion: no-preference) {
  .held, .done { animation: rise 220ms cubic-bezier(0.2, 0.7, 0.2, 1); }
  .success .sign path { stroke-dasharray: 20; animation: draw 420ms 160ms ease-out backwards; }
  @keyframes draw { from { stroke-dashoffset: 20; } }
}
`
