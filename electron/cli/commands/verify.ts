import { headCode } from '#shared/domain/head-code.ts'
import { phrase } from '#shared/locales/phrase.ts'
import { isSound, type Verification } from '#electron/store/verify-ledger.ts'
import { readOptions, type Command, type Io } from '../command.ts'
import { reading } from '../exam-output.ts'
import { dataDirOf } from '../paths.ts'

export const verify: Command = {
  name: 'verify',
  summary: 'Checks that no mark was changed unseen: walks every chain of the ledger and adds it up anew.',
  usage: `attune verify [--data DIR] [--json]

  --data DIR    the data folder (default: the app's own); it may be in use
  --json        one JSON object

Ends with 0 where all is sound, with 1 where something is not, and names the first event that does not hold.
The eight letters behind a chain stand for all of it: compare them with those on paper.`,
  run: (args, io) => {
    const values = readOptions(args, { data: { type: 'string' }, json: { type: 'boolean', default: false } })
    const verification = reading(dataDirOf(values.data), (store) => store.verify())
    const sound = isSound(verification)
    if (values.json) {
      const chains = verification.chains.map((chain) => ({ ...chain, code: headCode(chain.hash) }))
      io.out(JSON.stringify({ sound, ...verification, chains }))
    } else tell(verification, sound, io)
    return Promise.resolve(sound ? 0 : 1)
  },
}

function tell({ events, chains, broken, differing }: Verification, sound: boolean, io: Io): void {
  for (const { device, examId, events, missing, hash } of chains) {
    const chain = { device, exam: examId ?? phrase('terminal.verify.installation') }
    io.out(phrase('terminal.verify.head', { ...chain, events, code: headCode(hash) }))
    if (missing > 0) io.out(phrase('terminal.verify.missing', { ...chain, missing }))
  }
  if (broken) {
    const { id: event, seq, device, problem } = broken
    io.err(phrase(`terminal.verify.broken.${problem}`, { event, seq, device }))
  }
  for (const { table, encounterId: encounter, eventId } of differing) {
    io.err(
      phrase('terminal.verify.differing', { table, encounter, event: eventId ?? phrase('terminal.verify.noEvent') }),
    )
  }
  if (sound) io.out(phrase('terminal.verify.sound', { events, chains: chains.length }))
  else io.err(phrase('terminal.verify.act'))
}
