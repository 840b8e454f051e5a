/** What is said in place of the form or above it, and the skeleton. */
export const stateStyles = `
.banner { --_tone: var(--_accent); display: flex; gap: 12px; margin: 20px var(--_inset) 4px; padding: 14px 16px; border-radius: var(--_soft); background: color-mix(in srgb, var(--_tone) 9%, var(--_surface)); font-size: 0.9375em; scroll-margin: 24px; }
.banner.warning { --_tone: var(--_warning); }
.banner.danger { --_tone: var(--_danger); }
.mark { flex: none; inline-size: 20px; block-size: 20px; margin-block-start: 0.1em; fill: none; stroke: var(--_tone); stroke-width: 1.75; stroke-linecap: round; }
.strong { font-weight: 620; }
.banner + .actions, .banner + .tiers + .actions { margin-block-start: 16px; }
.panel { display: grid; justify-items: center; gap: 8px; padding: 40px var(--_inset) 36px; text-align: center; }
:is(.panel, .held) h3 { font-size: 1.25em; line-height: 1.3; font-weight: 660; letter-spacing: -0.01em; text-wrap: balance; }
.panel > p { max-inline-size: 44ch; overflow-wrap: anywhere; text-wrap: pretty; }
.panel .actions { inline-size: min(100%, 320px); padding: 12px 0 0; }
.sign { inline-size: 48px; block-size: 48px; margin-block-end: 8px; padding: 10px; border-radius: 50%; background: color-mix(in srgb, currentcolor 12%, transparent); fill: none; stroke: currentcolor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; color: var(--_accent); }
.warning .sign { color: var(--_warning); }
.card[data-state='loading'] { min-block-size: var(--vk-skeleton-height); }
.bone { border-radius: 8px; background: color-mix(in srgb, var(--_text) 8%, var(--_surface)); color: transparent; }
.bone.line { block-size: 14px; inline-size: 48%; margin-block: 5px; }
.bone.wide { block-size: 20px; inline-size: 72%; }
.bone.short { inline-size: 28%; }
.bone.steps { inline-size: 124px; block-size: 44px; border-radius: 99px; }
.bone.details { block-size: 272px; margin: 0 var(--_inset) 20px; border-radius: var(--_soft); }
.bone.bar { block-size: 52px; margin: 4px var(--_inset) 68px; border-radius: var(--_soft); }
div.tier { margin-inline: var(--_inset); }
@media (prefers-reduced-motion: no-preference) {
  .bone { animation: wait 1.4s ease-in-out infinite alternate; }
  @keyframes wait { to { opacity: 0.5; } }
}
`
