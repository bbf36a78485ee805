import type { Db } from '../connection.ts'

export type SettingRepository = {
  get(key: string): string | null
  set(key: string, value: string): void
  remove(key: string): void
}

export function createSettingRepository(db: Db): SettingRepository {
  const read = db.prepare<[string], string>('SELECT value FROM setting WHERE key = ?').pluck()
  const write = db.prepare<[string, string]>('INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)')
  const drop = db.prepare<[string]>('DELETE FROM setting WHERE key = ?')
  return {
    get: (key) => read.get(key) ?? null,
    set: (key, value) => {
      write.run(key, value)
    },
    remove: (key) => {
      drop.run(key)
    },
  }
}
