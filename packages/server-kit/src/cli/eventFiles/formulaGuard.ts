const guarded = /^'(?='*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20])/
const needsGuard = /^'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/

/**
 * A text that a spreadsheet would take for a formula, full width signs included, behind an apostrophe. One that has
 * apostrophes before such a sign gets another, so that `withoutGuard` gives back each text as it was.
 */
export const withGuard = (text: string): string => (needsGuard.test(text) ? `'${text}` : text)

export const withoutGuard = (text: string): string => text.replace(guarded, '')
