/** Images and videos full screen: dark around them in every theme, nothing written on them. */
export const viewerStyles = `
.viewer { --_ink: #ffffff; --_shade: #14161b; --_text: #ffffff; --_muted: #b6bcc8; --_accent: #ffffff; --_surface: #0c0d10; --_sunken: #0c0d10; --_line: #7d8594; color-scheme: dark; position: fixed; inset: 0; inline-size: 100%; block-size: 100%; max-inline-size: none; max-block-size: none; margin: 0; padding: 0; border: 0; outline: 0; overflow: hidden; overscroll-behavior: contain; background: var(--_surface); color: var(--_text); }
.viewer[open] { display: grid; grid-template-rows: auto minmax(0, 1fr) auto; }
.viewer::backdrop { background: #0c0d10; }
.viewer-bar { display: grid; grid-template-columns: 44px 1fr 44px; align-items: center; gap: 8px; padding: max(8px, env(safe-area-inset-top)) 12px 8px; min-block-size: 60px; }
.counter { text-align: center; font-variant-numeric: tabular-nums; font-weight: 600; }
.viewer-button { display: grid; place-items: center; flex: none; inline-size: 44px; block-size: 44px; padding: 0; border-radius: 50%; color: var(--_ink); background: color-mix(in srgb, var(--_shade) 82%, transparent); }
.viewer-button[aria-pressed='true'] { background: var(--_ink); color: var(--_shade); }
.viewer-button .icon { inline-size: 24px; block-size: 24px; }
.surface { position: relative; overflow: hidden; touch-action: none; user-select: none; }
.track { position: absolute; inset: 0; translate: calc(var(--_at, 0%) + var(--_x, 0px)) var(--_y, 0px); opacity: var(--_fade, 1); }
.slide { position: absolute; inset-block: 0; inline-size: 100%; display: grid; place-items: center; overflow: hidden; container-type: size; }
.large { max-inline-size: 100%; max-block-size: 100%; inline-size: auto; block-size: auto; object-fit: contain; -webkit-user-drag: none; }
.slide > .notice-tile { background: none; }
.slide > .video { position: absolute; inset: 0; background: none; }
.slide > .video > .controls { inset-inline: max(8px, 50cqi - 300px); }
.step { position: absolute; inset-block: 0; margin-block: auto; }
.step-previous { inset-inline-start: 12px; }
.step-next { inset-inline-end: 12px; }
.step[aria-disabled='true'] { opacity: 0.3; }
[dir='rtl'] .step .icon { scale: -1 1; }
.caption { max-block-size: 25vh; overflow-y: auto; padding: 12px 24px max(16px, env(safe-area-inset-bottom)); text-align: center; text-wrap: balance; color: var(--_text); }
@media (hover: hover) {
  .viewer-button:not([aria-disabled='true'], [aria-pressed='true']):hover { background: #2c313b; }
}
@media (prefers-reduced-motion: no-preference) {
  .surface:not([data-moving]) > .track { transition: translate 260ms cubic-bezier(0.2, 0.8, 0.2, 1), opacity 200ms; }
  .surface:not([data-moving]) .large { transition: transform 200ms cubic-bezier(0.2, 0.8, 0.2, 1); }
  .viewer { transition: opacity 160ms; }
  @starting-style { .viewer[open] { opacity: 0; } }
}
`
