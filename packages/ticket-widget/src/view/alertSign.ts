/** A path in a square of 24. */
export const alertSign = 'M12 7v6.5M12 16.9v.1M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Z'
