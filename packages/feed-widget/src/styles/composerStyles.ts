/** The composer's place and, while nobody is signed in, the prompt there. */
export const composerStyles = `
.composer { display: grid; grid-template-columns: var(--_avatar) minmax(0, 1fr) auto; gap: 4px var(--_gap); align-items: start; padding: 14px var(--_inset); }
.grow { display: grid; min-inline-size: 0; }
.grow > *, .shell { grid-area: 1 / 1; font: inherit; font-size: max(16px, 1.067em); line-height: 1.4; padding: calc((var(--_avatar) - 1.4em) / 2) 0; border: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
.shell { text-align: start; color: var(--_muted); cursor: text; }
.composer, .sign-in { border-block-end: 1px solid var(--_border); }
.sign-in { padding: 14px var(--_inset); }
.prompt { display: flex; align-items: center; justify-content: center; gap: 8px; inline-size: 100%; min-block-size: 42px; padding: 8px 16px; border-radius: 999px; background: var(--_sunken); font-weight: 550; }
.prompt .icon { color: var(--_muted); }
.notice { color: var(--_muted); font-size: 0.934em; text-align: center; }
.notice:not(:empty) { padding-block-start: 10px; }
@media (hover: hover) { .prompt:hover { background: color-mix(in srgb, var(--_text) 10%, var(--_surface)); } }
@container (width < 400px) { .composer { grid-template-columns: var(--_avatar) minmax(0, 1fr); } }
`
