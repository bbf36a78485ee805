import type { ImportedBundle } from '#shared/contract/parts/laptops.ts'
import { AttuneError } from '#shared/contract/result.ts'
import { MAX_BUNDLE_BYTES } from '#shared/domain/bundle.ts'
import { tidyCode } from '#shared/domain/seal-code.ts'
import { phrase } from '#shared/locales/phrase.ts'
import { sentenceFor } from '#electron/hosts/sentences.ts'
import { hasDatabase } from '#electron/store/store.ts'
import { asDirector, sizedUploadOf, type Director } from '../as-director.ts'
import { readCall, readOptions, required, UsageError, type Command } from '../command.ts'
import { examIdOf, reading } from '../exam-output.ts'
import { folderOf, folderOptions } from '../folder.ts'
import { outFileInFolder, pathOf } from '../paths.ts'

export const bundleExport: Command = {
  name: 'bundle export',
  summary: 'Writes what this data folder recorded of an exam, sealed for its director and signed.',
  usage: `attune bundle export --exam ID --out FILE [--since start|last] [--data DIR] [--json]

  --exam ID       as "exam list" prints it
  --out FILE      the bundle; it is on disk and was read back once this command ends. Its
                  folder must be there: none is made in the place of a stick that is not plugged in
  --since WHICH   "start" (default): everything; "last": what came since the last bundle
  --data DIR      the data folder (default: the app's own); the app must be closed
  --json          one JSON object: file, events, code (by which the director knows this laptop), ledgerCode (as its
                  reports bear it)`,
  run: async (args, io) => {
    const values = readOptions(args, {
      ...folderOptions,
      exam: { type: 'string' },
      out: { type: 'string' },
      since: { type: 'string', default: 'start' },
      json: { type: 'boolean', default: false },
    })
    const { since } = values
    if (since !== 'start' && since !== 'last') throw new UsageError(`--since takes "start" or "last", not "${since}"`)
    const target = outFileInFolder(values.out)
    const folder = await folderOf(values, io)
    const exam = required(values.exam, 'exam')
    const examId = reading(folder, (store) => examIdOf(store, exam))
    const made = async ({ call, save }: Director) => {
      const { file, events, ledgerCode } = await call('bundle.export', { examId, since })
      await save(file, target)
      await call('bundle.saved', { fileId: file.id })
      const { code } = await call('laptop.own', {})
      return { file: target, events, code, ledgerCode }
    }
    const told = await asDirector(folder, made, { onlyExports: true })
    if (values.json) io.out(JSON.stringify(told))
    else {
      io.out(told.file)
      io.out(phrase('terminal.bundle.exported', { ...told, ledgerCode: told.ledgerCode ?? '' }))
    }
    return 0
  },
}

/** Of events, as the usage of the command tells. */
type Counts = { new: number; known: number; conflicting: number; refused: number }
type Taken = Counts & { file: string } & Pick<ImportedBundle, 'laptop' | 'ledgerCode' | 'missing' | 'aheadMs'>
/** `code`: of the laptop that is to be compared first. */
type Refused = Counts & { file: string; problem: string; code?: string }
type Told = Taken | Refused

export const bundleImport: Command = {
  name: 'bundle import',
  summary: 'Takes in what laptops recorded, in any order and as often as one likes.',
  usage: `attune bundle import FILE... [--trust CODE=NAME]... [--data DIR] [--json]

  FILE                bundles of an exam that was built in this data folder
  --trust CODE=NAME   believes the laptop that shows this code and gives it this name
  --data DIR          the data folder (default: the app's own); the app must be closed
  --json              one JSON object: the counts below in all, and "files" with those of each, in the order given

What is counted are events.
  new           written just now
  known         here already: the file came before, or another with the same events
  conflicting   of those two, what stood in a contradiction between laptops that nobody has decided, right after the file
  refused       of a file that was refused: nothing of it is taken in, "problem" says why. 0 where they could not be
                counted: the file was not opened, or its signature does not hold
The events of a file are new + known, or refused. Ends with 1 where a file was refused.`,
  run: async (args, io) => {
    const { values, words } = readCall(args, {
      ...folderOptions,
      trust: { type: 'string', multiple: true, default: [] },
      json: { type: 'boolean', default: false },
    })
    if (words.length === 0) throw new UsageError('at least one FILE is needed')
    const trusted = values.trust.map(trustOf)
    const folder = await folderOf(values, io)
    // No exam was built in a folder that a typing error names.
    if (!hasDatabase(folder.dataDir)) throw new AttuneError('database-missing', { folder: folder.dataDir })
    const files = await asDirector(folder, async (director) => {
      const told: Told[] = []
      for (const word of words) told.push(await takeIn(director, word, trusted))
      return told
    })
    const sum = (of: (counts: Counts) => number) => files.reduce((total, file) => total + of(file), 0)
    const all: Counts = {
      new: sum((file) => file.new),
      known: sum((file) => file.known),
      conflicting: sum((file) => file.conflicting),
      refused: sum((file) => file.refused),
    }
    const refused = files.filter(isRefused)
    if (values.json) io.out(JSON.stringify({ ...all, files }))
    else {
      for (const file of files) {
        if (isRefused(file)) continue
        io.out(phrase('terminal.bundle.imported', { ...file, ledgerCode: file.ledgerCode ?? '' }))
        if (file.missing > 0) io.out(phrase('terminal.bundle.missing', { file: file.file, count: file.missing }))
      }
    }
    for (const { file, problem, code } of refused) {
      io.err(`${file}: ${problem}`)
      if (code !== undefined) io.err(phrase('terminal.bundle.trust', { code }))
    }
    return refused.length > 0 ? 1 : 0
  },
}

const isRefused = (file: Told): file is Refused => 'problem' in file

type Trust = { code: string; name: string }

function trustOf(typed: string): Trust {
  const at = typed.indexOf('=')
  const [code, name] = at < 0 ? ['', ''] : [tidyCode(typed.slice(0, at)), typed.slice(at + 1).trim()]
  if (code === '' || name === '') throw new UsageError(`--trust takes CODE=NAME, not "${typed}"`)
  return { code, name }
}

async function takeIn({ call }: Director, word: string, trust: Trust[]): Promise<Told> {
  try {
    const upload = sizedUploadOf(pathOf(word), MAX_BUNDLE_BYTES)
    const { examId: _, ...counts } = await call('bundle.import', { upload, trust })
    return { file: word, ...counts, refused: 0 }
  } catch (error) {
    if (!(error instanceof AttuneError)) throw error
    const { events = 0, code } = error.params
    const stranger = error.code === 'bundle-stranger' ? { code: String(code) } : {}
    const problem = sentenceFor(error.code, error.params)
    return { file: word, new: 0, known: 0, conflicting: 0, refused: Number(events), problem, ...stranger }
  }
}
