/**
 * The look's variables. A page sets `--vk-*` on the element or above it; the private `--_*` names are the ones the
 * rules read. Everything hangs on `.card`, where no rule of the page reaches; what the page would pass on by
 * inheritance ends there too.
 */
export const themeStyles = `
:host { display: block !important; }
:host([hidden]) { display: none !important; }
.card {
  all: initial;
  color-scheme: light dark;
  --_text: var(--vk-text, light-dark(#15171c, #eceef3));
  --_muted: var(--vk-text-muted, light-dark(#5c6370, #a0a7b4));
  --_surface: var(--vk-surface, light-dark(#ffffff, #16181d));
  --_sunken: var(--vk-surface-sunken, light-dark(#f3f4f7, #21242b));
  --_border: var(--vk-border, light-dark(#e4e7ec, #2c303a));
  --_line: var(--vk-border-strong, light-dark(#868d9b, #767e8e));
  --_accent: var(--vk-accent, light-dark(#3d46d6, #a3abff));
  --_on-accent: var(--vk-on-accent, light-dark(#ffffff, #12142b));
  --_danger: var(--vk-danger, light-dark(#b3261e, #ff9d94));
  --_warning: light-dark(#8a4b00, #f2bd6b);
  --_radius: var(--vk-radius, 14px);
  --_soft: min(var(--_radius), 10px);
  --_inset: 24px;
  position: relative;
  display: block;
  box-sizing: border-box;
  container-type: inline-size;
  border: 1px solid var(--_border);
  border-radius: var(--_radius);
  background: var(--_surface);
  box-shadow: 0 1px 2px rgb(16 18 27 / 0.04), 0 12px 32px -16px rgb(16 18 27 / 0.12);
  color: var(--_text);
  font-family: var(--vk-font-family, inherit);
  font-size: var(--vk-font-size, 16px);
  line-height: 1.5;
  text-align: start;
  overflow-wrap: break-word;
  -webkit-text-size-adjust: 100%;
  -webkit-font-smoothing: antialiased;
}
:host([theme='light']) .card { color-scheme: light; }
:host([theme='dark']) .card { color-scheme: dark; }
:where(.card *), :where(.card *)::before { box-sizing: border-box; }
:where(h2, h3, h4, p, ul, dl, dd, fieldset, legend) { margin: 0; padding: 0; border: 0; list-style: none; font-size: inherit; font-weight: inherit; min-inline-size: 0; }
.grow { flex: 1; min-inline-size: 0; }
.muted { color: var(--_muted); }
.small { font-size: 0.875em; line-height: 1.45; }
.figures, .price, dd { font-variant-numeric: tabular-nums; }
.unseen { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
a { color: var(--_accent); text-underline-offset: 0.18em; border-radius: 3px; }
:is(button, input, a):focus-visible { outline: 2px solid var(--_accent); outline-offset: 2px; }
[tabindex='-1']:focus { outline: 0; }
@media (forced-colors: active) { .leaf, .badge, .banner, .stub { border: 1px solid; } }
`
