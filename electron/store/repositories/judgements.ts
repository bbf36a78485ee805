import { z } from 'zod'
import { recordedReviewSchema, type RecordedReview } from '#shared/domain/encounter.ts'
import { encounterIdSchema, momentIdSchema, personIdSchema, type ExamId } from '#shared/domain/ids.ts'
import { parseStamp } from '#shared/domain/hybrid-clock.ts'
import type { Db } from '../connection.ts'

/** One thing that was judged or written down in an encounter, and that stands: what was taken back is left out. */
const judgementSchema = z.object({
  encounterId: encounterIdSchema,
  kind: z.enum([
    'rating',
    'global-rating',
    'note',
    'moment',
    'look-alike',
    'red-flag',
    'incident',
    'sp-answer',
    'sp-comment',
  ]),
  /** The behaviour, statement, mark or incident it is about; empty: the encounter as a whole. */
  item: z.string(),
  /** Of a moment, look-alike or red flag. */
  markId: momentIdSchema.nullable(),
  value: z.union([z.int(), z.string()]).nullable(),
  text: z.string(),
  /** Which of the station's cues it answers, from 0. */
  cue: z.int().nullable(),
  /** null where the role alone is known. */
  raterId: personIdSchema.nullable(),
  role: z.string(),
  /** Milliseconds from the start of the encounter phase; null outside it. */
  atMs: z.int().nullable(),
})
export type Judgement = z.infer<typeof judgementSchema> & { review: RecordedReview | null }

/** The name that signs a mark's review, in SQL; NULL where it was erased, or stands in the review itself. */
export const reviewerName = "(SELECT name FROM identity WHERE id = review ->> 'reviewerId')"

/** Whoever made the mark that stands: after a decision between laptops not who decided, but who had made it. */
const standing = (said: string, of: string): string =>
  `CASE event.payload ->> 'type' WHEN 'mark.amended' THEN event.payload ->> '${said}' ELSE ${of} END`
const roleOf = (whoMarks: 'examiner' | 'sp'): string =>
  `CASE event.payload ->> 'cause' WHEN 'conflict' THEN '${whoMarks}' ELSE event.role END`

const columns = (kind: string, item: string, value: string, more: Partial<Record<string, string>> = {}): string => {
  const { text = "''", cue = 'NULL', rater = standing('saidBy', 'event.rater_id') } = more
  const { at = standing('saidAtMs', 'event.offset_ms'), role = roleOf('examiner') } = more
  const { review = 'NULL', reviewed = 'NULL', reviewer = 'NULL', markId = 'NULL' } = more
  return `encounter.id AS encounterId, ${kind} AS kind, ${item} AS item, ${markId} AS markId, ${value} AS value, ${text} AS text,
    ${cue} AS cue, ${rater} AS raterId, ${role} AS role, ${at} AS atMs, ${review} AS review, ${reviewed} AS reviewed,
    ${reviewer} AS reviewer, event.hlc`
}

const from = (table: string, event = 'event_id') =>
  `FROM encounter JOIN ${table} ON ${table}.encounter_id = encounter.id JOIN event ON event.id = ${table}.${event}`

const every = `
  SELECT ${columns("'rating'", 'item_id', "coalesce(points, 'no-opportunity')", { at: 'at_ms' })}
    ${from('rating')} WHERE encounter.exam_id = @exam AND taken_back = 0
  UNION ALL
  SELECT ${columns("'global-rating'", "'global-rating'", 'global_rating')}
    ${from('encounter_state', 'global_rating_event')} WHERE encounter.exam_id = @exam AND global_rating IS NOT NULL
  UNION ALL
  SELECT ${columns("'note'", 'item_id', 'NULL', { text: 'text' })}
    ${from('note')} WHERE encounter.exam_id = @exam AND text <> ''
  UNION ALL
  SELECT ${columns('kind', 'type', 'NULL', {
    text: 'quote',
    cue: 'cue',
    rater: 'mark.rater_id',
    at: 'at_ms',
    markId: 'mark.id',
    // Described anew by a director it is still whose it was; one that was forgotten is the director's who added it.
    role: `CASE WHEN event.payload ->> 'type' <> 'mark.amended' THEN event.role
      WHEN mark.rater_id IS NULL OR mark.rater_id IN (SELECT id FROM person) THEN 'examiner' ELSE 'director' END`,
    review: 'review',
    reviewed: '(SELECT hlc FROM event WHERE id = review_event)',
    reviewer: reviewerName,
  })}
    ${from('mark')} WHERE encounter.exam_id = @exam AND undone = 0
  UNION ALL
  SELECT ${columns("'incident'", 'kind', 'NULL', { text: 'text', at: 'at_ms' })}
    ${from('incident')} WHERE encounter.exam_id = @exam
  UNION ALL
  SELECT ${columns("'sp-answer'", 'statement', "coalesce(points, 'not-applicable')", { role: roleOf('sp') })}
    ${from('sp_answer')} WHERE encounter.exam_id = @exam AND taken_back = 0
  UNION ALL
  SELECT ${columns("'sp-comment'", "''", 'NULL', { text: 'sp_comment', role: roleOf('sp') })}
    ${from('encounter_state', 'sp_comment_event')} WHERE encounter.exam_id = @exam AND sp_comment <> ''
  ORDER BY atMs, hlc`

export type JudgementRepository = {
  /** Everything that stands of an exam, in the order in which it happened, with who gave it. */
  ofExam(examId: ExamId): Judgement[]
}

export function createJudgementRepository(db: Db): JudgementRepository {
  const all = db.prepare<{ exam: string }, StoredReview>(every)
  return {
    ofExam: (examId) =>
      all.all({ exam: examId }).map((row) => ({
        ...judgementSchema.parse(row),
        review: reviewFrom(row),
      })),
  }
}

/** A review as it is stored, the stamp of its event, and `reviewerName`. */
export type StoredReview = { review: string | null; reviewed: string | null; reviewer: string | null }

/** The review of a mark; one whose name was erased, or from before names were asked for, has none. */
export function reviewFrom({ review, reviewed, reviewer }: StoredReview): RecordedReview | null {
  if (review === null || reviewed === null) return null
  const { reviewerId: _, ...written } = JSON.parse(review) as Record<string, unknown>
  const reviewedAt = new Date(parseStamp(reviewed).wallMs).toISOString()
  return recordedReviewSchema.parse({ reviewer, ...written, reviewedAt })
}
