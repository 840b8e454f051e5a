/** Paths in a square of 24. */
export const clockSign = 'M12 6.5V12l3.5 2M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Z'
export const backSign = 'M8 8 4.5 11.5 8 15M5 11.5h9a4.5 4.5 0 0 1 0 9h-2'
export const mailSign = 'M4 6h16v12H4ZM4.5 7l7.5 6 7.5-6'
