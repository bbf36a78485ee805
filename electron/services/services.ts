import type { ChannelName } from '#shared/contract/channels.ts'
import type { Input, Output } from '#shared/contract/contract.ts'
import type { Result } from '#shared/contract/result.ts'
import type { Session } from '#shared/domain/session.ts'
import type { HashCost } from '#electron/base/derive.ts'
import type { EventHub } from '#electron/base/event-hub.ts'
import type { Log } from '#electron/base/log.ts'
import type { DiskEncryption } from '#electron/files/disk-encryption.ts'
import type { ShelvedFile } from '#electron/files/file-shelf.ts'
import type { Router } from '#electron/ipc/router.ts'
import type { DataKey } from '#electron/store/connection.ts'
import type { MonotonicClock } from './encounter/monotonic-clock.ts'

export type ServiceOptions = {
  host: 'electron' | 'web' | 'cli'
  version: string
  /** Folder of the database; made if it is not there. One writer at a time. */
  dataDir: string
  /** Of an encrypted folder, where the host has it already; absent: whoever opens it gives the passphrase. */
  key?: DataKey | null
  /** Folder with rubrics/, sample-exam/ and sounds/. */
  resourcesDir: string
  /** Folder of the font files in a packaged app; null: found in node_modules. */
  fontDir: string | null
  /** The module that the worker threads run: those that make reports, and the one that reads what takes long. */
  reportWorker: URL
  log: Log
  /** Ends what was handed over before, without its return code. */
  takeBack?: boolean
  /** Asks the system once, at the start, whether the disk is encrypted; absent: nobody asks, and it is unknown. */
  askDisk?: () => Promise<DiskEncryption>
  /**
   * Makes backups by itself: while an exam runs, when one closes, with an exam's first package, before an import, and at
   * the end. "first-package": with that alone.
   */
  backUp?: boolean | 'first-package'
  /** Walks the chains of the ledger so long after each opening of the data, beside everything else; absent: never. */
  walkAfterMs?: number
  /** How slow PINs and return codes are hashed; absent: as slow as they must be. For tests, and for a simulated day. */
  hashCost?: HashCost
  /** Whether windows lock that nobody touches; absent: they do. Not in simulated time, in which nobody touches anything. */
  idleLock?: boolean
  /** Simulated time, for an exam day that is played faster than it lasts. */
  time?: { clock: MonotonicClock; wallClock: () => number }
}

/** Calls of somebody who sits at no window; each is checked as a window's is. */
export type Seat = <C extends ChannelName>(channel: C, input: Input<C>) => Promise<Result<Output<C>>>

/** The whole app without a screen. */
export type Services = {
  router: Router
  events: EventHub
  /**
   * Sits somebody down for what this process does itself, without a window and so without signing in. Hosts hand the
   * router to their windows, never this.
   */
  seat(who: Pick<Session, 'role' | 'examId' | 'personId'>): Seat
  /** A finished file by its id; null for an unknown one. */
  findFile(id: string): ShelvedFile | null
  /** True while the clock of an encounter runs or is held: the host keeps the machine awake. */
  clockRuns(): boolean
  /** The system woke up: the clocks look at the time at once. */
  wake(): void
  /** A window is gone: forget who sat in front of it. */
  forgetClient(clientId: string): void
  shutdown(): Promise<void>
}
