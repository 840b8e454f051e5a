/** Control characters, and those that turn the direction of what follows: a stored text must not drive the terminal. */
const driving = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu
const drivingWithinLines = /[^\P{Cc}\n\t]|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu

/** One line of text that only shows. */
export const plainText = (text: string): string => text.replace(driving, ' ').trim()

/** The same for a text of several lines, which stay. */
export const plainLines = (text: string): string => text.replace(drivingWithinLines, ' ')

const escaped = (sign: string): string => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`

/** JSON of the same value that drives no terminal either: JSON itself escapes only the first 32 of those characters. */
export const plainJson = (value: unknown, indent?: number): string =>
  JSON.stringify(value, null, indent).replace(drivingWithinLines, escaped)
