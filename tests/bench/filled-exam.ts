import type { ChannelName } from '#shared/contract/channels.ts'
import type { Input } from '#shared/contract/contract.ts'
import type { EncounterSlot, Exam, Person } from '#shared/domain/exam.ts'
import type { ExamId } from '#shared/domain/ids.ts'
import type { EncounterPayload } from '#shared/domain/ledger-event.ts'
import { simulateCandidate, simulatePerformance, type SimulatedCandidate } from '#electron/services/demo/behaviour.ts'
import { playEncounter, type Call } from '#electron/services/demo/play-encounter.ts'
import { createRandom, type Random } from '#electron/services/demo/random.ts'
import { readSampleExam, readVoices, sampleExamOfSize, type SampleSize } from '#electron/services/demo/sample-exam.ts'
import type { LedgerEntry } from '#electron/store/ledger.ts'
import { openStore, type Store } from '#electron/store/store.ts'
import { callerOf, openWholeApp, resourcesDir } from '#tests/support/whole-app.ts'
import { sitAsDirector } from '#tests/support/sign-in.ts'

export type FilledExam = {
  examId: ExamId
  /** Encounters in which nothing was recorded yet: those of the last round, where it was left out. */
  untouched: EncounterSlot[]
}

type FillOptions = SampleSize & {
  /** Leaves the last round to whoever measures marks. */
  exceptLastRound?: boolean
}

/**
 * The sample exam in any size with its day recorded: the marks of the demo's simulated people, written into the ledger
 * a candidate at a time instead of one by one through the contract, so that 200 candidates at 12 stations take seconds.
 */
export async function fillExam(
  dataDir: string,
  { exceptLastRound = false, ...size }: FillOptions,
): Promise<FilledExam> {
  const examId = await importSample(dataDir, size)
  const store = openStore({ dataDir })
  try {
    const exam = store.exams.get(examId)
    if (!exam) throw new Error('the sample exam was not imported')
    const random = createRandom(1)
    const scored = new Set(store.stations.ofExam(examId).flatMap(({ id, kind }) => (kind === 'scored' ? [id] : [])))
    const slots = store.encounters.ofExam(examId).filter(({ stationId }) => scored.has(stationId))
    const last = exceptLastRound ? Math.max(...slots.map(({ round }) => round)) : Infinity
    const people = store.people.ofExam(examId)
    const rubrics = store.rubrics.list().map(({ rubric }) => rubric)
    const byCandidate = Map.groupBy(
      slots.filter(({ round }) => round < last),
      ({ candidateId }) => candidateId,
    )
    for (const own of byCandidate.values()) {
      const ability = simulateCandidate(random, rubrics)
      const entries: LedgerEntry[] = []
      for (const slot of own) entries.push(...(await encounterEntries(store, { exam, slot, people, ability, random })))
      store.ledger.appendAll(entries)
    }
    return { examId, untouched: slots.filter(({ round }) => round >= last) }
  } finally {
    store.close()
  }
}

export async function importSample(dataDir: string, size: SampleSize): Promise<ExamId> {
  const services = await openWholeApp(dataDir)
  try {
    const director = callerOf(services, 'bench-director')
    await sitAsDirector(director)
    const sample = JSON.stringify(sampleExamOfSize(readSampleExam(resourcesDir), size))
    const upload = { name: 'sample.attune-exam', base64: Buffer.from(sample).toString('base64') }
    const { id: examId } = await director('exam.importFile', { upload })
    await director('rotation.generate', { examId })
    await director('exam.setStatus', { examId, status: 'running' })
    return examId
  } finally {
    await services.shutdown()
  }
}

type Scene = { exam: Exam; slot: EncounterSlot; people: readonly Person[]; ability: SimulatedCandidate; random: Random }

/** What the ledger would hold of one encounter, but for its clock. */
async function encounterEntries(store: Store, { exam, slot, people, ability, random }: Scene): Promise<LedgerEntry[]> {
  const station = store.stations.get(slot.stationId)
  const candidate = store.candidates.get(slot.candidateId)
  const rubric = station?.rubric && store.rubrics.get(station.rubric)?.rubric
  const examiner = people.find(({ role, stationIds }) => role === 'examiner' && stationIds.includes(slot.stationId))
  const sp = people.find(({ role, stationIds }) => role === 'sp' && stationIds.includes(slot.stationId))
  if (!station || !candidate || !rubric || !examiner || !sp) throw new Error('the sample exam is not whole')

  const entries: LedgerEntry[] = []
  let second = 0
  const penOf =
    ({ id, role }: Person): Call =>
    async <C extends ChannelName>(channel: C, input: Input<C>) => {
      const offsetMs = Math.round((second - exam.timing.readingSeconds) * 1000)
      const payload = payloads[channel]?.(input)
      if (payload && 'eventId' in input) {
        entries.push({
          id: input.eventId,
          examId: exam.id,
          encounterId: slot.id,
          raterId: id,
          role,
          offsetMs: role === 'sp' || offsetMs < 0 ? null : offsetMs,
          payload,
        })
      }
      // What a write answers is looked at by screens, not by simulated people.
      return undefined as never
    }
  const performance = simulatePerformance(random, rubric, ability, { difficulty: 0, stringency: 0 })
  const actions = playEncounter({
    slot,
    station,
    candidate,
    rubric,
    timing: exam.timing,
    performance,
    voices: voices.find((entry) => entry.station === ((station.number - 1) % voices.length) + 1),
    examiner: penOf(examiner),
    sp: penOf(sp),
    random,
    turn: 'none',
  })
  for (const { atSecond, run } of actions.toSorted((a, b) => a.atSecond - b.atSecond)) {
    second = atSecond
    await run()
  }
  return entries
}

const voices = readVoices(resourcesDir).stations

/** What each write of a played encounter is in the ledger. */
const payloads: { readonly [C in ChannelName]?: (input: Input<C>) => EncounterPayload } = {
  'encounter.confirmIdentity': () => ({ type: 'identity.confirmed' }),
  'rating.record': ({ itemId, value }) => ({ type: 'rating.recorded', itemId, value }),
  'globalRating.record': ({ value }) => ({ type: 'global-rating.recorded', value }),
  'note.record': ({ itemId, text }) => ({ type: 'note.recorded', itemId, text }),
  'mark.make': ({ markId, kind, type }) => ({ type: 'mark.made', markId, kind, markType: type }),
  'mark.annotate': ({ markId, cue, quote }) => ({ type: 'mark.annotated', markId, cue, quote }),
  'encounter.submit': ({ missing }) => ({ type: 'encounter.submitted', missing }),
  'sp.answer': ({ statement, value }) => ({ type: 'sp-answer.recorded', statement, value }),
  'sp.comment': ({ text }) => ({ type: 'sp-comment.recorded', text }),
  'sp.submit': () => ({ type: 'sp-form.submitted' }),
}
