import { runWeb } from '#electron/web/run-web.ts'

/** The web host as `electron/web/main.ts` runs it, on the screens of the folder that is the first argument. */
const [staticDir = '', ...argv] = process.argv.slice(2)

await runWeb(argv, {
  staticDir,
  say: (line) => console.log(line),
  warn: (line) => console.error(line),
})
