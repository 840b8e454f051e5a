/**
 * The look's variables. A page sets `--vk-*` on the element or above it; what it leaves out follows the theme.
 * The private `--_*` names are the ones the rules read. All hangs on `.feed`, where no rule of the page reaches, and
 * where what the page passes on by inheritance ends.
 */
export const themeStyles = `
:host { display: block !important; min-inline-size: min(100%, 17em); }
:host([hidden]) { display: none !important; }
.feed {
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
  --_heart: var(--vk-reaction, light-dark(#c4214f, #ff8aa8));
  --_radius: var(--vk-radius, 14px);
  --_gap: 12px;
  --_inset: 20px;
  --_avatar: 40px;
  display: block;
  container-type: inline-size;
  box-sizing: border-box;
  overflow: clip;
  border: 1px solid var(--_border);
  border-radius: var(--_radius);
  background: var(--_surface);
  color: var(--_text);
  font-family: var(--vk-font-family, inherit);
  font-size: var(--vk-font-size, 15px);
  line-height: 1.47;
  text-align: start;
  overflow-wrap: anywhere;
  -webkit-text-size-adjust: 100%;
}
[part~='failed'] { border: 1px solid currentcolor; border-radius: var(--vk-radius, 14px); background: none; color: inherit; }
:host([theme='light']) .feed { color-scheme: light; }
:host([theme='dark']) .feed { color-scheme: dark; }
.feed *, .feed *::before, .feed *::after { box-sizing: border-box; }
@container (width < 400px) {
  .composer, .sign-in, .row, .skeleton { --_inset: 14px; --_avatar: 34px; --_gap: 10px; }
}
`
