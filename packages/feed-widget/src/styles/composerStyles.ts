/** The composer and, while nobody is signed in, the prompt in its place. */
export const composerStyles = `
.composer { display: grid; grid-template-columns: var(--_avatar) minmax(0, 1fr) auto; gap: 4px var(--_gap); align-items: start; padding: 14px var(--_inset); }
.grow { display: grid; min-inline-size: 0; }
.grow > *, .shell { grid-area: 1 / 1; font: inherit; font-size: max(16px, 1.067em); line-height: 1.4; padding: calc((var(--_avatar) - 1.4em) / 2) 0; border: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
.shell { text-align: start; color: var(--_muted); cursor: text; }
textarea { inline-size: 100%; resize: none; overflow: hidden; background: none; color: inherit; outline: 0; letter-spacing: inherit; border-radius: 0; appearance: none; }
textarea::placeholder { color: var(--_muted); opacity: 1; }
.mirror { visibility: hidden; max-block-size: 40vh; }
.grow:has(.mirror) textarea { max-block-size: 40vh; overflow-y: auto; }
.composer-end { display: flex; flex-direction: column; align-items: end; align-self: end; padding-block-end: 3px; }
.composer-actions { display: flex; align-items: center; gap: 2px; }
.composer-actions .primary { margin-inline-start: 6px; }
.composer.dropping { background: color-mix(in srgb, var(--_accent) 10%, var(--_surface)); }
.count { color: var(--_muted); font-size: 0.867em; font-variant-numeric: tabular-nums; }
.count:not(:empty) { padding-block: 4px; }
.count.over { color: var(--_danger); font-weight: 600; }
.composer, .sign-in { border-block-end: 1px solid var(--_border); }
.composer:has(textarea:focus-visible) { border-color: var(--_accent); box-shadow: inset 0 -1px var(--_accent); }
.sign-in { padding: 14px var(--_inset); }
.prompt { display: flex; align-items: center; justify-content: center; gap: 8px; inline-size: 100%; min-block-size: 42px; padding: 8px 16px; border-radius: 999px; background: var(--_sunken); font-weight: 550; }
.prompt .icon { color: var(--_muted); }
.notice { color: var(--_muted); font-size: 0.934em; text-align: center; }
.notice:not(:empty) { padding-block-start: 10px; }
@media (hover: hover) { .prompt:hover { background: color-mix(in srgb, var(--_text) 10%, var(--_surface)); } }
@container (width < 400px) {
  .composer { grid-template-columns: var(--_avatar) minmax(0, 1fr); }
  .composer-end { grid-column: 2; flex-direction: row; align-items: center; justify-content: end; gap: var(--_gap); }
  .composer:not(:focus-within):has(textarea:placeholder-shown) .composer-end { display: none; }
}
@media (prefers-reduced-motion: no-preference) { .composer { transition: border-color 150ms, box-shadow 150ms; } }
`
