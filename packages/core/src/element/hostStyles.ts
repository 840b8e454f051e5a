/** Rules of every element, before its own. `--vk-skeleton-height` reserves the room that the view will take. */
export const hostStyles = `
:host { display: block; }
:host([hidden]) { display: none; }
[part~='root'][hidden], slot[hidden] { display: none !important; }
[part~='skeleton'] {
  display: block;
  min-height: var(--vk-skeleton-height, 12em);
  border-radius: var(--vk-radius, 12px);
  background: color-mix(in srgb, currentcolor 7%, transparent);
}
[part~='failed'] { padding: 1em; text-align: center; }
[part~='failed'] button { font: inherit; }
@media (prefers-reduced-motion: no-preference) {
  [part~='skeleton'] { animation: vk-wait 1.6s ease-in-out infinite alternate; }
  @keyframes vk-wait { to { opacity: 0.5; } }
}
`
