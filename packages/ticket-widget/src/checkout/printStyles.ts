/** On paper: the event and its tickets one under another, codes large enough for any reader; nothing that is pressed. */
export const printStyles = `
@media print {
  .card:has(.stubs) { color-scheme: light; border: 0; box-shadow: none; background: none; }
  .card:has(.stubs) :is(.success, .actions, .extras, .banner) { display: none; }
  .card .stubs { display: block; padding: 0; }
  .card .stubs .stub { flex-direction: row; min-block-size: 72mm; margin-block-end: 6mm; border: 1px solid #767676; background: none; break-inside: avoid; }
  .card .stubs .stub .qr { inline-size: 60mm; margin: 6mm; print-color-adjust: exact; }
  .card .stubs .invalid { display: none; }
  .grow:has(+ .qr)::before, .grow:has(+ .qr)::after { display: none; }
}
`
