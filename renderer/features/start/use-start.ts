import { shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { useRouter, type RouteLocationRaw } from 'vue-router'
import type { RosterEntry } from '#shared/contract/parts/exams.ts'
import type { Exam } from '#shared/domain/exam.ts'
import type { ExamId } from '#shared/domain/ids.ts'
import type { Result } from '#shared/contract/result.ts'
import { call, pickFile } from '../../api.ts'
import { useExamsStore } from '../../use-exams-store.ts'
import { useSessionStore } from '../../use-session-store.ts'
import { useErrors } from '../../ui/use-errors.ts'
import { useToasts } from '../../ui/use-toasts.ts'

/** Who has to sign in, before `then` happens. */
type Asked = { of: 'director'; then: () => void } | { of: RosterEntry; then: () => void }

/** What the start screen does. One deed at a time; a refusal is shown and leaves everything as it was. */
export function useStart() {
  const { t } = useI18n()
  const router = useRouter()
  const session = useSessionStore()
  const exams = useExamsStore()
  const { sentence } = useErrors()
  const { show } = useToasts()
  /** The deed under way. */
  const busy = shallowRef<string | null>(null)
  /** The sample that was loaded last: the one to look at. */
  const loaded = shallowRef<ExamId | null>(null)
  /** Whose PIN is asked for. */
  const asked = shallowRef<Asked | null>(null)
  /** Whether an exam package is asked for. */
  const importing = shallowRef(false)

  async function during(deed: string, run: () => Promise<void>): Promise<void> {
    if (busy.value !== null) return
    busy.value = deed
    try {
      await run()
    } finally {
      busy.value = null
    }
  }

  /** The data of a result; a refusal becomes a notice and null. */
  function dataOf<T>(result: Result<T>): T | null {
    if (result.ok) return result.data
    show({ kind: 'failed', text: sentence(result) })
    return null
  }

  /** Does it as a director: at once where one sits here, else once one has signed in. */
  function asDirector(deed: string, run: () => Promise<void>): void {
    const then = () => void during(deed, run)
    if (session.role === 'director') then()
    else asked.value = { of: 'director', then }
  }

  return {
    busy,
    loaded,
    asked,
    importing,

    /** Whoever was asked for has signed in. */
    signedIn: () => {
      const { then } = asked.value ?? {}
      asked.value = null
      then?.()
    },

    loadSample: () =>
      during('sample', async () => {
        const exam = dataOf(await call('exam.loadSample', {}))
        if (exam === null) return
        await exams.load()
        loaded.value = exam.id
        show({ kind: 'done', text: t('start.sampleLoaded') })
      }),

    build: () => {
      asDirector('build', async () => {
        const exam = dataOf(await call('exam.create', {}))
        if (exam === null) return
        await exams.load()
        await router.push({ name: 'exam-setup', params: { examId: exam.id } })
      })
    },

    importFile: async () => {
      const upload = dataOf(await pickFile(['.json']))
      if (upload === null) return
      asDirector('import', async () => {
        const exam = dataOf(await call('exam.importFile', { upload }))
        if (exam === null) return
        await exams.load()
        show({ kind: 'done', text: t('start.imported', { title: exam.title }) })
        await router.push({ name: 'exam-setup', params: { examId: exam.id } })
      })
    },

    /** Asks for the package and its code; no director is needed where a laptop only becomes a station. */
    importPackage: () => {
      importing.value = true
    },

    /** The exam of a package came in. */
    cameIn: async (exam: Exam) => {
      await exams.load()
      loaded.value = exam.id
    },

    /** Goes on as a director, to a screen of theirs. */
    goDirector: (to: RouteLocationRaw) => {
      asDirector('director', async () => {
        await router.push(to)
      })
    },

    /** Goes on as one of the exam's people, to that person's day. */
    goPerson: (entry: RosterEntry) => {
      const { id, role } = entry.person
      const then = () => void router.push({ name: role === 'examiner' ? 'examiner-day' : 'sp-day' })
      if (session.session?.personId === id) then()
      else asked.value = { of: entry, then }
    },
  }
}

export type Start = ReturnType<typeof useStart>
