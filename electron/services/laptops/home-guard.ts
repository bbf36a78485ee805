import type { ChannelName } from '#shared/contract/channels.ts'
import type { Input } from '#shared/contract/contract.ts'
import { AttuneError } from '#shared/contract/result.ts'
import type { CandidateId, EncounterId, ExamId, PersonId, StationId } from '#shared/domain/ids.ts'
import { sameRubric, type RubricRef } from '#shared/domain/rubric.ts'
import type { Session } from '#shared/domain/session.ts'
import type { Store } from '#electron/store/store.ts'
import { isFromElsewhere } from './exam-home.ts'

/** By what a call names an exam or something of one. */
type Naming =
  | { examId: unknown }
  | { filter: { examId: unknown } }
  | { encounterId: unknown }
  | { stationId: unknown }
  | { candidateId: unknown }
  | { personId: unknown }
  | { rubric: unknown }
  | { namesOf: unknown }

type NamingChannel = {
  [C in ChannelName]: Input<C> extends Naming ? C : never
}[ChannelName]

/**
 * What whoever is director on a station's laptop may do about an exam that came there in a package. Anybody can become one
 * there who comes first, so they hand over, bring the exam up to date, see how far it is and put it away; whatever makes,
 * changes or shows results is done on the exam's own laptop. A new channel that names an exam without a row here does not
 * compile.
 */
const onStation: Record<NamingChannel, 'may' | 'may-not'> = {
  'session.signIn': 'may',
  'account.givePins': 'may-not',
  'account.printPins': 'may-not',
  'handover.begin': 'may-not',
  'exam.roster': 'may',
  'exam.get': 'may',
  'exam.update': 'may-not',
  'exam.remove': 'may',
  // The package says whether it runs.
  'exam.setStatus': 'may-not',
  'exam.putAway': 'may',
  'exam.readiness': 'may',
  'exam.exportFile': 'may-not',
  'station.add': 'may-not',
  'station.update': 'may-not',
  'station.move': 'may-not',
  'station.remove': 'may-not',
  'candidate.add': 'may-not',
  'candidate.update': 'may-not',
  'candidate.remove': 'may-not',
  'person.add': 'may-not',
  'person.update': 'may-not',
  'person.remove': 'may-not',
  'import.preview': 'may-not',
  'import.apply': 'may-not',
  'rotation.generate': 'may-not',
  'rotation.get': 'may',
  'rubric.save': 'may-not',
  'encounter.schedule': 'may-not',
  'encounter.open': 'may-not',
  'encounter.confirmIdentity': 'may-not',
  'encounter.withdrawIdentity': 'may-not',
  'encounter.declareAbsent': 'may-not',
  'encounter.withdrawAbsence': 'may-not',
  'encounter.submit': 'may-not',
  'encounter.scores': 'may-not',
  'clock.get': 'may-not',
  'clock.ofCandidate': 'may-not',
  'clock.command': 'may-not',
  'clock.leaveLost': 'may-not',
  'rating.record': 'may-not',
  'globalRating.record': 'may-not',
  'note.record': 'may-not',
  'mark.make': 'may-not',
  'mark.annotate': 'may-not',
  'mark.undo': 'may-not',
  'redFlag.review': 'may-not',
  'incident.record': 'may-not',
  'sp.open': 'may-not',
  'sp.answer': 'may-not',
  'sp.comment': 'may-not',
  'sp.submit': 'may-not',
  'results.cohort': 'may-not',
  'results.candidate': 'may-not',
  'results.encounter': 'may-not',
  'analysis.overview': 'may-not',
  'analysis.stations': 'may-not',
  'analysis.reliability': 'may-not',
  'analysis.examiners': 'may-not',
  'analysis.patients': 'may-not',
  'analysis.groups': 'may-not',
  'analysis.whatIf': 'may-not',
  'analysis.decide': 'may-not',
  'mark.correct': 'may-not',
  'conflict.resolve': 'may-not',
  'report.candidate': 'may-not',
  'report.feedbackBatch': 'may-not',
  'report.cohort': 'may-not',
  'report.examiners': 'may-not',
  'report.session': 'may-not',
  'export.chart': 'may-not',
  'export.tableCopied': 'may-not',
  'export.ratings': 'may-not',
  'export.results': 'may-not',
  'package.export': 'may-not',
  'package.compare': 'may',
  'bundle.export': 'may',
  'laptop.list': 'may',
  // What was marked stands in it.
  'audit.list': 'may-not',
  'audit.choices': 'may-not',
  'audit.export': 'may-not',
  'ledger.proof': 'may',
  // Signs what this laptop holds, and changes nothing of it.
  'ledger.state': 'may',
  'ledger.statement': 'may',
  'privacy.eraseCandidate': 'may-not',
  'privacy.eraseExam': 'may-not',
  'privacy.setRetention': 'may-not',
}

/** Throws AttuneError 'exam-from-elsewhere' where a director may not do that on this laptop. */
type HomeGuard = (channel: ChannelName, input: unknown, session: Session | null) => void

/** Every call of a director passes here, once its input is what the contract says. */
export function createHomeGuard(store: Store): HomeGuard {
  return (channel, input, session) => {
    if (session?.role !== 'director' || !isNaming(channel) || onStation[channel] === 'may') return
    for (const examId of examsOf(store, input)) {
      if (isFromElsewhere(store, examId)) throw new AttuneError('exam-from-elsewhere')
    }
  }
}

const isNaming = (channel: ChannelName): channel is NamingChannel => channel in onStation

type Named = Partial<{
  examId: ExamId
  filter: { examId: ExamId | null }
  encounterId: EncounterId
  stationId: StationId
  candidateId: CandidateId
  personId: PersonId
  rubric: RubricRef
}>

/** The exams that a call is about, whatever of them it names; none where that is not here. */
function examsOf(store: Store, input: unknown): ExamId[] {
  const named = input as Named
  const { encounters, stations, candidates, people, exams } = store
  const found = [
    named.examId,
    named.filter?.examId,
    named.encounterId && encounters.get(named.encounterId)?.examId,
    named.stationId && stations.get(named.stationId)?.examId,
    named.candidateId && candidates.get(named.candidateId)?.examId,
    named.personId && people.get(named.personId)?.examId,
  ].flatMap((id) => id ?? [])
  const { rubric } = named
  if (rubric === undefined) return found
  const uses = (examId: ExamId) => stations.ofExam(examId).some((one) => sameRubric(one.rubric, rubric))
  return [...found, ...exams.list().flatMap(({ id }) => (uses(id) ? id : []))]
}
