import { describe, expect, it } from 'vitest'
import { paperSchema } from '#shared/domain/exam.ts'
import { rubricItems } from '#shared/domain/rubric.ts'
import { readPdf } from '#tests/support/pdf-reader.ts'
import { allRated, resultOf, type Recorded } from '#tests/support/recorded-exam.ts'
import { empathyRubric, onPoints } from '#tests/support/small-exam.ts'
import { examOf, feedbackOf, ordinary } from './report-data.ts'
import { read, wordsOf } from './feedback-pages.ts'

describe('advice on paper', () => {
  const only = (recorded: Recorded) => read({ stations: 1, record: () => recorded })

  it('quotes what was seen, with the level reached and the next one', async () => {
    const words = wordsOf(
      await only({
        status: 'submitted',
        ratings: [5, 2, ...allRated(4).slice(2)],
        notes: [
          { item: 0, text: '“What is this like for you?”\nThen waited.' },
          { item: 1, text: 'Went straight on.' },
        ],
      }),
    )
    const [asks, says] = empathyRubric().domains[0]?.items ?? []
    expect(words).toContain(
      `${asks?.title ?? ''}, level 5. ${asks?.anchors[4] ?? ''} Seen: “What is this like for you?” Then`,
    )
    expect(words).toContain(`${says?.title ?? ''}: Went straight on.`)
    expect(words).toContain(
      `${says?.title ?? ''}, level 2. ${says?.anchors[1] ?? ''} Level 3: ${says?.anchors[2] ?? ''}`,
    )
  })

  it('quotes a behaviour that is neither the one to keep nor the one to change, under its name', async () => {
    const words = wordsOf(
      await only({
        status: 'submitted',
        ratings: [5, 2, 4, ...allRated(3).slice(3)],
        notes: [{ item: 2, text: 'Asked whether the picture fits.' }],
      }),
    )
    expect(words).toContain(`${rubricItems(empathyRubric())[2]?.title ?? ''}: Asked whether the picture fits.`)
  })

  it('prints the note on the whole encounter, beside the quoted behaviour or in its place', async () => {
    const ratings = [5, 2, ...allRated(4).slice(2)]
    const general = { item: null, text: 'Warm from the first minute;\nthe plan came from the candidate alone.' }
    const seen = { item: 0, text: 'Then waited.' }
    const [, beside] = (await only({ status: 'submitted', ratings, notes: [seen, general] })).pages
    expect(beside?.replaceAll(/\s+/g, ' ')).toContain(
      'Seen: Then waited. On the whole: Warm from the first minute; the plan came from the candidate alone.',
    )
    const [, alone] = (await only({ status: 'submitted', ratings, notes: [general] })).pages
    expect(alone?.replaceAll(/\s+/g, ' ')).toContain('On the whole: Warm from the first minute; the plan')
  })

  it.each(paperSchema.options)(
    'leaves no quoted behaviour and no level out on %s when there are twelve stations',
    async (paper) => {
      const quoteAt = (station: number) =>
        `“It sounds as if night ${station + 1} is the worst part, when nobody else in the house is awake.” Then waited.`
      const data = examOf({
        stations: 12,
        exam: { paper },
        record: (c, s) => ({ ...ordinary(c, s), notes: [{ item: (s * 5) % 12, text: quoteAt(s) }] }),
      })
      const { pages } = await readPdf(feedbackOf(data))
      expect(pages).toHaveLength(2)
      const advice = (pages[1] ?? '').replaceAll(/\s+/g, ' ')
      resultOf(data).results.forEach(({ strength, change }, station) => {
        expect(advice).toContain(quoteAt(station))
        expect(advice).toContain(`${strength?.title ?? ''}, level 5. ${strength?.anchor ?? ''}`)
        expect(advice).toContain(
          `${change?.title ?? ''}, level 2. ${change?.anchor ?? ''} Level 3: ${change?.nextAnchor ?? ''}`,
        )
      })
    },
  )

  it('says at how many more stations a behaviour to practise showed', async () => {
    const ratings = [1, ...allRated(4).slice(1)]
    const seven = wordsOf(await read({ stations: 7, record: () => ({ status: 'submitted', ratings }) }))
    expect(seven).toContain('see stations 1, 2, 3, 4 and 3 more)')
    const four = wordsOf(await read({ stations: 4, record: () => ({ status: 'submitted', ratings }) }))
    expect(four).toContain('see stations 1, 2, 3, 4)')
  })

  it('does not pass the best of low levels off as a strength', async () => {
    expect(wordsOf(await only({ status: 'submitted', ratings: allRated(2) }))).toContain(
      'No strength yet; the closest: ',
    )
    expect(wordsOf(await only({ status: 'submitted', ratings: allRated(3) }))).not.toContain('No strength yet')
  })

  it('says that there is nothing to change where every behaviour reached the top', async () => {
    const words = wordsOf(await only({ status: 'submitted', ratings: allRated(5) }))
    expect(words).toContain('Every behaviour that was rated reached the top.')
    expect(words).not.toContain('Your action plan')
  })

  it('names the moments in the words of the rubric’s version that the station was rated with', async () => {
    const data = examOf({ stations: 1 })
    const [rubric] = data.rubrics
    if (!rubric) throw new Error('the exam has no rubric')
    const older = { ...rubric, moments: rubric.moments.map((moment) => ({ ...moment, label: 'as of old' })) }
    const newer = { ...rubric, version: 2 }
    const stations = data.stations.map((station) => ({ ...station, rubric: { id: newer.id, version: newer.version } }))
    const words = wordsOf(await readPdf(feedbackOf({ ...data, stations, rubrics: [older, newer] })))
    expect(words).toContain('named it')
    expect(words).not.toContain('as of old')
  })

  it('says what a level is worth, where stations have scales of different lengths too', async () => {
    const data = examOf({ stations: 1 })
    const three = data.rubrics.map((rubric) => ({ ...onPoints(rubric, 3), version: 2 }))
    const told = async (rubrics: typeof data.rubrics) => wordsOf(await readPdf(feedbackOf({ ...data, rubrics })))
    expect(await told(data.rubrics)).toContain(
      'rated against 5 described levels, each worth 20 points, from 20 to 100;',
    )
    expect(await told([...data.rubrics, ...three])).toContain(
      '3 to 5 of them, each worth an equal share of 100 points;',
    )
  })

  it('calls the only station neither strongest nor weakest', async () => {
    const words = wordsOf(await read({ stations: 1 }))
    expect(words).toContain('Moments · station 1, Telling the scan result')
    expect(words).not.toMatch(/strongest|learn from/)
  })
})
