import { fork } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { RECOVERY_KEY } from '#electron/store/repositories/accounts.ts'
import { openReader, openStore } from '#electron/store/store.ts'
import { isSound } from '#electron/store/verify-ledger.ts'
import type { PersonId } from '#shared/domain/ids.ts'
import { fromRoot } from '#tests/support/services.ts'
import { putSmallExam } from '#tests/support/small-exam.ts'
import { dataFolder } from '#tests/support/data-folder.ts'
import { tempDir } from '#tests/support/temp-dir.ts'

/** Makes a call in a process of its own and kills it while the PIN is being hashed. */
async function killedWhile(dataDir: string, channel: string, input: object, seat = ''): Promise<void> {
  const args = [dataDir, channel, JSON.stringify(input), seat]
  const child = fork(fromRoot('tests/support/pin-child.ts'), args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const ended = once(child, 'exit')
  const said = await Promise.race([once(child, 'message'), ended])
  expect(said[0]).toBe('hashing')
  child.kill('SIGKILL')
  expect((await ended)[1]).toBe('SIGKILL')
}

/** What a folder knows of accounts; the ledger must be sound. */
function accountsIn(dataDir: string, id: PersonId | null = null) {
  const reader = openReader(dataDir)
  try {
    expect(isSound(reader.verify())).toBe(true)
    return {
      directors: reader.accounts.directors().length,
      recoverable: reader.accounts.credential(RECOVERY_KEY) !== null,
      credential: id === null ? null : reader.accounts.credential(id),
      events: [...reader.events()].map(({ type }) => type),
    }
  } finally {
    reader.close()
  }
}

describe('the app killed while a PIN is hashed', () => {
  it('leaves no half-made first director', async () => {
    const dataDir = tempDir()
    await killedWhile(dataDir, 'account.begin', { name: 'The Director', pin: '135790' })
    expect(accountsIn(dataDir)).toMatchObject({ directors: 0, recoverable: false, events: [] })
  })

  it('has counted the try that it was looking at, and leaves those of before', async () => {
    const dataDir = dataFolder()
    const store = openStore({ dataDir })
    const { examiner } = putSmallExam(store)
    // A hash that takes its time, with three wrong tries behind it.
    store.accounts.setSecret(examiner.id, '$scrypt$ln=18,r=8,p=8$c2FsdA==$aGFzaA==')
    store.accounts.setFailures(examiner.id, 3)
    store.close()
    await killedWhile(dataDir, 'session.signIn', { personId: examiner.id, pin: '000000' })
    expect(accountsIn(dataDir, examiner.id).credential).toMatchObject({ failures: 4 })
  })

  it('leaves the PIN that somebody had, and no word of another', async () => {
    const dataDir = dataFolder()
    const store = openStore({ dataDir })
    const { sp, exam } = putSmallExam(store)
    const before = store.accounts.credential(sp.id)
    store.close()
    await killedWhile(dataDir, 'account.givePins', { examId: exam.id, personIds: [sp.id] }, 'director')
    expect(accountsIn(dataDir, sp.id)).toMatchObject({ credential: before, events: [] })
  })
})
