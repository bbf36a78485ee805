import { z } from 'zod'
import { candidateResultSchema, cohortResultSchema } from '#shared/domain/results.ts'
import { candidateIdSchema, encounterIdSchema, examIdSchema, jobIdSchema } from '#shared/domain/ids.ts'
import { channel, fileRefSchema, jobSchema, nothing } from './common.ts'
import { encounterRecordSchema } from '#shared/domain/encounter.ts'

const director = ['director'] as const
const byExam = z.strictObject({ examId: examIdSchema })

/** What leaves: without `names` nobody stands in it by name. */
const leaving = byExam.extend({ names: z.boolean().optional() })

export const resultChannels = {
  /** Completeness first, then scores and outcomes of everybody, and what needs a look. */
  'results.cohort': channel(director, byExam, cohortResultSchema),
  /** The page of one candidate; the report prints the same. */
  'results.candidate': channel(
    director,
    z.strictObject({ examId: examIdSchema, candidateId: candidateIdSchema }),
    candidateResultSchema,
  ),
  /** What was recorded so far; its scores are the cohort's to tell, once it is submitted. */
  'results.encounter': channel(director, z.strictObject({ encounterId: encounterIdSchema }), encounterRecordSchema),

  'report.candidate': channel(
    director,
    z.strictObject({ examId: examIdSchema, candidateId: candidateIdSchema }),
    fileRefSchema,
  ),
  /** One ZIP with a PDF for each candidate, named by candidate number. */
  'report.feedbackBatch': channel(director, byExam, jobSchema),
  'report.cohort': channel(director, leaving, jobSchema),
  /** What is signed at the end of a session: an examiner's own exam, as this device holds it. No score stands on it. */
  'report.session': channel(['director', 'examiner'], byExam, fileRefSchema),
  'export.ratings': channel(director, leaving, fileRefSchema),
  'export.results': channel(director, leaving, fileRefSchema),

  'job.list': channel(director, nothing, z.array(jobSchema)),
  'job.cancel': channel(director, z.strictObject({ jobId: jobIdSchema }), jobSchema),
} as const
