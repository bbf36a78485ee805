import { expect, test } from 'vitest'
import App from '#renderer/App.vue'
import { cueSchema } from '#shared/domain/exam.ts'
import { measureExam } from '#shared/measurement/analysis/exam-measures.ts'
import { patientMeasures } from '#shared/measurement/analysis/patient-measures.ts'
import type { ExamData } from '#shared/scoring/exam-data.ts'
import { refused } from '#tests/support/fake-bridge.ts'
import { allRated, recordedExam, type Recorded } from '#tests/support/recorded-exam.ts'
import { openScreen } from '#tests/support/screen.ts'
import { analysisBridge, at } from './analysis-host.ts'
import { columnOf, panel, rowsOf } from './panels.ts'

type Point = 1 | 2 | 3 | 4 | 5
/** What the examiner gave for every behaviour, and the SP for every statement; null: no form. */
type Seen = [examiner: Point, patient: Point | null, more?: Partial<Recorded>]

const seenExam = (...rows: Seen[][]): ExamData =>
  recordedExam({
    stations: (rows[0] ?? []).map(() => ({
      cues: ['looks away', 'sighs'].map((text) => ({ text, lookFor: '' })),
    })),
    candidates: rows.map(() => ({})),
    record: (candidate, station) => {
      const [points, sp, more = {}] = rows[candidate]?.[station] ?? []
      if (points === undefined) return undefined
      const form = sp === null || sp === undefined ? {} : { sp: Array.from({ length: 7 }, () => sp) }
      return { status: 'submitted', ratings: allRated(points), globalRating: 'pass', ...form, ...more }
    },
  })

/** Patients see what examiners see, a point lower throughout. */
const alike = () => seenExam([[5, 4]], [[4, 3]], [[3, 2]], [[2, 1]], [[5, 4]], [[4, 3]], [[3, 2]], [[2, 1]])
const opened = (data: ExamData) => openScreen(App, { bridge: analysisBridge(data), at: at(data, 'patients') })

test('patients who see the same a point lower: in words, by how much and how surely', async () => {
  await opened(alike())
  const words = panel('Do patients see what examiners see?')
  expect(words).toContain(
    'These encounters do not tell. Concordance, which asks for the same order and the same level, is 0.71: its interval, 0.40 to 0.88, holds poor and good agreement.',
  )
  expect(words).toContain('Over 8 encounters examiners score 20.0 points higher than patients on average.')
  expect(words).toContain('n = 8 · mean difference (Bland and Altman)')
  expect(words).toContain('All differences are the same, so no interval can be given.')
})

test('a difference that chance could make is said to be one, and poor agreement is called so', async () => {
  await opened(seenExam([[5, 1]], [[4, 5]], [[3, 2]], [[2, 5]], [[5, 4]], [[2, 3]]))
  const words = panel('Do patients see what examiners see?')
  expect(words).toContain('Hardly. Concordance, which asks for the same order and the same level, is ')
  expect(words).toContain('holds 0: chance alone could make it.')
  expect(words).not.toContain('leaves 0 out')
})

test('where an interval holds poor and good agreement, that is the answer', async () => {
  await opened(seenExam([[5, 4]], [[4, 5]], [[3, 2]], [[2, 3]], [[1, 2]]))
  expect(panel('Do patients see what examiners see?')).toMatch(
    /These encounters do not tell\. .*: its interval, .* holds poor and good agreement\./,
  )
})

test('without forms of patients it cannot be said, and why', async () => {
  await opened(seenExam([[5, null]], [[3, null]]))
  expect(panel('Do patients see what examiners see?')).toContain(
    'It cannot be said. There is nothing to compute it from.',
  )
  expect(panel('Do patients see what examiners see?')).toContain('2 encounters lack a score')
  expect(panel('How far apart are the two, encounter by encounter?')).toContain('No encounter was rated by both.')
  expect(panel('Does the patient feel what the examiner scores?')).toContain('cannot be said')
})

test('the picture of the differences can be heard, and its table counts encounters', async () => {
  const screen = await opened(alike())
  expect(document.querySelector('[role="application"]')?.getAttribute('aria-label')).toMatch(
    /^Difference against mean of 8 pairs\. The mean difference is \+20\.0;/,
  )
  await screen.press('Show as table')
  expect(rowsOf('What examiner and patient gave')).toEqual([
    ['40.0', '20.0', '30.00', '20.0', '2'],
    ['60.0', '40.0', '50.00', '20.0', '2'],
    ['80.0', '60.0', '70.00', '20.0', '2'],
    ['100.0', '80.0', '90.00', '20.0', '2'],
  ])
})

