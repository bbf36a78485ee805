import { basename } from 'node:path'
import { readFileSync } from 'node:fs'
import { signedStatementSchema, type SignedStatement } from '#shared/domain/proof.ts'
import { AttuneError } from '#shared/contract/result.ts'
import { phrase } from '#shared/locales/phrase.ts'
import { keyCode } from '#electron/store/repositories/installation.ts'
import type { StoreReader } from '#electron/store/store.ts'
import { isAsSigned, type StatementProblem } from '#electron/store/verify-statements.ts'
import type { Io } from './command.ts'
import { reading } from './exam-output.ts'
import type { Folder } from './folder.ts'

type Checked = {
  /** "unreadable": no statement; "elsewhere": nothing of the exam is here; "stranger": nobody has compared the key. */
  problem: StatementProblem | 'unreadable' | 'elsewhere' | 'stranger' | null
  /** Whose key signed it, where a folder was asked; null for this installation's own. */
  laptop?: string | null
  eventsAfter?: number
}

/**
 * Checks a closing statement that was saved: its signature, and with a data folder its heads, its counts and whose key
 * it is. Says so in sentences and returns the exit code: 0 where it holds, 1 where it does not.
 */
export function verifyStatement(file: string, folder: Folder | null, { json, io }: { json: boolean; io: Io }): 0 | 1 {
  const signed = readStatement(file)
  const checked: Checked =
    signed === null
      ? { problem: 'unreadable' }
      : !isAsSigned(signed)
        ? { problem: 'forged' }
        : folder === null
          ? { problem: null }
          : reading(folder, (store) => heldAgainst(store, signed))
  if (json) io.out(JSON.stringify({ sound: checked.problem === null, ...checked, ...signed }))
  else tell(basename(file), folder?.dataDir ?? null, signed, checked, io)
  return checked.problem === null ? 0 : 1
}

function heldAgainst(store: StoreReader, signed: SignedStatement): Checked {
  const { publicKey, statement } = signed
  const isOwn = publicKey === store.installation.publicKey()
  const laptop = isOwn ? null : store.keys.trusted().find((key) => key.publicKey === publicKey)?.name
  if (store.chains.heads(statement.examId).length === 0) return { problem: 'elsewhere' }
  const { problem, eventsAfter } = store.checkStatement(signed)
  return {
    problem: problem ?? (laptop === undefined ? 'stranger' : null),
    eventsAfter,
    ...(laptop !== undefined && { laptop }),
  }
}

function tell(file: string, folder: string | null, signed: SignedStatement | null, checked: Checked, io: Io): void {
  const { problem, laptop, eventsAfter: after } = checked
  if (signed === null || problem === 'forged' || problem === 'unreadable') {
    io.err(phrase(`terminal.verify.file.${problem === 'forged' ? 'forged' : 'unreadable'}`, { file }))
    return
  }
  const { title, heldOn: held, statedAt: at, code, counts, examId: exam } = signed.statement
  const said = { file, title, held, at, code, exam, key: keyCode(signed.publicKey), folder: folder ?? '' }
  io.out(phrase('terminal.verify.file.signed', said))
  io.out(phrase('terminal.verify.file.counts', { ...counts, forms: counts.spForms }))
  if (folder === null) io.out(phrase('terminal.verify.file.apart'))
  else if (problem === 'stranger' || problem === 'elsewhere') io.err(phrase(`terminal.verify.file.${problem}`, said))
  else if (problem !== null) io.err(phrase(`terminal.verify.statement.${problem}`, said))
  else {
    io.out(phrase('terminal.verify.file.holds', { ...said, after: after ?? 0 }))
    io.out(phrase(`terminal.verify.file.${laptop ? 'known' : 'own'}`, { laptop: laptop ?? '' }))
  }
}

/** null for what is no statement. Throws 'file-unreadable'. */
function readStatement(file: string): SignedStatement | null {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new AttuneError('file-unreadable', { name: basename(file) }, { cause: error })
  }
  try {
    return signedStatementSchema.parse(JSON.parse(text))
  } catch {
    return null
  }
}
