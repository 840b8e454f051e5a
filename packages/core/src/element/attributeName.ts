/** `apiUrl` as an attribute is `api-url`. */
export const attributeName = (property: string): string =>
  property.replace(/[A-Z]/g, capital => `-${capital.toLowerCase()}`)

/** `api-url` as a property is `apiUrl`. */
export const propertyName = (attribute: string): string =>
  attribute.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
