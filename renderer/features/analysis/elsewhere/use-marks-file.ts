import { computed, ref, shallowRef, watch } from 'vue'
import type { Input, Output } from '#shared/contract/contract.ts'
import type { Upload } from '#shared/contract/parts/common.ts'
import type { Failure, Result } from '#shared/contract/result.ts'
import type { MarksColumns } from '#shared/measurement/data/marks-columns.ts'
import { call, pickFile } from '../../../api.ts'
import { readUpload } from '../../../read-upload.ts'

type Entry = number | string
export type FileForm = Record<'maxScore' | 'low' | 'high' | 'borderline' | 'minStationsPassed' | 'semMultiple', Entry>

const firstForm = (): FileForm => ({
  ...{ maxScore: '', low: 0, high: 5, borderline: 2, minStationsPassed: 0, semMultiple: 0 },
})

type Declared = Pick<Input<'analysis.file'>, 'scale' | 'rule'>

/** What the form declares; null where an entry is missing or out of its range. */
export function declaredBy(form: FileForm): Declared | null {
  const number = (entry: Entry) => (entry === '' ? null : Number(entry))
  const [maxScore, low, high, borderline] = [form.maxScore, form.low, form.high, form.borderline].map(number)
  const [least, sem] = [form.minStationsPassed, form.semMultiple].map(number)
  const whole = (value: number | null | undefined, to: number): value is number =>
    typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= to
  const fits = (value: number | null | undefined, from: number, to: number): value is number =>
    typeof value === 'number' && value >= from && value <= to
  if (!whole(low, 999) || !whole(high, 1000) || low >= high || !fits(borderline, low, high)) return null
  if (!whole(least, 500) || !fits(sem, 0, 10)) return null
  if (maxScore === undefined || (maxScore !== null && !(maxScore > 0 && maxScore <= 1e12))) return null
  return {
    scale: { maxScore, grades: { low, high } },
    rule: { borderline, minStationsPassed: least, semMultiple: sem },
  }
}

/**
 * A file of marks on its way to an analysis. It stays in this window: the host reads it at each call and keeps nothing.
 * What was said of it under other choices is dropped.
 */
export function useMarksFile() {
  const upload = shallowRef<Upload | null>(null)
  const found = shallowRef<Output<'analysis.readFile'> | null>(null)
  const result = shallowRef<Output<'analysis.file'> | null>(null)
  const failure = shallowRef<Failure | null>(null)
  const busy = ref<'reading' | 'analysing' | null>(null)
  const choosing = ref(false)
  const form = ref(firstForm())
  const columns = shallowRef<MarksColumns | null>(null)
  const declared = computed(() => declaredBy(form.value))
  /** What a result stands on. */
  const analysed = shallowRef<Input<'analysis.file'> | null>(null)
  let turn = 0

  async function take(chosen: Result<Upload | null>): Promise<void> {
    if (chosen.ok && chosen.data === null) return
    upload.value = chosen.ok ? chosen.data : null
    found.value = result.value = columns.value = null
    form.value = firstForm()
    failure.value = chosen.ok ? null : chosen
    await read()
  }

  async function read(): Promise<void> {
    if (upload.value === null || declared.value === null) return
    const mine = (turn += 1)
    busy.value = 'reading'
    const { scale } = declared.value
    const said = await call('analysis.readFile', { upload: upload.value, columns: columns.value, scale })
    if (mine !== turn) return
    busy.value = null
    failure.value = said.ok ? null : said
    if (said.ok) found.value = said.data
    else if (found.value === null) upload.value = null
  }

  async function analyse(): Promise<void> {
    const now = declared.value
    if (upload.value === null || found.value === null || now === null) return
    const mine = (turn += 1)
    busy.value = 'analysing'
    const asked = { upload: upload.value, columns: found.value.columns, ...now }
    const said = await call('analysis.file', asked)
    if (mine !== turn) return
    busy.value = null
    failure.value = said.ok ? null : said
    if (!said.ok) return
    analysed.value = asked
    result.value = said.data
  }

  // What is wrong depends on the scale.
  watch(
    () => JSON.stringify(declared.value?.scale ?? null),
    () => void (found.value !== null && read()),
  )

  return {
    ...{ upload, found, result, failure, busy, choosing, form, declared, analysed, read, analyse },
    pick: async () => {
      if (choosing.value) return
      choosing.value = true
      const chosen = await pickFile(['.csv', '.xlsx', '.txt', '.tsv'])
      choosing.value = false
      await take(chosen)
    },
    drop: async ([file]: Iterable<File>) => {
      if (file) await take(await readUpload(file))
    },
    /** Reads the file anew with other columns. */
    choose: (as: MarksColumns) => {
      columns.value = as
      return read()
    },
    /** Back to the columns, with the file as it is. */
    back: () => {
      result.value = null
    },
  }
}

export type MarksFile = ReturnType<typeof useMarksFile>
