/** Images and videos in rows. What stands on a picture is the same in light and dark: it goes with the picture. */
export const mediaStyles = `
.media { --_ink: #ffffff; --_shade: #14161b; }
.grid { position: absolute; inset: 0; display: grid; gap: 3px; background: var(--_surface); }
.grid-2, .grid-3, .grid-4 { grid-template-columns: 1fr 1fr; }
.grid-3, .grid-4 { grid-template-rows: 1fr 1fr; }
.grid-3 > :first-child { grid-row: 1 / 3; }
.grid > * { position: relative; min-inline-size: 0; min-block-size: 0; inline-size: 100%; block-size: 100%; container-type: size; }
.tile { display: block; padding: 0; border: 0; border-radius: 0; overflow: hidden; background: var(--_sunken); }
.tile > img, .tile > video { position: absolute; inset: 0; inline-size: 100%; block-size: 100%; object-fit: cover; color: transparent; }
.opens { cursor: zoom-in; }
.picture { opacity: 0; }
.picture.shown { opacity: 1; }
.tile::after { content: ''; position: absolute; inset: 0; pointer-events: none; border-radius: inherit; }
.tile:focus-visible { outline: 0; }
.tile:focus-visible::after { border: 3px solid var(--_accent); box-shadow: inset 0 0 0 2px var(--_surface); }
.video { background: var(--_shade); color: var(--_ink); color-scheme: dark; }
.video > video { object-fit: contain; cursor: pointer; }
.tag, .left { border-radius: 999px; background: var(--_shade); color: var(--_ink); font-size: 12px; font-weight: 600; line-height: 1; font-variant-numeric: tabular-nums; }
.tag { position: absolute; inset-block-start: 8px; inset-inline-start: 8px; padding: 6px 10px; }
.left { flex: none; white-space: nowrap; padding: 6px 9px; margin-inline-start: auto; pointer-events: none; }
.start { position: absolute; inset: 0; margin: auto; display: grid; place-items: center; inline-size: 64px; block-size: 64px; border-radius: 50%; background: color-mix(in srgb, var(--_shade) 82%, transparent); color: var(--_ink); }
.start .icon { inline-size: 30px; block-size: 30px; }
.icon-play { fill: currentcolor; }
.icon-pause { stroke-width: 2.6; }
.controls { position: absolute; inset: auto 8px 8px; display: flex; align-items: center; gap: 6px; }
.control { flex: none; display: grid; place-items: center; inline-size: 36px; block-size: 36px; padding: 0; border-radius: 50%; background: color-mix(in srgb, var(--_shade) 82%, transparent); color: var(--_ink); }
.control[aria-pressed='true'] { background: var(--_ink); color: var(--_shade); }
.control:focus-visible, .progress:focus-visible { outline: 2px solid var(--_ink); outline-offset: 1px; box-shadow: 0 0 0 5px var(--_shade); }
.progress { flex: 1 1 0; min-inline-size: 0; block-size: 36px; margin: 0; padding: 0 10px; border-radius: 18px; appearance: none; background: color-mix(in srgb, var(--_shade) 82%, transparent); cursor: pointer; }
.progress::-webkit-slider-runnable-track { block-size: 4px; border-radius: 2px; background: linear-gradient(to right, var(--_ink) var(--_done, 0%), rgb(255 255 255 / 0.35) 0); }
.progress::-moz-range-track { block-size: 4px; border-radius: 2px; background: rgb(255 255 255 / 0.35); }
.progress::-moz-range-progress { block-size: 4px; border-radius: 2px; background: var(--_ink); }
.progress::-webkit-slider-thumb { appearance: none; inline-size: 14px; block-size: 14px; margin-block-start: -5px; border: 0; border-radius: 50%; background: var(--_ink); }
.progress::-moz-range-thumb { inline-size: 14px; block-size: 14px; border: 0; border-radius: 50%; background: var(--_ink); }
.waiting { position: absolute; inset: 0; margin: auto; inline-size: 36px; block-size: 36px; border-radius: 50%; border: 3px solid rgb(255 255 255 / 0.35); border-block-start-color: var(--_ink); }
.notice-tile { display: grid; place-content: center; justify-items: center; gap: 6px; padding: 12px; text-align: center; text-wrap: balance; background: var(--_sunken); color: var(--_muted); font-size: 0.934em; }
.notice-tile > .icon { inline-size: 26px; block-size: 26px; stroke-width: 1.4; }
.notice-tile .plain { display: inline-flex; align-items: center; gap: 6px; margin-block-start: 4px; color: var(--_text); }
.cover, .cover > * { position: absolute; inset: 0; }
@container (width < 250px) {
  .progress { display: none; }
  .start { inline-size: 48px; block-size: 48px; }
}
@container (width < 180px) or (height < 140px) {
  .notice-tile > * { font-size: 12px; }
  .notice-tile:has(button) > .icon, .notice-tile .words { display: none; }
  .notice-tile .plain { inline-size: 34px; padding: 0; justify-content: center; margin-block-start: 0; }
  .notice-tile .plain > .icon { inline-size: 16px; block-size: 16px; }
}
@container (height < 100px) {
  .notice-tile > p { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
}
@media (hover: hover) {
  .control:hover { background: var(--_shade); }
  .control[aria-pressed='true']:hover { background: #e6e8ee; }
  .start:hover { background: var(--_shade); }
  .video[data-phase='playing']:not(:hover, :focus-within) .quietly { opacity: 0; }
  .opens:hover > img { filter: brightness(0.95); }
}
@media (prefers-reduced-motion: no-preference) {
  .picture { transition: opacity 240ms; }
  .quietly { transition: opacity 160ms; }
  .notice-clock > .icon { animation: breathe 1.4s ease-in-out infinite alternate; }
  .waiting { animation: turn 900ms linear infinite; }
  @keyframes turn { to { rotate: 1turn; } }
}
`
