import { describe, expect, test } from 'vitest'
import { domainIdSchema, type DomainId } from '#shared/domain/ids.ts'
import { examinerMeasures, gradeNames } from '#shared/measurement/analysis/examiner-measures.ts'
import { measureExam } from '#shared/measurement/analysis/exam-measures.ts'
import { groupMeasures } from '#shared/measurement/analysis/group-measures.ts'
import { patientMeasures } from '#shared/measurement/analysis/patient-measures.ts'
import { cohenKappa, gradeTable } from '#shared/measurement/raters/kappa.ts'
import { intraclassCorrelations } from '#shared/measurement/raters/icc.ts'
import { krippendorffAlpha } from '#shared/measurement/raters/krippendorff.ts'
import type { ExamData } from '#shared/scoring/exam-data.ts'
import type { Recorded } from '#tests/support/recorded-exam.ts'
import { expectNear, seeded } from '../near.ts'
import { examOf, marked } from './small-recorded.ts'

type Points = 1 | 2 | 3 | 4 | 5
const examinersIn = (data: ExamData) => examinerMeasures(data, measureExam(data))
const patientsIn = (data: ExamData) => patientMeasures(data, measureExam(data))
const groupsIn = (data: ExamData) => groupMeasures(data, measureExam(data))

describe('examiners', () => {
  /** Both examiners at both stations; Ada takes a point, 20, off everybody. */
  const harsh = examOf(
    [4, 5, 3, 4].map((ability, row) =>
      [0, 1].map((station) => {
        const isAda = (row + station) % 2 === 0
        const points = (ability - (isAda ? 1 : 0)) as Points
        return marked(points, points, { examiner: isAda ? 'ada' : 'tom' })
      }),
    ),
  )

  test('a constant that an examiner takes off everybody is that examiner’s stringency', () => {
    const { examiners, sets } = examinersIn(harsh)
    expect(examiners.map(({ personId }) => personId)).toEqual(['ada', 'tom'])
    expectNear(examiners[0]?.leastSquares, 10)
    expectNear(examiners[1]?.leastSquares, -10)
    expect(examiners[0]?.mixed.method).toBe('blup')
    expect(sets).toEqual([['ada', 'tom']])
  })

  test('it is told who stayed at one station, how many examined at each and what the Rasch model’s candidates are called', () => {
    const data = examOf([
      [marked(3, 3, { examiner: 'ada' }), marked(4, 4, { examiner: 'tom' })],
      [marked(5, 5, { examiner: 'ada' }), marked(2, 2, { examiner: 'ada' })],
    ])
    const { examiners, stations, candidates } = examinersIn(data)
    expect(examiners.map(({ personId, stations: count }) => [personId, count])).toEqual([
      ['ada', 2],
      ['tom', 1],
    ])
    expect(stations.map(({ number, examiners: count }) => [number, count])).toEqual([
      [1, 1],
      [2, 2],
    ])
    expect(stations[0]?.examinerEta2.reason).toBe('one-examiner')
    expect(stations[1]?.examinerEta2.value).toBe(1)
    expect(candidates.map(({ number }) => number)).toEqual(['1001', '1002'])
  })

  test('the global ratings are what the Rasch model rests on, and who gives lower ones is severe in it', () => {
    const random = seeded(5)
    const noisy = examOf(
      Array.from({ length: 12 }, (_, row) =>
        Array.from({ length: 4 }, (_, station) => {
          const isAda = (row + station) % 2 === 0
          const grade = 2 + (row % 3) + (random() < 0.4 ? 1 : 0) - (random() < (isAda ? 0.9 : 0.2) ? 1 : 0)
          return marked(3, grade, { examiner: isAda ? 'ada' : 'tom' })
        }),
      ),
    )
    const { rasch } = examinersIn(noisy)
    expect(rasch.n).toBe(48)
    const severity = (id: string) => rasch.examiners.find((one) => one.id === id)?.measure ?? NaN
    expect(severity('ada')).toBeGreaterThan(severity('tom'))
    expect(rasch.subsets).toEqual([
      { candidates: 12, stations: expect.any(Array) as string[], examiners: ['ada', 'tom'] },
    ])
    expect(rasch.comparable.candidates).toEqual([12])
  })

  test('without examiners there is nobody to judge', () => {
    const { examiners, effect } = examinersIn(examOf([[marked(3, 3)], [marked(4, 4)]]))
    expect(examiners).toEqual([])
    expect(effect.f.value).toBeNull()
  })
})

