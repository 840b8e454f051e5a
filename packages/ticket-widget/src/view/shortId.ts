/** The last eight digits of an id, for people to read out: the first ones of a UUID may be no more than the time. */
export const shortId = ({ id }: { id: string }): string => `${id.slice(-8, -4)}-${id.slice(-4)}`.toUpperCase()
