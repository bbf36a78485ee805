import { AttuneError } from '#shared/contract/result.ts'
import { sentenceFor } from '#electron/ipc/sentences.ts'
import { storageErrorCode } from '#electron/store/storage-error.ts'
import { UsageError, type Command, type Io } from './command.ts'
import { demo } from './commands/demo.ts'
import { examList } from './commands/exam-list.ts'
import { exportRatings, exportResults } from './commands/export.ts'
import { reportCandidate, reportCohort } from './commands/report.ts'
import { rubricCheck } from './commands/rubric-check.ts'

export const commands: readonly Command[] = [
  demo,
  reportCandidate,
  reportCohort,
  exportRatings,
  exportResults,
  examList,
  rubricCheck,
]

/** Runs one call of the command line and resolves to its exit code: 0 done, 1 refused, 2 the call's words are off. */
export async function runCli(argv: readonly string[], io: Io): Promise<number> {
  const command = commands.find(({ name }) => {
    const words = name.split(' ')
    return words.every((word, index) => argv[index] === word)
  })
  if (!command) return withoutCommand(argv, io)
  const args = argv.slice(command.name.split(' ').length)
  if (args.includes('--help')) {
    io.out(`${command.summary}\n\n${command.usage}`)
    return 0
  }
  try {
    return await command.run(args, io)
  } catch (error) {
    if (error instanceof UsageError) {
      io.err(`${error.message}; "${command.name} --help" tells more.`)
      return 2
    }
    io.err(refusal(error))
    return 1
  }
}

function refusal(error: unknown): string {
  if (error instanceof AttuneError) return sentenceFor(error.code, error.params)
  const storage = storageErrorCode(error)
  return sentenceFor(storage ?? 'internal')
}

function withoutCommand(argv: readonly string[], io: Io): number {
  const width = Math.max(...commands.map(({ name }) => name.length))
  const overview = [
    'Attune on the command line.',
    '',
    ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
  ]
  if (argv.length === 0 || argv[0] === '--help' || argv[0] === 'help') {
    io.out([...overview, '', '"<command> --help" tells more of each.'].join('\n'))
    return argv.length === 0 ? 2 : 0
  }
  io.err(`There is no command "${argv.slice(0, 2).join(' ')}"; "--help" lists them.`)
  return 2
}
