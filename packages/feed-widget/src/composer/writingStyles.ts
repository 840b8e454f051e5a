/** Where one writes and attaches; loaded with the composer. */
export const writingStyles = `
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
.composer:has(textarea:focus-visible) { border-color: var(--_accent); box-shadow: inset 0 -1px var(--_accent); }
.composer > .load-failed { grid-column: 2 / -1; color: var(--_danger); font-size: 0.934em; }
.tray:not(.none) ~ .composer-end { grid-column: 2 / -1; flex-direction: row; align-items: center; justify-content: end; }
.tray:not(.none) ~ .composer-end .count:not(:empty) { margin-inline-end: var(--_gap); }
@container (width < 400px) {
  .composer-end, .tray:not(.none) ~ .composer-end { grid-column: 1 / -1; align-self: auto; flex-direction: row; align-items: center; }
  .composer-actions { flex: 1; }
  .composer-actions .primary { margin-inline-start: auto; }
  .composer-end .count { order: 1; }
  .composer-end .count:not(:empty) { margin-inline-start: var(--_gap); }
  .composer:not(:focus-within, :has(.attached)):has(textarea:placeholder-shown) .composer-end { display: none; }
}
@media (prefers-reduced-motion: no-preference) { .composer { transition: border-color 150ms, box-shadow 150ms, background-color 150ms; } }
`
