import { z } from 'zod'
import { clockSnapshotSchema, type ClockSnapshot } from '#shared/clock/snapshot.ts'
import { encounterIdSchema, type EncounterId } from '#shared/domain/ids.ts'

const stored = z.array(z.tuple([encounterIdSchema, clockSnapshotSchema]))

export type KnownClocks = {
  read(): Map<EncounterId, ClockSnapshot>
  /** Nothing is missed any more of a clock that has finished: it is dropped. */
  keep(id: EncounterId, clock: ClockSnapshot): void
  drop(id: EncounterId): void
}

/**
 * The clocks under way that a person has heard of, as they last were: kept in the browser, so that a page that is opened
 * after a crash knows what was missed.
 */
export function createKnownClocks(person: string): KnownClocks {
  const key = `attune.clocks/${person}`
  const read = (): Map<EncounterId, ClockSnapshot> => {
    try {
      return new Map(stored.parse(JSON.parse(localStorage.getItem(key) ?? '[]')))
    } catch {
      return new Map()
    }
  }
  const change = (work: (clocks: Map<EncounterId, ClockSnapshot>) => void): void => {
    const clocks = read()
    work(clocks)
    try {
      localStorage.setItem(key, JSON.stringify([...clocks]))
    } catch {
      // A browser without room: what is missed is not told.
    }
  }
  return {
    read,
    keep: (id, clock) => {
      change((clocks) => (clock.status === 'finished' ? clocks.delete(id) : clocks.set(id, clock)))
    },
    drop: (id) => {
      change((clocks) => clocks.delete(id))
    },
  }
}
