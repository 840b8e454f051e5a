/** What can be done about posts: reactions, the menu, its dialog, what went wrong, new posts, and the bar at the foot. */
export const actingStyles = `
.react { display: inline-flex; align-items: center; gap: 6px; min-block-size: 32px; padding: 4px 10px 4px 8px; border-radius: 999px; color: var(--_muted); font-size: 0.867em; font-variant-numeric: tabular-nums; }
.react:dir(rtl) { padding: 4px 8px 4px 10px; }
.react .icon { inline-size: 19px; block-size: 19px; }
.react[aria-pressed='true'] { color: var(--_heart); font-weight: 600; }
.react[aria-pressed='true'] .icon { fill: currentcolor; }
.options { position: absolute; inset-block-start: 8px; inset-inline-end: calc(var(--_inset) - 9px); }
.options .icon { stroke-width: 2.6; }
.options > .icon-button[aria-expanded='true'] { background: var(--_sunken); color: var(--_text); }
.menu { position: fixed; inset: auto; z-index: 3; margin: 0; min-inline-size: 184px; max-inline-size: 320px; padding: 6px; border: 1px solid var(--_border); border-radius: 12px; background: var(--_surface); color: var(--_text); box-shadow: 0 2px 6px rgb(0 0 0 / 0.08), 0 12px 32px rgb(0 0 0 / 0.18); outline: 0; }
.choice { display: flex; align-items: center; gap: 12px; inline-size: 100%; min-block-size: 40px; padding: 8px 12px; border-radius: 8px; text-align: start; font-weight: 500; }
.choice .icon { inline-size: 19px; block-size: 19px; stroke-width: 1.7; color: var(--_muted); }
.choice:focus { background: var(--_sunken); outline: 0; }
.choice:focus-visible { outline: 2px solid var(--_accent); outline-offset: -2px; }
.grave, .grave .icon { color: var(--_danger); }
.problem { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 12px; margin-block-start: 10px; padding-block: 8px; padding-inline: 12px 8px; border-radius: 10px; background: color-mix(in srgb, var(--_danger) 9%, var(--_surface)); font-size: 0.934em; }
.problem p { display: flex; gap: 8px; flex: 1 1 14em; color: var(--_danger); text-align: match-parent; }
.problem .icon { margin-block-start: 0.1em; }
.problem p span { unicode-bidi: plaintext; }
.choices { display: flex; gap: 4px; margin-inline-start: auto; }
.dialog { inline-size: min(27em, 100% - 32px); max-block-size: calc(100dvh - 32px); padding: 0; border: 1px solid var(--_border); border-radius: 18px; background: var(--_surface); color: var(--_text); box-shadow: 0 24px 64px rgb(0 0 0 / 0.32); overflow-y: auto; }
.dialog::backdrop { background: rgb(10 11 15 / 0.5); }
.dialog form { display: grid; gap: 16px; padding: 22px 22px 18px; }
.dialog h2 { margin: 0; font-size: 1.2em; font-weight: 650; line-height: 1.3; }
.dialog .intro { margin-block-start: -12px; color: var(--_muted); }
.reasons { display: grid; border: 1px solid var(--_border); border-radius: 12px; overflow: clip; }
.reason { display: flex; align-items: center; gap: 12px; min-block-size: 46px; padding: 8px 14px; cursor: pointer; }
.reason + .reason { border-block-start: 1px solid var(--_border); }
.reason:has(:checked) { background: color-mix(in srgb, var(--_accent) 9%, var(--_surface)); }
.reason input { flex: none; inline-size: 18px; block-size: 18px; margin: 0; accent-color: var(--_accent); }
.reason input:focus-visible { outline: 2px solid var(--_accent); outline-offset: 2px; }
.note { display: grid; gap: 6px; color: var(--_muted); font-size: 0.934em; }
.note textarea { box-sizing: border-box; min-block-size: 66px; max-block-size: 30vh; padding: 10px 12px; border: 1px solid var(--_line); border-radius: 10px; color: var(--_text); font: inherit; font-size: max(16px, 1.067em); overflow-y: auto; }
.note textarea:focus-visible { border-color: var(--_accent); box-shadow: 0 0 0 1px var(--_accent); }
.fault { color: var(--_danger); font-size: 0.934em; }
.dialog .choices { gap: 8px; }
.mark { display: block; block-size: 0; }
.news { position: sticky; inset-block-start: var(--vk-sticky-top, 12px); z-index: 2; display: flex; justify-content: center; block-size: 0; pointer-events: none; }
.pill { display: inline-flex; align-items: center; gap: 6px; block-size: 36px; margin-block-start: 10px; padding-inline: 12px 16px; border-radius: 999px; background: var(--_accent); color: var(--_on-accent); font-size: 0.934em; font-weight: 600; font-variant-numeric: tabular-nums; white-space: nowrap; box-shadow: 0 1px 3px rgb(0 0 0 / 0.16), 0 8px 24px rgb(0 0 0 / 0.2); pointer-events: auto; }
.pill .icon { inline-size: 18px; block-size: 18px; stroke-width: 2.1; }
.dock { position: sticky; inset-block-end: 0; z-index: 2; display: flex; flex-direction: column; align-items: center; justify-content: flex-end; gap: 8px; block-size: 0; padding-inline: 12px; pointer-events: none; }
.dock > * { pointer-events: auto; max-inline-size: 100%; }
.dock > :last-child { margin-block-end: 12px; }
.bar { position: relative; display: flex; flex: none; align-items: center; gap: 14px; min-block-size: 46px; padding-block: 6px; padding-inline: 18px; border-radius: 14px; overflow: clip; background: var(--_text); color: var(--_surface); font-size: 0.934em; box-shadow: 0 1px 3px rgb(0 0 0 / 0.16), 0 8px 28px rgb(0 0 0 / 0.24); }
.bar:has(.act) { padding-inline-end: 7px; }
.act { min-block-size: 34px; padding: 5px 14px; border-radius: 9px; background: color-mix(in srgb, var(--_surface) 16%, var(--_text)); font-weight: 650; white-space: nowrap; }
.act:focus-visible { outline-color: var(--_surface); outline-offset: -3px; }
.countdown { position: absolute; inset-inline: 0; inset-block-end: 0; block-size: 2px; background: currentcolor; opacity: 0.45; transform-origin: 0 0; }
.countdown:dir(rtl) { transform-origin: 100% 0; }
.offline { display: flex; flex: none; align-items: center; gap: 10px; padding: 8px 16px; border: 1px solid var(--_line); border-radius: 999px; background: var(--_surface); font-size: 0.867em; text-wrap: balance; box-shadow: 0 8px 24px rgb(0 0 0 / 0.14); }
.offline .icon { color: var(--_muted); }
@media (hover: hover) {
  .react:hover { background: color-mix(in srgb, var(--_heart) 11%, transparent); color: var(--_heart); }
  .reason:hover { background: var(--_sunken); }
  .pill:hover { filter: brightness(1.1); }
  .act:hover { background: color-mix(in srgb, var(--_surface) 26%, var(--_text)); }
}
.pill:active, .act:active { scale: 0.97; }
@media (prefers-reduced-motion: reduce) { .countdown { display: none; } }
@media (prefers-reduced-motion: no-preference) {
  .react .icon { transition: fill 120ms; }
  .react:active .icon { scale: 0.86; }
  .react[data-sprung] .icon { animation: spring 460ms linear; }
  @keyframes spring { 0% { scale: 0.72; } 28% { scale: 1.28; } 48% { scale: 0.93; } 68% { scale: 1.06; } 84% { scale: 0.99; } 100% { scale: 1; } }
  .countdown { animation: run-out 5s linear forwards; }
  .bar:hover .countdown, .bar:focus-within .countdown { animation-play-state: paused; }
  @keyframes run-out { to { transform: scaleX(0); } }
  .pill { animation: drop 320ms cubic-bezier(0.2, 1.3, 0.4, 1) backwards; }
  @keyframes drop { from { opacity: 0; translate: 0 -14px; } }
  .bar, .offline { animation: rise 260ms cubic-bezier(0.2, 0.9, 0.3, 1) backwards; }
  @keyframes rise { from { opacity: 0; translate: 0 14px; } }
  .menu { animation: appear 120ms ease-out; }
  .dialog[open] { animation: rise 220ms cubic-bezier(0.2, 0.9, 0.3, 1); }
  .dialog[open]::backdrop { animation: appear 180ms ease-out; }
}
`
