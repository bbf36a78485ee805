import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { Output } from '#shared/contract/contract.ts'
import type { ExamId } from '#shared/domain/ids.ts'
import { call } from '../../api.ts'
import { followExam } from '../../follow-exam.ts'
import { useReading } from '../../ui/use-reading.ts'
import type { Section } from './sections.ts'

/** Every reading computes the whole analysis anew. */
const REFRESH_MS = 10_000

/** The analysis of one exam. Each section is read when it is opened, and anew while it is shown and the exam goes on. */
export const useAnalysisStore = defineStore('analysis', () => {
  const examId = shallowRef<ExamId | null>(null)
  const open = shallowRef<Section>('overview')
  const overview = useReading<Output<'analysis.overview'>>()
  const stations = useReading<Output<'analysis.stations'>>()
  const reliability = useReading<Output<'analysis.reliability'>>()
  const examiners = useReading<Output<'analysis.examiners'>>()
  const patients = useReading<Output<'analysis.patients'>>()
  const groups = useReading<Output<'analysis.groups'>>()

  const readOverview = (of: ExamId) => overview.read(of, () => call('analysis.overview', { examId: of }))
  const readings = {
    overview: readOverview,
    // What is tried stands beside the standard in force.
    'what-if': readOverview,
    stations: (of: ExamId) => stations.read(of, () => call('analysis.stations', { examId: of })),
    reliability: (of: ExamId) => reliability.read(of, () => call('analysis.reliability', { examId: of })),
    examiners: (of: ExamId) => examiners.read(of, () => call('analysis.examiners', { examId: of })),
    patients: (of: ExamId) => patients.read(of, () => call('analysis.patients', { examId: of })),
    groups: (of: ExamId) => groups.read(of, () => call('analysis.groups', { examId: of })),
  } satisfies Record<Section, (of: ExamId) => Promise<void>>

  async function load(of: ExamId, section: Section): Promise<void> {
    examId.value = of
    open.value = section
    await readings[section](of)
  }

  /** Reads the open section anew when the exam changes; the function given back ends it. */
  function follow(): () => void {
    return followExam(
      (change) => change.examId === examId.value,
      REFRESH_MS,
      async () => {
        if (examId.value !== null) await load(examId.value, open.value)
      },
    )
  }

  function teardown(): void {
    examId.value = null
    for (const { forget } of [overview, stations, reliability, examiners, patients, groups]) forget()
  }

  return { overview, stations, reliability, examiners, patients, groups, load, follow, teardown }
})
