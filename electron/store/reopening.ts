import Database from 'better-sqlite3-multiple-ciphers'
import type { Db } from './connection.ts'

/** A connection that is closed and opened anew after an error that may be the connection's own. */
export type ReopeningDb = {
  /** Used as any other; its statements and transactions outlive a reopening. */
  db: Db
  /** Told after each reopening: what was remembered of the database has to be read again. */
  onReopen(listener: () => void): void
}

/**
 * After one error of a disk SQLite goes on to call sound files corrupt, and whether what was being written is there
 * nobody knows. So before anything is read or written after such an error, the connection is closed and `reopen` opens
 * another; while that throws, everything asked of this one is refused with what it threw. A single write that finds the
 * disk full is tried again once `makeRoom` made some; a transaction is for whoever began it to try again.
 */
export function reopening(first: Db, reopen: () => Db, makeRoom: () => boolean = () => false): ReopeningDb {
  let current = first
  let opened = 1
  let doubtful = false
  let depth = 0
  const listeners: (() => void)[] = []

  const ready = (): Db => {
    if (!doubtful || depth > 0) return current
    try {
      current.close()
    } catch {
      // A connection in the middle of a reading cannot be closed; it is not used again.
    }
    current = reopen()
    opened += 1
    doubtful = false
    try {
      for (const listener of listeners) listener()
    } catch (error) {
      doubtful = true
      throw error
    }
    return current
  }

  const noted = (error: unknown): unknown => {
    if (isDoubtful(error)) doubtful = true
    return error
  }

  /**
   * What belongs to one connection, made when it is first used and again for the next connection: an app that starts has
   * hundreds of statements and needs few.
   */
  const ofConnection = <T>(make: (db: Db) => T): (() => T) => {
    let made: { of: number; what: T } | null = null
    return () => {
      const db = ready()
      if (made?.of !== opened) made = { of: opened, what: make(db) }
      return made.what
    }
  }

  const prepare = (sql: string) => {
    let plucks = false
    const statement = ofConnection((db) => {
      const made = db.prepare(sql)
      return plucks ? made.pluck() : made
    })
    const own = {
      run: (...values: unknown[]) => {
        try {
          return statement().run(...values)
        } catch (error) {
          // Not by `inTransaction` alone: a full disk may have undone the transaction already.
          if (isFull(error) && depth === 0 && !current.inTransaction && makeRoom()) return statement().run(...values)
          throw noted(error)
        }
      },
      get: (...values: unknown[]) => {
        try {
          return statement().get(...values)
        } catch (error) {
          throw noted(error)
        }
      },
      all: (...values: unknown[]) => {
        try {
          return statement().all(...values)
        } catch (error) {
          throw noted(error)
        }
      },
      iterate: (...values: unknown[]) => {
        try {
          return statement().iterate(...values)
        } catch (error) {
          throw noted(error)
        }
      },
      // Before the first use, as every statement of the store is.
      pluck: () => {
        plucks = true
        return own
      },
    }
    return own
  }

  type Work = (...values: unknown[]) => unknown
  const transaction = (work: Work) => {
    const made = ofConnection((db) => db.transaction(work))
    const way =
      (begin: 'default' | 'deferred' | 'immediate' | 'exclusive'): Work =>
      (...values) => {
        try {
          const run = made()[begin]
          depth += 1
          try {
            return run(...values)
          } finally {
            depth -= 1
          }
        } catch (error) {
          throw noted(error)
        }
      }
    const ways = { deferred: way('deferred'), immediate: way('immediate'), exclusive: way('exclusive') }
    return Object.assign(way('default'), ways)
  }

  const own: Readonly<Record<string | symbol, unknown>> = { prepare, transaction, close: () => current.close() }
  const db = new Proxy(first, {
    get: (_first, name): unknown => {
      if (name === 'inTransaction') return ready().inTransaction
      if (Object.hasOwn(own, name)) return own[name]
      const now = ready()
      const value: unknown = Reflect.get(now, name, now)
      if (typeof value !== 'function') return value
      return (...values: unknown[]): unknown => {
        try {
          return Reflect.apply(value, now, values) as unknown
        } catch (error) {
          throw noted(error)
        }
      }
    },
  })
  return {
    db,
    onReopen: (listener) => {
      listeners.push(listener)
    },
  }
}

const isFull = (error: unknown): boolean => error instanceof Database.SqliteError && error.code === 'SQLITE_FULL'

const isDoubtful = (error: unknown): boolean =>
  error instanceof Database.SqliteError && /^SQLITE_(?:IOERR|CORRUPT|NOTADB|CANTOPEN)/.test(error.code)