describe('patients', () => {
  const form = (value: 1 | 2 | 3 | 4 | 5): Partial<Recorded> => ({ sp: [1, 2, 3, 4, 5, 6, 7].map(() => value) })

  test('an examiner who scores a point higher throughout than the SP is biased by 20, overall, by station and by domain', () => {
    const data = examOf([
      [marked(3, 3, form(2)), marked(4, 4, form(3))],
      [marked(5, 5, form(4)), marked(2, 2, form(1))],
    ])
    const { overall, stations, domains, points, relations } = patientsIn(data)
    expectNear(overall?.bias, 20)
    expect(stations.map(({ number }) => number)).toEqual([1, 2])
    for (const { bias } of stations) expectNear(bias, 20)
    expect(domains).toHaveLength(4)
    for (const { bias } of domains) expectNear(bias, 20)
    expect(points).toContainEqual({ examiner: 60, patient: 40, count: 1 })
    expectNear(relations.alliance.encounters, 1)
  })

  test('examiner and SP are two raters: of the scores by six ICCs and α, of the bands they fall into by κ and α', () => {
    // Each pair: the examiner's score and the SP's, in points of 20; the third candidate's SP answered 3 and 4 in turn.
    const mixed = { sp: [3, 4, 3, 4, 3, 4].map((value) => value as Points) }
    const data = examOf([
      [marked(3, 3, form(2))],
      [marked(5, 5, form(4))],
      [marked(4, 4, mixed)],
      [marked(1, 1, form(1))],
      [marked(4, 4)],
    ])
    const { raters } = patientsIn(data)
    const forms = intraclassCorrelations([
      [60, 40],
      [100, 80],
      [80, 70],
      [20, 20],
      [80, null],
    ]).forms
    expect(raters.icc).toEqual(forms)
    expect(raters.icc['ICC(2,1)'].warnings).toContain('incomplete-left-out')
    // 70 is where the band of 80 begins.
    const bands: [number, number][] = [
      [2, 1],
      [4, 3],
      [3, 3],
      [0, 0],
    ]
    for (const weights of ['none', 'linear', 'quadratic'] as const) {
      const expected = cohenKappa(gradeTable(bands, [0, 1, 2, 3, 4]).table, weights)
      expectNear(raters.kappa[weights], expected.value ?? NaN)
      expect(raters.kappa[weights]).toMatchObject({ n: 4, ci95: expected.ci95 })
      expect(raters.kappa[weights].warnings).toContain('cut-into-bands')
    }
    const scores = [
      [60, 40],
      [100, 80],
      [80, 70],
      [20, 20],
    ]
    for (const level of ['interval', 'ratio'] as const)
      expectNear(raters[level], krippendorffAlpha(scores, level).value ?? NaN)
    for (const level of ['ordinal', 'nominal'] as const) {
      expectNear(raters[level], krippendorffAlpha(bands, level).value ?? NaN)
      expect(raters[level].warnings).toContain('cut-into-bands')
    }
    expect(raters.interval.warnings).toContain('unpaired-left-out')
  })

  test('where candidates have several encounters the intervals of the raters’ figures say that they are too narrow', () => {
    const { raters } = patientsIn(
      examOf([
        [marked(3, 3, form(2)), marked(4, 4, form(4))],
        [marked(5, 5, form(3)), marked(2, 2, form(1))],
      ]),
    )
    expect(raters.icc['ICC(3,k)'].warnings).toContain('interval-too-narrow')
    expect(raters.kappa.linear.warnings).toContain('interval-too-narrow')
    expect(raters.interval.warnings).not.toContain('interval-too-narrow')
  })

  test('without encounters that both scored the raters’ figures are withheld', () => {
    const { raters } = patientsIn(examOf([[marked(3, 3)]]))
    expect(raters.icc['ICC(2,1)']).toMatchObject({ value: null, reason: 'no-data' })
    expect(raters.kappa.none).toMatchObject({ value: null, reason: 'no-data' })
    expect(raters.interval).toMatchObject({ value: null, reason: 'too-few' })
  })

  test('a form that was not submitted, or is disputed, says nothing', () => {
    const { overall } = patientsIn(examOf([[marked(3, 3), marked(4, 4, { ...form(3), isPartial: true })]]))
    expect(overall?.bias).toMatchObject({ value: null, n: 0 })
  })

  test('answers on a form that the SP has not handed in say nothing', () => {
    const answers = (['helped', 'listened', 'view-understood'] as const).map((statement) => ({ statement, value: 4 }))
    const { domains, relations } = patientsIn(examOf([[marked(3, 3, { spPart: { answers } })], [marked(4, 4)]]))
    expect(domains.map(({ bias }) => bias.n)).toEqual([0, 0, 0, 0])
    expect(relations.alliance.encounters.n).toBe(0)
  })

  test('from the cues of the script to those that met a response, each cue once', () => {
    const moments = (...types: [type: string, cue: number | null][]): Partial<Recorded> => ({
      marks: types.map(([type, cue]) => ({ kind: 'moment', type, cue })),
    })
    const data = examOf([
      [marked(3, 3, moments(['missed', 0], ['named', 0], ['blocked', 1]))],
      [marked(3, 3, moments(['explored', null]))],
      [marked(3, 3, { ...moments(['named', 0]), status: 'open' })],
    ])
    const station = data.stations.map((one) => ({
      ...one,
      cues: [1, 2, 3].map((cue) => ({ text: `cue ${cue}`, lookFor: '' })),
    }))
    const { cues } = patientsIn({ ...data, stations: station })
    expect(cues.stations).toHaveLength(1)
    expect(cues.stations[0]).toMatchObject({ encounters: 2, planned: 6, unmarked: 4, marked: 3, met: 2 })
    const shorter = data.stations.map((one) => ({ ...one, cues: [] }))
    const [without] = patientsIn({ ...data, stations: shorter }).cues.stations
    expect(without, 'a touch of a cue that the script lacks').toMatchObject({ planned: 0, unmarked: 0, marked: 3 })
    expectNear(cues.all, 2 / 3)
    expect(cues.stations[0]?.moments.find(({ type }) => type === 'missed')).toMatchObject({
      response: 'unmet',
      count: 1,
    })
  })

  test('cues are told by the domain that the script gives them; a touch that names no cue belongs to none', () => {
    const moments = (...types: [type: string, cue: number | null][]): Partial<Recorded> => ({
      marks: types.map(([type, cue]) => ({ kind: 'moment', type, cue })),
    })
    const data = examOf([
      [marked(3, 3, moments(['named', 0], ['missed', 1])), marked(3, 3, moments(['blocked', 1]))],
      [marked(3, 3, moments(['explored', null], ['missed', 2])), marked(3, 3)],
    ])
    const [first, second] = data.rubrics[0]?.domains ?? []
    if (!first || !second) throw new Error('the rubric has no two domains')
    const gone = domainIdSchema.parse('gone')
    const asking = (...domains: (DomainId | null)[]) =>
      domains.map((domain) => ({ text: 'cue', lookFor: '', ...(domain !== null && { domain }) }))
    const stations = data.stations.map((one, i) => ({
      ...one,
      cues: i === 0 ? asking(second.id, first.id, gone) : asking(null, second.id),
    }))
    const { cues } = patientsIn({ ...data, stations })
    expect(cues.domains).toMatchObject([
      { domainId: first.id, title: first.title, encounters: 2, planned: 2, unmarked: 1, marked: 1, met: 0 },
      { domainId: second.id, encounters: 4, planned: 4, unmarked: 2, marked: 2, met: 1, share: { value: 0.5, n: 2 } },
    ])
    expect(cues.withoutDomain).toBe(2)
    expect(patientsIn(data).cues.domains).toEqual([])
  })

  test('look-alikes are counted by station under the words of the rubric', () => {
    const data = examOf([[marked(3, 3)], [marked(3, 3)]])
    const [type] = data.rubrics[0]?.lookAlikes ?? []
    if (!type) throw new Error('the rubric has no look-alike')
    const with2 = examOf([[marked(3, 3, { marks: [{ kind: 'look-alike', type: type.id }] })], [marked(3, 3)]])
    expect(patientsIn(with2).lookAlikes.find(({ lookAlike }) => lookAlike === type.id)).toMatchObject({
      ...{ stationId: 'station-1', label: type.label, count: 1 },
      encounters: { value: 0.5 },
    })
  })
})

