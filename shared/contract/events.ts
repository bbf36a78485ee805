import { z } from 'zod'
import { clockSnapshotSchema } from '#shared/clock/snapshot.ts'
import { encounterIdSchema, examIdSchema } from '#shared/domain/ids.ts'
import { phaseSchema } from '#shared/domain/timing.ts'
import type { EventName } from './channels.ts'
import { storageStatusSchema } from './parts/app.ts'
import { jobSchema } from './parts/common.ts'

export const events = {
  'clock.changed': z.strictObject({ encounterId: encounterIdSchema, clock: clockSnapshotSchema }),
  'clock.signalled': z.strictObject({
    encounterId: encounterIdSchema,
    kind: z.enum(['phase-started', 'warning', 'phase-ended', 'finished']),
    phase: phaseSchema.nullable(),
    remainingMs: z.number().nullable(),
    /** How late the signal is given, after a stall or a sleep. */
    lateByMs: z.number().min(0),
  }),
  'encounter.changed': z.strictObject({ examId: examIdSchema, encounterId: encounterIdSchema }),
  'exam.changed': z.strictObject({ examId: examIdSchema }),
  'job.progressed': jobSchema,
  'session.changed': z.strictObject({}),
  'storage.changed': storageStatusSchema,
  /** A backup was made or failed, or the second folder is another. */
  'backup.changed': z.strictObject({}),
  /** A bundle came into the watched folder, the folder is another, gone or back, or a laptop has its name no longer. */
  'bundle.arrived': z.strictObject({}),
  /** The data was exchanged for another: everything on screen is of before, and nobody sits at any window. */
  'data.exchanged': z.strictObject({}),
  /** An entry of the desktop menu that the screens act on. */
  'menu.chosen': z.strictObject({ item: z.enum(['home', 'help', 'undo']) }),
} as const satisfies Record<EventName, z.ZodType>

export type EventPayload<E extends EventName> = z.output<(typeof events)[E]>
export type AnyEvent = { [E in EventName]: { name: E; payload: EventPayload<E> } }[EventName]
