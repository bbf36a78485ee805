import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Services } from '#electron/services/services.ts'
import {
  dataOf,
  encounterAt,
  itemAt,
  newEvent,
  type ExamDay,
  type Window,
  examDayWith,
} from '#tests/support/exam-day.ts'
import { sitAs } from '#tests/support/sign-in.ts'
import { tempDir } from '#tests/support/temp-dir.ts'

export const PASSPHRASE = 'an owl reads at night'
/** Each stands nowhere else. */
export const NAME = 'Zdislava Quibble'
export const NOTE = 'looked at the xylophone'

export type ProtectedDay = ExamDay & { recoveryKey: string; second: string }

/** An exam day of which the folder was in plain first, and was encrypted by its director. */
export async function protectedDay(): Promise<ProtectedDay> {
  const day = await examDayWith((store, { candidates }) => {
    store.candidates.put({ ...candidates[0], name: NAME })
  })
  const second = tempDir()
  dataOf(await day.director('backup.setSecondFolder', { path: second }))
  const { recoveryKey } = dataOf(await day.director('data.prepare', { passphrase: PASSPHRASE }))
  dataOf(await day.director('data.encrypt', {}))
  await sitAs(day.director, day.small.director)
  await sitAs(day.examiner, day.small.examiner)
  return { ...day, recoveryKey, second }
}

/** The first encounter is confirmed, rated and noted. */
export async function recordIn({ examiner, small }: Pick<ExamDay, 'examiner' | 'small'>): Promise<void> {
  const at = () => ({ encounterId: encounterAt(small, 1, 1), eventId: newEvent() })
  dataOf(await examiner('encounter.confirmIdentity', at()))
  dataOf(await examiner('rating.record', { ...at(), itemId: itemAt(small.rubric, 0), value: 4 }))
  dataOf(await examiner('note.record', { ...at(), itemId: itemAt(small.rubric, 0), text: NOTE }))
}

/** The files below some folders in which one of these words stands, in any encoding that SQLite or a log would use. */
export function filesWith(words: readonly string[], ...folders: string[]): string[] {
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((name) => join(folder, name))
      .filter((path) => statSync(path).isFile())
      .filter((path) => {
        const bytes = readFileSync(path)
        return words.some((word) => bytes.includes(word) || bytes.includes(Buffer.from(word, 'utf16le')))
      }),
  )
}

/** A folder that opens locked: a window of it. */
export const windowOf =
  (services: Services, clientId = 'window'): Window =>
  async (channel, input) =>
    (await services.router(clientId, channel, input)) as never
