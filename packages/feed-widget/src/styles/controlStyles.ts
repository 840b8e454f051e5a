/** Buttons, links, icons and what is only spoken. */
export const controlStyles = `
p, textarea, button { margin: 0; }
p, button { unicode-bidi: plaintext; }
button { font: inherit; color: inherit; background: none; border: 1px solid transparent; cursor: pointer; -webkit-tap-highlight-color: transparent; }
button, a { touch-action: manipulation; }
button:focus-visible, a:focus-visible { outline: 2px solid var(--_accent); outline-offset: 2px; }
[aria-disabled='true'] { cursor: default; }
.primary, .plain, .quiet { border-radius: 999px; padding: 5px 14px; min-block-size: 34px; font-weight: 600; font-size: 0.934em; line-height: 1.4; white-space: nowrap; }
.primary { background: var(--_accent); color: var(--_on-accent); padding-inline: 18px; }
.primary[aria-disabled='true'] { background: var(--_sunken); color: var(--_muted); }
.plain { border-color: var(--_line); background: var(--_surface); }
.quiet { color: var(--_muted); padding-inline: 10px; }
.icon-button { display: grid; place-items: center; inline-size: max(34px, 2em); block-size: max(34px, 2em); border-radius: 50%; color: var(--_muted); }
.icon { flex: none; inline-size: 1.25em; block-size: 1.25em; fill: none; stroke: currentcolor; stroke-width: 1.7; stroke-linecap: round; stroke-linejoin: round; }
a { color: var(--_accent); text-decoration: underline; text-decoration-thickness: from-font; text-underline-offset: 0.15em; text-decoration-color: color-mix(in srgb, currentcolor 40%, transparent); border-radius: 3px; }
.spoken { position: absolute; inline-size: 1px; block-size: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (hover: hover) {
  a:hover { text-decoration-color: currentcolor; }
  .primary:not([aria-disabled='true']):hover { filter: brightness(1.1); }
  .plain:hover, .quiet:hover, .icon-button:hover { background: var(--_sunken); }
  .quiet:hover, .icon-button:hover { color: var(--_text); }
}
.primary:active, .plain:active { scale: 0.97; }
@media (prefers-reduced-motion: no-preference) {
  button { transition: background-color 120ms, color 120ms, filter 120ms, scale 120ms; }
}
`
