import { silentLog } from '#electron/base/log.ts'
import type { ServiceOptions } from '#electron/services/services.ts'
import type { Folder } from './folder.ts'
import { reportWorker, resourcesDir, version } from './paths.ts'

/** How a command opens the services of a data folder: without a log, which belongs to the app. */
export const servicesOf = ({ dataDir, key }: Folder): ServiceOptions => ({
  host: 'cli',
  version: version(),
  dataDir,
  key,
  resourcesDir,
  fontDir: null,
  reportWorker,
  log: silentLog,
})
