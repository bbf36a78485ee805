import { hash } from 'node:crypto'
import { canonicalJson } from '#shared/domain/canonical-json.ts'
import type { ExamId } from '#shared/domain/ids.ts'
import type { StatedSetUp } from '#shared/domain/proof.ts'
import type { Db } from './connection.ts'

/**
 * What of an exam's set-up makes its marks what they are: pass rule, timing, stations with their cues, who met whom, extra
 * time, roles, and the rubrics by which was rated. No names and no numbers, which may be erased; nothing that may change
 * once an exam is closed. null for an exam that is not here.
 */
export function statedSetUp(db: Db, examId: ExamId): StatedSetUp | null {
  const hash = setUpHash(db, examId)
  if (hash === null) return null
  // One by which nobody rated may still be edited.
  const rubrics = db
    .prepare<[string], { id: string; version: number; body: string }>(
      `SELECT id, version, body FROM rubric WHERE EXISTS (
         SELECT 1 FROM station s JOIN encounter e ON e.station_id = s.id JOIN event ev ON ev.encounter_id = e.id
         WHERE s.exam_id = ? AND s.rubric_id = rubric.id AND s.rubric_version = rubric.version
       ) ORDER BY id, version`,
    )
    .all(examId)
  return {
    hash,
    rubrics: rubrics.map(({ id, version, body }) => ({ id, version, hash: hashOf(JSON.parse(body)) })),
  }
}

/** The same without its rubrics, in one hash. */
export function setUpHash(db: Db, examId: ExamId): string | null {
  const counted = countedBefore(db, examId)
  return counted && hashOf({ ...counted, ...countedSince(db, examId) })
}

/** Whether the set-up of an exam is the one of this hash, of whatever version; null for an exam that is not here. */
export function isSetUpSo(db: Db, examId: ExamId, told: string): boolean | null {
  const counted = countedBefore(db, examId)
  if (!counted) return null
  return hashOf({ ...counted, ...countedSince(db, examId) }) === told || hashOf(counted) === told
}

/** What hashes of before 2026-12 are over as well. */
function countedBefore(db: Db, examId: ExamId) {
  const ofExam = (sql: string) => db.prepare<[string]>(sql).all(examId)
  const [exam] = db
    .prepare<[string], { timing: string; pass_rule: string }>('SELECT timing, pass_rule FROM exam WHERE id = ?')
    .all(examId)
  if (!exam) return null
  return {
    passRule: JSON.parse(exam.pass_rule) as unknown,
    timing: JSON.parse(exam.timing) as unknown,
    stations: ofExam(
      'SELECT id, number, circuit, kind, rubric_id, rubric_version FROM station WHERE exam_id = ? ORDER BY id',
    ),
    slots: ofExam(
      'SELECT id, station_id, candidate_id, round, starts_at_second FROM encounter WHERE exam_id = ? ORDER BY id',
    ),
    candidates: ofExam('SELECT id FROM candidate WHERE exam_id = ? ORDER BY id'),
  }
}

/** A moment names its cue by number; extra time and roles say what was possible, and who might do it. */
function countedSince(db: Db, examId: ExamId) {
  const ofExam = (sql: string) => db.prepare<[string]>(sql).all(examId)
  const cues = db.prepare<[string], { id: string; cues: string }>(
    'SELECT id, cues FROM station WHERE exam_id = ? ORDER BY id',
  )
  return {
    cues: cues.all(examId).map((of) => ({ id: of.id, cues: JSON.parse(of.cues) as unknown })),
    extraTime: ofExam('SELECT id, extra_time_percent FROM candidate WHERE exam_id = ? ORDER BY id'),
    roles: ofExam('SELECT id, role FROM person WHERE exam_id = ? ORDER BY id'),
  }
}

const hashOf = (value: unknown): string => hash('sha256', canonicalJson(value), 'hex')

/** Whether these rubrics are as they were stated. Those that were first rated by since were not told of. */
export const areRubricsSo = (now: StatedSetUp, then: StatedSetUp): boolean =>
  then.rubrics.every(({ id, version, hash }) =>
    now.rubrics.some((rubric) => rubric.id === id && rubric.version === version && rubric.hash === hash),
  )
