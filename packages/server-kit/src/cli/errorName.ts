/** An error's class by its name: the host's copy of a package need not be the command line's. */
export const isNamed = <Name extends string>(error: unknown, name: Name): error is Error & { name: Name } =>
  error instanceof Error && error.name === name
