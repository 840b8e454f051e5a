/** What is attached to the post that is being written. */
export const trayStyles = `
.tray { grid-column: 2 / -1; display: grid; gap: 8px; min-inline-size: 0; }
.tray.none { display: none; }
.tray { padding-block: 6px 4px; }
.tray ul { display: grid; gap: 8px; margin: 0; padding: 0; list-style: none; }
.attached { display: grid; grid-template-columns: 72px minmax(0, 1fr) auto; gap: 0 12px; align-items: center; padding: 6px; border: 1px solid var(--_border); border-radius: min(var(--_radius), 12px); }
.thumb { position: relative; display: grid; place-items: center; block-size: 72px; border-radius: min(var(--_radius), 8px); overflow: clip; background: var(--_sunken); color: var(--_muted); }
.thumb img, .thumb video { position: absolute; inset: 0; inline-size: 100%; block-size: 100%; object-fit: cover; }
.about { display: grid; gap: 4px; min-inline-size: 0; }
.alt { font: inherit; font-size: max(16px, 0.934em); inline-size: 100%; min-inline-size: 0; padding: 4px 0; border: 0; border-block-end: 1px solid var(--_line); border-radius: 0; background: none; color: inherit; outline: 0; text-overflow: ellipsis; }
.alt::placeholder { color: var(--_muted); opacity: 1; }
.alt:focus-visible { border-color: var(--_accent); box-shadow: 0 1px var(--_accent); }
.attached-end { display: flex; align-self: start; }
.status p { color: var(--_muted); font-size: 0.867em; font-variant-numeric: tabular-nums; text-align: match-parent; }
.status p.failed { color: var(--_danger); }
.meter { block-size: 4px; margin-block: 4px 2px; border-radius: 2px; background: color-mix(in srgb, var(--_text) 12%, var(--_surface)); overflow: clip; }
.meter > div { block-size: 100%; border-radius: 2px; background: var(--_accent); }
.attached[data-phase='paused'] .meter > div, .attached[data-phase='stalled'] .meter > div { background: var(--_muted); }
.refused { display: flex; gap: 8px; padding: 8px 12px; border-radius: 10px; background: color-mix(in srgb, var(--_danger) 9%, var(--_surface)); color: var(--_danger); font-size: 0.934em; text-align: match-parent; }
.refused .icon { margin-block-start: 0.1em; }
.refused span { unicode-bidi: plaintext; }
.limits { color: var(--_muted); font-size: 0.867em; text-align: match-parent; }
@container (width < 400px) {
  .tray { grid-column: 1 / -1; }
  .attached { grid-template-columns: 56px minmax(0, 1fr) auto; gap: 6px 10px; padding: 6px 6px 10px; }
  .thumb { block-size: 56px; }
  .about { display: contents; }
  .attached .alt { grid-row: 2; grid-column: 1 / -1; }
  .attached-end { align-self: center; }
}
@media (prefers-reduced-motion: no-preference) { .meter > div { transition: inline-size 300ms; } }
`
