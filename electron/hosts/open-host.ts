import { renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { SAMPLE_PIN } from '#shared/domain/pin.ts'
import { phrase } from '#shared/locales/phrase.ts'
import { diskEncryption, runQuietly } from '#electron/files/disk-encryption.ts'
import { DATABASE_FILE, hasDatabase } from '#electron/store/store.ts'
import { openServices } from '#electron/services/open-services.ts'
import type { ServiceOptions, Services } from '#electron/services/services.ts'

export type HostWishes = {
  /** Plays the simulated exam day into a new data folder first. */
  demo: boolean
  /** Frees every device that is with an SP: its return code was forgotten. */
  takeBack: boolean
  /** Tells the person at the terminal what takes a moment. */
  say: (sentence: string) => void
}

/** The whole sample exam, the same day each time. */
const wholeDay = { candidates: 24, stations: 8, seed: 1 }

/** Once the first screens stand. */
const WALK_AFTER_MS = 3000

/** What both hosts do with a data folder before their first window opens. Throws AttuneError as openServices does. */
export async function openHost(options: ServiceOptions, { demo, takeBack, say }: HostWishes): Promise<Services> {
  if (takeBack) say(phrase('terminal.start.takenBack'))
  const askDisk = () => diskEncryption(options.dataDir, process.platform, runQuietly)
  return openServices({ ...options, takeBack, askDisk, backUp: true, walkAfterMs: WALK_AFTER_MS }, async (dataDir) => {
    if (demo && (await fillNewFolder({ ...options, dataDir }, say))) {
      say(phrase('terminal.start.samplePin', { pin: SAMPLE_PIN }))
    }
  })
}

/** Plays the demo into a folder that this process holds, where nothing of an earlier database is in it; else false. */
async function fillNewFolder(options: ServiceOptions, say: HostWishes['say']): Promise<boolean> {
  if (hasDatabase(options.dataDir)) {
    say(phrase('terminal.start.notNew'))
    return false
  }
  say(phrase('terminal.start.filling'))
  // Loaded on demand: a start without it does not pay for it.
  const { playExamDay } = await import('#electron/services/demo/play-exam-day.ts')
  // Played beside, and put in place when it is whole: a day that was interrupted leaves a new folder new.
  const scratch = join(options.dataDir, 'demo-in-the-making')
  rmSync(scratch, { recursive: true, force: true })
  await playExamDay({
    ...options,
    ...wholeDay,
    dataDir: scratch,
    onProgress: (done, total) => {
      if (done % (total / 4) === 0) say(phrase('terminal.played', { done, total }))
    },
  })
  renameSync(join(scratch, DATABASE_FILE), join(options.dataDir, DATABASE_FILE))
  rmSync(scratch, { recursive: true, force: true })
  return true
}
