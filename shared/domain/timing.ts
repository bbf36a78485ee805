import { z } from 'zod'

export const phaseSchema = z.enum(['reading', 'encounter', 'feedback', 'changeover'])
export type Phase = z.infer<typeof phaseSchema>

const duration = (max: number) => z.int().min(0).max(max)

/** A warning sounds when `remainingSeconds` are left of `phase`. */
export const warningSchema = z.strictObject({ phase: phaseSchema, remainingSeconds: z.int().min(5).max(3600) })

/** One round of the timetable, in seconds; a phase of 0 seconds is left out. */
export const timingPlanSchema = z
  .strictObject({
    /** Local time of day at which the first round begins, "HH:MM". */
    startsAt: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
    readingSeconds: duration(1800),
    encounterSeconds: z.int().min(30).max(7200),
    feedbackSeconds: duration(1800),
    changeoverSeconds: duration(1800),
    warnings: z.array(warningSchema).max(6),
    /** A break for everybody after every so many rounds; 0 rounds: none. */
    breakEveryRounds: z.int().min(0).max(50),
    breakSeconds: duration(7200),
    /** Pause between two circuits, for example lunch. */
    circuitBreakSeconds: duration(14_400),
  })
  .superRefine((plan, ctx) => {
    plan.warnings.forEach((warning, i) => {
      if (warning.remainingSeconds >= phaseSeconds(plan, warning.phase)) {
        ctx.addIssue({ code: 'custom', path: ['warnings', i], message: 'the warning comes before its phase begins' })
      }
    })
  })

export type TimingPlan = z.infer<typeof timingPlanSchema>

/** Length of a phase in seconds, before any extra time. */
export function phaseSeconds(
  plan: Pick<TimingPlan, 'readingSeconds' | 'encounterSeconds' | 'feedbackSeconds' | 'changeoverSeconds'>,
  phase: Phase,
): number {
  return plan[`${phase}Seconds`]
}

/** Length of a whole round in seconds. */
export const roundSeconds = (plan: TimingPlan): number =>
  phaseSchema.options.reduce((sum, phase) => sum + phaseSeconds(plan, phase), 0)

/** Seconds after midnight of "HH:MM". */
export const secondOfDay = (time: string): number => Number(time.slice(0, 2)) * 3600 + Number(time.slice(3, 5)) * 60
