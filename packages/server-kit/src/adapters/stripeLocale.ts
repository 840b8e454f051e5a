// biome-ignore format: one list of Stripe's, as long as it is
const locales = ['bg', 'cs', 'da', 'de', 'el', 'en', 'en-GB', 'es', 'es-419', 'et', 'fi', 'fil', 'fr', 'fr-CA', 'hi-IN', 'hr', 'hu', 'id', 'it', 'ja', 'ko', 'lt', 'lv', 'ms', 'mt', 'nb', 'nl', 'pl', 'pt', 'pt-BR', 'ro', 'ru', 'sk', 'sl', 'sv', 'th', 'tr', 'vi', 'zh', 'zh-HK', 'zh-TW'] as const

export type StripeLocale = (typeof locales)[number] | 'auto'

/** Tags that mean one of Stripe's under another name. */
const aliases: Record<string, StripeLocale> = {
  hi: 'hi-IN',
  nn: 'nb',
  no: 'nb',
  tl: 'fil',
  'zh-hant': 'zh-TW',
  'zh-mo': 'zh-HK',
}

const regionsOfLatinAmerica = 'ar bo cl co cr cu do ec gt hn mx ni pa pe pr py sv us uy ve'.split(' ')

const find = (tag: string): StripeLocale | undefined =>
  locales.find(locale => locale.toLowerCase() === tag) ?? aliases[tag]

/** Stripe's own tag for a language tag: the exact one, then shorter ones, `auto` where it speaks none of them. */
export const stripeLocale = (tag: string | null): StripeLocale => {
  const parts = (tag ?? '').toLowerCase().replaceAll('_', '-').split('-')
  if (parts[0] === 'es' && parts.slice(1).some(part => regionsOfLatinAmerica.includes(part))) return 'es-419'
  for (let length = parts.length; length > 0; length -= 1) {
    const found = find(parts.slice(0, length).join('-'))
    if (found) return found
  }
  return 'auto'
}
