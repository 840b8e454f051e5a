/** Control characters, and those that turn the direction of what follows: a stored text must not drive the terminal. */
const driving = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu

/** One line of text that only shows. */
export const plainText = (text: string): string => text.replace(driving, ' ').trim()
