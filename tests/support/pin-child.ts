import { silentLog } from '#electron/base/log.ts'
import { openServices } from '#electron/services/open-services.ts'
import { reportWorker, resourcesDir } from './whole-app.ts'

/**
 * Run as a process of its own: opens the data folder that is the first argument, with hashes as slow as they are in the
 * product, makes the call that the others name, and says so while the PIN is being hashed. It is killed then.
 */
const [dataDir = '', channel = '', input = '{}', seat] = process.argv.slice(2)
const services = await openServices({
  ...{ host: 'cli', version: '0.0.0-test', dataDir, resourcesDir, fontDir: null, reportWorker, log: silentLog },
  // Far slower than the product's, so that whoever kills it is never too late.
  hashCost: { ln: 18, r: 8, p: 8 },
})
if (seat === 'director') {
  const call = services.seat({ role: 'director', examId: null, personId: null })
  void call('account.givePins', JSON.parse(input) as Parameters<typeof call<'account.givePins'>>[1])
} else void services.router('a window', channel, JSON.parse(input) as unknown)
setImmediate(() => process.send?.('hashing'))
