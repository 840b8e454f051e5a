/** The tickets: stubs with a perforation, and codes that stay black on white in the dark. */
export const ticketStyles = `
.stubs { display: grid; gap: 12px; padding: 0 var(--_inset) 16px; }
.stub { display: flex; align-items: stretch; min-block-size: 176px; overflow: clip; border-radius: var(--_radius); background: var(--_sunken); }
.done > .stub { margin: 0 var(--_inset) 12px; }
.stub .grow { position: relative; padding: 18px 20px; display: flex; flex-direction: column; }
.stub .grow:has(+ .qr) { border-inline-end: 2px dashed color-mix(in srgb, var(--_text) 18%, var(--_sunken)); }
.grow:has(+ .qr)::before, .grow:has(+ .qr)::after { content: ''; position: absolute; inset-inline-end: -9px; inline-size: 16px; block-size: 16px; border-radius: 50%; background: var(--_surface); }
.grow:has(+ .qr)::before { inset-block-start: -8px; }
.grow:has(+ .qr)::after { inset-block-end: -8px; }
.stub h4 { font-size: 1.125em; font-weight: 650; line-height: 1.3; }
.id { margin-block-start: auto; padding-block-start: 12px; font-size: 0.9375em; font-weight: 600; letter-spacing: 0.04em; }
.qr { flex: none; inline-size: 147px; align-self: center; aspect-ratio: 1; margin: 14px; border-radius: min(var(--_soft), 8px); background: #fff; shape-rendering: crispedges; }
.qr path { fill: #000; }
.invalid { min-block-size: 0; }
.invalid :is(h4, .id) { color: var(--_muted); text-decoration: line-through; font-weight: 500; }
.extras { display: flex; flex-wrap: wrap; gap: 12px; padding: 0 var(--_inset) 12px; }
.extras > * { flex: 1 1 168px; }
a.button { text-decoration: none; text-align: center; }
.done > .actions { padding-block-start: 4px; }
@container (width >= 480px) {
  .stub .qr { inline-size: 196px; }
}
@container (width < 400px) {
  .stub { flex-direction: column; }
  .stub .grow:has(+ .qr) { border-inline-end: 0; border-block-end: 2px dashed color-mix(in srgb, var(--_text) 18%, var(--_sunken)); }
  .grow:has(+ .qr)::before, .grow:has(+ .qr)::after { inset-block: auto -9px; }
  .grow:has(+ .qr)::before { inset-inline: -8px auto; }
  .grow:has(+ .qr)::after { inset-inline: auto -8px; }
  .stub .qr { inline-size: min(100% - 40px, 245px); margin: 20px auto; }
}
`
