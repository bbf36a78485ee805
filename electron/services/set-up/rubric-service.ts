import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { RubricEntry } from '#shared/contract/parts/exams.ts'
import { AttuneError } from '#shared/contract/result.ts'
import { cleanLine } from '#shared/domain/clean-line.ts'
import { rubricIdSchema, type RubricId } from '#shared/domain/ids.ts'
import { rubricItems, rubricSchema, sameRubric, type Rubric, type RubricRef } from '#shared/domain/rubric.ts'
import type { Session } from '#shared/domain/session.ts'
import type { HandlersOf } from '#electron/base/handlers.ts'
import type { Log } from '#electron/base/log.ts'
import { JsonSourceError } from '#electron/files/json-source.ts'
import type { StoredRubric } from '#electron/store/repositories/rubrics.ts'
import type { Store } from '#electron/store/store.ts'
import { parseRubricFile, rubricChecksum } from './rubric-file.ts'
import { rubricProblem } from './rubric-problem.ts'
import { entryAbout, toldSetUp, type SetUpParts } from './set-up.ts'

/** The rubrics of this installation: those that came with the app, and a director's own. */
export function createRubricHandlers(parts: SetUpParts): HandlersOf<'rubric'> {
  const { store, ids } = parts
  return {
    'rubric.list': () => store.rubrics.list().map(entryOf),
    'rubric.get': (ref) => {
      const stored = rubricOf(store, ref)
      return { rubric: stored.rubric, entry: entryOf(stored) }
    },
    'rubric.duplicate': ({ ref, title }) => {
      const { rubric } = rubricOf(store, ref)
      const name = cleanLine(title)
      const copy = sealed({ ...rubric, id: freeId(store, name, ids), version: 1, title: name })
      store.rubrics.put(copy, false)
      return copy
    },
    'rubric.save': ({ rubric: edited }, { session }) => {
      const saved = sealed(edited)
      const { rubric, shipped, inUse } = rubricOf(store, saved)
      if (shipped || inUse) {
        throw new AttuneError('rubric-in-use', { title: rubric.title, reason: shipped ? 'shipped' : 'in-use' })
      }
      saveRubric(parts, saved, session)
      return saved
    },
    'rubric.remove': (ref) => {
      const { rubric, shipped } = rubricOf(store, ref)
      const stations = store.rubrics.stationsUsing(ref)
      if (shipped || stations > 0) {
        throw new AttuneError('rubric-in-use', {
          title: rubric.title,
          reason: shipped ? 'shipped' : 'stations',
          stations,
        })
      }
      store.rubrics.remove(ref)
      return {}
    },
  }
}

/** Saves what a director edited; of each open exam that is rated with it the ledger tells at which stations. */
function saveRubric({ store, events, ids }: SetUpParts, saved: Rubric, session: Session | null): void {
  if (store.rubrics.get(saved)?.rubric.checksum === saved.checksum) return
  const using = store.exams.list().flatMap((exam) => {
    const stations = store.stations.ofExam(exam.id).filter(({ rubric }) => sameRubric(rubric, saved))
    return stations.length > 0 ? [{ exam, stations }] : []
  })
  store.ledger.appendWith((append) => {
    store.rubrics.put(saved, false)
    for (const { exam, stations } of using.filter(({ exam: { status } }) => status === 'running')) {
      const since = toldSetUp(store, exam.id)
      for (const { id: stationId } of stations) {
        const change = { type: 'set-up.station', stationId, what: 'rubric-words', was: null, is: null } as const
        append(entryAbout(ids, { examId: exam.id, session }, { ...change, ...since }))
      }
    }
  })
  for (const { exam } of using) events.publish('exam.changed', { examId: exam.id })
}

/**
 * Puts the rubrics in `<resourcesDir>/rubrics` into the store. A published version never changes: where the store has
 * it with other words, those stay, because exams were built with them, and the log says so.
 *
 * Throws 'rubric-invalid' with the file, the line and the problem.
 */
