import { describe, expect, it } from 'vitest'
import { analysisOverview } from '#shared/measurement/analysis/overview.ts'
import { examinerMeasures } from '#shared/measurement/analysis/examiner-measures.ts'
import { measureExam } from '#shared/measurement/analysis/exam-measures.ts'
import { groupMeasures } from '#shared/measurement/analysis/group-measures.ts'
import { patientMeasures } from '#shared/measurement/analysis/patient-measures.ts'
import { reliabilityMeasures } from '#shared/measurement/analysis/reliability-measures.ts'
import { stationMeasures } from '#shared/measurement/analysis/station-measures.ts'
import { reliabilitySchema, stationMeasuresSchema } from '#shared/contract/parts/measures.ts'
import { examinersSchema, groupsSchema, patientsSchema } from '#shared/contract/parts/people-measures.ts'
import { reasonWords } from '#shared/measurement/words.ts'
import { readPdf } from '#tests/support/pdf-reader.ts'
import { allRated } from '#tests/support/recorded-exam.ts'
import { judged, judgedExam } from './judged-exam.ts'
import { cohortOf } from './report-data.ts'

const alike = { ratings: allRated(3), globalRating: 'pass', sp: [3, 3, 3, 3, 3, 3, 3] } as const

describe.each([
  ['one candidate', judgedExam(1), 'one-candidate'],
  ['one station', judgedExam(8, { stations: [{ title: 'Telling the scan result' }] }), 'one-item'],
  ['one examiner', judgedExam(8, { record: (c, s) => ({ ...judged(c, s), examiner: 'examiner-only' }) }), null],
  ['no variance', judgedExam(8, { record: (c, s) => ({ ...judged(c, s), ...alike }) }), 'no-variance'],
  ['nobody who came', judgedExam(8, { record: () => ({ status: 'absent' }) }), 'no-complete-candidate'],
  ['no encounter at all', judgedExam(8, { record: () => undefined }), 'no-complete-candidate'],
] as const)('an exam with %s', (_, exam, reason) => {
  it('is analysed in the words of the contract, with the reason why it has no reliability', () => {
    const measures = measureExam(exam)
    const { alpha } = analysisOverview(exam).reliability
    expect(alpha.reason ?? null).toBe(reason)
    expect(stationMeasuresSchema.array().safeParse(stationMeasures(measures)).error).toBeUndefined()
    expect(reliabilitySchema.safeParse(reliabilityMeasures(measures)).error).toBeUndefined()
    const examiners = { ...examinerMeasures(exam, measures), names: [] }
    expect(examinersSchema.safeParse(examiners).error).toBeUndefined()
    expect(patientsSchema.safeParse(patientMeasures(exam, measures)).error).toBeUndefined()
    expect(groupsSchema.safeParse(groupMeasures(exam, measures)).error).toBeUndefined()
  })

  it('has a cohort report that says so', async () => {
    const words = (await readPdf(cohortOf(exam))).pages.join(' ').replaceAll(/\s+/g, ' ')
    expect(words).not.toMatch(/NaN|Infinity|undefined|\bnull\b/)
    if (reason !== null) expect(words).toContain(reasonWords(reason))
  })
})
