import { defineStore } from 'pinia'
import { computed, shallowReactive, shallowRef } from 'vue'
import type { Output } from '#shared/contract/contract.ts'
import type { RubricEntry } from '#shared/contract/parts/exams.ts'
import type { Readiness } from '#shared/domain/readiness.ts'
import type { Failure } from '#shared/contract/result.ts'
import type { ExamId } from '#shared/domain/ids.ts'
import { call } from '../../api.ts'
import { followExam } from '../../follow-exam.ts'
import { useUndo } from '../../ui/use-undo.ts'
import { createSetupCalls } from './setup-calls.ts'
import { createSetupDeeds, type Did } from './setup-deeds.ts'
import type { Draft, DraftState } from './use-draft.ts'

export type SetupData = Output<'exam.get'>

type OpenDraft = Pick<Draft<object>, 'state' | 'flush'>

/** Changes of the host within this time are read in one go. */
const GATHER_MS = 120

/** The exam that is being set up: what is stored, what still stands in its way, and every change to it. */
export const useSetupStore = defineStore('setup', () => {
  const examId = shallowRef<ExamId | null>(null)
  const data = shallowRef<SetupData | null>(null)
  const readiness = shallowRef<readonly Readiness[]>([])
  const rubrics = shallowRef<readonly RubricEntry[]>([])
  const failure = shallowRef<Failure | null>(null)
  const undo = useUndo<Did>()
  const calls = createSetupCalls(data)
  const deeds = createSetupDeeds({ calls, data, undo })

  const blocking = computed(() => readiness.value.filter(({ level }) => level === 'blocking'))
  const advice = computed(() => readiness.value.filter(({ level }) => level === 'advice'))

  /** What is being edited on the screen, and saves itself. */
  const drafts = shallowReactive(new Set<OpenDraft>())
  const saved = computed((): DraftState => {
    const states = [...drafts].map((draft) => draft.state.value)
    const saving: DraftState[] = calls.underWay.value > 0 ? ['saving'] : []
    const all = [...states, ...saving]
    return (['failed', 'saving', 'invalid'] as const).find((state) => all.includes(state)) ?? 'saved'
  })

  /** Counts a draft in for as long as it is on the screen; the function given back ends it. */
  function edit(draft: OpenDraft): () => void {
    drafts.add(draft)
    return () => drafts.delete(draft)
  }
  const flush = () => Promise.all([...drafts].map((draft) => draft.flush()))

  let latest = 0
  let endNews: () => void = () => undefined
  const isOpen = (id: ExamId) => examId.value === id
  /** Reads the exam. An answer that crossed a write is older than what is shown: it is read again. */
  async function read(id: ExamId): Promise<void> {
    examId.value = id
    latest += 1
    const mine = latest
    const before = calls.count()
    const [exam, findings, list] = await Promise.all([
      call('exam.get', { examId: id }),
      call('exam.readiness', { examId: id }),
      call('rubric.list', {}),
    ])
    if (mine !== latest) return
    if (calls.count() !== before) {
      await calls.settled()
      if (isOpen(id)) await read(id)
      return
    }
    failure.value = [exam, findings, list].find((result) => !result.ok) ?? null
    if (exam.ok) data.value = exam.data
    // Somebody removed it in another window.
    else if (exam.code === 'unknown-exam') data.value = null
    if (findings.ok) readiness.value = findings.data
    if (list.ok) rubrics.value = list.data
  }

  /** Shows an exam in place of the one that was shown, and follows what the host changes in it. */
  async function load(id: ExamId): Promise<void> {
    teardown()
    endNews = followExam(
      (change) => change.examId === id && change.encounterId === null,
      GATHER_MS,
      () => read(id),
    )
    await read(id)
  }

  /** Lets go of the exam: nothing of it is left. */
  function teardown(): void {
    endNews()
    latest += 1
    examId.value = data.value = failure.value = null
    readiness.value = []
    undo.forget()
  }

  return {
    examId,
    data,
    readiness,
    rubrics,
    failure,
    blocking,
    advice,
    saved,
    undo,
    calls,
    deeds,
    edit,
    flush,
    load,
    read,
    teardown,
  }
})