export function installShippedRubrics(store: Store, resourcesDir: string, log: Log): void {
  const dir = join(resourcesDir, 'rubrics')
  const files = readdirSync(dir).filter((file) => file.endsWith('.json'))
  store.transaction(() => {
    for (const file of files.toSorted()) {
      const rubric = shippedRubric(dir, file)
      const known = store.rubrics.get(rubric)
      // It may have come before, with an exam of a newer Attune.
      if (!known || (!known.shipped && known.rubric.checksum === rubric.checksum)) store.rubrics.put(rubric, true)
      else if (known.rubric.checksum !== rubric.checksum) {
        log.error('a shipped rubric differs from the stored one; the stored one stays', {
          rubric: rubric.id,
          version: rubric.version,
        })
      }
    }
  })
}

/**
 * Adds a rubric that came with an exam, inside the caller's transaction, and returns the name under which it is here:
 * its own, or, where another rubric has that already, a new one. The words of neither change.
 */
export function addRubric(store: Store, ids: () => string, rubric: Rubric): RubricRef {
  const known = store.rubrics.get(rubric)
  const own = known && known.rubric.checksum !== rubric.checksum ? renamed(store, ids, rubric) : rubric
  if (!known || own !== rubric) store.rubrics.put(own, false)
  return { id: own.id, version: own.version }
}

/** With an id of its own, and a title that tells it from those that are here. */
function renamed(store: Store, ids: () => string, rubric: Rubric): Rubric {
  const titles = new Set(store.rubrics.list().map((stored) => stored.rubric.title))
  const start = rubric.title.slice(0, 74).replace(/[\uD800-\uDBFF]$/, '')
  const titled = (count: number) => `${start} (${count})`
  let count = 2
  while (titles.has(titled(count))) count += 1
  return sealed({ ...rubric, id: freeId(store, rubric.title, ids), version: 1, title: titled(count) })
}

function shippedRubric(dir: string, file: string): Rubric {
  try {
    return parseRubricFile(readFileSync(join(dir, file), 'utf8'))
  } catch (error) {
    if (!(error instanceof JsonSourceError)) throw error
    throw new AttuneError('rubric-invalid', { file, line: error.line, problem: error.problem }, { cause: error })
  }
}

function entryOf({ rubric, shipped, inUse }: StoredRubric): RubricEntry {
  const ref = { id: rubric.id, version: rubric.version }
  const domains = rubric.domains.map(({ id, title }) => ({ id, title }))
  return { ref, title: rubric.title, shipped, inUse, items: rubricItems(rubric).length, domains }
}

function rubricOf(store: Store, ref: RubricRef): StoredRubric {
  const stored = store.rubrics.get({ id: ref.id, version: ref.version })
  if (!stored) throw new AttuneError('unknown-rubric', { rubric: ref.id, version: ref.version })
  return stored
}

/** Checked, with the checksum of its content. Throws 'rubric-invalid' with the field and the problem. */
function sealed(rubric: Rubric): Rubric {
  const result = rubricSchema.safeParse({ ...rubric, checksum: '0'.repeat(64) })
  if (!result.success) {
    const [issue] = result.error.issues
    if (!issue) throw new AttuneError('rubric-invalid')
    const { path, problem } = rubricProblem(issue, rubric)
    throw new AttuneError('rubric-invalid', { field: path.join('.'), problem })
  }
  return { ...result.data, checksum: rubricChecksum(result.data) }
}

/** "<title in plain letters>-<six characters>", given to no other rubric. */
function freeId(store: Store, title: string, ids: () => string): RubricId {
  const slug = title
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 40)
  const unique = ids()
    .replaceAll(/[^A-Za-z0-9]/g, '')
    .slice(-6)
    .toLowerCase()
  const id = rubricIdSchema.parse(`${slug || 'rubric'}-${unique}`)
  return store.rubrics.get({ id, version: 1 }) ? freeId(store, title, ids) : id
}