describe('groups', () => {
  /** Both groups alike at the first two stations; at the third the second group gets a point less. */
  const unequal = examOf(
    Array.from({ length: 24 }, (_, row) => {
      const points = (2 + (row % 3)) as Points
      const late = row >= 12 ? 1 : 0
      return [points, (2 + ((row + (row % 2)) % 3)) as Points, (points - late) as Points].map((one) => marked(one, one))
    }),
    Array.from({ length: 24 }, (_, row) => (row >= 12 ? 'Night' : 'Day')),
  )

  test('a station that is harder for a group at equal performance elsewhere is told', () => {
    const { comparisons, groups, reference } = groupsIn(unequal)
    expect(reference).toBe('Day')
    const third = comparisons.find(({ stationId }) => stationId === 'station-3')
    expect(third?.ancova.value).toBeLessThan(-10)
    expect(groups.map(({ name, candidates }) => [name, candidates])).toEqual([
      ['Day', 12],
      ['Night', 12],
    ])
  })

  test('a station is passed at its mark of the standard in force', () => {
    const at = (cut: number) => groupsIn({ ...unequal, standard: { ...unequal.standard, cut } })
    const odds = (cut: number) => at(cut).comparisons.find(({ stationId }) => stationId === 'station-3')?.mantelHaenszel
    expect(odds(100)?.oddsRatio.reason).toBe('too-few-pass-or-fail')
    expect(odds(50)?.oddsRatio.reason).not.toBe('no-cut')
  })

  test('of a group below the minimum nothing but its size is told', () => {
    const data = examOf([[marked(3, 3)], [marked(4, 4)]], ['Day', 'Night'])
    expect(groupsIn(data).groups).toMatchObject([
      { name: 'Day', candidates: 1, mean: { value: null, reason: 'group-too-small' } },
      { name: 'Night', candidates: 1, sd: { value: null, reason: 'group-too-small' } },
    ])
  })
})

test('a grade has the name that all stations give it, and none where they differ or one has fewer grades', () => {
  const { stations } = measureExam(examOf([[marked(3, 3), marked(3, 3)]]))
  const scaleOf = (labels: readonly string[]) =>
    stations.map((station, at) =>
      at === 0
        ? station
        : {
            ...station,
            rubric: { ...station.rubric, globalRating: labels.map((label) => ({ id: label, label, description: '' })) },
          },
    )
  const own = stations[0]?.rubric.globalRating.map(({ label }) => label) ?? []
  expect(gradeNames(stations)).toEqual(own)
  expect(gradeNames(scaleOf(own.with(1, 'Doubtful')))).toEqual(own.map((label, at) => (at === 1 ? null : label)))
  expect(gradeNames(scaleOf(own.slice(0, -1)))).toEqual([...own.slice(0, -1), null])
})
