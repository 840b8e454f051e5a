/** How a command ends; `docs/cli.md` explains each. Names are fixed: scripts branch on the numbers. */
export const exitCodes = {
  /** Done, and nothing is wrong. */
  ok: 0,
  /** Done, and something is wrong or left to do: findings, problems, bad rows. */
  findings: 1,
  /** Unknown command or option, or a value that cannot be. */
  usage: 2,
  /** No configuration, or one that is wrong or throws. */
  configuration: 3,
  /** The database does not answer, refuses the login, or is held by another process. */
  database: 4,
  /** The database is newer than this release, older, or not migrated at all. */
  schema: 5,
  /** Understood and refused: no such thing, a conflict, not permitted, busy. */
  refused: 6,
  /** The payment gateway does not answer, or refuses the key. */
  gateway: 7,
  /** A bug. */
  internal: 70,
  /** Ctrl-C: work under way was ended in order. */
  interrupted: 130,
  /** SIGTERM: the same. */
  terminated: 143,
} as const

export type Ending = keyof typeof exitCodes
