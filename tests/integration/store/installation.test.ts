import { join } from 'node:path'
import Database from 'better-sqlite3-multiple-ciphers'
import { describe, expect, it } from 'vitest'
import { isSignedBy } from '#electron/base/signature.ts'
import { keyCode } from '#electron/store/repositories/installation.ts'
import { DATABASE_FILE, openStore } from '#electron/store/store.ts'
import { tempDir } from '#tests/support/temp-dir.ts'

function open(dataDir = tempDir()) {
  const store = openStore({ dataDir })
  const { installation } = store
  const told = {
    device: installation.device(),
    devices: installation.devices(),
    publicKey: installation.publicKey(),
    signature: installation.sign(Buffer.from('closed')),
  }
  store.close()
  return { dataDir, ...told }
}

describe('an installation', () => {
  it('has a name and a key of its own, which stay', () => {
    const first = open()
    const again = open(first.dataDir)
    expect([again.device, again.publicKey]).toEqual([first.device, first.publicKey])
    expect(first.devices).toEqual([first.device])
    const other = open()
    expect(other.device).not.toBe(first.device)
    expect(other.publicKey).not.toBe(first.publicKey)
  })

  it('signs what nobody else can sign, and what cannot be changed afterwards', () => {
    const { publicKey, signature } = open()
    expect(isSignedBy(publicKey, Buffer.from('closed'), signature)).toBe(true)
    expect(isSignedBy(publicKey, Buffer.from('closed.'), signature)).toBe(false)
    expect(isSignedBy(open().publicKey, Buffer.from('closed'), signature)).toBe(false)
    expect(isSignedBy('', Buffer.from('closed'), signature)).toBe(false)
    expect(isSignedBy(publicKey, Buffer.from('closed'), 'no signature')).toBe(false)
  })

  it('is known by eight letters of its key', () => {
    const { publicKey } = open()
    expect(keyCode(publicKey)).toMatch(/^[A-HJ-NP-Z]{4}-[A-HJ-NP-Z]{4}$/)
    expect(keyCode(publicKey)).not.toBe(keyCode(open().publicKey))
  })

  it('remembers the names under which it wrote before', () => {
    const { dataDir, device } = open()
    const db = new Database(join(dataDir, DATABASE_FILE))
    db.prepare("UPDATE installation SET device = 'another'").run()
    db.close()
    expect(open(dataDir)).toMatchObject({ device: 'another', devices: [device, 'another'].toSorted() })
  })
})
