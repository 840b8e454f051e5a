/** What is said in place of the form or above it: notices, waiting, a held order, how an order ended, the skeleton. */
export const stateStyles = `
.banner { --_tone: var(--_accent); display: flex; gap: 12px; margin: 20px var(--_inset) 4px; padding: 14px 16px; border-radius: var(--_soft); background: color-mix(in srgb, var(--_tone) 9%, var(--_surface)); font-size: 0.9375em; scroll-margin: 24px; }
.banner.warning { --_tone: var(--_warning); }
.banner.danger { --_tone: var(--_danger); }
.banner:focus-visible { outline: 2px solid var(--_tone); outline-offset: 2px; }
.mark { flex: none; inline-size: 20px; block-size: 20px; margin-block-start: 0.1em; fill: none; stroke: var(--_tone); stroke-width: 1.75; stroke-linecap: round; }
.strong { font-weight: 620; }
.banner a { color: inherit; }
.banner li { margin-block-start: 4px; }
.banner + .actions, .banner + .tiers + .actions { margin-block-start: 16px; }
.sum + .banner, .rise + .banner { margin-block: 0 20px; }
.panel, .success { display: grid; justify-items: center; gap: 8px; padding: 40px var(--_inset) 36px; text-align: center; }
.panel h3, .success h3, .held h3 { font-size: 1.25em; line-height: 1.3; font-weight: 660; letter-spacing: -0.01em; text-wrap: balance; }
.panel > p, .success > p { max-inline-size: 44ch; text-wrap: pretty; }
.panel .actions { inline-size: min(100%, 320px); padding: 12px 0 0; }
.panel .banner { margin: 0; text-align: start; }
.sign { inline-size: 48px; block-size: 48px; margin-block-end: 8px; padding: 10px; border-radius: 50%; background: color-mix(in srgb, currentcolor 12%, transparent); fill: none; stroke: currentcolor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; color: var(--_accent); }
.alert .sign { color: var(--_warning); }
.success .sign { color: var(--_success); }
.big { inline-size: 36px; block-size: 36px; border-width: 3px; margin-block: 6px 14px; color: var(--_accent); }
.held { padding-block-start: 24px; }
.held > :is(h3, p) { margin-inline: var(--_inset); }
.held .sum { margin-block-start: 20px; }
.timer { display: inline-block; margin-block-start: 12px; padding: 5px 12px; border-radius: 99px; background: color-mix(in srgb, var(--_accent) 10%, var(--_surface)); color: var(--_accent); font-size: 0.875em; font-weight: 600; }
.bone { border-radius: 8px; background: color-mix(in srgb, var(--_text) 8%, var(--_surface)); color: transparent; }
.bone.line { block-size: 14px; inline-size: 48%; margin-block: 5px; }
.bone.wide { block-size: 20px; inline-size: 72%; }
.bone.short { inline-size: 28%; }
.bone.steps { inline-size: 124px; block-size: 44px; border-radius: 99px; }
.bone.bar { block-size: 52px; margin: 4px var(--_inset) var(--_inset); border-radius: var(--_soft); }
div.tier { margin-inline: var(--_inset); }
@media (prefers-reduced-motion: no-preference) {
  .bone { animation: wait 1.4s ease-in-out infinite alternate; }
  .success .sign path { stroke-dasharray: 20; animation: draw 420ms 160ms ease-out backwards; }
  @keyframes wait { to { opacity: 0.5; } }
  @keyframes draw { from { stroke-dashoffset: 20; } }
}
`
