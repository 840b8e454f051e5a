/** The pay page's own look: quiet, readable, dark where the visitor's system is. */
export const payPageStyles = `
:root{color-scheme:light dark;--ink:#1a1c23;--soft:#5b6070;--line:#dfe2ea;--paper:#fff;--tint:#f5f6fa;--accent:#4b3fe4;--accent-ink:#fff;--bad:#b3261e;--bad-tint:#fdecea;--good:#146c43}
@media (prefers-color-scheme:dark){:root{--ink:#eceef4;--soft:#a3a9ba;--line:#363b49;--paper:#191c24;--tint:#12141a;--accent:#a79ffc;--accent-ink:#14122e;--bad:#ffb4ab;--bad-tint:#3a1f1d;--good:#7fd6a5}}
*{box-sizing:border-box}
body{margin:0;font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;color:var(--ink);background:var(--tint)}
.test{margin:0;padding:8px 16px;text-align:center;font-size:14px;background:#ffe3a3;color:#3d2c00}
main{display:grid;gap:32px;max-width:960px;margin:0 auto;padding:32px 20px 64px}
@media (min-width:800px){main{grid-template-columns:1fr 1fr;padding-top:64px;gap:64px}}
.back{display:inline-block;margin-bottom:24px;color:var(--soft)}
h1{margin:0;font-size:16px;font-weight:500;color:var(--soft)}
h2{margin:0 0 16px;font-size:20px}
.total{margin:4px 0 24px;font-size:36px;line-height:1.15;font-weight:650;font-variant-numeric:tabular-nums}
ul{margin:0;padding:0;list-style:none;border-top:1px solid var(--line)}
li{display:flex;justify-content:space-between;gap:16px;padding:14px 0;border-bottom:1px solid var(--line)}
li span:first-child{min-width:0;overflow-wrap:anywhere}
li small{display:block;color:var(--soft);font-size:14px}
.amount{white-space:nowrap;font-variant-numeric:tabular-nums}
.card{padding:24px;border:1px solid var(--line);border-radius:14px;background:var(--paper)}
label,legend{display:block;margin:16px 0 6px;font-size:14px;font-weight:550}
fieldset{margin:20px 0 8px;padding:0;border:0}
legend{margin:0 0 4px;padding:0}
fieldset label{display:flex;gap:10px;align-items:center;min-height:32px;margin:0;font-weight:400}
input:not([type=radio]){width:100%;min-height:44px;padding:9px 12px;font:inherit;color:inherit;background:var(--paper);border:1px solid var(--soft);border-radius:9px}
input[readonly]{background:var(--tint)}
input[aria-invalid=true]{border-color:var(--bad)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:12px}
button{width:100%;min-height:48px;margin-top:24px;padding:10px 16px;font:inherit;font-weight:600;color:var(--accent-ink);background:var(--accent);border:0;border-radius:10px;cursor:pointer}
button:hover{filter:brightness(1.07)}
.notice{margin:0 0 16px;padding:12px 14px;border-radius:10px;color:var(--bad);background:var(--bad-tint)}
details{margin-top:20px;font-size:14px;color:var(--soft)}
summary{cursor:pointer;min-height:24px}
dl{display:grid;grid-template-columns:auto 1fr;gap:6px 14px;margin:12px 0 0}
dt{font-variant-numeric:tabular-nums;color:var(--ink)}
dd{margin:0}
.end{max-width:520px;grid-column:1/-1;margin:0 auto;text-align:center}
.end h1{font-size:24px;font-weight:600;color:var(--ink)}
`
