import { AttuneError } from '#shared/contract/result.ts'
import { readOptions, required, type Command, type Io } from '../command.ts'
import { examIdOf, reading, writeLetters, writeReport } from '../exam-output.ts'
import { folderOf, folderOptions } from '../folder.ts'
import { outFile, outFolder } from '../paths.ts'

const options = {
  ...folderOptions,
  exam: { type: 'string' },
  out: { type: 'string' },
} as const

export const reportCandidate: Command = {
  name: 'report candidate',
  summary: 'Writes the feedback report of one candidate.',
  usage: `attune report candidate --exam ID --candidate NO --out FILE [--data DIR]

  --exam ID         the exam ("attune exam list" lists them)
  --candidate NO    the candidate's number
  --out FILE        the PDF to write; folders that are missing are made
  --data DIR        the data folder (default: the app's own)`,
  run: async (args, io) => {
    const values = readOptions(args, { ...options, candidate: { type: 'string' } })
    const number = required(values.candidate, 'candidate')
    const file = outFile(values.out)
    const typed = required(values.exam, 'exam')
    const folder = await folderOf(values, io)
    const { examId, candidateId } = reading(folder, (store) => {
      const examId = examIdOf(store, typed)
      const candidate = store.candidates.byNumber(examId, number)
      if (!candidate) throw new AttuneError('unknown-candidate', { candidate: number })
      return { examId, candidateId: candidate.id }
    })
    await writeReport(folder, examId, { kind: 'candidate', candidateId, file })
    io.out(file)
    return 0
  },
}

export const reportCohort: Command = {
  name: 'report cohort',
  summary: 'Writes the cohort report of one exam.',
  usage: `attune report cohort --exam ID --out FILE [--names] [--data DIR]

  --exam ID     the exam ("attune exam list" lists them)
  --out FILE    the PDF to write; folders that are missing are made
  --names       candidates and examiners by name, and who reviewed red flags (default: candidates by number alone)
  --data DIR    the data folder (default: the app's own)`,
  run: async (args, io) => {
    const values = readOptions(args, { ...options, names: { type: 'boolean', default: false } })
    return await write(values, (file) => ({ kind: 'cohort', file, names: values.names }), io)
  },
}

export const reportExaminer: Command = {
  name: 'report examiner',
  summary: 'Writes the letter about their own marking to one examiner, or to each.',
  usage: `attune report examiner --exam ID --examiner ID|NAME|all --out FILE|FOLDER [--data DIR]

  --exam ID        the exam ("attune exam list" lists them)
  --examiner WHO   the examiner by id or whole name, or "all"
  --out            the PDF to write; for all the folder, with one PDF for each by name
  --data DIR       the data folder (default: the app's own)`,
  run: async (args, io) => {
    const values = readOptions(args, { ...options, examiner: { type: 'string' } })
    const who = required(values.examiner, 'examiner')
    const out = who === 'all' ? outFolder(values.out) : outFile(values.out)
    const typed = required(values.exam, 'exam')
    const folder = await folderOf(values, io)
    const { examId, examinerId } = reading(folder, (store) => {
      const examId = examIdOf(store, typed)
      const examiners = store.people.ofExam(examId).filter(({ role }) => role === 'examiner')
      if (who === 'all') return { examId, examinerId: null }
      const examiner = examiners.find(({ id }) => id === who) ?? examiners.find(({ name }) => name === who)
      if (!examiner) throw new AttuneError('not-found', { kind: 'examiner' })
      return { examId, examinerId: examiner.id }
    })
    if (examinerId === null) await writeLetters(folder, examId, out)
    else await writeReport(folder, examId, { kind: 'examiner', examinerId, file: out })
    io.out(out)
    return 0
  },
}

export const reportSession: Command = {
  name: 'report session',
  summary: 'Writes the sheet to be signed at the end of a session of one exam.',
  usage: `attune report session --exam ID --out FILE [--data DIR]

  --exam ID     the exam ("attune exam list" lists them)
  --out FILE    the PDF to write; folders that are missing are made
  --data DIR    the data folder (default: the app's own)`,
  run: (args, io) => write(readOptions(args, options), (file) => ({ kind: 'session', file }), io),
}

type Given = { data?: string | undefined; exam?: string | undefined; out?: string | undefined }

async function write(
  values: Given,
  work: (file: string) => Parameters<typeof writeReport>[2],
  io: Io,
): Promise<number> {
  const file = outFile(values.out)
  const typed = required(values.exam, 'exam')
  const folder = await folderOf(values, io)
  const examId = reading(folder, (store) => examIdOf(store, typed))
  await writeReport(folder, examId, work(file))
  io.out(file)
  return 0
}
