import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parseRubricFile } from '#electron/services/set-up/rubric-file.ts'
import { examFileSchema } from '#shared/domain/exam-file.ts'
import { rubricItems } from '#shared/domain/rubric.ts'
import { sampleVoicesSchema } from '#shared/domain/sample-voices.ts'
import { roundSeconds } from '#shared/domain/timing.ts'

const resource = (path: string): string =>
  readFileSync(fileURLToPath(new URL(`../../resources/${path}`, import.meta.url)), 'utf8')

const file = examFileSchema.parse(JSON.parse(resource('sample-exam/exam.json')))
const rubric = parseRubricFile(resource('rubrics/empathy-1.json'))
const voices = sampleVoicesSchema.parse(JSON.parse(resource('sample-exam/voices.json')))
const words = (text: string): number => text.trim().split(/\s+/).length

describe('the sample exam', () => {
  it('is marked as a sample', () => {
    expect(file.sample).toBe(true)
    expect(file.exam.title).toMatch(/^Sample/)
  })

  it('covers each situation that the product names, one to a station', () => {
    const situations = [
      'a devastating diagnosis',
      'bereavement and anger',
      'a culturally unfamiliar cue',
      'poorly controlled diabetes with structural barriers',
      'adherence with a relational cause',
      'shared decision-making',
      'an ethical dilemma',
      'a consultation through a screen',
    ]
    expect(file.stations.map((station) => /^Situation: ([^.]+)\./.exec(station.examinerBrief)?.[1])).toEqual(situations)
  })

  it.each(file.stations.map((station) => [station.title, station] as const))(
    '“%s” can be prepared, played and scored',
    (_, station) => {
      expect(station.kind).toBe('scored')
      expect(station.rubric).toEqual({ id: rubric.id, version: rubric.version })
      expect(words(station.script)).toBeGreaterThanOrEqual(250)
      expect(words(station.script)).toBeLessThanOrEqual(450)
      for (const part of [
        'WHO YOU ARE',
        'SETTING',
        'OPENING LINE',
        'HIDE',
        'IF IT GOES WELL',
        'IF IT GOES BADLY',
        'CLOSING',
      ]) {
        expect(station.script).toContain(part)
      }
      for (const part of ['Affect:', 'Cues:', 'Limits:', 'Looking after yourself:']) {
        expect(station.spBrief).toContain(part)
      }
      expect(station.cues).toHaveLength(3)
      const domains = rubric.domains.map(({ id }) => id)
      for (const cue of station.cues) {
        expect(cue.lookFor).not.toBe('')
        expect(domains).toContain(cue.domain)
      }
      for (const domain of rubric.domains) expect(station.examinerBrief).toContain(domain.title)
    },
  )

  it('gives the candidate no more to read than the reading time allows at four words a second', () => {
    for (const station of file.stations) {
      expect(words(station.candidateTask), station.title).toBeLessThanOrEqual(file.exam.timing.readingSeconds * 4)
    }
  })

  it('has four structural barriers in the diabetes station, and some in others', () => {
    expect(file.stations.map((station) => station.structuralBarriers.length)).toEqual([0, 0, 0, 4, 0, 2, 3, 2])
  })

  it('has one examiner and one SP at each station, and nobody at two stations of one circuit', () => {
    for (const role of ['examiner', 'sp']) {
      const people = file.people.filter((person) => person.role === role)
      expect(people).toHaveLength(4)
      expect(people.flatMap((person) => person.stations).toSorted()).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
      for (const person of people) {
        const circuits = person.stations.map((number) => file.stations[number - 1]?.circuit)
        expect(new Set(circuits).size, person.name).toBe(person.stations.length)
      }
    }
  })

  it('asks no SP to play two heavy cases in one day', () => {
    const heavy = file.stations.flatMap((station, i) => (station.heavy ? [i + 1] : []))
    expect(heavy.length).toBeGreaterThan(0)
    for (const person of file.people.filter(({ role }) => role === 'sp')) {
      expect(person.stations.filter((number) => heavy.includes(number)).length, person.name).toBeLessThanOrEqual(1)
    }
  })

  it('fits into one working day with a break at least every 90 minutes', () => {
    const { timing } = file.exam
    const rounds = file.candidates.length
    const circuit =
      rounds * roundSeconds(timing) + (Math.ceil(rounds / timing.breakEveryRounds) - 1) * timing.breakSeconds
    const [hours, minutes] = timing.startsAt.split(':').map(Number)
    const end = (hours ?? 0) * 3600 + (minutes ?? 0) * 60 + 2 * circuit + timing.circuitBreakSeconds
    expect(end).toBeLessThanOrEqual(18 * 3600)
    expect(timing.breakEveryRounds * roundSeconds(timing)).toBeLessThanOrEqual(90 * 60)
  })

  it('has twenty-four candidates with numbers 1001 to 1024 and two groups of equal size', () => {
    expect(file.candidates.map(({ number }) => Number(number))).toEqual(Array.from({ length: 24 }, (_, i) => 1001 + i))
    expect(new Set(file.candidates.map(({ name }) => name)).size).toBe(24)
    expect(file.candidates.filter(({ group }) => group === 'A')).toHaveLength(12)
    expect(file.candidates.filter(({ group }) => group === 'B')).toHaveLength(12)
    expect(file.candidates.filter(({ extraTimePercent }) => extraTimePercent === 25)).toHaveLength(1)
  })

  it.each([
    ['Latin with diacritics', /[À-ɏḀ-ỿ]/u, 5],
    ['Greek', /\p{Script=Greek}/u, 2],
    ['Cyrillic', /\p{Script=Cyrillic}/u, 2],
    ['Arabic', /\p{Script=Arabic}/u, 2],
    ['Arabic and Latin mixed', /\p{Script=Arabic}.*\p{Script=Latin}/u, 1],
    ['Hebrew', /\p{Script=Hebrew}/u, 2],
    ['Devanagari', /\p{Script=Devanagari}/u, 2],
    ['Chinese', /^\p{Script=Han}+$/u, 2],
    ['Japanese', /[\p{Script=Hiragana}\p{Script=Katakana}]|\p{Script=Han} \p{Script=Han}/u, 2],
    ['Korean', /\p{Script=Hangul}/u, 2],
  ])('has names in %s', (_, script, atLeast) => {
    expect(file.candidates.filter(({ name }) => script.test(name)).length).toBeGreaterThanOrEqual(atLeast)
  })
})

describe('the voices of the simulated exam day', () => {
  it('speak for every behaviour of every station, at every level', () => {
    expect(voices.stations.map(({ station }) => station)).toEqual(file.stations.map((_, i) => i + 1))
    for (const { station, quotes } of voices.stations) {
      expect(Object.keys(quotes), `station ${station}`).toEqual(rubricItems(rubric).map(({ id }) => id))
    }
  })

  it('never say the same thing twice', () => {
    const spoken = voices.stations.flatMap(({ quotes, spComments, redFlagQuote }) => [
      ...[...Object.values(quotes), spComments].flatMap(({ low, mid, high }) => [...low, ...mid, ...high]),
      redFlagQuote,
    ])
    expect(spoken).toHaveLength(8 * (12 * 6 + 6 + 1))
    expect(new Set(spoken).size).toBe(spoken.length)
  })

  it('raise only red flags that the rubric knows', () => {
    const known = rubric.redFlags.map(({ id }) => id)
    for (const { redFlagId } of voices.stations) expect(known).toContain(redFlagId)
  })
})
