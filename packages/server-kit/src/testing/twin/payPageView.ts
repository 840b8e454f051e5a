import { html } from 'hono/html'
import { declinedCard, defaultCard } from './cards.ts'
import { formatAmount } from './currency.ts'
import { payPageStyles } from './payPageStyles.ts'
import type { SessionRecord } from './state.ts'

/** What the buyer typed, shown again after a refusal. */
export interface PayForm {
  email: string
  name: string
  card: string
  expiry: string
  cvc: string
  method: string
}

/** A refusal: of the card as a whole, or of one field. */
export interface PayProblem {
  message: string
  field: 'card' | 'email' | null
}

type Markup = ReturnType<typeof html>

const page = (title: string, body: Markup): Markup => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${payPageStyles}</style>
</head>
<body>
<p class="test">Test payments: no card is charged here.</p>
<main>${body}</main>
</body>
</html>`

const methodNames: Record<string, string> = {
  card: 'Card',
  sepa_debit: 'SEPA direct debit (arrives in days)',
  us_bank_account: 'US bank account (arrives in days)',
}

const summary = ({ session, lineItems }: SessionRecord): Markup => {
  const money = (amount: number) => formatAmount(amount, session.currency ?? 'usd')
  return html`<section aria-labelledby="total">
${session.cancel_url ? html`<a class="back" href="${session.cancel_url}">← Back</a>` : ''}
<h1 id="total">Total due</h1>
<p class="total">${money(session.amount_total ?? 0)}</p>
<ul aria-label="What you are buying">${lineItems.map(
    line =>
      html`<li><span>${line.description}<small>${line.quantity} × ${money(line.price?.unit_amount ?? 0)}</small></span><span class="amount">${money(line.amount_total)}</span></li>`,
  )}</ul>
</section>`
}

const methodChoice = (types: string[], chosen: string): Markup | string =>
  types.length < 2
    ? ''
    : html`<fieldset><legend>Pay with</legend>${types.map(
        type =>
          html`<label><input type="radio" name="method" value="${type}"${type === chosen ? html` checked` : ''}>${methodNames[type] ?? type}</label>`,
      )}</fieldset>`

const cardFields = (form: PayForm, invalid: boolean): Markup => html`
<label for="card">Card number</label>
<input id="card" name="card" inputmode="numeric" autocomplete="cc-number" value="${form.card}"${invalid ? html` aria-invalid="true" aria-describedby="problem" autofocus` : ''}>
<div class="pair">
<div><label for="expiry">Expiry</label><input id="expiry" name="expiry" inputmode="numeric" autocomplete="cc-exp" placeholder="MM / YY" value="${form.expiry}"></div>
<div><label for="cvc">Security code</label><input id="cvc" name="cvc" inputmode="numeric" autocomplete="cc-csc" value="${form.cvc}"></div>
</div>
<label for="name">Name on card</label>
<input id="name" name="name" autocomplete="cc-name" value="${form.name}">`

const spaced = (card: string) => card.replace(/(.{4})(?=.)/g, '$1 ')

const testCards = html`<details><summary>Test cards</summary><dl>
<dt>${spaced(defaultCard)}</dt><dd>is charged</dd>
<dt>${spaced(declinedCard)}</dt><dd>is declined</dd>
<dt>4000 0000 0000 9995</dt><dd>has insufficient funds</dd>
<dt>4000 0000 0000 0069</dt><dd>has expired</dd>
<dt>4000 0000 0000 0127</dt><dd>has a wrong security code</dd>
</dl></details>`

/** The page of an open session. */
export const openPage = (record: SessionRecord, form: PayForm, problem: PayProblem | null): Markup => {
  const { session } = record
  const fixedEmail = session.customer_email !== null
  const emailInvalid = problem?.field === 'email'
  return page(
    `${problem ? 'Problem: ' : ''}Pay ${formatAmount(session.amount_total ?? 0, session.currency ?? 'usd')}`,
    html`${summary(record)}
<section class="card" aria-labelledby="pay">
<h2 id="pay">Pay</h2>
${problem ? html`<p class="notice" id="problem" role="alert">${problem.message}</p>` : ''}
<form method="post" novalidate>
<label for="email">E-mail</label>
<input id="email" name="email" type="email" autocomplete="email" required value="${form.email}"${fixedEmail ? html` readonly` : ''}${emailInvalid ? html` aria-invalid="true" aria-describedby="problem"` : ''}>
${methodChoice(session.payment_method_types, form.method)}
${session.amount_total === 0 ? '' : cardFields(form, problem?.field === 'card')}
<button type="submit">${session.amount_total === 0 ? 'Complete order' : `Pay ${formatAmount(session.amount_total ?? 0, session.currency ?? 'usd')}`}</button>
</form>
${session.amount_total === 0 ? '' : testCards}
</section>`,
  )
}

/** The page of a session that is over, or was never there. */
export const endPage = (title: string, text: string, link: { href: string; label: string } | null): Markup =>
  page(
    title,
    html`<section class="card end"><h1>${title}</h1><p>${text}</p>${link ? html`<p><a href="${link.href}">${link.label}</a></p>` : ''}</section>`,
  )
