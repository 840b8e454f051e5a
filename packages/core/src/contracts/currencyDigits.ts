/**
 * How many of an amount's digits stand behind the point: USD 2, JPY 0, KWD 3. Counted as the payment gateway counts,
 * which is neither ISO 4217's list nor that of `Intl`: HUF, IDR, ISK and UGX are charged in hundredths.
 */
export const currencyDigits = (currency: string): number => {
  if (/BIF|CLP|DJF|GNF|JPY|KMF|KRW|MGA|PYG|RWF|VND|VUV|X[AOP]F/.test(currency)) return 0
  return /BHD|JOD|KWD|OMR|TND/.test(currency) ? 3 : 2
}
