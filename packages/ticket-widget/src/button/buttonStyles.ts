/** The button on the page, and the dialog that it opens over it. */
export const buttonStyles = `
:host { display: inline-block !important; }
:host([hidden]) { display: none !important; }
[part~='root'] {
  all: initial;
  color-scheme: light dark;
  --_accent: var(--vk-accent, light-dark(#3d46d6, #a3abff));
  --_on-accent: var(--vk-on-accent, light-dark(#ffffff, #12142b));
  --_surface: var(--vk-surface, light-dark(#ffffff, #16181d));
  --_text: var(--vk-text, light-dark(#15171c, #eceef3));
  display: inline-block;
  font-family: var(--vk-font-family, inherit);
  font-size: var(--vk-font-size, 16px);
}
:host([theme='light']) [part~='root'] { color-scheme: light; }
:host([theme='dark']) [part~='root'] { color-scheme: dark; }
button { font: inherit; cursor: pointer; }
button:focus-visible { outline: 2px solid var(--_accent); outline-offset: 2px; }
[part~='button'] {
  min-block-size: 2.75em;
  padding: 0.6em 1.4em;
  border: 0;
  border-radius: min(var(--vk-radius, 14px), 10px);
  background: var(--_accent);
  color: var(--_on-accent);
  font-weight: 600;
  line-height: 1.3;
}
[part~='button']:hover { background: color-mix(in oklab, var(--_accent) 90%, var(--_on-accent)); }
[part~='button']:active { translate: 0 1px; }
dialog {
  position: fixed;
  inset: 0;
  box-sizing: border-box;
  inline-size: min(34em, 100vw - 24px);
  max-inline-size: none;
  max-block-size: calc(100dvh - 24px);
  margin: auto;
  padding: 0;
  overflow: auto;
  overscroll-behavior: contain;
  border: 0;
  border-radius: var(--vk-radius, 14px);
  background: var(--_surface);
  color: var(--_text);
  box-shadow: 0 24px 64px -16px rgb(8 10 18 / 0.45);
}
dialog::backdrop { background: rgb(8 10 18 / 0.55); }
[part~='close'] {
  position: sticky;
  inset-block-start: 10px;
  z-index: 1;
  float: inline-end;
  inline-size: 2.25em;
  block-size: 2.25em;
  margin: 10px 10px -3.25em;
  padding: 0;
  border: 0;
  border-radius: 50%;
  background: color-mix(in srgb, var(--_text) 8%, var(--_surface));
  color: var(--_text);
}
[part~='close'] svg { display: block; margin: auto; fill: none; stroke: currentcolor; stroke-width: 2; stroke-linecap: round; }
@media (max-width: 30em) {
  dialog { inline-size: 100vw; max-block-size: 94dvh; margin-block-end: 0; border-end-start-radius: 0; border-end-end-radius: 0; }
}
@media (prefers-reduced-motion: no-preference) {
  dialog[open] { animation: vk-rise 0.22s cubic-bezier(0.2, 0.8, 0.2, 1); }
  dialog[open]::backdrop { animation: vk-fade 0.22s; }
  @keyframes vk-rise { from { opacity: 0; translate: 0 16px; } }
  @keyframes vk-fade { from { opacity: 0; } }
}
@media (forced-colors: active) { dialog, button { border: 1px solid; } }
`
