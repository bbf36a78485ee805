import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3-multiple-ciphers'
import { describe, expect, it } from 'vitest'
import { APPLICATION_ID } from '#electron/store/connection.ts'
import { migrations } from '#electron/store/migrations/index.ts'
import type { Migration } from '#electron/store/migrations/migration.ts'
import { openMigrated } from '#electron/store/migrator.ts'
import { DATABASE_FILE, openStore } from '#electron/store/store.ts'
import { tempDir } from '#tests/support/temp-dir.ts'
import { newest, withExam } from './small-exam-file.ts'
import { addsColumn } from './small-exam-file.ts'

describe('the list of migrations', () => {
  it('is in rising order, numbered in tens', () => {
    const versions = migrations.map(({ version }) => version)
    expect(versions).toEqual(versions.toSorted((a, b) => a - b))
    expect(new Set(versions).size).toBe(versions.length)
    expect(versions.every((version) => version % 10 === 0)).toBe(true)
  })

  it('0010 makes strict tables with the version and our mark in the file', () => {
    const dataDir = tempDir()
    openStore({ dataDir }).close()
    const db = new Database(join(dataDir, DATABASE_FILE), { readonly: true })
    expect(db.pragma('user_version', { simple: true })).toBe(newest)
    expect(db.pragma('application_id', { simple: true })).toBe(APPLICATION_ID)
    const tables = db.prepare("SELECT name, sql FROM sqlite_master WHERE type = 'table'").all() as { sql: string }[]
    expect(tables.length).toBeGreaterThan(10)
    expect(tables.filter(({ sql }) => !sql.includes('STRICT'))).toEqual([])
    db.close()
  })
})

const failsHalfway: Migration = {
  version: newest + 20,
  name: 'fails-halfway',
  sql: 'ALTER TABLE exam ADD COLUMN never TEXT; INSERT INTO nowhere VALUES (1);',
}

describe('migrating a database with data in it', () => {
  it('keeps the data, moves the version, and leaves a verified snapshot of before', () => {
    const { file, backupDir } = withExam()
    const db = openMigrated({ file, exists: true, backupDir, migrations: [...migrations, addsColumn] })
    expect(db.prepare('SELECT title, remark FROM exam').get()).toEqual({ title: 'Small exam', remark: 'none' })
    expect(db.pragma('user_version', { simple: true })).toBe(addsColumn.version)
    db.close()
    const [snapshot] = readdirSync(backupDir)
    const before = new Database(join(backupDir, String(snapshot)), { readonly: true })
    expect(before.pragma('user_version', { simple: true })).toBe(newest)
    expect(before.prepare('SELECT count(*) FROM candidate').pluck().get()).toBe(3)
    before.close()
  })

  it('rolls a failing migration back and keeps those before it; the old version still opens its snapshot', () => {
    const { file, backupDir, dataDir } = withExam()
    expect(() =>
      openMigrated({ file, exists: true, backupDir, migrations: [...migrations, addsColumn, failsHalfway] }),
    ).toThrow('nowhere')
    const db = new Database(file, { readonly: true })
    expect(db.pragma('user_version', { simple: true })).toBe(addsColumn.version)
    expect(db.prepare('SELECT * FROM exam').get()).not.toHaveProperty('never')
    db.close()
    const [snapshot] = readdirSync(backupDir)
    writeFileSync(file, readFileSync(join(backupDir, String(snapshot))))
    const store = openStore({ dataDir })
    expect(store.exams.list()).toHaveLength(1)
    store.close()
  })

  it('refuses a migration that breaks references', () => {
    const { file, backupDir } = withExam()
    const orphan: Migration = {
      version: newest + 10,
      name: 'orphans',
      sql: 'PRAGMA defer_foreign_keys = ON; DELETE FROM rubric',
    }
    expect(() => openMigrated({ file, exists: true, backupDir, migrations: [...migrations, orphan] })).toThrow()
    const db = new Database(file, { readonly: true })
    expect(db.prepare('SELECT count(*) FROM rubric').pluck().get()).toBe(1)
    db.close()
  })
})
