/** `HTMLElement`, or a stand-in where there is none: importing an element on a server has no effect. */
export const HostElement: typeof HTMLElement = globalThis.HTMLElement ?? (class {} as unknown as typeof HTMLElement)
