import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { spStatements } from '#shared/domain/sp-form.ts'
import { analyseExam } from '#shared/measurement/analysis/exam-analysis.ts'
import { cueResponses, type CueMark } from '#shared/measurement/empathy/cue-responses.ts'
import { empathyRelations } from '#shared/measurement/empathy/relation.ts'
import { dStudy } from '#shared/measurement/generalizability/d-study.ts'
import { gStudy } from '#shared/measurement/generalizability/g-study.ts'
import { differentialFunctioning } from '#shared/measurement/groups/differential-functioning.ts'
import { oneOfEach, type Mark } from '#shared/measurement/mark.ts'
import { agreement } from '#shared/measurement/raters/agreement.ts'
import { intraclassCorrelations } from '#shared/measurement/raters/icc.ts'
import { krippendorffAlpha } from '#shared/measurement/raters/krippendorff.ts'
import { stringency } from '#shared/measurement/raters/stringency.ts'
import { connect, DATABASE_FILE } from '#electron/store/connection.ts'
import { openStore } from '#electron/store/store.ts'
import { atMost, byTurns, median, rounded, timeOf, type Measure } from './measure.ts'

const STATIONS = 20
const ITEMS = 12
const POINTS = 5
const READING_LIMIT = 5
const GROWTH_LIMIT = 12
const rounds = { warmUp: 1, counted: 5 }

type Row = [candidate: string, station: string, examiner: string, grade: number, points: number]
const rowSchema = z.tuple([z.string(), z.string(), z.string(), z.number(), z.number()])

/**
 * Everything that is computed of an exam but REML and Rasch, from its marks in memory, beside reading the same marks out of
 * SQLite; and how it grows when the candidates are ten times as many.
 */
export async function measureAnalysis(scratch: string): Promise<Measure[]> {
  const small = examOf(join(scratch, 'analysis-small'), 1000)
  const large = examOf(join(scratch, 'analysis-large'), 10_000)
  rowSchema.parse(small.rows[0])
  const times = await byTurns(rounds, {
    reading: () => timeOf(small.read),
    small: () => timeOf(() => analysed(small.rows)),
    large: () => timeOf(() => analysed(large.rows)),
  })
  const [reading, one, ten] = [median(times.reading), median(times.small), median(times.large)]
  return [
    atMost('analysis', one / reading, READING_LIMIT, {
      marks: small.rows.length,
      analysisMs: rounded(one),
      readingMs: rounded(reading),
    }),
    atMost('analysis-growth', ten / one, GROWTH_LIMIT, { smallMs: rounded(one), largeMs: rounded(ten) }),
  ]
}

/** An exam in tables of its own: a row an encounter and a row a mark, with ids as long as the app's. */
function examOf(dataDir: string, candidates: number): { rows: Row[]; read: () => Row[] } {
  mkdirSync(dataDir)
  openStore({ dataDir }).close()
  const db = connect(join(dataDir, DATABASE_FILE), 'write', null)
  db.exec(`CREATE TABLE bench_encounter (id TEXT PRIMARY KEY, candidate TEXT NOT NULL, station TEXT NOT NULL,
             examiner TEXT NOT NULL, grade INTEGER NOT NULL) STRICT, WITHOUT ROWID;
           CREATE TABLE bench_mark (encounter_id TEXT NOT NULL, item TEXT NOT NULL, points INTEGER NOT NULL,
             PRIMARY KEY (encounter_id, item)) STRICT, WITHOUT ROWID`)
  const ids = (count: number) => Array.from({ length: count }, () => randomUUID())
  const [stations, examiners] = [ids(STATIONS), ids(STATIONS * 4)]
  const addEncounter = db.prepare('INSERT INTO bench_encounter VALUES (?, ?, ?, ?, ?)')
  const addMark = db.prepare('INSERT INTO bench_mark VALUES (?, ?, ?)')
  db.transaction(() => {
    ids(candidates).forEach((candidate, c) => {
      stations.forEach((station, s) => {
        const encounter = randomUUID()
        const examiner = s * 4 + (c % 4)
        // Somewhere in the scale, by the candidate, the examiner and chance that repeats.
        const level = (at: number) =>
          2.2 + ((c * 37) % 23) / 9 - (examiner % 7) / 10 + (((c * 31 + at * 17) % 29) - 14) / 14
        const point = (value: number) => Math.min(POINTS, Math.max(1, Math.round(value)))
        addEncounter.run(encounter, candidate, station, examiners[examiner], point(level(s)))
        for (let item = 0; item < ITEMS; item++) addMark.run(encounter, `item-${item}`, point(level(s * ITEMS + item)))
      })
    })
  })()
  const marks = db
    .prepare(
      'SELECT candidate, station, examiner, grade, points FROM bench_encounter JOIN bench_mark ON bench_encounter.id = encounter_id',
    )
    .raw()
  const read = () => marks.all() as Row[]
  return { rows: read(), read }
}

/** Everything but REML and Rasch, from the marks on. */
function analysed(rows: readonly Row[]): unknown[] {
  const marks: Mark[] = []
  const one = oneOfEach()
  for (let first = 0; first < rows.length; first += ITEMS) {
    const [candidate = '', station = '', examiner = '', grade = 0] = rows[first] ?? []
    let sum = 0
    for (let item = 0; item < ITEMS; item++) sum += rows[first + item]?.[4] ?? 0
    const group = candidate < '8' ? 'one' : 'other'
    const ids = { candidate: one(candidate), station: one(station), examiner: one(examiner) }
    marks.push({ ...ids, grade, group, score: (sum / (ITEMS * POINTS)) * 100 })
  }
  const rule = {
    standard: { method: 'borderline-regression' },
    ...{ borderline: 2, highest: 100, minStationsPassed: 12, semMultiple: 1 },
  } as const
  const exam = analyseExam(marks, rule)
  const study = gStudy(marks)
  const cuts = new Map(exam.stations.map(({ station, cut }) => [station, cut.value ?? 0]))
  const patient = (at: number) => 1 + ((at * 7) % 5)
  const table = [...Map.groupBy(marks, ({ candidate }) => candidate).values()].map((own) =>
    own.map(({ score }) => score),
  )
  const cues = marks.map(({ candidate, station }, at): CueMark => {
    const response = at % 3 === 0 ? 'unmet' : 'met'
    return { candidate, encounter: String(at), station, domain: `domain-${at % 4}`, cue: at % 2, response }
  })
  const encounters = marks.map(({ candidate, score }, at) => ({
    candidate,
    examiner: score,
    answers: Object.fromEntries(spStatements.map((statement, i) => [statement, patient(at + i)])),
  }))
  return [
    exam,
    dStudy(study, { stations: [8, 12, 16, 20, 24], raters: [1, 2] }),
    stringency(marks),
    differentialFunctioning(marks, { cuts }),
    intraclassCorrelations(table),
    krippendorffAlpha(table, 'interval'),
    agreement(marks.map(({ score }, at) => [score, patient(at) * 20])),
    empathyRelations(encounters),
    cueResponses(cues),
  ]
}
