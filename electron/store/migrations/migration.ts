/** One step of the schema. Numbered in tens, listed explicitly, never edited once shipped. */
export type Migration = {
  /** Becomes the database's `user_version`. */
  version: number
  name: string
  sql: string
}
