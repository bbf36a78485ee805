import { AttuneError } from '#shared/contract/result.ts'
import { statementFile } from '#shared/domain/proof.ts'
import { readOptions, required, type Command } from '../command.ts'
import { examIdOf, reading, writeExports, writeText } from '../exam-output.ts'
import { folderOf, folderOptions } from '../folder.ts'
import { outFile } from '../paths.ts'

const exportOf = (table: 'ratings' | 'results', summary: string): Command => ({
  name: `export ${table}`,
  summary,
  usage: `attune export ${table} --exam ID --out FILE [--names] [--data DIR]

  --exam ID     the exam ("attune exam list" lists them)
  --out FILE    the CSV file to write (UTF-8 with a byte order mark); folders that are missing are made
  --names       with names and numbers of candidates and the names of raters (default: by pseudonyms, the same
                in every table of the exam)
  --data DIR    the data folder (default: the app's own)

Notes, quotes and comments are written as they are, and may hold names.`,
  run: async (args, io) => {
    const values = readOptions(args, {
      ...folderOptions,
      exam: { type: 'string' },
      out: { type: 'string' },
      names: { type: 'boolean', default: false },
    })
    const file = outFile(values.out)
    const typed = required(values.exam, 'exam')
    const folder = await folderOf(values, io)
    const examId = reading(folder, (store) => examIdOf(store, typed))
    await writeExports(folder, examId, { [table]: file, names: values.names })
    io.out(file)
    return 0
  },
})

export const exportRatings = exportOf('ratings', 'Writes every rating of an exam, one line each.')
export const exportResults = exportOf('results', 'Writes the results of an exam, one line a candidate.')

export const exportStatement: Command = {
  name: 'export statement',
  summary: 'Writes the newest closing statement of an exam, signed, to be kept apart from the computer.',
  usage: `attune export statement --exam ID --out FILE [--data DIR]

  --exam ID     the exam ("attune exam list" lists them); it was closed at least once
  --out FILE    the JSON file to write; folders that are missing are made
  --data DIR    the data folder (default: the app's own)

"attune verify --statement FILE" checks it, anywhere; it names no candidate.`,
  run: async (args, io) => {
    const values = readOptions(args, {
      ...folderOptions,
      exam: { type: 'string' },
      out: { type: 'string' },
    })
    const file = outFile(values.out)
    const typed = required(values.exam, 'exam')
    const signed = reading(await folderOf(values, io), (store) => store.proofs.statement(examIdOf(store, typed)))
    if (!signed) throw new AttuneError('exam-not-closed')
    await writeText(file, statementFile(signed))
    io.out(file)
    return 0
  },
}
