import { defineStore } from 'pinia'
import { reactive, shallowRef } from 'vue'
import type { AuditChoices, AuditFilter, AuditPage } from '#shared/contract/parts/audit.ts'
import type { Failure } from '#shared/contract/result.ts'
import type { ExamId } from '#shared/domain/ids.ts'
import { call } from '../../api.ts'

/** What the person set in the filter; days and times as the fields give them. */
type Chosen = Omit<AuditFilter, 'examId' | 'from' | 'to'> & { from: string; to: string }

const nothing = (): Chosen => ({
  ...{ personId: null, candidateId: null, stationId: null, kind: null, device: null },
  ...{ from: '', to: '', text: '' },
})

/** Who did what in an exam, or about the installation, page by page. */
export const useAuditStore = defineStore('audit', () => {
  const examId = shallowRef<ExamId | null>(null)
  const chosen = reactive<Chosen>(nothing())
  const page = shallowRef<AuditPage | null>(null)
  const choices = shallowRef<AuditChoices | null>(null)
  const failure = shallowRef<Failure | null>(null)
  const busy = shallowRef(false)
  /** Which answer counts: none that was asked for before the last question. */
  let turn = 0

  const filter = (): AuditFilter => {
    const { from, to, text, ...rest } = chosen
    return { examId: examId.value, ...rest, from: instantOf(from), to: instantOf(to), text: text.trim() }
  }

  async function load(of: ExamId | null): Promise<void> {
    teardown()
    examId.value = of
    const [asked] = await Promise.all([call('audit.choices', { examId: of }), read()])
    if (examId.value === of && asked.ok) choices.value = asked.data
  }

  /** The newest entries that the filter lets through; `before`: those older than this place. */
  async function read(before: string | null = null): Promise<void> {
    turn += 1
    const mine = turn
    busy.value = true
    const result = await call('audit.list', { filter: filter(), before })
    if (mine !== turn) return
    busy.value = false
    failure.value = result.ok ? null : result
    if (result.ok) page.value = result.data
  }

  function clear(): Promise<void> {
    Object.assign(chosen, nothing())
    return read()
  }

  function teardown(): void {
    turn += 1
    Object.assign(chosen, nothing())
    page.value = choices.value = failure.value = examId.value = null
    busy.value = false
  }

  return { examId, chosen, page, choices, failure, busy, filter, load, read, clear, teardown }
})

/** The instant of a local day and time as a field gives it; null where none is given. */
function instantOf(field: string): string | null {
  const at = field === '' ? NaN : new Date(field).getTime()
  return Number.isNaN(at) ? null : new Date(at).toISOString()
}
