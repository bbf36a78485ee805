import type { ChannelName } from '#shared/contract/channels.ts'
import type { Input, Output } from '#shared/contract/contract.ts'
import type { Candidate, EncounterSlot, Station } from '#shared/domain/exam.ts'
import { eventIdSchema, momentIdSchema } from '#shared/domain/ids.ts'
import type { Rubric } from '#shared/domain/rubric.ts'
import type { SampleVoices } from '#shared/domain/sample-voices.ts'
import { spStatements } from '#shared/domain/sp-form.ts'
import type { TimingPlan } from '#shared/domain/timing.ts'
import { simulateSpAnswer, voiceLevel, type Performance } from './behaviour.ts'
import type { Random } from './random.ts'

/** A call as one of the people of the day; throws where the app refuses. */
export type Call = <C extends ChannelName>(channel: C, input: Input<C>) => Promise<Output<C>>

/** Something that somebody does at a moment, in seconds from the start of the round. */
export type Action = { atSecond: number; run: () => Promise<unknown> }

export type Scene = {
  slot: EncounterSlot
  station: Station
  candidate: Candidate
  rubric: Rubric
  timing: TimingPlan
  performance: Performance
  voices: SampleVoices['stations'][number] | undefined
  examiner: Call
  sp: Call
  random: Random
  /** Things that happen on a real day too. */
  turn: 'none' | 'absent' | 'red-flag' | 'fire-alarm' | 'unrated-item'
}

/** All that examiner and SP do in one encounter, each with its moment. */
export function playEncounter(scene: Scene): Action[] {
  if (scene.turn === 'absent') return [declareAbsent(scene)]
  return [...opening(scene), ...marks(scene), ...scoring(scene), ...notes(scene), ...closing(scene), ...spForm(scene)]
}

const eventId = (random: Random) => eventIdSchema.parse(random.id())

function declareAbsent({ slot, timing, examiner, random }: Scene): Action {
  return {
    atSecond: timing.readingSeconds + 120,
    run: () =>
      examiner('encounter.declareAbsent', {
        encounterId: slot.id,
        eventId: eventId(random),
        reason: 'Did not come to the door; the candidate was unwell.',
      }),
  }
}

function opening({ slot, examiner, random, turn, timing }: Scene): Action[] {
  const encounterId = slot.id
  const alarm: Action[] =
    turn === 'fire-alarm'
      ? [
          {
            atSecond: timing.readingSeconds + 95,
            run: () =>
              examiner('clock.command', {
                encounterId,
                eventId: eventId(random),
                command: { kind: 'pause', reason: 'Fire alarm test' },
              }),
          },
          {
            atSecond: timing.readingSeconds + 125,
            run: () =>
              examiner('clock.command', { encounterId, eventId: eventId(random), command: { kind: 'resume' } }),
          },
          {
            atSecond: timing.readingSeconds + 130,
            run: () =>
              examiner('incident.record', {
                encounterId,
                eventId: eventId(random),
                kind: 'lost-time',
                text: 'Fire alarm test in the corridor; the clock was held for 30 seconds.',
              }),
          },
        ]
      : []
  return [
    {
      atSecond: 1,
      run: () => examiner('encounter.confirmIdentity', { encounterId, eventId: eventId(random) }),
    },
    {
      atSecond: 2,
      run: () => examiner('clock.command', { encounterId, eventId: eventId(random), command: { kind: 'start' } }),
    },
    ...alarm,
  ]
}

/** The moments: for each of the script's cues what became of it, sooner or later; now and then a look-alike. */
function marks(scene: Scene): Action[] {
  const { slot, station, rubric, timing, performance, random, examiner, turn, voices } = scene
  const encounterId = slot.id
  const make = (
    second: number,
    kind: 'moment' | 'look-alike' | 'red-flag',
    type: string,
    more?: { cue: number | null; quote: string },
  ): Action => ({
    atSecond: timing.readingSeconds + second,
    run: async () => {
      const markId = momentIdSchema.parse(random.id())
      await examiner('mark.make', { encounterId, eventId: eventId(random), markId, kind, type })
      if (more) await examiner('mark.annotate', { encounterId, eventId: eventId(random), markId, ...more })
    },
  })
  const span = timing.encounterSeconds
  const cues = station.cues.flatMap((_cue, index): Action[] => {
    const at = span * ((index + 1) / (station.cues.length + 1.4)) + random.uniform() * 25
    const met = random.uniform() < (performance.level - 1) / 4.2
    const outcome = random.pick(rubric.moments.filter(({ response }) => response === (met ? 'met' : 'unmet')))
    const first = make(at, 'moment', outcome.id, { cue: index, quote: '' })
    const goesOn = met && random.chance(0.45)
    const next = random.pick(rubric.moments.filter(({ response }) => response === 'met'))
    return goesOn ? [first, make(at + 18 + random.uniform() * 12, 'moment', next.id)] : [first]
  })
  const slips =
    rubric.lookAlikes.length > 0 && random.chance(performance.level < 3 ? 0.5 : 0.12)
      ? [make(span * (0.3 + random.uniform() * 0.5), 'look-alike', random.pick(rubric.lookAlikes).id)]
      : []
  const flag = voices && rubric.redFlags.some(({ id }) => id === voices.redFlagId) ? voices : undefined
  const flags =
    turn === 'red-flag' && flag
      ? [make(span * 0.7, 'red-flag', flag.redFlagId, { cue: null, quote: flag.redFlagQuote })]
      : []
  return [...cues, ...slips, ...flags]
}

