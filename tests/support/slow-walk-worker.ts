import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { workerData } from 'node:worker_threads'

/**
 * The worker of all threads, of which the one that walks the ledger gets no further than a file lets it: a long walk. It
 * waits as a walk does, without giving its thread away.
 */
const { dataDir, stepsBack } = workerData as { dataDir: string; stepsBack?: boolean }
while (stepsBack === true && !existsSync(join(dataDir, 'walk-on')));

await import('#electron/threads/worker.ts')
