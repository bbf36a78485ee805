import { AttuneError } from '#shared/contract/result.ts'
import { sentenceFor } from '#electron/hosts/sentences.ts'
import { openingErrorCode } from '#electron/store/storage-error.ts'
import { folderHelp } from './folder.ts'
import { UsageError, type Command, type Io } from './command.ts'
import { analyse } from './commands/analyse.ts'
import { backupCreate, backupList, backupRestore } from './commands/backup.ts'
import { bundleExport, bundleImport } from './commands/bundle.ts'
import { demo } from './commands/demo.ts'
import { doctor } from './commands/doctor.ts'
import { examList } from './commands/exam-list.ts'
import { exportRatings, exportResults, exportStatement } from './commands/export.ts'
import { ledgerList } from './commands/ledger-list.ts'
import { packageExport, packageImport } from './commands/package.ts'
import { reportCandidate, reportCohort, reportExaminer, reportSession } from './commands/report.ts'
import { rubricCheck } from './commands/rubric-check.ts'
import { soak } from './commands/soak.ts'
import { statsMfrm, statsStringency } from './commands/stats/examiners.ts'
import { statsGstudy } from './commands/stats/gstudy.ts'
import { statsAgreement, statsIcc, statsKappa, statsKrippendorff } from './commands/stats/raters.ts'
import { statsAlpha } from './commands/stats/reliability.ts'
import { statsAngoff, statsBrm, statsCohen, statsHofstee } from './commands/stats/standard.ts'
import { verify } from './commands/verify.ts'

export const commands: readonly Command[] = [
  demo,
  reportCandidate,
  reportCohort,
  reportExaminer,
  reportSession,
  exportRatings,
  exportResults,
  exportStatement,
  examList,
  rubricCheck,
  ledgerList,
  soak,
  verify,
  backupCreate,
  backupList,
  backupRestore,
  doctor,
  packageExport,
  packageImport,
  bundleExport,
  bundleImport,
  analyse,
  statsIcc,
  statsAlpha,
  statsKrippendorff,
  statsKappa,
  statsBrm,
  statsCohen,
  statsAngoff,
  statsHofstee,
  statsAgreement,
  statsGstudy,
  statsMfrm,
  statsStringency,
]

/** Runs one call of the command line and resolves to its exit code: 0 done, 1 refused, 2 the call's words are off. */
export async function runCli(argv: readonly string[], io: Io): Promise<number> {
  const command = commands.find(({ name }) => {
    const words = name.split(' ')
    return words.every((word, index) => argv[index] === word)
  })
  if (!command) return withoutCommand(argv, io)
  const args = argv.slice(command.name.split(' ').length)
  if (args.some(asksForHelp)) {
    io.out([command.summary, '', command.usage, ...(command.usage.includes('--data') ? [folderHelp] : [])].join('\n'))
    return 0
  }
  try {
    return await command.run(args, io)
  } catch (error) {
    if (error instanceof UsageError) {
      io.err(`${capitalized(error.message)}; "${command.name} --help" tells more.`)
      return 2
    }
    const sentence = refusal(error)
    if (error instanceof AttuneError && args.includes('--json')) {
      // The shape in which a file's rows are refused; this is about no row of it.
      const { code, params } = error
      io.out(JSON.stringify({ problems: [{ row: null, column: null, code, params, sentence }] }))
    }
    io.err(sentence)
    return 1
  }
}

/** There is no log to look into: what a person would report of a fault stands under its sentence. */
function refusal(error: unknown): string {
  if (error instanceof AttuneError) {
    const sentence = sentenceFor(error.code, error.params)
    return error.code === 'report-failed' ? `${sentence}\n${String(error.cause)}` : sentence
  }
  const storage = openingErrorCode(error)
  return storage ? sentenceFor(storage) : `${sentenceFor('internal')}\n${String(error)}`
}

const asksForHelp = (word: string | undefined): boolean => word === '--help' || word === '-h'

const capitalized = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)

/** A call that names no command: what there is, or what there is of its first word. */
function withoutCommand(argv: readonly string[], io: Io): number {
  const [first, second] = argv
  const group = commands.filter(({ name }) => name.startsWith(`${first ?? ''} `))
  if (first === undefined || first === 'help' || asksForHelp(first)) {
    io.out(
      ['Attune on the command line.', '', ...listed(commands), '', '"<command> --help" tells more of each.'].join('\n'),
    )
    return first === undefined ? 2 : 0
  }
  if (group.length > 0 && asksForHelp(second)) {
    io.out(listed(group).join('\n'))
    return 0
  }
  const unknown = `There is no command "${argv.slice(0, group.length > 0 ? 2 : 1).join(' ')}"`
  const instead = group.map(({ name }) => `"${name}"`).join(' and ')
  io.err(`${unknown}; ${instead === '' ? '"--help" lists what there is' : `there is ${instead}`}.`)
  return 2
}

function listed(some: readonly Command[]): string[] {
  const width = Math.max(...some.map(({ name }) => name.length))
  return some.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`)
}
