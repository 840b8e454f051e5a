/** The heading, the tiers and the one button. */
export const formStyles = `
.heading { display: flex; gap: 16px; align-items: flex-start; padding: var(--_inset); border-block-end: 1px solid var(--_border); }
.heading h2 { font-size: 1.375em; line-height: 1.25; font-weight: 680; letter-spacing: -0.012em; text-wrap: balance; margin-block-end: 4px; }
.heading p { font-size: 0.9375em; }
.when { display: flex; flex-wrap: wrap; column-gap: 6px; }
.leaf { flex: none; inline-size: 56px; min-block-size: 60px; padding-block: 6px 8px; border-radius: var(--_soft); background: color-mix(in srgb, var(--_accent) 10%, var(--_surface)); color: var(--_accent); text-align: center; line-height: 1.1; display: grid; align-content: center; }
.leaf span { font-size: 0.75em; font-weight: 600; }
.leaf b { font-size: 1.5em; font-weight: 700; letter-spacing: -0.02em; font-variant-numeric: tabular-nums; }
.tiers { padding: 0 var(--_inset); }
.tier { display: flex; align-items: center; gap: 8px 16px; padding-block: 18px; min-block-size: 80px; }
.tier + .tier { border-block-start: 1px solid var(--_border); }
.tier h3 { font-weight: 600; line-height: 1.35; }
.price { font-weight: 550; display: flex; flex-wrap: wrap; gap: 0 10px; align-items: baseline; margin-block-start: 2px; }
.closed :is(h3, .price) { color: var(--_muted); }
.hint { font-size: 0.875em; font-weight: 400; color: var(--_muted); }
.scarce { color: var(--_warning); font-weight: 550; }
.badge { flex: none; max-inline-size: 48%; padding: 5px 12px; border-radius: 99px; background: var(--_sunken); color: var(--_muted); font-size: 0.8125em; font-weight: 550; line-height: 1.4; text-align: center; }
.steps { flex: none; display: flex; align-items: center; border-radius: 99px; background: var(--_sunken); }
.steps.some { background: color-mix(in srgb, var(--_accent) 10%, var(--_surface)); }
.step { flex: none; display: grid; place-items: center; inline-size: 44px; block-size: 44px; padding: 0; border: 0; border-radius: 50%; background: none; color: var(--_text); cursor: pointer; touch-action: manipulation; -webkit-tap-highlight-color: transparent; }
.step svg { inline-size: 20px; block-size: 20px; fill: none; stroke: currentcolor; stroke-width: 1.75; stroke-linecap: round; }
.step[aria-disabled] { color: var(--_muted); opacity: 0.45; cursor: default; }
.steps input { inline-size: 2.25em; block-size: 36px; margin: 0; padding: 0; border: 0; border-radius: 8px; background: none; color: inherit; font: inherit; font-weight: 600; font-variant-numeric: tabular-nums; text-align: center; appearance: textfield; }
.steps input::-webkit-inner-spin-button, .steps input::-webkit-outer-spin-button { appearance: none; margin: 0; }
.actions { display: grid; gap: 12px; padding: 0 var(--_inset) var(--_inset); }
.tiers + .actions { border-block-start: 1px solid var(--_border); padding-block-start: 20px; }
.note { text-align: center; min-block-size: 1.45em; }
.again { display: block; margin: -12px auto 12px; min-block-size: 44px; border: 0; background: none; color: inherit; font: inherit; text-decoration: underline; }
.note:empty { display: none; }
.button { display: flex; align-items: center; justify-content: center; gap: 10px; inline-size: 100%; min-block-size: 52px; margin: 0; padding: 10px 20px; border: 0; border-radius: var(--_soft); font: inherit; font-weight: 620; line-height: 1.3; font-variant-numeric: tabular-nums; cursor: pointer; touch-action: manipulation; -webkit-tap-highlight-color: transparent; }
.primary { background: var(--_accent); color: var(--_on-accent); }
.primary.muted { background: var(--_sunken); color: var(--_muted); }
.button[aria-disabled] { cursor: default; }
@media (hover: hover) {
  .step:not([aria-disabled]):hover { background: color-mix(in srgb, var(--_accent) 14%, transparent); }
  .primary:not([aria-disabled]):hover { background: color-mix(in srgb, var(--_accent) 88%, var(--_text)); }
}
.primary:not([aria-disabled]):active { scale: 0.99; }
@container (width < 520px) {
  .when { flex-direction: column; }
  .dot { display: none; }
}
@container (width < 420px) {
  .card > * { --_inset: 16px; }
  .heading { gap: 12px; }
  .heading h2 { font-size: 1.1875em; }
  .leaf { inline-size: 48px; }
  .tier { gap: 8px 10px; }
}
@container (width < 15em) {
  .tier { flex-wrap: wrap; }
  .tier .grow { flex-basis: 100%; }
}
@media (prefers-reduced-motion: no-preference) {
  .step, .button, .steps { transition: background-color 140ms, color 140ms, opacity 140ms, scale 140ms; }
  .banner, .panel { animation: rise 220ms cubic-bezier(0.2, 0.7, 0.2, 1); }
  @keyframes rise { from { opacity: 0; translate: 0 6px; } }
}
`
