import { copyFileSync, cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { channels } from '#shared/contract/channels.ts'
import { KEY_FILE, readKeyFile } from '#electron/files/key-file.ts'
import { unlockFolder } from '#electron/files/protection.ts'
import { DATABASE_FILE, openReader } from '#electron/store/store.ts'
import { codeOf, dataOf, encounterAt, reopened } from '#tests/support/exam-day.ts'
import { testServices } from '#tests/support/services.ts'
import { sitAs } from '#tests/support/sign-in.ts'
import { tempDir } from '#tests/support/temp-dir.ts'
import { filesWith, NAME, NOTE, PASSPHRASE, protectedDay, recordIn, windowOf } from './protected.ts'

/** What a plain database, its tables, its people and its marks would show. */
const traces = [NAME, NOTE, 'SQLite format 3', 'rating.recorded', 'CREATE TABLE', 'Small exam']

async function closedDay() {
  const day = await protectedDay()
  await recordIn(day)
  dataOf(await day.director('backup.create', {}))
  await day.services.shutdown()
  return day
}

const keyFile = (dataDir: string) => join(dataDir, KEY_FILE)

describe('an encrypted data folder', () => {
  it('holds no name, no mark and no plain database in any byte, while an exam runs and afterwards', async () => {
    const day = await protectedDay()
    await recordIn(day)
    dataOf(await day.director('backup.create', {}))
    const names = readdirSync(day.dataDir, { recursive: true, encoding: 'utf8' })
    expect(names).toEqual(expect.arrayContaining([DATABASE_FILE, `${DATABASE_FILE}-wal`, KEY_FILE]))
    expect(readdirSync(day.second).filter((name) => name.endsWith('.db'))).toHaveLength(1)
    expect(filesWith(traces, day.dataDir, day.second)).toEqual([])
    await day.services.shutdown()
    expect(filesWith(traces, day.dataDir, day.second)).toEqual([])
  })

  it('would show them in plain: the search finds what is there', async () => {
    const day = await protectedDay()
    dataOf(await day.director('data.decrypt', { passphrase: PASSPHRASE }))
    expect(filesWith([NAME], day.dataDir)).toContain(join(day.dataDir, DATABASE_FILE))
    expect(dataOf(await day.window('anybody')('data.state', {})).state).toBe('plain')
  })

  it('answers nothing but the asking for the passphrase until somebody gives it, then is as it was', async () => {
    const { dataDir, small } = await closedDay()
    const day = await reopened(dataDir, small)
    const window = windowOf(day.services)
    for (const channel of channels) {
      if (channel === 'data.state' || channel === 'data.unlock') continue
      expect([channel, codeOf(await window(channel, {}))]).toEqual([channel, 'data-locked'])
    }
    expect(dataOf(await window('data.state', {}))).toEqual({ state: 'locked', offered: false })
    expect(codeOf(await window('data.unlock', { passphrase: 'another owl at night' }))).toBe('wrong-passphrase')
    let told = 0
    day.services.events.subscribe('window', ({ name }) => {
      if (name === 'data.exchanged') told += 1
    })
    dataOf(await window('data.unlock', { passphrase: PASSPHRASE }))
    expect(told).toBe(1)
    await sitAs(window, small.examiner)
    const { record } = dataOf(await window('encounter.open', { encounterId: encounterAt(small, 1, 1) }))
    expect(record.ratings.map(({ value }) => value)).toEqual([4])
  })

  it('opens with the recovery key too, which sets a new passphrase and goes on holding', async () => {
    const { dataDir, small, recoveryKey } = await closedDay()
    const { services } = await reopened(dataDir, small)
    const window = windowOf(services)
    const newPassphrase = 'the owl was replaced'
    const wrong = { recoveryKey: recoveryKey.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')), newPassphrase }
    expect(codeOf(await window('data.unlock', wrong))).toBe('wrong-data-key')
    dataOf(await window('data.unlock', { recoveryKey: recoveryKey.toLowerCase().replaceAll('-', ' '), newPassphrase }))
    await services.shutdown()
    await expect(unlockFolder(dataDir, { passphrase: PASSPHRASE })).rejects.toMatchObject({ code: 'wrong-passphrase' })
    await unlockFolder(dataDir, { passphrase: newPassphrase })
    await unlockFolder(dataDir, { recoveryKey })
  })

  it('keeps its key when the passphrase changes, and so do the copies beside its backups', async () => {
    const day = await protectedDay()
    dataOf(await day.director('backup.create', {}))
    const before = await unlockFolder(day.dataDir, { passphrase: PASSPHRASE })
    const change = { passphrase: PASSPHRASE, newPassphrase: 'the owl was replaced' }
    expect(codeOf(await day.director('data.changePassphrase', { ...change, passphrase: 'no owl at all' }))).toBe(
      'wrong-passphrase',
    )
    expect(dataOf(await day.director('data.changePassphrase', change))).toEqual({ second: 'ok' })
    const own = readFileSync(keyFile(day.dataDir), 'utf8')
    for (const folder of [join(day.dataDir, 'backups'), day.second]) {
      const copies = readdirSync(folder).filter((name) => name.startsWith('attune-key-'))
      expect(copies.map((name) => readFileSync(join(folder, name), 'utf8'))).toEqual([own])
    }
    expect(await unlockFolder(day.dataDir, { passphrase: change.newPassphrase })).toBe(before)
  })

  it('names the plain backups of before and deletes them once an encrypted one is there', async () => {
    const day = await protectedDay()
    const plain = join(day.dataDir, 'backups', 'attune-20261101T101500000Z-asked-abc-0123456789abcdef.db')
    const source = tempDir()
    dataOf(await day.director('data.decrypt', { passphrase: PASSPHRASE }))
    copyFileSync(join(day.dataDir, DATABASE_FILE), join(source, 'plain.db'))
    await sitAs(day.director, day.small.director)
    dataOf(await day.director('data.prepare', { passphrase: PASSPHRASE }))
    dataOf(await day.director('data.encrypt', {}))
    await sitAs(day.director, day.small.director)
    copyFileSync(join(source, 'plain.db'), plain)
    expect(dataOf(await day.director('data.leftInPlain', {}))).toEqual([plain])
    expect(dataOf(await day.director('data.removePlain', {}))).toEqual([])
    const left = dataOf(await day.director('backup.list', {}))
    expect(left.map(({ state }) => state)).toEqual(['good'])
    expect(filesWith(traces, day.dataDir)).toEqual([])
  })

  it('restores its backups, and what it was before, encrypted again', async () => {
    const day = await closedDay()
    const opened = await reopened(day.dataDir, day.small)
    const director = windowOf(opened.services)
    dataOf(await director('data.unlock', { passphrase: PASSPHRASE }))
    await sitAs(director, day.small.director)
    const [newest] = dataOf(await director('backup.list', {}))
    expect(newest?.state).toBe('good')
    dataOf(await director('backup.restore', { place: 'data-folder', name: newest?.name ?? '' }))
    await sitAs(director, day.small.director)
    dataOf(await director('backup.undoRestore', {}))
    await opened.services.shutdown()
    expect(filesWith(traces, day.dataDir)).toEqual([])
    const reader = openReader(day.dataDir, await unlockFolder(day.dataDir, { passphrase: PASSPHRASE }))
    expect(reader.verify()).toMatchObject({ broken: null, differing: [] })
    reader.close()
  })
})

describe('the key file of an encrypted folder', () => {
  const noCopies = (dataDir: string) => {
    rmSync(join(dataDir, 'backups'), { recursive: true })
  }
  const spoilt = {
    'key-file-missing': (file: string) => {
      rmSync(file)
    },
    'key-file-damaged': (file: string) => {
      writeFileSync(file, readFileSync(file).subarray(0, 300))
    },
  }
  const edited = (file: string) => {
    const text = readFileSync(file, 'utf8')
    const { passphrase } = readKeyFile(file)
    writeFileSync(
      file,
      text.replace(
        passphrase.key,
        passphrase.key.replace(/^./, (sign) => (sign === '0' ? '1' : '0')),
      ),
    )
  }

  it.each([
    ['gone', 'key-file-missing', spoilt['key-file-missing']],
    ['cut short', 'key-file-damaged', spoilt['key-file-damaged']],
    ['edited', 'key-file-damaged', edited],
  ])(
    'that is %s is taken from beside the backups, and without that is said in one sentence',
    async (_, code, spoil) => {
      const { dataDir } = await closedDay()
      const whole = readFileSync(keyFile(dataDir), 'utf8')
      spoil(keyFile(dataDir))
      await unlockFolder(dataDir, { passphrase: PASSPHRASE })
      expect(readFileSync(keyFile(dataDir), 'utf8')).toBe(whole)

      spoil(keyFile(dataDir))
      noCopies(dataDir)
      const database = readFileSync(join(dataDir, DATABASE_FILE))
      await expect(testServices({ dataDir })).rejects.toMatchObject({ code })
      expect(readFileSync(join(dataDir, DATABASE_FILE)).equals(database)).toBe(true)
      writeFileSync(keyFile(dataDir), whole)
      await unlockFolder(dataDir, { passphrase: PASSPHRASE })
    },
  )

  it('of another folder opens nothing and says so, unless its own lies beside the backups', async () => {
    const { dataDir } = await closedDay()
    const other = await closedDay()
    const own = readFileSync(keyFile(dataDir))
    copyFileSync(keyFile(other.dataDir), keyFile(dataDir))
    await unlockFolder(dataDir, { passphrase: PASSPHRASE })
    expect(readFileSync(keyFile(dataDir)).equals(own)).toBe(true)

    copyFileSync(keyFile(other.dataDir), keyFile(dataDir))
    noCopies(dataDir)
    await expect(unlockFolder(dataDir, { passphrase: PASSPHRASE })).rejects.toMatchObject({ code: 'key-file-other' })
  })

  it('is not needed by a folder in plain: a leftover of a set-up that was cut changes nothing', async () => {
    const { dataDir } = await closedDay()
    const plain = tempDir()
    const before = await testServices({ dataDir: plain })
    await before.shutdown()
    cpSync(keyFile(dataDir), keyFile(plain))
    const services = await testServices({ dataDir: plain })
    expect(dataOf(await windowOf(services)('data.state', {}))).toEqual({ state: 'plain', offered: true })
  })
})

it('nobody who has not signed in encrypts the folder of a director, or with what another window prepared', async () => {
  const services = await testServices()
  const [one, other] = [windowOf(services, 'one'), windowOf(services, 'other')]
  dataOf(await one('data.prepare', { passphrase: PASSPHRASE }))
  expect(codeOf(await other('data.encrypt', {}))).toBe('not-prepared')
  dataOf(await other('account.begin', { name: 'The Director', pin: '246810' }))
  expect(codeOf(await one('data.encrypt', {}))).toBe('forbidden')
  expect(codeOf(await one('data.prepare', { passphrase: PASSPHRASE }))).toBe('forbidden')
})
