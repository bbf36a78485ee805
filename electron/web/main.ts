import { fileURLToPath } from 'node:url'
import { runWeb } from './run-web.ts'

await runWeb(process.argv.slice(2), {
  staticDir: fileURLToPath(new URL('../../out/renderer', import.meta.url)),
  say: (line) => console.log(line),
  warn: (line) => console.error(line),
})