/** Behaviours are rated as they show, and some are changed while the station goes on. */
function scoring({ slot, timing, performance, random, examiner, turn }: Scene): Action[] {
  const encounterId = slot.id
  const entries = [...performance.ratings].slice(turn === 'unrated-item' ? 1 : 0)
  return entries.flatMap(([itemId, value], index) => {
    const rate = (atSecond: number, point: typeof value): Action => ({
      atSecond: timing.readingSeconds + atSecond,
      run: () => examiner('rating.record', { encounterId, eventId: eventId(random), itemId, value: point }),
    })
    const at = timing.encounterSeconds * (0.2 + (0.75 * index) / entries.length) + random.uniform() * 10
    const hesitates = typeof value === 'number' && value > 1 && random.chance(0.12)
    return hesitates ? [rate(at - 20, value - 1), rate(at, value)] : [rate(at, value)]
  })
}

/** Examiners write where something stood out: mostly at the best and the weakest behaviour. */
function notes({ slot, timing, performance, random, examiner, voices, turn }: Scene): Action[] {
  const points = [...performance.ratings].flatMap(([itemId, value], index) =>
    typeof value === 'number' && !(turn === 'unrated-item' && index === 0) ? [{ itemId, value }] : [],
  )
  const ranked = points.toSorted((a, b) => b.value - a.value)
  const chosen = [ranked[0], ranked.at(-1), ...points.filter(() => random.chance(0.12))]
  return [...new Set(chosen)].flatMap((entry, index, entries) => {
    const words = entry && voices?.quotes[entry.itemId]?.[voiceLevel(entry.value)]
    if (!words || random.chance(0.15)) return []
    return [
      {
        atSecond: timing.readingSeconds + timing.encounterSeconds * (0.45 + (0.5 * index) / entries.length),
        run: () =>
          examiner('note.record', {
            encounterId: slot.id,
            eventId: eventId(random),
            itemId: entry.itemId,
            text: random.pick(words),
          }),
      },
    ]
  })
}

function closing({ slot, timing, rubric, performance, random, examiner, turn }: Scene): Action[] {
  const encounterId = slot.id
  const end = timing.readingSeconds + timing.encounterSeconds
  const unrated = turn === 'unrated-item' ? [...performance.ratings.keys()].slice(0, 1) : []
  return [
    {
      atSecond: end + 6,
      run: () =>
        examiner('globalRating.record', {
          encounterId,
          eventId: eventId(random),
          value: rubric.globalRating[performance.globalRating]?.id ?? null,
        }),
    },
    {
      atSecond: end + 14,
      run: () =>
        examiner('encounter.submit', {
          encounterId,
          eventId: eventId(random),
          missing: unrated.map((item) => ({ item, reason: 'My view was blocked at that moment.' })),
        }),
    },
  ]
}

function spForm({ slot, timing, performance, random, sp, voices }: Scene): Action[] {
  const encounterId = slot.id
  const start = timing.readingSeconds + timing.encounterSeconds + 20
  const inner = performance.level + random.normal() * 0.35
  const answers = spStatements.map((statement, index): Action => ({
    atSecond: start + index * 4,
    run: () =>
      sp('sp.answer', { encounterId, eventId: eventId(random), statement, value: simulateSpAnswer(random, inner) }),
  }))
  const words = voices?.spComments[voiceLevel(Math.round(inner))]
  const comment: Action[] =
    words && random.chance(0.4)
      ? [
          {
            atSecond: start + 32,
            run: () => sp('sp.comment', { encounterId, eventId: eventId(random), text: random.pick(words) }),
          },
        ]
      : []
  return [
    ...answers,
    ...comment,
    { atSecond: start + 36, run: () => sp('sp.submit', { encounterId, eventId: eventId(random) }) },
  ]
}
