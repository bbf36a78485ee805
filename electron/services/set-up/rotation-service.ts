import { AttuneError } from '#shared/contract/result.ts'
import type { Rotation } from '#shared/contract/parts/exams.ts'
import type { EncounterSlot, Exam } from '#shared/domain/exam.ts'
import { encounterIdSchema, type ExamId } from '#shared/domain/ids.ts'
import {
  generateRotation,
  rotationBasis,
  rotationEnd,
  withoutRounds,
  type RotationParts,
} from '#shared/domain/rotation.ts'
import type { HandlersOf } from '#electron/base/handlers.ts'
import { isOut } from '#electron/services/laptops/exam-home.ts'
import type { Store } from '#electron/store/store.ts'
import { changeExam, examOf, openExam, rotationPartsOf, rotationStateOf, type SetUpParts } from './set-up.ts'

/** Who meets whom, where and when. */
export function createRotationHandlers(parts: SetUpParts): HandlersOf<'rotation'> {
  const { store } = parts
  return {
    'rotation.generate': ({ examId }, { session }) => {
      changeExam(parts, { examId, session }, () => {
        makeRotation(parts, examId)
      })
      return rotationOf(store, examOf(store, examId))
    },
    'rotation.get': ({ examId }) => rotationOf(store, examOf(store, examId)),
  }
}

/**
 * Makes an exam's rotation anew, inside the caller's transaction. Once marks exist, or may exist on other laptops, the
 * slots that stand are left as they are, and candidates who came late get rounds of their own after the last one. Without
 * marks the rest of the plan may still be another; then too whoever met where before meets there in the same encounter.
 *
 * Throws 'exam-not-ready' without stations or candidates, 'exam-closed', 'exam-has-marks' where nobody came late.
 */
export function makeRotation({ store, ids }: Pick<SetUpParts, 'store' | 'ids'>, examId: ExamId): void {
  const exam = openExam(store, examId)
  const parts = rotationPartsOf(store, exam)
  if (parts.stations.length === 0 || parts.candidates.length === 0) throw new AttuneError('exam-not-ready')
  const newId = () => encounterIdSchema.parse(ids())
  const slots = store.encounters.ofExam(examId)
  const late = afterTheLast(exam, parts, slots)
  if (store.exams.hasMarks(examId) || (isOut(store, examId) && onlyLateIsNew(store, examId, parts, late.candidates))) {
    if (late.candidates.length === 0) throw new AttuneError('exam-has-marks')
    store.encounters.add(generateRotation({ ...late, examId, newId }))
  } else {
    const known = new Map(slots.map((slot) => [meetingOf(slot), slot.id]))
    const made = generateRotation({ ...parts, examId, newId })
    store.encounters.replaceAll(
      examId,
      made.map((slot) => ({ ...slot, id: known.get(meetingOf(slot)) ?? slot.id })),
    )
  }
  store.exams.setRotationBasis(examId, rotationBasis(parts))
}

/** Who meets where; a rotation has each once. */
const meetingOf = ({ stationId, candidateId }: EncounterSlot): string => `${stationId} ${candidateId}`

/** Whether nothing but candidates was added since the rotation was made. */
function onlyLateIsNew(store: Store, examId: ExamId, parts: RotationParts, late: RotationParts['candidates']): boolean {
  const candidates = parts.candidates.filter((one) => !late.includes(one))
  return late.length > 0 && store.exams.rotationBasis(examId) === rotationBasis({ ...parts, candidates })
}

/** The candidates without a slot, and where the day goes on for them: after a break, if the plan has breaks. */
function afterTheLast({ timing }: Exam, parts: RotationParts, slots: readonly EncounterSlot[]) {
  const { rounds, endsAtSecond } = rotationEnd(parts, slots)
  const pause = timing.breakEveryRounds > 0 ? timing.breakSeconds : 0
  return {
    ...parts,
    candidates: withoutRounds(parts, slots),
    from: { round: rounds + 1, startsAtSecond: endsAtSecond + pause },
  }
}

function rotationOf(store: Store, exam: Exam): Rotation {
  const slots = store.encounters.ofExam(exam.id)
  return {
    outdated: rotationStateOf(store, exam) === 'outdated',
    ...rotationEnd(rotationPartsOf(store, exam), slots),
    slots,
  }
}
