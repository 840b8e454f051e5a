/** The number of the last file in `sql/migrations`: what a database has at least where this version can work on it. */
export const newestMigration = 12
