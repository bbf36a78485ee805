import { AttuneError } from '#shared/contract/result.ts'
import { cleanLine } from '#shared/domain/clean-line.ts'
import { candidateSchema, type Candidate } from '#shared/domain/exam.ts'
import { candidateIdSchema, type CandidateId, type ExamId } from '#shared/domain/ids.ts'
import { rotationBasis } from '#shared/domain/rotation.ts'
import type { HandlersOf } from '#electron/base/handlers.ts'
import { isOut } from '#electron/services/laptops/exam-home.ts'
import type { Store } from '#electron/store/store.ts'
import {
  changeExam,
  checked,
  examOf,
  merged,
  openExam,
  refuseErased,
  refuseOut,
  rotationPartsOf,
  rotationStateOf,
  type SetUpParts,
} from './set-up.ts'

export const MAX_CANDIDATES = 2000

/** The candidates of an exam. A late one may be added while it runs. */
export function createCandidateHandlers(parts: SetUpParts): HandlersOf<'candidate'> {
  const { store, ids } = parts
  return {
    'candidate.add': ({ examId, fields }, { session }) =>
      changeExam(parts, { examId, session }, () => {
        openExam(store, examId)
        if (store.exams.counts(examId).candidates >= MAX_CANDIDATES) {
          throw new AttuneError('too-many-candidates', { max: MAX_CANDIDATES })
        }
        return put(store, { ...fields, id: candidateIdSchema.parse(ids()), examId })
      }),
    'candidate.update': ({ candidateId, fields }, { session }) => {
      const before = candidateOf(store, candidateId)
      return changeExam(parts, { examId: before.examId, session }, () => {
        openExam(store, before.examId)
        const candidate = merged(before, fields)
        if (candidate.name !== before.name || candidate.number !== before.number) refuseErased(store, candidateId)
        return keepingBegunRotation(store, before.examId, () => put(store, candidate))
      })
    },
    'candidate.remove': ({ candidateId }, { session }) => {
      const { examId, number } = candidateOf(store, candidateId)
      return changeExam(parts, { examId, session }, () => {
        openExam(store, examId)
        if (store.candidates.hasMarks(candidateId)) throw new AttuneError('candidate-has-marks', { number })
        // One who is in no rotation has met nobody at any station.
        if (store.encounters.ofCandidate(candidateId).length > 0) refuseOut(store, examId)
        keepingBegunRotation(store, examId, () => {
          store.encounters.removeOfCandidate(candidateId)
          store.candidates.remove(candidateId)
        })
        return {}
      })
    },
  }
}

/** Throws 'bad-input' or 'duplicate-candidate-number'. */
function put(store: Store, raw: Candidate): Candidate {
  const candidate = checked(candidateSchema, { ...raw, name: cleanLine(raw.name), group: cleanLine(raw.group) })
  const holder = store.candidates.byNumber(candidate.examId, candidate.number)
  if (holder && holder.id !== candidate.id) {
    throw new AttuneError('duplicate-candidate-number', { number: candidate.number })
  }
  store.candidates.put(candidate)
  return candidate
}

/**
 * Once marks exist, or may exist on other laptops, the plan of the day stands: extra time granted later lengthens that
 * candidate's clock, and a candidate who is taken out leaves gaps, but neither makes the rotation outdated.
 */
function keepingBegunRotation<T>(store: Store, examId: ExamId, change: () => T): T {
  const exam = examOf(store, examId)
  const hasBegun = store.exams.hasMarks(examId) || isOut(store, examId)
  const stands = hasBegun && rotationStateOf(store, exam) === 'current'
  const result = change()
  if (stands) store.exams.setRotationBasis(examId, rotationBasis(rotationPartsOf(store, exam)))
  return result
}

function candidateOf(store: Store, id: CandidateId): Candidate {
  const candidate = store.candidates.get(id)
  if (!candidate) throw new AttuneError('unknown-candidate')
  return candidate
}
