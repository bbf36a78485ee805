import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { silentLog } from '#electron/base/log.ts'
import { startWebHost } from '#electron/web/server.ts'
import { openWholeApp, root } from '#tests/support/whole-app.ts'

/**
 * Run as a process of its own: serves the built screens and, the same way at an address of its own, a blank page, until
 * its parent lets go of it. Tells both addresses to the parent.
 */
const [dataDir = '', token = ''] = process.argv.slice(2)
const blankDir = join(dataDir, 'blank')
mkdirSync(blankDir, { recursive: true })
writeFileSync(join(blankDir, 'index.html'), '<!doctype html><html lang="en"><title>Blank</title><body></body></html>')

const services = await openWholeApp(dataDir)
const serve = (staticDir: string) => startWebHost({ services, port: 0, staticDir, token, log: silentLog })
const [screens, blank] = [await serve(join(root, 'out', 'renderer')), await serve(blankDir)]
process.once('disconnect', () => {
  void Promise.all([screens.close(), blank.close()]).then(() => services.shutdown())
})
process.send?.({ screens: `${screens.url}#token=${token}`, blank: `${blank.url}#token=${token}` })
