import { silentLog } from '#electron/base/log.ts'
import { openServices } from '#electron/services/open-services.ts'
import { unlockFolder } from '#electron/files/protection.ts'
import { QUICK } from './sign-in.ts'

/**
 * Run as a process of its own that is killed: "encrypt DIR PASSPHRASE" encrypts a folder; "change DIR ONE OTHER" changes
 * its passphrase from the one to the other and back until it is killed. Tells when it begins.
 */
const [deed = '', dataDir = '', one = '', other = ''] = process.argv.slice(2)
const services = await openServices({
  host: 'cli',
  version: '0.0.0-test',
  dataDir,
  key: deed === 'change' ? await unlockFolder(dataDir, { passphrase: one }) : null,
  resourcesDir: 'resources',
  fontDir: null,
  reportWorker: new URL('../../electron/threads/worker.ts', import.meta.url),
  log: silentLog,
  hashCost: QUICK,
})
const director = services.seat({ role: 'director', examId: null, personId: null })
if (deed === 'encrypt') {
  await director('data.prepare', { passphrase: one })
  process.stdout.write('begins\n')
  await director('data.encrypt', {})
} else {
  process.stdout.write('begins\n')
  for (let [from, to] = [one, other]; ; [from, to] = [to, from]) {
    await director('data.changePassphrase', { passphrase: from, newPassphrase: to })
  }
}
await services.shutdown()