test('agreement is given over all, in each domain and at each station, and for two raters in every measure', async () => {
  await opened(
    seenExam(
      [
        [5, 4],
        [4, 4],
      ],
      [
        [3, 3],
        [2, 1],
      ],
      [
        [2, 2],
        [5, 5],
      ],
    ),
  )
  expect(columnOf('Agreement of examiner and patient', 0)).toEqual([
    'All encounters',
    'Domains Perspective-taking',
    ...['Emotion naming', 'Boundary maintenance', 'Compassionate action'],
    'Stations 1 Station 1',
    '2 Station 2',
  ])
  expect(columnOf('Agreement of examiner and patient', 1)).toEqual(['6', '6', '6', '6', '6', '3', '3'])
  const raters = panel('Would it matter which of the two had marked?')
  for (const form of ['ICC(1,1)', 'ICC(2,1)', 'ICC(3,1)', 'ICC(1,k)', 'ICC(2,k)', 'ICC(3,k)']) {
    expect(raters).toContain(`intraclass correlation`)
    expect(raters).toContain(form)
  }
  for (const method of ['unweighted', 'linear weights', 'quadratic weights', 'interval scale', 'ordinal scale'])
    expect(raters).toContain(method)
  expect(raters).toContain('both scores were cut into the same five bands')
})

test('whether alliance and the plan go with empathy is said with the interval', async () => {
  const data = seenExam([[5, 5]], [[4, 4]], [[4, 5]], [[3, 3]], [[2, 2]], [[1, 2]], [[1, 1]])
  await opened(data)
  const { relations } = patientMeasures(data, measureExam(data))
  const words = panel('Does the patient feel what the examiner scores?')
  expect(words).toContain('The more empathy examiners see, the stronger the alliance that patients feel: r = 0.9')
  expect(words).toContain('The more empathy examiners see, the more patients would do what was agreed: r = 0.9')
  expect(words).toContain(`${relations.alliance.encounters.ci95?.[0].toFixed(2) ?? ''} to `)
  expect(words).toContain('Going together is no proof that one brings about the other')
})

test('cues and look-alikes are counted at each station', async () => {
  const marks = [
    { kind: 'moment', type: 'named', cue: 0 },
    { kind: 'moment', type: 'missed', cue: 1 },
    { kind: 'look-alike', type: 'detachment' },
  ] as const
  await opened(seenExam([[4, 4, { marks }]], [[3, 3]]))
  expect(document.querySelector('main')?.textContent).toMatch(/Cues that met a response/)
  const [row] = rowsOf('Touches at each station')
  expect(row?.slice(0, 1)).toEqual(['1 Station 1'])
  expect(row?.[1]).toMatch(/^0\.5095 %: /)
  expect(row?.slice(2)).toEqual(['2', '1', '0', '0', '0', '1', '0'])
  expect(
    [...document.querySelectorAll('[role="application"]')].map((one) => one.getAttribute('aria-label')).join(' '),
  ).toContain('Of 4 cues 2 were marked, and 1 of these met a response.')
  const [looked] = rowsOf('Look-alikes at each station')
  expect(looked?.[0]).toBe('1 Station 1')
  expect(looked?.[2]).toMatch(/^0\.5095 %: /)
  expect(looked?.slice(4)).toEqual(['0', '0', '0', '1', '0'])
})

const noDomain = 'By domain nothing is given: no cue of a script says which domain it asks for.'

test('where no cue says which domain it asks for, that is told', async () => {
  expect((await opened(alike())).text()).toContain(noDomain)
})

test('cues are told by the domain they ask for, and how many ask for none', async () => {
  const marks = [
    { kind: 'moment', type: 'named', cue: 0 },
    { kind: 'moment', type: 'missed', cue: 1 },
  ] as const
  const data = seenExam([[4, 4, { marks }]], [[3, 3]])
  const stations = data.stations.map((one) => ({
    ...one,
    cues: [cueSchema.parse({ text: 'looks away', lookFor: '', domain: 'emotion-naming' }), ...one.cues.slice(1)],
  }))
  const screen = await opened({ ...data, stations })
  const [row, ...more] = rowsOf('Cues of each domain')
  expect(more).toEqual([])
  expect(row?.[0]).toBe('Emotion naming')
  expect(row?.slice(2)).toEqual(['1', '1', '1'])
  expect(screen.text()).toContain('1 marked cue belongs to none and is in no row.')
  expect(screen.text()).not.toContain(noDomain)
})

test('an exam without encounters has nothing to show yet', async () => {
  const screen = await opened(recordedExam({ stations: [{}], candidates: [{}], record: () => undefined }))
  expect(screen.text()).toContain('No encounter has begun')
})

test('a failure is told, with the way to try again', async () => {
  const data = alike()
  let fails = true
  const bridge = analysisBridge(data, {
    'analysis.patients': () => (fails ? refused('internal') : patientMeasures(data, measureExam(data))),
  })
  const screen = await openScreen(App, { bridge, at: at(data, 'patients') })
  expect(document.querySelector('[role="alert"]')).not.toBeNull()
  fails = false
  await screen.press('Try again')
  expect(screen.text()).toContain('Do patients see what examiners see?')
})

test('while it is computed that is said', async () => {
  const data = alike()
  const bridge = analysisBridge(data, { 'analysis.patients': () => new Promise<never>(() => undefined) })
  const screen = await openScreen(App, { bridge, at: at(data, 'patients') })
  await expect.poll(() => screen.text()).toContain('Computing the analysis')
})
