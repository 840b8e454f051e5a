/** A string constant: `'it''s'`. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** A long text as it stands, between marks that do not occur in it. */
export const dollarQuoted = (text: string): string => {
  let mark = '$vk$'
  for (let tries = 1; text.includes(mark); tries += 1) mark = `$vk${tries}$`
  return `${mark}${text}${mark}`
}
