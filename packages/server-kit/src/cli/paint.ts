import { styleText } from 'node:util'

type Colour = 'red' | 'yellow' | 'green' | 'dim' | 'bold'

/** Colours a text, or leaves it where colours are not wanted. */
export type Paint = (colour: Colour, text: string) => string

export const createPaint = (coloured: boolean): Paint =>
  coloured ? (colour, text) => styleText(colour, text, { validateStream: false }) : (_colour, text) => text
