import { phrase } from '#shared/locales/phrase.ts'
import { openPackage } from '#electron/services/laptops/package-content.ts'
import { mustBeSignedBy } from '#electron/services/laptops/package-letters.ts'
import { hasDatabase } from '#electron/store/store.ts'
import { asDirector, uploadOf, type Director } from '../as-director.ts'
import { readCall, readOptions, required, UsageError, type Command } from '../command.ts'
import { examIdOf, reading } from '../exam-output.ts'
import { folderOf, folderOptions } from '../folder.ts'
import { outFileInFolder, pathOf } from '../paths.ts'

export const packageExport: Command = {
  name: 'package export',
  summary: 'Writes an exam for the laptops of its stations, sealed with a code.',
  usage: `attune package export --exam ID --out FILE [--data DIR] [--json]

  --exam ID     as "exam list" prints it; it must be running
  --out FILE    the package; whoever imports it needs the code that is printed. Its folder must be there: none
                is made in the place of a stick that is not plugged in
  --data DIR    the data folder (default: the app's own); the app must be closed
  --json        one JSON object: file, code, signerCode (which the stations show, to be compared once)`,
  run: async (args, io) => {
    const values = readOptions(args, {
      ...folderOptions,
      exam: { type: 'string' },
      out: { type: 'string' },
      json: { type: 'boolean', default: false },
    })
    const target = outFileInFolder(values.out)
    const folder = await folderOf(values, io)
    const exam = required(values.exam, 'exam')
    const examId = reading(folder, (store) => examIdOf(store, exam))
    const write = async ({ call, save }: Director) => {
      const made = await call('package.export', { examId })
      await save(made.file, target)
      return made
    }
    const { code, signerCode } = await asDirector(folder, write, { onlyExports: true })
    if (values.json) io.out(JSON.stringify({ file: target, code, signerCode }))
    else {
      io.out(target)
      io.out(phrase('terminal.package.code', { code }))
      io.out(phrase('terminal.package.signer', { code: signerCode }))
    }
    return 0
  },
}

export const packageImport: Command = {
  name: 'package import',
  summary: 'Makes a data folder a station of an exam, or brings it up to date.',
  usage: `attune package import FILE --code CODE [--signer LETTERS] [--data DIR] [--json]

  FILE          the package
  --code CODE   what was told when it was exported; capitals and dashes do not matter
  --signer LETTERS  the letters that the director sees: the package must be signed by them, and counts as compared.
                Without, they are printed, and nobody of the exam signs in before they were compared: on the start
                screen, or by importing once more with --signer
  --data DIR    the data folder (default: the app's own), made if it is not there; the app must be closed
  --json        one JSON object: exam, title, stations, candidates, people, behindMs (how far this clock is behind at least),
                signerCode (by whom the package is signed; null once that was compared)`,
  run: async (args, io) => {
    const { values, words } = readCall(args, {
      ...folderOptions,
      code: { type: 'string' },
      signer: { type: 'string' },
      json: { type: 'boolean', default: false },
    })
    const [file, ...more] = words
    if (file === undefined || more.length > 0) throw new UsageError('one FILE is needed')
    const code = required(values.code, 'code')
    const upload = uploadOf(pathOf(file))
    const folder = await folderOf(values, io)
    // What is refused makes no folder.
    if (!hasDatabase(folder.dataDir)) {
      const given = await openPackage(Buffer.from(upload.base64, 'base64'), code)
      if (values.signer !== undefined) mustBeSignedBy(given, values.signer)
    }
    const signer = values.signer === undefined ? {} : { signer: values.signer }
    const told = await asDirector(folder, async ({ call }) => {
      const { exam, behindMs, signerCode } = await call('package.import', { upload, code, ...signer })
      const { stations, candidates, people } = await call('exam.get', { examId: exam.id })
      return {
        exam: exam.id,
        title: exam.title,
        stations: stations.length,
        candidates: candidates.length,
        people: people.length,
        behindMs,
        signerCode,
      }
    })
    const { signerCode } = told
    if (values.json) io.out(JSON.stringify(told))
    else {
      io.out(phrase('terminal.package.imported', { ...told, signerCode: '' }))
      if (signerCode !== null) io.out(phrase('terminal.package.first', { code: signerCode }))
    }
    const minutes = Math.round(told.behindMs / 60_000)
    if (minutes > 0) io.err(phrase('terminal.package.behind', { minutes }))
    return 0
  },
}
