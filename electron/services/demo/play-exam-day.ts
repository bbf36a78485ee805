import type { ChannelName } from '#shared/contract/channels.ts'
import type { Input, Output } from '#shared/contract/contract.ts'
import { AttuneError } from '#shared/contract/result.ts'
import type { Person } from '#shared/domain/exam.ts'
import type { Session } from '#shared/domain/session.ts'
import type { ExamFile } from '#shared/domain/exam-file.ts'
import type { ExamId } from '#shared/domain/ids.ts'
import { openServices } from '#electron/services/open-services.ts'
import type { ServiceOptions, Services } from '#electron/services/services.ts'
import { simulateCandidate, simulatePerformance } from './behaviour.ts'
import { playEncounter, type Call, type Scene } from './play-encounter.ts'
import { createRandom, type Random } from './random.ts'
import { addSampleDirector } from './sample-director.ts'
import { readSampleExam, readVoices, sampleExamOfSize, type SampleSize } from './sample-exam.ts'
import { createSimulatedTime, type SimulatedTime } from './simulated-time.ts'

export type PlayOptions = Omit<ServiceOptions, 'time'> &
  SampleSize & {
    /** The same seed plays the same day. */
    seed: number
    onProgress?: (done: number, total: number) => void
  }

export type PlayedDay = { examId: ExamId; encounters: number; ratings: number }

/**
 * Loads the sample exam into a data folder and plays its whole day: everybody goes through the contract as the screens
 * do, in simulated time, each touch an event of the ledger. Opens the folder itself and lets go of it again.
 */
export async function playExamDay(options: PlayOptions): Promise<PlayedDay> {
  const sample = sampleExamOfSize(readSampleExam(options.resourcesDir), options)
  const time = createSimulatedTime(Date.parse(`${sample.exam.heldOn}T07:00:00Z`))
  const services = await openServices({ ...options, time, idleLock: false }, (dataDir) => {
    addSampleDirector(dataDir, options.key ?? null)
    return Promise.resolve()
  })
  try {
    return await play(services, time, sample, options)
  } finally {
    await services.shutdown()
  }
}

async function play(
  services: Services,
  time: SimulatedTime,
  sample: ExamFile,
  { seed, resourcesDir, onProgress }: PlayOptions,
): Promise<PlayedDay> {
  const random = createRandom(seed)
  const director = seat(services, { role: 'director', examId: null, personId: null })
  const base64 = Buffer.from(JSON.stringify(sample)).toString('base64')
  const { id: examId } = await director('exam.importFile', { upload: { name: 'sample.attune-exam', base64 } })
  const { slots } = await director('rotation.generate', { examId })
  await director('exam.setStatus', { examId, status: 'running' })

  const { exam, stations, candidates, people } = await director('exam.get', { examId })
  const seats = new Map<string, Call>()
  for (const person of people) seats.set(person.id, seat(services, { ...person, personId: person.id }))
  const rubrics = await Promise.all(
    [...new Map(stations.flatMap(({ rubric }) => (rubric ? [[rubric.id, rubric]] : []))).values()].map(
      async (ref) => (await director('rubric.get', ref)).rubric,
    ),
  )
  const voices = readVoices(resourcesDir).stations
  const difficulty = new Map(stations.map(({ id }) => [id, random.normal() * 0.25]))
  const stringency = new Map(people.map(({ id }) => [id, random.normal() * 0.2]))
  const abilities = new Map(candidates.map(({ id }) => [id, simulateCandidate(random, rubrics)]))

  const midnight = Date.parse(`${exam.heldOn}T00:00:00Z`)
  const scored = slots.filter(({ stationId }) => stations.some(({ id, kind }) => id === stationId && kind === 'scored'))
  const turns = turnsOfTheDay(scored.length, random)
  const rounds = Map.groupBy([...scored.entries()], ([, { round }]) => round)
  let done = 0
  let ratings = 0
  for (const [, round] of [...rounds].toSorted(([a], [b]) => a - b)) {
    const actions = round.flatMap(([index, slot]) => {
      const station = stations.find(({ id }) => id === slot.stationId)
      const candidate = candidates.find(({ id }) => id === slot.candidateId)
      const ability = abilities.get(slot.candidateId)
      const rubric = rubrics.find(({ id }) => id === station?.rubric?.id)
      const examiner = atStation(people, 'examiner', slot.stationId)
      const sp = atStation(people, 'sp', slot.stationId)
      const examinerCall = examiner && seats.get(examiner.id)
      const spCall = sp && seats.get(sp.id)
      if (!station || !candidate || !ability || !rubric || !examinerCall || !spCall) return []
      const scene: Scene = {
        slot,
        station,
        candidate,
        rubric,
        timing: exam.timing,
        performance: simulatePerformance(random, rubric, ability, {
          difficulty: difficulty.get(station.id) ?? 0,
          stringency: stringency.get(examiner.id) ?? 0,
        }),
        voices: voices.find((entry) => entry.station === ((station.number - 1) % voices.length) + 1),
        examiner: examinerCall,
        sp: spCall,
        random,
        turn: turns.get(index) ?? 'none',
      }
      if (scene.turn !== 'absent') ratings += scene.performance.ratings.size - (scene.turn === 'unrated-item' ? 1 : 0)
      return playEncounter(scene).map((action) => ({
        ...action,
        atMs: midnight + slot.startsAtSecond * 1000 + action.atSecond * 1000,
      }))
    })
    for (const action of actions.toSorted((a, b) => a.atMs - b.atMs)) {
      time.moveTo(action.atMs)
      services.wake()
      await action.run()
    }
    done += round.length
    onProgress?.(done, scored.length)
  }
  time.moveTo(time.wallClock() + 3_600_000)
  services.wake()
  return { examId, encounters: scored.length, ratings }
}

/** One absence, one red flag, one fire alarm and one item that could not be rated, where the day is long enough. */
function turnsOfTheDay(encounters: number, random: Random): Map<number, Scene['turn']> {
  if (encounters < 24) return new Map()
  const quarter = Math.floor(encounters / 4)
  const within = (part: number) => part * quarter + Math.floor(random.uniform() * quarter)
  return new Map([
    [within(0), 'fire-alarm'],
    [within(1), 'red-flag'],
    [within(2), 'unrated-item'],
    [within(3), 'absent'],
  ])
}

const atStation = (people: readonly Person[], role: Person['role'], stationId: Person['stationIds'][number]) =>
  people.find((person) => person.role === role && person.stationIds.includes(stationId))

/** Calls as a window of the app makes them. */
function seat(services: Services, { role, examId, personId }: Pick<Session, 'role' | 'examId' | 'personId'>): Call {
  const calls = services.seat({ role, examId, personId })
  return async <C extends ChannelName>(channel: C, input: Input<C>): Promise<Output<C>> => {
    const result = await calls(channel, input)
    if (!result.ok) throw new AttuneError(result.code, result.params)
    return result.data
  }
}
