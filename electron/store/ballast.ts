import { randomBytes } from 'node:crypto'
import { closeSync, openSync, rmSync, statfsSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { BALLAST_FILE } from './folder-files.ts'

const MIB = 1024 * 1024

/**
 * An event takes about 1.5 KB for good and the log beside the database grows to 4 MB: this is room for all that one
 * laptop marks in some days, and nothing on a disk of today. A small disk gives an eighth of what is free.
 */
const LARGEST = 16 * MIB
const SMALLEST = MIB

/** `none`: there never was room for one. */
export type Reserve = 'kept' | 'used' | 'none'

/** A file that is there to be deleted: a full disk then has room for marks until somebody makes more. */
export type Ballast = {
  reserve(): Reserve
  /** Deletes it; whether there was one. */
  free(): boolean
  /** Makes it again, once there is far more room than it takes. */
  keep(): void
}

export function createBallast(folder: string): Ballast {
  const file = join(folder, BALLAST_FILE)
  let wanted = 0
  let reserve: Reserve = 'none'

  const keep = () => {
    try {
      if (wanted === 0) {
        const there = statSync(file, { throwIfNoEntry: false })?.size ?? 0
        wanted = there >= SMALLEST ? there : wholeMib(Math.min(LARGEST, roomIn(folder) / 8))
        if (there >= SMALLEST) reserve = 'kept'
      }
      if (reserve === 'kept' || wanted < SMALLEST || roomIn(folder) < 4 * wanted) return
      fill(file, wanted)
      reserve = 'kept'
    } catch {
      // No room, or no right to write: marks will say so themselves.
      rmSync(file, { force: true })
    }
  }
  keep()
  return {
    reserve: () => reserve,
    keep,
    free: () => {
      if (reserve !== 'kept') return false
      rmSync(file, { force: true })
      reserve = 'used'
      return true
    },
  }
}

const wholeMib = (bytes: number): number => Math.floor(bytes / MIB) * MIB

function roomIn(folder: string): number {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}

/** Nothing that a file system could leave out or press together. */
function fill(file: string, bytes: number): void {
  const handle = openSync(file, 'w', 0o600)
  try {
    for (let written = 0; written < bytes; written += MIB) writeSync(handle, randomBytes(MIB))
  } finally {
    closeSync(handle)
  }
}
