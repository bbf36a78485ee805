import type { Db } from '../connection.ts'

/** One step of the schema. Numbered in tens, listed explicitly, never edited once shipped. */
export type Migration = {
  /** Becomes the database's `user_version`. */
  version: number
  name: string
  sql: string
  /** What SQL cannot do, in the same transaction. */
  then?: (db: Db) => void
}
