/** Text with `{name}` places to fill, or one such text per plural form of `count`. */
export type Message = string | ({ readonly other: string } & { readonly [Form in Intl.LDMLPluralRule]?: string })
