import type { Mail } from '@venuekit/server-kit'
import { escapeHtml } from './escapeHtml.ts'

const style = `
  :root { color-scheme: light dark; --line: light-dark(#d9dce3, #333a46); --soft: light-dark(#5c6472, #a3abba); --panel: light-dark(#fff, #1b2029) }
  * { box-sizing: border-box }
  body { margin: 0; background: light-dark(#f3f4f7, #12151b); color: light-dark(#1a1f29, #e9ecf2); font: 16px/1.5 system-ui, sans-serif }
  main { max-width: 820px; margin: 0 auto; padding: 40px 20px 80px }
  h1 { font-size: 28px; letter-spacing: -0.02em; margin: 0 0 4px }
  .intro, time, dt { color: var(--soft) }
  article { background: var(--panel); border: 1px solid var(--line); border-radius: 12px; margin-top: 24px; overflow: hidden }
  header { padding: 16px 20px; border-block-end: 1px solid var(--line) }
  h2 { font-size: 18px; margin: 0 0 6px }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 12px; margin: 0; font-size: 14px }
  dd { margin: 0; overflow-wrap: anywhere }
  iframe { display: block; width: 100%; height: 470px; border: 0; background: #fff }
  details { border-block-start: 1px solid var(--line); padding: 10px 20px; font-size: 14px }
  pre { white-space: pre-wrap; overflow-wrap: anywhere }
  .empty { border: 1px dashed var(--line); border-radius: 12px; padding: 48px 20px; text-align: center; margin-top: 24px; color: var(--soft) }
`

/** The mail view: what the demo would have sent, newest first, each mail in a frame that can run nothing. */
export const mailPage = (mails: readonly Mail[]): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sent mail (${mails.length})</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>Sent mail</h1>
<p class="intro">What the host would have sent, newest first. Reload to see more.</p>
${mails.map(mailArticle).join('\n') || '<p class="empty">Nothing yet. Buy a ticket on the venue’s site.</p>'}
</main>
</body>
</html>`

const mailArticle = (mail: Mail) => `<article id="mail-${escapeHtml(mail.id)}">
<header>
<h2>${escapeHtml(mail.subject)}</h2>
<dl>
<dt>To</dt><dd>${escapeHtml(`${mail.to.name} <${mail.to.email}>`)}</dd>
${mail.orderUrl ? `<dt>Link</dt><dd><a href="${escapeHtml(mail.orderUrl)}">the order on the venue’s page</a></dd>` : ''}
</dl>
</header>
<iframe sandbox="allow-popups allow-popups-to-escape-sandbox" title="${escapeHtml(mail.subject)}" srcdoc="${escapeHtml(mail.html)}"></iframe>
<details><summary>As plain text</summary><pre>${escapeHtml(mail.text)}</pre></details>
</article>`
