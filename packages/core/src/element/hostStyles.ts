/**
 * Rules of every element, before its own. `--vk-skeleton-height` reserves the room that the view will take. In few
 * letters: the loader carries them.
 */
export const hostStyles = `
:host { display: block; }
:host(venuekit-button) { display: inline-block; --vk-skeleton-height: 2.75em; }
:host([hidden]) { display: none; }
div[hidden], slot[hidden] { display: none!important; }
slot>div {
  min-height: var(--vk-skeleton-height, 21em);
  border-radius: var(--vk-radius, 12px);
  background: #8882;
}
`
