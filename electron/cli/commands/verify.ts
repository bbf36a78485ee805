import { headCode } from '#shared/domain/head-code.ts'
import { phrase } from '#shared/locales/phrase.ts'
import type { FoundCode } from '#electron/store/find-code.ts'
import { isSound, type Verification } from '#electron/store/verify-ledger.ts'
import { readOptions, type Command, type Io } from '../command.ts'
import { reading } from '../exam-output.ts'
import { folderOf, folderOptions } from '../folder.ts'
import { verifyStatement } from '../verify-statement.ts'

export const verify: Command = {
  name: 'verify',
  summary: 'Checks that no mark was changed unseen: walks every chain of the ledger and adds it up anew.',
  usage: `attune verify [--code CODE] [--data DIR] [--json]
       attune verify --statement FILE [--data DIR] [--json]

  --code CODE   letters from a report or a session sheet: tells what they stood for
  --data DIR    the data folder (default: the app's own); it may be in use
  --statement FILE  a closing statement that was saved: is it as it was signed, and, with --data, does that folder hold
                    every event that it counts, and know the key
  --json        one JSON object

Ends with 0 where all is sound, with 1 where something is not, and names the first event that does not hold. A closing
statement must find every event that it counts; a code from paper must have stood for this ledger.
The eight letters behind a chain stand for all of it: compare them with those on paper.`,
  run: async (args, io) => {
    const values = readOptions(args, {
      ...folderOptions,
      json: { type: 'boolean', default: false },
      code: { type: 'string' },
      statement: { type: 'string' },
    })
    const { code, statement } = values
    if (statement !== undefined) {
      const folder = values.data === undefined ? null : await folderOf(values, io)
      return verifyStatement(statement, folder, { json: values.json, io })
    }
    const { verification, found } = reading(await folderOf(values, io), (store) => ({
      verification: store.verify(),
      found: code === undefined ? undefined : store.findCode(code),
    }))
    const sound = isSound(verification) && found !== null
    if (values.json) {
      const chains = verification.chains.map((chain) => ({ ...chain, code: headCode(chain.hash) }))
      io.out(JSON.stringify({ sound, ...verification, chains, ...(code !== undefined && { found }) }))
    } else {
      tell(verification, io)
      if (code !== undefined) tellCode(code, found ?? null, io)
    }
    return sound ? 0 : 1
  },
}

function tell(verification: Verification, io: Io): void {
  const { events, chains, broken, differing, statements, setUps } = verification
  for (const { device, examId, events, missing, hash } of chains) {
    const chain = { device, exam: examId ?? phrase('terminal.verify.installation') }
    io.out(phrase('terminal.verify.head', { ...chain, events, code: headCode(hash) }))
    if (missing > 0) io.out(phrase('terminal.verify.missing', { ...chain, missing }))
  }
  if (broken) {
    const { id: event, seq, device, problem } = broken
    io.err(phrase(`terminal.verify.broken.${problem}`, { event: event ?? '', seq, device }))
  }
  for (const { table, encounterId: encounter, eventId } of differing) {
    const where = { table, encounter }
    io.err(
      eventId === null
        ? phrase('terminal.verify.unsaid', where)
        : phrase('terminal.verify.differing', { ...where, event: eventId }),
    )
  }
  for (const { examId: exam, eventId: event, problem } of setUps) {
    io.err(phrase(`terminal.verify.setUp.${problem}`, { exam, event }))
  }
  for (const { examId: exam, statedAt: at, code, keyCode: key, eventsAfter: after, problem } of statements) {
    const line = phrase(`terminal.verify.statement.${problem ?? 'holds'}`, { exam, at, code, key, after })
    if (problem === null) io.out(line)
    else io.err(line)
  }
  if (isSound(verification)) io.out(phrase('terminal.verify.sound', { events, chains: chains.length }))
  else io.err(phrase('terminal.verify.act'))
}

/** What letters from paper stood for. */
function tellCode(code: string, found: FoundCode | null, io: Io): void {
  if (!found) {
    io.err(phrase('terminal.verify.code.never', { code }))
    return
  }
  const exam = found.examId ?? phrase('terminal.verify.installation')
  const said = { code, exam, at: new Date(found.writtenAtMs).toISOString(), after: found.eventsAfter }
  io.out(phrase(`terminal.verify.code.${found.eventsAfter === 0 ? 'now' : 'earlier'}`, said))
}
