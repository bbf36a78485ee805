import { mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What the data folders, profiles and files of a whole test run take at one time, several times over. */
const ROOM = 3 * 1024 ** 3

/**
 * A folder for all that tests write, gone when `work` is done: in memory where the system has such a place with enough
 * room. Its files are as real as others, but a commit waits for no disk; what a disk does is for `test:faults`.
 */
export async function inQuickFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(hasRoom('/dev/shm') ? '/dev/shm' : tmpdir(), 'attune-tests-'))
  try {
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

function hasRoom(folder: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize >= ROOM
  } catch {
    return false
  }
}
