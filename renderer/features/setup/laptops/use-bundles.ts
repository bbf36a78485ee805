import { computed, shallowReactive, shallowRef } from 'vue'
import type { Upload } from '#shared/contract/parts/common.ts'
import type { ImportedBundle } from '#shared/contract/parts/laptops.ts'
import type { Failure, Result } from '#shared/contract/result.ts'
import { MAX_BUNDLE_BYTES } from '#shared/domain/bundle.ts'
import { call, pickFile } from '../../../api.ts'
import { readUpload } from '../../../read-upload.ts'

/** A file that was given, and how it went. */
export type Given = {
  id: number
  name: string
  state: 'waiting' | 'done' | 'refused'
  imported: ImportedBundle | null
  failure: Failure | null
  /** Of a laptop that nobody has named: its code, until it is named or left out. */
  stranger: string | null
}

/** The code of the laptop that signed, where nobody has named it. */
export const strangerOf = ({ code, params }: Failure): string | null =>
  code === 'bundle-stranger' ? String(params['code'] ?? '') : null

/** A bundle that is too large for a window has other ways in, which a list has not. */
const inWords = (failure: Failure): Failure =>
  failure.code === 'file-too-large'
    ? { ...failure, code: 'bundle-too-large-here', params: { ...failure.params, mostMb: MAX_BUNDLE_BYTES / 1e6 } }
    : failure

type Read = () => Promise<Result<Upload>>

/** The bundles that are given to the director's laptop: any number in any order, taken in one after another. */
export function useBundles() {
  const given = shallowReactive<Given[]>([])
  const kept = new Map<number, Read>()
  const picking = shallowRef(false)
  let last = 0
  let queue = Promise.resolve()

  function change(id: number, to: Partial<Given>): void {
    const index = given.findIndex((one) => one.id === id)
    const one = given[index]
    if (one) given[index] = { ...one, ...to }
  }

  async function take(id: number, trust: { code: string; name: string } | null): Promise<void> {
    const read = kept.get(id)
    if (!read) return
    const upload = await read()
    const result = upload.ok ? await call('bundle.import', { upload: upload.data, trust }) : upload
    if (result.ok) {
      change(id, { state: 'done', imported: result.data, failure: null, stranger: null })
      kept.delete(id)
      return
    }
    const stranger = strangerOf(result)
    change(id, { state: 'refused', failure: inWords(result), stranger })
    if (stranger === null) kept.delete(id)
  }

  function next(id: number, trust: { code: string; name: string } | null = null): Promise<void> {
    queue = queue.then(() => take(id, trust))
    return queue
  }

  function give(name: string, read: Read): void {
    last += 1
    const one: Given = { id: last, name, state: 'waiting', imported: null, failure: null, stranger: null }
    kept.set(one.id, read)
    given.push(one)
    void next(one.id)
  }

  return {
    given,
    picking,
    waiting: computed(() => given.filter(({ state }) => state === 'waiting').length),

    /** Lets the person choose one more file. */
    async pick(): Promise<void> {
      if (picking.value) return
      picking.value = true
      const chosen = await pickFile(['.attune-bundle'])
      picking.value = false
      if (!chosen.ok) give(String(chosen.params['name'] ?? ''), () => Promise.resolve(chosen))
      else if (chosen.data !== null) {
        const upload = chosen.data
        give(upload.name, () => Promise.resolve({ ok: true, data: upload }))
      }
    },

    /** Files that were dropped here; each is read when its turn comes, so that forty do not lie in memory at once. */
    drop(files: Iterable<File>): void {
      for (const file of files) give(file.name, () => readUpload(file))
    },

    /** Believes a laptop whose code was compared, under a name, and takes in all that came from it. */
    async trust(code: string, name: string): Promise<void> {
      const [first, ...others] = given.filter(({ stranger }) => stranger === code)
      if (!first) return
      for (const { id } of [first, ...others]) change(id, { state: 'waiting', failure: null, stranger: null })
      const all = [next(first.id, { code, name }), ...others.map(({ id }) => next(id))]
      await Promise.all(all)
    },

    /** Leaves a laptop out whose code is another one. */
    leaveOut(code: string): void {
      for (const { id, stranger } of [...given]) {
        if (stranger !== code) continue
        kept.delete(id)
        change(id, { stranger: null })
      }
    },
  }
}

export type Bundles = ReturnType<typeof useBundles>
