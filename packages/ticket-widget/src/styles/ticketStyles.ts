/** The tickets: stubs with a perforation, and codes that stay black on white in the dark. */
export const ticketStyles = `
.success { padding-block-end: 24px; gap: 4px; }
.stubs { display: grid; gap: 12px; padding: 0 var(--_inset) 16px; }
.stub { position: relative; display: flex; align-items: stretch; min-block-size: 164px; border: 1px solid var(--_border); border-radius: var(--_radius); background: var(--_sunken); }
.done > .stub { margin: 0 var(--_inset) 12px; }
.stub .grow { padding: 18px 20px; display: flex; flex-direction: column; }
.stub h4 { font-size: 1.125em; font-weight: 650; line-height: 1.3; }
.id { margin-block-start: auto; padding-block-start: 12px; font-size: 0.9375em; font-weight: 600; letter-spacing: 0.04em; }
.qr { flex: none; inline-size: 140px; align-self: center; aspect-ratio: 1; margin: 11px; border-radius: min(var(--_soft), 8px); background: #fff; shape-rendering: crispedges; }
.qr path { fill: #000; }
.stub:has(.qr)::before { content: ''; position: absolute; inset-block: 12px; inset-inline-end: 162px; border-inline-start: 2px dashed var(--_border); }
.invalid { opacity: 0.75; min-block-size: 0; }
.invalid h4 { text-decoration: line-through; }
.done > .actions { padding-block-start: 4px; }
@container (width < 360px) {
  .stub { flex-direction: column; }
  .stub .qr { inline-size: min(100% - 32px, 220px); margin: 4px auto 16px; }
  .stub:has(.qr)::before { content: none; }
}
`
