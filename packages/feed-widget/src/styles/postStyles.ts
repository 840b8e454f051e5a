/** One post: author, words, the room of what can be done about it. Rows of a long list come back by scrolling: those do not fade in. */
export const postStyles = `
.list { outline: 0; }
.row { display: grid; grid-template-columns: var(--_avatar) minmax(0, 1fr); gap: 0 var(--_gap); padding: 14px var(--_inset); position: relative; scroll-margin-block: 72px; }
.row + .row { border-block-start: 1px solid var(--_border); }
.row:focus-visible { outline: 2px solid var(--_accent); outline-offset: -4px; border-radius: min(var(--_radius), 12px); }
.avatar { position: relative; display: grid; place-items: center; inline-size: var(--_avatar); block-size: var(--_avatar); border-radius: 50%; overflow: clip; font-size: calc(var(--_avatar) * 0.37); font-weight: 600; line-height: 1; user-select: none; color: light-dark(#fff, #101218); }
.avatar img { position: absolute; inset: 0; inline-size: 100%; block-size: 100%; object-fit: cover; color: transparent; }
.tone-0 { background: light-dark(#5b4bb7, #b9aef5); }
.tone-1 { background: light-dark(#9a3f74, #f0a9ce); }
.tone-2 { background: light-dark(#8a5a12, #ecc27f); }
.tone-3 { background: light-dark(#24704f, #8fd6b4); }
.tone-4 { background: light-dark(#1d6a8a, #8dcbe6); }
.tone-5 { background: light-dark(#a3432f, #f4ad9d); }
.body { min-inline-size: 0; }
.byline { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 8px; min-block-size: 21px; padding-inline-end: 32px; }
.row-end { min-block-size: 32px; margin-block: 2px -8px; margin-inline-start: -10px; }
.author { font-weight: 650; }
.time, .badge, .sending { color: var(--_muted); font-size: 0.867em; white-space: nowrap; }
.badge { display: inline-flex; align-items: center; gap: 3px; align-self: center; }
.sending { font-style: italic; }
.text { white-space: pre-wrap; padding-block-start: 1px; unicode-bidi: plaintext; text-align: start; max-inline-size: 68ch; }
.clipped { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 9; overflow: hidden; }
.text + .quiet { margin-inline-start: -11px; }
.media { position: relative; margin-block-start: 8px; border-radius: 12px; overflow: clip; background: var(--_sunken); }
.media > .quiet { position: absolute; inset: 0; inline-size: 100%; }
.row[data-delivery='failed'] .text { color: var(--_muted); }
@media (prefers-reduced-motion: no-preference) {
  .row { transition: opacity 180ms, background-color 1.4s; }
  .sending { animation: appear 200ms 1s backwards; }
  @keyframes appear { from { opacity: 0; } }
  @starting-style {
    .list:not([data-long]) .row { opacity: 0; }
    .row[data-delivery='sending'], .list:not([data-long]) .row[data-delivery='sending'] { opacity: 1; background-color: color-mix(in srgb, var(--_accent) 12%, transparent); }
  }
}
`
