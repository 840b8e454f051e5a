/** This package's version; clients are shared between widgets of exactly the same one. */
export const version = '0.1.0'
