import { describe, expect, it } from 'vitest'
import { waitAfter } from '#electron/services/session/accounts.ts'
import { createLockout, type Tries } from '#electron/services/session/lockout.ts'

const wrong = async () => await Promise.resolve(false)
const right = async () => await Promise.resolve(true)

/** One secret: how many wrong tries of it are on a disk that may be full. */
function secret(failures = 0) {
  const disk = { failures, full: false }
  const tries: Tries = {
    failures: () => disk.failures,
    keep: (next) => {
      if (disk.full) throw new Error('full')
      disk.failures = next
    },
  }
  return { disk, tries }
}

/** One run of the app. */
function run(tries: Tries) {
  let now = 0
  const lockout = createLockout(() => now, waitAfter)
  return {
    attempt: (isRight = wrong) => lockout.attempt('somebody', tries, isRight),
    pass: (seconds: number) => {
      now += seconds * 1000
    },
  }
}

describe('wrong tries on a disk that takes no writes', () => {
  it('win nothing by a restart: none is looked at for half a minute, then one', async () => {
    const { disk, tries } = secret()
    disk.full = true
    for (let restart = 0; restart < 5; restart += 1) {
      const app = run(tries)
      expect(await app.attempt()).toMatchObject({ counted: false, waitMs: 30_000 })
      app.pass(29)
      expect(await app.attempt(right)).toMatchObject({ right: false, counted: false })
      app.pass(1)
      expect(await app.attempt()).toMatchObject({ counted: true, waitMs: 60_000 })
      expect(await app.attempt()).toMatchObject({ counted: false })
    }
  })

  it('leave a longer wait that was written before as long as it is', async () => {
    const { disk, tries } = secret(8)
    disk.full = true
    expect(await run(tries).attempt(right)).toMatchObject({ right: false, waitMs: waitAfter(8) })
  })

  it('are all free where the disk was written to since the start, and nobody is held back', async () => {
    const { disk, tries } = secret()
    const app = run(tries)
    expect(await app.attempt(right)).toEqual({ right: true })
    disk.full = true
    for (let tried = 1; tried < 5; tried += 1) expect(await app.attempt()).toMatchObject({ failures: tried, waitMs: 0 })
    expect(await app.attempt(right)).toEqual({ right: true })
  })
})
